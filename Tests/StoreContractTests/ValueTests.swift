import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct ValueTests {
    @Test(arguments: StoreUnderTest.all)
    func `values come back as they went in`(_ place: StoreUnderTest) async throws {
        let texts = ["", "榕证通 '䶮' 😀", "how? why? $1 ?2", String(repeating: "字", count: 100_000), "\r\n\t\\\"%_"]
        let blobs: [[UInt8]?] = [nil, [], [0, 255, 39, 0, 128], Array(repeating: 0xAB, count: 1_000_000), [63]]
        let numbers: [Int64?] = [nil, 0, .min, .max, -1]
        try await place.use([Notes.migration]) { store in
            try await store.write { tx in
                for (id, text) in texts.enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO note (id, text, bytes, number) VALUES (\(id), \(text), \(blobs[id]), \(numbers[id]))
                        """)
                }
            }
            let rows = try await store.read { tx in
                try tx.rows("SELECT text, bytes, number FROM note ORDER BY id LIMIT 9")
            }
            #expect(try rows.map { try $0.text(0) } == texts)
            #expect(try rows.map { try $0.optionalBytes(1) } == blobs)
            #expect(rows.map { $0[2] } == numbers.map { $0.map(SQLValue.integer) ?? .null })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `numbers around every power of two come back with their sign`(_ place: StoreUnderTest) async throws {
        let numbers = (0..<63).flatMap { shift -> [Int64] in
            let power: Int64 = 1 << Int64(shift)
            return [power, power - 1, -power, -power - 1]
        }
        try await place.use([Notes.migration]) { store in
            let back = try await store.write { tx in
                for (id, number) in numbers.enumerated() {
                    try tx.execute("INSERT INTO note (id, text, number) VALUES (\(id), '', \(number))")
                }
                return try tx.rows("SELECT number FROM note ORDER BY id LIMIT 1000").map { $0[0] }
            }
            #expect(back == numbers.map(SQLValue.integer))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a list of no, one and a hundred values finds what it names`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            try await store.write { tx in for id in 0..<200 { try Notes.add(id, in: tx) } }
            for list in [[], [7], Array(50..<150), [500]] {
                let found = try await store.read { tx in
                    try tx.rows("SELECT id FROM note WHERE id IN \(list: list) ORDER BY id LIMIT 999")
                        .map { try $0.integer(0) }
                }
                #expect(found == list.filter { $0 < 200 })
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a statement that met NULL first takes a value later`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            for (id, number) in [nil, 5, nil, 6].enumerated() {
                try await store.write { tx in
                    try tx.execute("INSERT INTO note (id, text, number) VALUES (\(id), 'x', \(number as Int?))")
                }
            }
            let numbers = try await store.read { tx in
                try tx.rows("SELECT number FROM note ORDER BY id LIMIT 9").map { try $0.optionalInteger(0) }
            }
            #expect(numbers == [nil, 5, nil, 6])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a text that no database can keep whole is refused`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            await #expect(throws: Fault.self) {
                try await store.write { tx in try Notes.add(1, "cut\u{0}off", in: tx) }
            }
            try await Notes.expect(0, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a column of another kind than asked for is corrupt, and the connection goes on`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Notes.migration]) { store in
            try await store.write { tx in try Notes.add(1, "x", number: 2, in: tx) }
            let row = try #require(try await store.read { tx in try tx.row("SELECT text, number, bytes FROM note") })
            for misread in [
                { _ = try row.integer(0) }, { _ = try row.bytes(0) }, { _ = try row.text(1) }, { _ = try row.bool(1) },
                { _ = try row.bytes(2) }, { _ = try row.subject(0) }, { _ = try row.value(0) { Int($0) } },
            ] as [() throws -> Void] {
                #expect { try misread() } throws: { if case Fault.corrupt = $0 { true } else { false } }
            }
            for _ in 0..<6 {
                await #expect(throws: Fault.self) {
                    try await store.read { tx in try tx.rows("SELECT number / 3.0, AVG(number) FROM note GROUP BY 1") }
                }
            }
            try await Notes.expect(1, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `text sorts by bytes on both`(_ place: StoreUnderTest) async throws {
        let texts = ["b", "B", "a", "Ä", "é", "z", "一", "丁", "😀", "-", "_", "1", "10", "2"]
        try await place.use([Notes.migration]) { store in
            let back = try await store.write { tx in
                for (id, text) in texts.enumerated() { try Notes.add(id, text, in: tx) }
                return try tx.rows("SELECT text FROM note ORDER BY text LIMIT 99").map { try $0.text(0) }
            }
            #expect(back == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a statement counts the rows it changed`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            let changes = try await store.write { tx in
                for id in 0..<5 { try Notes.add(id, in: tx) }
                return [
                    try tx.changes("UPDATE note SET number = 9 WHERE id < 3"),
                    try tx.changes("DELETE FROM note WHERE id = 99"),
                    try tx.changes("INSERT INTO note (id, text) VALUES (1, 'x') ON CONFLICT (id) DO NOTHING"),
                    try tx.changes("DELETE FROM note"),
                ]
            }
            #expect(changes == [3, 0, 0, 5])
        }
    }
}
