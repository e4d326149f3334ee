import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct TransactionTests {
    static let table = Migration(
        "test.001-note",
        tables: [
            Table(
                "note", .distributed(by: "id"),
                columns: "id BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL, bytes BYTEA, number BIGINT")
        ])

    struct Stop: Error {}

    @Test(arguments: StoreUnderTest.all)
    func `values come back as they went in`(_ place: StoreUnderTest) async throws {
        try await place.use([Self.table]) { store in
            let bytes: [UInt8] = [0, 255, 39, 0, 128]
            let none: [UInt8]? = nil
            try await store.write { tx in
                try tx.execute("INSERT INTO note (id, text, bytes, number) VALUES (1, \("榕证通 '䶮' 😀"), \(bytes), \(Int64.min))")
                try tx.execute("INSERT INTO note (id, text, bytes, number) VALUES (2, \(""), \(none), \(-1))")
            }
            let rows = try await store.read { tx in try tx.rows("SELECT text, bytes, number FROM note ORDER BY id LIMIT 9") }
            #expect(try rows[0].text(0) == "榕证通 '䶮' 😀")
            #expect(try rows[0].bytes(1) == bytes)
            #expect(rows[0][2] == .integer(.min))
            #expect(try rows[1].text(0) == "")
            #expect(try rows[1].optionalBytes(1) == nil)
            #expect(try rows[1].integer(2) == -1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a body that throws leaves nothing, and its error comes out as it is`(_ place: StoreUnderTest) async throws {
        try await place.use([Self.table]) { store in
            await #expect(throws: Stop.self) {
                try await store.write { tx in
                    try tx.execute("INSERT INTO note (id, text) VALUES (1, 'x')")
                    throw Stop()
                }
            }
            let count = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM note")?.integer(0) }
            #expect(count == 0)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a hundred writers at once lose nothing and wait for each other only as rows do`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Self.table]) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        try await store.write { tx in
                            try tx.execute("INSERT INTO note (id, text, number) VALUES (\(id), 'x', 0)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await store.read { tx in try tx.row("SELECT COUNT(*) FROM note")?.integer(0) }
            #expect(count == 100)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a key that is taken replays the body and in the end refuses`(_ place: StoreUnderTest) async throws {
        try await place.use([Self.table]) { store in
            try await store.write { tx in try tx.execute("INSERT INTO note (id, text) VALUES (1, 'first')") }
            await #expect(throws: Fault.contended) {
                try await store.write { tx in try tx.execute("INSERT INTO note (id, text) VALUES (1, 'second')") }
            }
            let text = try await store.read { tx in try tx.row("SELECT text FROM note WHERE id = 1")?.text(0) }
            #expect(text == "first")
        }
    }
}
