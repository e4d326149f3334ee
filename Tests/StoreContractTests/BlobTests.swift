import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct BlobTests {
    @Test(arguments: StoreUnderTest.all)
    func `equal bytes are kept once and come back whole`(_ place: StoreUnderTest) async throws {
        let contents: [[UInt8]] = [[], [0], Array("申请表".utf8), Array(repeating: 7, count: Blobs.rowBytesMax)]
        try await place.use { store in
            for bytes in contents {
                let refs = try await store.write { tx in
                    [try Blobs.put(bytes, now: Sample.now, in: tx), try Blobs.put(bytes, now: Sample.now, in: tx)]
                }
                #expect(refs == [BlobRef(of: bytes), BlobRef(of: bytes)])
                let back = try await store.read { tx in try Blobs.bytes(of: refs[0], in: tx) }
                #expect(back == bytes)
            }
            let (count, unknown) = try await store.read { tx in
                (
                    try tx.row("SELECT COUNT(*) FROM blob")?.integer(0), try Blobs.bytes(of: BlobRef(of: [99]), in: tx)
                )
            }
            #expect(count == contents.count)
            #expect(unknown == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `equal uploads at once are one row`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await store.write { tx in
                            _ = try Blobs.put([1, 2, 3], now: Sample.now, in: tx)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM blob")?.integer(0) }
            #expect(count == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a row that is not what its name says is corrupt`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            let ref = try await store.write { tx in
                let ref = try Blobs.put([1, 2, 3], now: Sample.now, in: tx)
                try tx.execute("UPDATE blob SET bytes = \([1, 2, 4] as [UInt8])")
                return ref
            }
            await #expect(throws: Fault.self) { try await store.read { tx in try Blobs.bytes(of: ref, in: tx) } }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `files that rows name are listed by digest`(_ place: StoreUnderTest) async throws {
        let refs = (0..<5).map { BlobRef(of: [$0]) }.sorted { $0.digest < $1.digest }
        try await place.use { store in
            try await store.write { tx in
                for ref in refs { try Blobs.name(ref, now: Sample.now, in: tx) }
                _ = try Blobs.put([77], now: Sample.now, in: tx)
            }
            let (first, rest, bytes) = try await store.read { tx in
                (
                    try Blobs.files(after: "", limit: 2, in: tx),
                    try Blobs.files(after: refs[1].digest, limit: 9, in: tx), try Blobs.bytes(of: refs[0], in: tx)
                )
            }
            #expect(first == Array(refs[0..<2]))
            #expect(rest == Array(refs[2...]))
            #expect(bytes == nil, "its bytes are a file")
        }
    }

    @Test func `a name is a digest in lower case and a size; anything else is refused, in JSON as well`() throws {
        let good = BlobRef(of: [1])
        #expect(BlobRef(digest: good.digest, size: 1) == good)
        let bad = [
            "", "../../etc/passwd", good.digest.uppercased(), String(good.digest.dropLast()), good.digest + "0",
            String(repeating: "/", count: 64),
        ]
        for digest in bad {
            #expect(BlobRef(digest: digest, size: 1) == nil)
            let json = Data(#"{"digest":"\#(digest)","size":1}"#.utf8)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(BlobRef.self, from: json) }
        }
        #expect(BlobRef(digest: good.digest, size: -1) == nil)
        let encoded = try JSONEncoder().encode(good)
        #expect(try JSONDecoder().decode(BlobRef.self, from: encoded) == good)
    }
}

@Suite struct BlobFileTests {
    private static func everything(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }
    }

    @Test func `a file is taken in piece by piece and lies under its digest`() throws {
        let folder = try TestFolder.fresh()
        let files = try BlobFiles(directory: folder)
        let pieces: [[UInt8]] = [Array(repeating: 1, count: 300_000), [], Array("末".utf8)]
        let writer = try files.begin(name: "one")
        for piece in pieces { try writer.append(piece) }
        let ref = try writer.finish()
        #expect(ref == BlobRef(of: pieces.flatMap { $0 }))
        #expect(try files.bytes(of: ref) == pieces.flatMap { $0 })
        #expect(try files.digests() == [ref.digest])
        #expect(try Self.everything(in: folder) == ["\(ref.digest.prefix(2))/\(ref.digest.dropFirst(2))"])
        #expect(try files.bytes(of: BlobRef(of: [5])) == nil)
    }

    @Test func `a file of nothing is a file`() throws {
        let files = try BlobFiles(directory: try TestFolder.fresh())
        let ref = try files.begin(name: "empty").finish()
        #expect(ref == BlobRef(of: []))
        #expect(try files.bytes(of: ref) == [])
    }

    @Test func `a file above its limit is refused and leaves nothing behind`() throws {
        let folder = try TestFolder.fresh()
        let files = try BlobFiles(directory: folder)
        let writer = try files.begin(name: "large", bytesMax: 10)
        try writer.append(Array(repeating: 1, count: 10))
        #expect(throws: BlobRefusal.tooLarge) { try writer.append([1]) }
        #expect(throws: BlobRefusal.tooLarge) { try writer.append([1]) }
        #expect(throws: Fault.self) { try writer.finish() }
        #expect(try Self.everything(in: folder) == [])
        let exact = try files.begin(name: "large", bytesMax: 10)
        try exact.append(Array(repeating: 1, count: 10))
        #expect(try exact.finish().size == 10)
    }

    @Test func `a writer that is dropped leaves nothing behind`() throws {
        let folder = try TestFolder.fresh()
        let files = try BlobFiles(directory: folder)
        do {
            let writer = try files.begin(name: "dropped")
            try writer.append([1, 2, 3])
            #expect(throws: Fault.self) { try files.begin(name: "dropped") }
            #expect(try Self.everything(in: folder) == ["incoming/dropped"])
        }
        #expect(try Self.everything(in: folder) == [])
    }

    @Test func `a torn file is found`() throws {
        let files = try BlobFiles(directory: try TestFolder.fresh())
        let writer = try files.begin(name: "torn")
        try writer.append(Array(repeating: 9, count: 1000))
        let ref = try writer.finish()
        for torn in [Data(repeating: 9, count: 999), Data(), Data(repeating: 8, count: 1000)] {
            try torn.write(to: URL(filePath: files.path(of: ref)))
            #expect { try files.bytes(of: ref) } throws: { if case Fault.corrupt = $0 { true } else { false } }
        }
    }

    @Test func `equal uploads at once are one file`() async throws {
        let folder = try TestFolder.fresh()
        let files = try BlobFiles(directory: folder)
        let bytes: [UInt8] = Array(repeating: 3, count: 100_000)
        let refs = try await withThrowingTaskGroup(of: BlobRef.self) { group in
            for number in 0..<16 {
                group.addTask {
                    let writer = try files.begin(name: "upload-\(number)")
                    for start in stride(from: 0, to: bytes.count, by: 10_000) {
                        try writer.append(Array(bytes[start..<start + 10_000]))
                    }
                    return try writer.finish()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(refs) == [BlobRef(of: bytes)])
        #expect(try files.bytes(of: refs[0]) == bytes)
        #expect(try Self.everything(in: folder).count == 1)
    }

    @Test func `a folder that cannot be made is a fault, and so is a file that cannot be read`() throws {
        #expect { _ = try BlobFiles(directory: "/dev/null/blobs") } throws: { $0 is Fault }
        let files = try BlobFiles(directory: try TestFolder.fresh())
        let ref = BlobRef(of: [1])
        try FileManager.default.createDirectory(atPath: files.path(of: ref), withIntermediateDirectories: true)
        #expect { try files.bytes(of: ref) } throws: { $0 is Fault }
    }
}
