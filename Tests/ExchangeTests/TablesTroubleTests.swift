@testable import Exchange
import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What goes wrong with a database that is another house's.
@Suite struct TablesTroubleTests {
    @Test func `tables and columns that are others are named, and what the department added does not matter`()
        async throws
    {
        let front = try await FrontEnd()
        let record = try front.samples.record("up_pro_accept", "k")
        try await front.use { carrier in
            try front.type("ALTER TABLE from_partner.up_pro_accept ADD COLUMN inner_id BIGSERIAL;")
            try front.bring(record)
            #expect(try await carrier.pull(after: "").records == [record])
            // A number as text is read all the same, a moment that is none is the row's own fault.
            try front.type(
                """
                ALTER TABLE from_partner.up_pro_accept ALTER COLUMN task_version TYPE TEXT;
                ALTER TABLE to_partner.up_pro_accept DROP COLUMN project_name;
                """)
            #expect(try await carrier.pull(after: "").records == [record])
            let column = try await trouble { try await carrier.push(LinkBatch("b", [record])) }
            #expect(column.reason.code == "link.unreadable" && column.message.contains("project_name"))
            try front.type("ALTER TABLE to_partner.up_pro_accept ADD COLUMN project_name VARCHAR(2);")
            let narrow = try await trouble { try await carrier.push(LinkBatch("b", [record])) }
            #expect(narrow.reason == .unreadable && narrow.message.contains("character varying(2)"))
            try front.type("DROP TABLE from_partner.ow_file;")
            let table = try await trouble { try await carrier.pull(after: "") }
            #expect(table.reason == .unreadable && table.message.contains("from_partner.ow_file"))
        }
    }

    @Test func `nobody there is nobody there`() async throws {
        let samples = try LinkSamples()
        let carrier = try TablesCarrier(at: "host=/nowhere user=nobody dbname=front", families: samples.families)
        let record = try samples.record("up_pro_accept", "k")
        let pushed = try await trouble { try await carrier.push(LinkBatch("b", [record])) }
        #expect(pushed.reason.code == "link.unanswered" && pushed.answer == .unreachable)
        let pulled = try await trouble { try await carrier.pull(after: "") }
        #expect(pulled.reason == .unanswered)
        await carrier.close()
    }

    @Test func `a server that takes connections and never answers holds up nobody for long`() async throws {
        let samples = try LinkSamples()
        let (silent, into, said) = (Process(), Pipe(), Pipe())
        silent.executableURL = URL(filePath: "/usr/bin/env")
        let listen = "import socket, sys; s = socket.create_server(('127.0.0.1', 0)); "
        silent.arguments = ["python3", "-c", listen + "print(s.getsockname()[1], flush=True); sys.stdin.read()"]
        silent.standardOutput = said
        // It goes when this end of the pipe does.
        silent.standardInput = into
        silent.standardError = FileHandle.nullDevice
        try silent.run()
        let port = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .newlines)
        let carrier = try TablesCarrier(
            at: "postgresql://front@127.0.0.1:\(port)/front?connect_timeout=7200", families: samples.families)
        let began = ContinuousClock.now
        let trouble = try await trouble { try await carrier.pull(after: "") }
        #expect(trouble.reason == .unanswered && trouble.answer == .unreachable)
        // No measure of speed: machines may be slow, but not for as long as the address would wait.
        #expect(ContinuousClock.now - began < .seconds(7200), "our limit wins over the address")
        await carrier.close()
        try into.fileHandleForWriting.close()
        silent.waitUntilExit()
    }

    @Test func `whoever holds a row for ever holds up one call for seconds`() async throws {
        let front = try await FrontEnd()
        let record = try front.samples.record("up_pro_accept", "k")
        let holder = PostgresStore(of: front.address, connections: 1, patience: .seconds(60))
        let (inside, release) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        try await front.use { _ = try await $0.push(LinkBatch("b", [record])) }
        async let held: Void = holder.read { tx in
            _ = try tx.rows("SELECT 1 FROM to_partner.up_pro_accept LIMIT 1")
            inside.continuation.yield()
            release.wait()
        }
        defer { release.signal() }
        for await _ in inside.stream { break }
        // A table that is being changed waits for the reader, and whoever comes later waits for it.
        let changing = Process()
        changing.executableURL = URL(filePath: "/usr/bin/env")
        let change = "ALTER TABLE to_partner.up_pro_accept ADD COLUMN x INT"
        changing.arguments = ["psql", "-qX", "-c", change, front.address]
        try changing.run()
        let waiting = """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE NOT l.granted AND d.datname = current_database();
            """
        while try front.type(waiting) == "0" {}
        let slow = try await front.use { carrier in
            try await trouble { try await carrier.push(LinkBatch("b", [record])) }
        }
        #expect(slow.reason.code == "link.unanswered" && slow.answer == .unanswered, "the server breaks off the wait")
        let silent = try await front.use(patience: .seconds(1)) { carrier in
            try await trouble { try await carrier.push(LinkBatch("b", [record])) }
        }
        #expect(silent.reason == .unanswered && silent.answer == .unreachable, "we do, where the server does not")
        release.signal()
        try await held
        changing.waitUntilExit()
        #expect(try await front.use { try await $0.push(LinkBatch("b", [record])) } == .handedOver)
        await holder.close()
    }

    @Test func `a server that was started anew is found again`() async throws {
        let front = try await FrontEnd()
        let record = try front.samples.record("up_pro_accept", "k")
        try await front.use { carrier in
            _ = try await carrier.push(LinkBatch("b", [record]))
            try front.type(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'onewindow';
                """)
            let lost = try await trouble { try await carrier.pull(after: "") }
            #expect(lost.reason == .unanswered && lost.answer == .unreachable)
            #expect(try await carrier.push(LinkBatch("b", [record])) == .handedOver)
        }
    }

    @Test(arguments: ["", "/srv/exchange", "https://exchange.example/", "postgresql://[::1"])
    func `an address that names no database is refused`(_ address: String) throws {
        let families = try RecordFamilies.shipped()
        let refusal = #expect(throws: LinkRefusal.self) { try TablesCarrier(at: address, families: families) }
        #expect(refusal?.code == "link.address-unfit")
    }

    @Test(arguments: ["", "Up", "a b", "a\"b", "表", "a;b", String(repeating: "a", count: 64)])
    func `a name that could say something else than a table's is none`(_ name: String) {
        #expect(SQLName(name) == nil)
        #expect(SQLName("up_pro_accept2")?.quoted == "\"up_pro_accept2\"")
    }
}
