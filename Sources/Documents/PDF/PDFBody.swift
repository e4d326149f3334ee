import Crypto

/// The objects of a PDF, one after another, and where each of them begins.
struct PDFBody {
    private var bytes = Array("%PDF-1.5\n%\u{E9}\u{E9}\u{E9}\u{E9}\n".utf8)
    private var offsets: [Int?] = []
    private let deflate = Deflate(level: 6)

    /// The number of an object that is filled later.
    mutating func reserve() -> Int {
        offsets.append(nil)
        return offsets.count
    }

    mutating func fill(_ number: Int, _ text: String) { write(number, Array(text.utf8)) }

    mutating func object(_ text: String) -> Int {
        let number = reserve()
        fill(number, text)
        return number
    }

    /// A compressed stream; `entries` stand in its dictionary.
    mutating func stream(_ content: [UInt8], _ entries: String = "") -> Int {
        stream(packed: deflate.zlib(content), entries)
    }

    /// A stream that was compressed before.
    mutating func stream(packed: [UInt8], _ entries: String = "") -> Int {
        let number = reserve()
        let head = "<< /Length \(packed.count) /Filter /FlateDecode \(entries) >>\nstream\n"
        write(number, Array(head.utf8) + packed + Array("\nendstream".utf8))
        return number
    }

    /// A stream as it is, for files that others take out again; `entries` stand in its dictionary.
    mutating func plainStream(_ content: [UInt8], _ entries: String) -> Int {
        let number = reserve()
        let head = "<< /Length \(content.count) \(entries) >>\nstream\n"
        write(number, Array(head.utf8) + content + Array("\nendstream".utf8))
        return number
    }

    /// The room for a signature within the object of this number, which was written already.
    func room(_ number: Int) -> PDFRoom {
        guard let offset = offsets[number - 1] else { preconditionFailure("the object was written") }
        return PDFRoom(in: bytes, from: offset)
    }

    private mutating func write(_ number: Int, _ content: [UInt8]) {
        precondition(offsets[number - 1] == nil, "an object is written once")
        offsets[number - 1] = bytes.count
        bytes += Array("\(number) 0 obj\n".utf8) + content + Array("\nendobj\n".utf8)
    }

    /// The whole file with its table and trailer. Its identifier is the digest of what stands before.
    func file(catalog: Int, info: Int) -> [UInt8] {
        let digest = SHA256.hash(data: bytes).prefix(16).map { PDFText.hex(UInt16($0)).suffix(2) }.joined()
        let entries = offsets.map { offset in
            guard let offset else { preconditionFailure("an object was reserved and never written") }
            return String(repeating: "0", count: max(0, 10 - "\(offset)".count)) + "\(offset) 00000 n \n"
        }
        return bytes
            + Array(
                """
                xref
                0 \(offsets.count + 1)
                0000000000 65535 f \n\(entries.joined())trailer
                << /Size \(offsets.count + 1) /Root \(catalog) 0 R /Info \(info) 0 R /ID [<\(digest)> <\(digest)>] >>
                startxref
                \(bytes.count)
                %%EOF\n
                """.utf8)
    }
}
