import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// What stood in the tables of before `certificates.004-library`.
@Suite struct CertificateUpgradeTests {
    @Test(arguments: StoreUnderTest.all)
    func `a library of before comes forward with its identifiers, states, ways and days to come`(
        _ place: StoreUnderTest
    ) async throws {
        let migrations = CertificateTable.migrations
        try await place.use(Array(migrations.prefix(3))) { store in
            let endings: [Certificate.Ending?] = [nil, .revoked, .recalled, .cancelled, .changed, nil]
            let states: [Certificate.State] = [.issued, .revoked, .recalled, .cancelled, .superseded, .draft]
            try await store.write { tx throws in
                for (index, ending) in endings.enumerated() {
                    try Self.old(index + 1, ending, isFiled: states[index] != .draft, in: tx)
                }
            }
            _ = try await store.migrate(Shape.migrations + migrations, now: Instant(milliseconds: 1))
            try await store.write { tx throws in
                let lines = try CertificateTable.held(by: Sheaf.person(1), in: tx)
                #expect(lines.map(\.id) == (1...6).reversed().map(Sheaf.id))
                for (index, state) in states.enumerated() {
                    let reservation = try Sheaf.reservation(index + 1)
                    let line = try #require(lines.first { $0.id == Sheaf.id(index + 1) })
                    #expect(line.identifier == reservation.identifier && line.days.state == state)
                    #expect(line.validUntil == reservation.validUntil && line.holder == reservation.holder)
                    #expect(try CertificateTable.load(line.id, in: tx)?.state == state)
                    #expect(try CertificateTable.id(reservation.identifier, in: tx) == line.id)
                }
                let revoked = CertificateSearchTests.asking { ($0.issuer, $0.ending) = (Sheaf.hrss, .revoked) }
                #expect(try CertificateSearchTests.all(revoked, in: tx) == [Sheaf.id(2)])
                #expect(
                    try CertificateSearchTests.all(CertificateSearchTests.asking { $0.issuer = Sheaf.hrss }, in: tx)
                        .count == 6)
                let due = Sheaf.today.advanced(byDays: 335)
                #expect(try CertificateTable.due(by: due.advanced(byDays: -1), limit: 10, in: tx) == [])
                #expect(try CertificateTable.due(by: due, limit: 10, in: tx) == [Sheaf.id(1)])
                #expect(
                    try CertificateSearchTests.all(CertificateSearchTests.asking { $0.name = "林" }, in: tx) == [],
                    "names come with the rebuilding")
                for line in lines { try CertificateTable.rebuild(line.id, in: tx) }
                #expect(
                    try CertificateSearchTests.all(CertificateSearchTests.asking { $0.name = "林" }, in: tx).count == 6)
                #expect(try CertificateTable.due(by: due, limit: 10, in: tx) == [Sheaf.id(1)])
            }
        }
    }

    /// A certificate as it was written before: events, the row and its two ways.
    private static func old(
        _ number: Int, _ ending: Certificate.Ending?, isFiled: Bool, in tx: Transaction
    ) throws {
        let (id, reservation) = (Sheaf.id(number), try Sheaf.reservation(number))
        let end = ending.map { [CertificateEvent.ended($0, successor: $0 == .changed ? Sheaf.id(1) : nil)] } ?? []
        let filed = isFiled ? [CertificateEvent.filed(Sheaf.filing)] : []
        try Journal.append(
            [CertificateEvent.reserved(reservation, Sheaf.personal())] + filed + end, to: id.subject, after: 0,
            stamp: Sheaf.stamp(), in: tx)
        let text = reservation.identifier.description
        try tx.execute(
            """
            INSERT INTO certificate (id, identifier, holder, dossier, is_filed, valid_from, valid_until, has_ended)
            VALUES (\(id), \(text), \(reservation.holder), NULL, \(isFiled), \(reservation.validFrom),
                \(reservation.validUntil), \(ending != nil))
            """)
        try tx.execute("INSERT INTO certificate_by_identifier (identifier, certificate) VALUES (\(text), \(id))")
        try tx.execute(
            """
            INSERT INTO certificate_by_holder (holder, type, certificate)
            VALUES (\(reservation.holder), \(reservation.identifier.type), \(id))
            """)
    }
}
