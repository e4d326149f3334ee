import Testing
import Vocabulary

@testable import Web

@Suite struct MultipartTests {
    private static let type = "multipart/form-data; boundary=----form"

    private static func body(_ parts: [(name: String, file: String?, data: [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += "------form\r\nContent-Disposition: form-data; name=\"\(part.name)\"".utf8
            if let file = part.file { body += "; filename=\"\(file)\"\r\nContent-Type: application/pdf".utf8 }
            body += "\r\n\r\n".utf8
            body += part.data
            body += "\r\n".utf8
        }
        return body + Array("------form--\r\n".utf8)
    }

    /// Parts with their whole data, however the body was cut.
    private static func read(_ body: [UInt8], cutEvery size: Int) throws -> [(String, String?, [UInt8])] {
        var parser = try #require(Multipart(contentType: type))
        var parts: [(String, String?, [UInt8])] = []
        var start = 0
        while start < body.count {
            let end = min(start + size, body.count)
            for event in try parser.feed(body[start..<end]) {
                switch event {
                case .begin(let name, let file): parts.append((name, file, []))
                case .data(let bytes): parts[parts.count - 1].2 += bytes
                case .end: break
                }
            }
            start = end
        }
        try parser.finish()
        return parts
    }

    @Test func `parts come back whole wherever the body is cut`() throws {
        let data = Array("%PDF-1.4\r\n------for\r\n--\r\n".utf8) + [0, 255, 13, 10]
        let body = Self.body([("csrf", nil, Array("abc".utf8)), ("licence", "执照.pdf", data), ("empty", nil, [])])
        for size in [1, 2, 3, 7, 64, body.count] {
            let parts = try Self.read(body, cutEvery: size)
            #expect(parts.map(\.0) == ["csrf", "licence", "empty"])
            #expect(parts[0].2 == Array("abc".utf8))
            #expect(parts[1].1 == "执照.pdf")
            #expect(parts[1].2 == data)
            #expect(parts[2].2 == [])
        }
    }

    @Test func `a body that breaks off is refused at every length`() throws {
        let body = Self.body([("note", nil, Array("text".utf8))])
        for length in 0..<(body.count - 2) {
            #expect(throws: UploadRefusal.malformed, "\(length) bytes") {
                try Self.read(Array(body.prefix(length)) + (length == 0 ? [] : []), cutEvery: 1000)
            }
        }
    }

    @Test func `another content type and a strange boundary are not multipart`() {
        for type in [
            "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
        ] {
            #expect(Multipart(contentType: type) == nil)
        }
        #expect(Multipart(contentType: "multipart/form-data; boundary=\(String(repeating: "a", count: 71))") == nil)
        #expect(Multipart(contentType: "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"") == nil)
        #expect(Multipart(contentType: "multipart/form-data; boundary=\"ab\"") != nil)
    }

    @Test func `more parts than the limit are refused`() throws {
        let parts = (0...Multipart.partsMax).map { ("field\($0)", String?.none, [UInt8]()) }
        #expect(throws: UploadRefusal.tooManyParts) { try Self.read(Self.body(parts), cutEvery: 4096) }
    }

    @Test func `random bytes never crash the reader`() throws {
        let dice = Dice.seeded(7)
        for _ in 0..<300 {
            var parser = try #require(Multipart(contentType: Self.type))
            let noise = dice.bytes(Int(dice.roll() % 200))
            let body = Array("------form\r\n".utf8) + noise + Array("\r\n\r\n".utf8) + noise
            do throws(UploadRefusal) {
                _ = try parser.feed(body)
                try parser.finish()
                Issue.record("noise is no form")
            } catch {
                #expect(error == .malformed || error == .tooManyParts)
            }
        }
    }

    @Test func `files are told by their first bytes, not by their names`() {
        #expect(FileKind(beginning: Array("%PDF-1.7".utf8)) == .pdf)
        #expect(FileKind(beginning: [0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
        #expect(FileKind(beginning: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .png)
        let ofd: [UInt8] = [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 22) + [7, 0, 0, 0] + Array("OFD.xml".utf8)
        #expect(FileKind(beginning: ofd) == .ofd)
        let zip: [UInt8] = [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 22) + [5, 0, 0, 0] + Array("a.exe".utf8)
        #expect(FileKind(beginning: zip) == nil)
        #expect(FileKind(beginning: Array("<script>".utf8)) == nil)
        #expect(FileKind(beginning: []) == nil)
    }
}
