import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct TransactionTests {
    @Test(arguments: StoreUnderTest.all)
    func `a body that throws leaves nothing, and its error comes out as it is`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            await #expect(throws: Notes.Stop.self) {
                try await store.write { tx in
                    try Notes.add(1, in: tx)
                    throw Notes.Stop()
                }
            }
            try await Notes.expect(0, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a hundred writers at once lose nothing and wait for each other only as rows do`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Notes.migration]) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    group.addTask { try await store.write { tx in try Notes.add(id, in: tx) } }
                }
                try await group.waitForAll()
            }
            try await Notes.expect(100, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `one body that fails among fifty takes nothing else with it`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            let kept = await withTaskGroup(of: Bool.self) { group in
                for id in 0..<50 {
                    group.addTask {
                        do {
                            try await store.write { tx in
                                try Notes.add(id, in: tx)
                                if id == 25 { throw Notes.Stop() }
                            }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(kept == 49)
            try await Notes.expect(49, in: store)
            let failed = try await store.read { tx in try tx.row("SELECT id FROM note WHERE id = 25") == nil }
            #expect(failed)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a key that is taken replays the body and in the end refuses`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            try await store.write { tx in try Notes.add(1, "first", in: tx) }
            let runs = Counter()
            await #expect(throws: Fault.contended) {
                try await store.write { tx in
                    runs.add()
                    try Notes.add(1, "second", in: tx)
                }
            }
            #expect(runs.value == Limits.replaysMax)
            let text = try await store.read { tx in try tx.row("SELECT text FROM note WHERE id = 1")?.text(0) }
            #expect(text == "first")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `writers that read before they write never lose an update`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        // The next free key, as an event's sequence number is found: the loser is replayed.
                        var isDone = false
                        while !isDone {
                            do {
                                try await store.write { tx in
                                    let last = try tx.row("SELECT COALESCE(MAX(id), 0) FROM note")?.integer(0) ?? 0
                                    try Notes.add(last + 1, in: tx)
                                }
                                isDone = true
                            } catch Fault.contended {
                                continue
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await store.read { tx in try tx.row("SELECT COUNT(*), MAX(id) FROM note") }
            #expect(try row?.integer(0) == 20)
            #expect(try row?.integer(1) == 20)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a body that keeps a statement's error to itself is not told that all went well`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use([Notes.migration]) { store in
            await #expect(throws: Fault.self) {
                try await store.write { tx in
                    try Notes.add(1, in: tx)
                    do { _ = try tx.rows("SELECT nothing FROM nowhere") } catch {}
                }
            }
            try await Notes.expect(0, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a read sees one moment, whatever is written meanwhile`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            let (begun, written) = (Latch(), Latch())
            async let counts = store.read { tx in
                let before = try tx.row("SELECT COUNT(*) FROM note")?.integer(0)
                begun.open()
                written.wait()
                return [before, try tx.row("SELECT COUNT(*) FROM note")?.integer(0)]
            }
            await begun.opened()
            try await store.write { tx in try Notes.add(1, in: tx) }
            written.open()
            #expect(try await counts == [0, 0])
            try await Notes.expect(1, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a read must not write`(_ place: StoreUnderTest) async throws {
        try await place.use([Notes.migration]) { store in
            await #expect(throws: Fault.self) { try await store.read { tx in try Notes.add(1, in: tx) } }
            try await Notes.expect(0, in: store)
        }
    }
}
