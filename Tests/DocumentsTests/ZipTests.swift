import Testing

@testable import Documents

@Suite struct ZipTests {
    private static func zip(_ entries: [(String, [UInt8])]) -> [UInt8] {
        ZipWriter.bytes(of: entries.map { (name: $0.0, pieces: [$0.1] as any Sequence<[UInt8]>) })
    }

    @Test func `what is written is read as it was, and the same entries are the same bytes`() throws {
        let entries: [(String, [UInt8])] = [
            ("a.xml", Array("甲".utf8)), ("folder/空.bin", []), ("large", (0..<700_000).map { UInt8($0 % 251) }),
        ]
        let bytes = Self.zip(entries)
        #expect(bytes == Self.zip(entries))
        let zip = try ZipReader(bytes)
        #expect(zip.names == entries.map(\.0))
        for (name, content) in entries { #expect(try zip.entry(name) == content) }
        #expect(try zip.entry("nothing") == nil)
        let pieces = ZipWriter.bytes(of: [("p", pieces: [[1, 2], [], [3]] as any Sequence<[UInt8]>)])
        #expect(try ZipReader(pieces).entry("p") == [1, 2, 3])
    }

    @Test func `names that leave the archive, or that stand twice, are refused`() throws {
        for name in ["../a", "/a", "a/../b", "a\\b", "C:a", "./a", "a\u{1}", String(repeating: "a", count: 600)] {
            #expect(throws: ZipRefusal.unsafeName, "\(name)") { try ZipReader(Self.zip([(name, [1])])) }
        }
        #expect(throws: ZipRefusal.nameTwice) { try ZipReader(Self.zip([("a", [1]), ("A", [2])])) }
    }

    @Test func `an archive with more entries, or that unpacks to more, than the limits is refused`() throws {
        let many = (0...ZipReader.entriesMax).map { ("e\($0)", [UInt8(1)]) }
        #expect(throws: ZipRefusal.tooManyEntries) { try ZipReader(Self.zip(many)) }
        // 16 MB of zeros are 16 KB: a thousand to one.
        let zeros = [UInt8](repeating: 0, count: 16 << 20)
        #expect(throws: ZipRefusal.unpacksTooLarge) { try ZipReader(Self.zip([("bomb", zeros)])) }
    }

    /// Where the central directory's entry of the only file begins.
    private static func directory(_ bytes: [UInt8]) throws -> Int {
        try #require(bytes.indices.last { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    }

    @Test func `an archive that says too little of what it unpacks to is refused where it is unpacked`() throws {
        var bytes = Self.zip([("a", [UInt8](repeating: 7, count: 5000))])
        let place = try Self.directory(bytes)
        // 5,000 is said to be 16.
        bytes.replaceSubrange(place + 24..<place + 28, with: [16, 0, 0, 0])
        let zip = try ZipReader(bytes)
        #expect(throws: ZipRefusal.damaged) { try zip.entry("a") }
    }

    @Test func `an entry that is encrypted is refused`() throws {
        var bytes = Self.zip([("a", [1, 2, 3])])
        let place = try Self.directory(bytes)
        bytes[place + 8] |= 1
        #expect(throws: ZipRefusal.encrypted) { try ZipReader(bytes) }
    }

    @Test func `what is no archive, cut off or changed is refused`() throws {
        #expect(throws: ZipRefusal.notAnArchive) { try ZipReader([]) }
        #expect(throws: ZipRefusal.notAnArchive) { try ZipReader(Array("item_name,department".utf8)) }
        let bytes = Self.zip([("a", (0..<2000).map { UInt8($0 % 7) })])
        #expect(throws: ZipRefusal.notAnArchive) { try ZipReader(Array(bytes.prefix(bytes.count / 2))) }
        var changed = bytes
        changed[45] ^= 0xFF
        let zip = try ZipReader(changed)
        #expect(throws: ZipRefusal.damaged) { try zip.entry("a") }
    }
}
