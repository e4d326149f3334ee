import DocumentsTestSupport
import Foundation
import Testing
import Vocabulary

@testable import Documents

@Suite struct FaceTests {
    private let typeface: Typeface
    private let templates: FaceTemplates

    init() throws {
        typeface = try FaceSamples.typeface()
        templates = try FaceTemplates()
    }

    private func face(_ name: FaceTemplate.Name, _ text: FaceText? = nil) throws -> DrawnFace {
        try templates.face(of: text ?? FaceSamples.text(name), as: name, typeface: typeface)
    }

    private func letters(_ face: DrawnFace) -> String {
        face.texts.joined().map { mark in if case .text(let text, _, _) = mark { text } else { "" } }.joined()
            .filter { !$0.isWhitespace }
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `every template prints all that the certificate says, on one page`(_ name: FaceTemplate.Name) throws {
        let (text, face) = (FaceSamples.text(name), try face(name))
        let written = letters(face)
        #expect(face.pages.count == 1)
        for field in text.fields where !field.value.isEmpty {
            // What is printed in two columns or cells is not one run of text.
            for piece in field.value.split(whereSeparator: { "；，。（）".contains($0) }).prefix(1) {
                #expect(written.contains(piece.filter { !$0.isWhitespace }.prefix(4)), "\(field.label)")
            }
        }
        for needed in [text.title, text.number, text.identifier, text.issuer, "2026年11月24日", "演示"] {
            #expect(written.contains(needed), "\(needed)")
        }
        #expect(face.texts.joined().contains { if case .code = $0 { true } else { false } })
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `nothing is drawn beyond the page, and the seal stands on it`(_ name: FaceTemplate.Name) throws {
        let face = try face(name)
        for mark in face.pages.joined() {
            let right: Double
            let bottom: Double
            switch mark {
            case .text(let text, let place, let letters):
                let gaps = Double(text.unicodeScalars.count - 1) * letters.tracking
                right = place.x + (try typeface.width(of: text, size: letters.size)) + gaps
                bottom = place.y
                #expect(place.x >= 0 && place.y >= letters.size * 0.7)
            case .code(_, let corner, let width): (right, bottom) = (corner.x + width, corner.y + width)
            default: continue
            }
            #expect(right <= face.size.width - 10 && bottom <= face.size.height - 8, "\(mark)")
        }
        #expect(face.seal.corner.x > 0 && face.seal.corner.x + face.seal.width < face.size.width)
        #expect(face.seal.corner.y > 0 && face.seal.corner.y + face.seal.height < face.size.height)
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `more than a page holds goes on behind it, and too much is refused`(_ name: FaceTemplate.Name) throws {
        var text = FaceSamples.text(name)
        text.fields += (1...60).map { FaceText.Field("附注\($0)", "第\($0)项：" + String(repeating: "经营范围", count: 12)) }
        let face = try face(name, text)
        #expect(face.pages.count > 1)
        #expect(letters(face).contains("第60项"))
        // The seal's page is the first, and every page names the certificate.
        for page in face.texts {
            let letters = page.map { mark in if case .text(let text, _, _) = mark { text } else { "" } }.joined()
            #expect(letters.contains(text.identifier))
        }
        text.fields = (1...60).map { FaceText.Field("附注\($0)", String(repeating: "经营范围", count: 170)) }
        #expect(throws: DocumentRefusal.tooLong) { try self.face(name, text) }
        text.fields = (1...60).map { FaceText.Field("附注\($0)", String(repeating: "经", count: 730)) }
        #expect(throws: DocumentRefusal.tooLong) { try self.face(name, text) }
        text.fields = [FaceText.Field](repeating: .init("一", "二"), count: FaceText.fieldsMax + 1)
        #expect(throws: DocumentRefusal.tooLong) { try self.face(name, text) }
    }

    @Test func `letters shrink before a page is added, and stand wider where there is room`() throws {
        func sizes(_ count: Int) throws -> (size: Double, pages: Int) {
            var text = FaceSamples.text(.permit)
            text.fields = (1...count).map { FaceText.Field("项目\($0)", "内容\($0)") }
            let face = try face(.permit, text)
            let sizes = face.texts.joined().compactMap { mark in
                if case .text(let text, _, let face) = mark, text.hasPrefix("内容") { face.size } else { nil }
            }
            return (sizes.max() ?? 0, face.pages.count)
        }
        let (few, some, many) = (try sizes(6), try sizes(14), try sizes(40))
        #expect(few.size == 15 && few.pages == 1)
        #expect(some.size < few.size && some.pages == 1)
        #expect(many.size < some.size && many.pages > 1)
    }

    @Test func `a rare character of a name is set from another face, and one in none is refused by name`() throws {
        var text = FaceSamples.text(.card)
        text.fields[0] = .init("姓名", "林䶮\u{20B9F}\u{2CE93}")
        let face = try face(.card, text)
        let paper = try PrintedPaper(face.pdf(Samples.about).bytes())
        #expect(try paper.letters().contains("林䶮\u{20B9F}\u{2CE93}"))
        #expect(try paper.fonts().count == 2)
        #expect(try paper.fault() == nil)
        text.fields[0] = .init("姓名", "林\u{F0000}")
        #expect(throws: DocumentRefusal.missingCharacter("\u{F0000}")) { try self.face(.card, text) }
    }

    @Test func `an annotated copy says for what it is, on every page, and so does the paper across`() throws {
        var text = FaceSamples.text(.permit)
        let plain = try face(.permit, text)
        text.annotation = .init(
            purpose: "办理银行开户", recipient: "福州海峡银行", validUntil: try #require(CivilDate("2026-12-24")))
        let copy = try face(.permit, text)
        #expect(letters(copy).contains("加注件用途：办理银行开户；使用单位：福州海峡银行；有效期至2026年12月24日"))
        #expect(!letters(plain).contains("加注件"))
        #expect(copy.texts[0].prefix(3).allSatisfy { if case .shape(_, .watermark, _) = $0 { true } else { false } })
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `the QR code of the painted page is read`(_ name: FaceTemplate.Name) throws {
        let bench = try Workbench()
        try bench.write(try face(name).png(dotsPerInch: 150), to: "page.png")
        let run = try bench.run(
            "zbarimg", ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", "page.png"])
        #expect(run.output == FaceSamples.code + "\n")
    }

    @Test(arguments: FaceTemplate.Name.allCases)
    func `the PDF of a face is a good file that says what it must, and its code is read`(
        _ name: FaceTemplate.Name
    ) throws {
        let (face, text) = (try face(name), FaceSamples.text(name))
        let paper = try PrintedPaper(face.pdf(Samples.about).bytes())
        #expect(try paper.fault() == nil)
        #expect(try paper.codes() == [#require(text.code)])
        let printed = try paper.letters()
        // A value of several lines is read beside its neighbour's.
        for field in text.fields where !field.value.isEmpty {
            #expect(printed.contains(field.value.filter { !$0.isWhitespace }.prefix(5)), "\(field.label)")
        }
    }

    @Test func `the same page is the same picture`() throws {
        let pictures = try [face(.permit), face(.permit)].map { try $0.png(dotsPerInch: 60) }
        #expect(pictures[0] == pictures[1])
    }

    /// `PAPERS=folder swift test --filter FaceTests` leaves the faces there to be looked at.
    @Test func `the faces can be looked at`() throws {
        guard let folder = ProcessInfo.processInfo.environment["PAPERS"] else { return }
        for name in FaceTemplate.Name.allCases {
            let text = FaceSamples.text(name)
            try Data(face(name).pdf(Samples.about).bytes()).write(to: URL(filePath: "\(folder)/\(name).pdf"))
            let seal = try SealDrawing(.official, name: text.issuer, isExample: true, typeface: typeface)
            let png = try face(name).png(dotsPerInch: 80, seal: seal)
            try Data(png).write(to: URL(filePath: "\(folder)/\(name.rawValue).png"))
        }
    }
}
