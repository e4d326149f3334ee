import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A house with a public log of certificates, driven by hand.
final class LogStory {
    static let origin = "test.example/log"

    let store: any Store
    var now = Instant(Sheaf.today, hour: 12)

    init(_ store: any Store) { self.store = store }

    static func use(_ place: StoreUnderTest, _ body: (LogStory) async throws -> Void) async throws {
        try await place.use(CertificateTable.migrations) { store in try await body(LogStory(store)) }
    }

    func sealer(_ holder: String) -> Sealer {
        Sealer(store: store, holder: holder, origin: "test.example/journal") { $0 }
    }

    /// A process that seals and keeps the log.
    func keeper(_ holder: String) -> (sealer: Sealer, keeper: CertificateLogKeeper) {
        let sealer = sealer(holder)
        let keeper = CertificateLogKeeper(store: store, sealer: sealer, origin: Self.origin) { $0 + "\nsigned\n" }
        return (sealer, keeper)
    }

    /// Seals and follows until nothing is left.
    func follow() async throws {
        let (sealer, keeper) = keeper("a")
        while try await sealer.seal(now: now) > 0 {}
        try await keeper.followAll { [now] in now }
    }

    func entries() async throws -> [CertificateLogEntry] {
        try await store.read { tx in
            let lines = try CertificateLogTable.lines(from: 0, in: tx)
            #expect(lines.map(\.position) == Array(0..<lines.count))
            return try lines.map { line in
                let entry = try CertificateLogEntry(line.bytes)
                #expect(try CanonicalJSON.bytes(of: entry) == line.bytes, "the line is canonical")
                return entry
            }
        }
    }

    func commitment(_ number: Int) async throws -> String {
        let (salt, certificate) = try await store.read { tx in
            (
                try CertificateLogTable.salt(of: Sheaf.id(number), in: tx),
                try CertificateTable.load(Sheaf.id(number), in: tx)
            )
        }
        return try #require(salt).commitment(to: try #require(certificate).reservation.identifier)
    }

    static func append(_ events: [CertificateEvent], to number: Int, in tx: Transaction) throws {
        let certificate = try #require(try CertificateTable.load(Sheaf.id(number), in: tx))
        try CertificateTable.append(events, to: certificate, stamp: Sheaf.stamp(), in: tx)
    }

    func audit() async throws -> CertificateLogAudit.Report {
        try await CertificateLogAudit(store: store, origin: Self.origin) { $0 == $1 + "\nsigned\n" }.run()
    }
}
