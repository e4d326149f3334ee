import Foundation
import Testing
import Vocabulary

@testable import Documents

@Suite struct FontFileTests {
    private func parts(_ text: String, level: Int, _ typeface: Typeface) throws -> [(name: String, bytes: [UInt8])] {
        let fonts = try OFDFonts(typeface, for: [[.text(text, at: Point(0, 0), face: TextFace(10))]])
        let archive = ZipWriter.bytes(of: try fonts.parts(ZipPacker(level: level)).map(\.entry))
        let zip = try ZipReader(archive)
        return try zip.names.map { ($0, try #require(try zip.entry($0))) }
    }

    private func opened(_ bytes: [UInt8]) throws -> Typeface {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).ttf"
        try Data(bytes).write(to: URL(filePath: path))
        defer { do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") } }
        return try Typeface(path: path)
    }

    @Test(arguments: [1, 6, 0])
    func `an embedded font draws what the face draws, and nothing else`(_ level: Int) throws {
        let typeface = try FaceSamples.typeface()
        let text = "福州市·OneWindow（2026）一窗 \u{3000}，。℃"
        let parts = try parts(text, level: level, typeface)
        #expect(parts.map(\.name) == ["Doc_0/Res/font_101.ttf"])
        let font = try opened(parts[0].bytes)
        #expect(font.unitsPerEm == typeface.unitsPerEm)
        for character in Set(text.unicodeScalars) {
            let (own, whole) = (try font.glyph(of: character), try typeface.glyph(of: character))
            #expect(font.outline(of: own) == typeface.outline(of: whole), "\(character)")
            #expect(font.advance(of: own) == typeface.advance(of: whole))
        }
        #expect(throws: DocumentRefusal.missingCharacter("榕")) { try font.glyph(of: "榕") }
    }

    @Test func `the font is the same whether its outlines were packed before or not`() throws {
        let typeface = try FaceSamples.typeface()
        let text = "福州市鼓楼区市场监督管理局"
        let files = try [0, 1, 6, 9].map { try parts(text, level: $0, typeface)[0].bytes }
        #expect(Set(files).count == 1)
        // The words of the whole file add up to what the standard says.
        #expect(TrueType.sum(of: files[0]) == 0xB1B0_AFBA)
    }

    @Test func `characters beyond the basic plane are found in the font of their own face`() throws {
        let typeface = try FaceSamples.typeface()
        let text = "林\u{20B9F}\u{2CE93}\u{2CE94}"
        let parts = try parts(text, level: 1, typeface)
        #expect(parts.count > 1)
        var found: Set<Unicode.Scalar> = []
        for part in parts {
            let font = try opened(part.bytes)
            for character in text.unicodeScalars where font.ownMetrics(of: character) != nil { found.insert(character) }
        }
        #expect(found == Set(text.unicodeScalars))
    }

    @Test func `glyphs that are put together from others come through HarfBuzz`() throws {
        // DejaVu Sans puts é together from e and an accent.
        let typeface = try Typeface(path: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
        let font = try opened(try parts("é", level: 1, typeface)[0].bytes)
        #expect(try font.outline(of: "é") == typeface.outline(of: "é"))
    }

    @Test func `a damaged face makes no font that is not one`() throws {
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: Typeface.standardPath)))
        // The places of the glyphs are gone.
        let name = Array("loca".utf8)
        for index in 0..<1024 where Array(bytes[index..<index + 4]) == name { bytes[index] = UInt8(ascii: "x") }
        let typeface = try opened(bytes)
        #expect(throws: (any Error).self) { try parts("一", level: 1, typeface) }
    }
}
