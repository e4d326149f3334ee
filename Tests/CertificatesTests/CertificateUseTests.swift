import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// Uses: authorised once, bound to their case, and over with it.
@Suite struct CertificateUseTests {
    private static let dossier = DossierID(Subject(high: 5, low: 1))

    private static func use(
        _ number: Int = 1, in dossier: DossierID = dossier, as material: String = "licence",
        stamp: Stamp = Sheaf.stamp()
    ) -> CertificateUse {
        CertificateUse(of: Sheaf.id(number), in: dossier, item: "000136011000", as: material, stamp: stamp)
    }

    private static func demand(
        type: String? = Sheaf.dispatch, holders: [PersonID] = [Sheaf.person(1)], isFit: Bool = true
    ) -> CertificateUseRules.Demand {
        CertificateUseRules.Demand(type: type, holders: holders, isFit: isFit)
    }

    @Test func `a certificate serves whoever holds it, as the material of its type, while it is in force`() throws {
        let valid = try Sheaf.certificate([.filed(Sheaf.filing)])
        try CertificateUseRules.authorise(valid, for: Self.demand(), on: Sheaf.today)
        try CertificateUseRules.authorise(
            valid, for: Self.demand(holders: [Sheaf.person(9), Sheaf.person(1)]), on: Sheaf.today)
        #expect(throws: CertificateUseRefusal.notHeld) {
            try CertificateUseRules.authorise(valid, for: Self.demand(holders: [Sheaf.person(2)]), on: Sheaf.today)
        }
        for type in [nil, Sheaf.hygiene] {
            #expect(throws: CertificateUseRefusal.otherType) {
                try CertificateUseRules.authorise(valid, for: Self.demand(type: type), on: Sheaf.today)
            }
        }
        let ended: [[CertificateEvent]] = [
            [], [.filed(Sheaf.filing), .restricted(.courtOrder, nil)], [.filed(Sheaf.filing), .ended(.revoked)],
        ]
        for events in ended {
            #expect(throws: CertificateUseRefusal.notInForce) {
                try CertificateUseRules.authorise(
                    try Sheaf.certificate(events), for: Self.demand(), on: Sheaf.today)
            }
        }
        #expect(throws: CertificateUseRefusal.unfit) {
            try CertificateUseRules.authorise(valid, for: Self.demand(isFit: false), on: Sheaf.today)
        }
        #expect(throws: CertificateUseRefusal.notInForce, "the day after its last") {
            try CertificateUseRules.authorise(valid, for: Self.demand(), on: Sheaf.today.advanced(byDays: 366))
        }
    }

    @Test func `a code opens the certificate in its own case, while that runs and stands on it`() throws {
        let (use, other) = (Self.use(), Self.use(2, as: "permit"))
        let uses = [use, other]
        let opened = try CertificateUseRules.opened(other.code, among: uses, isRunning: true) { _ in true }
        #expect(opened == other)
        #expect(throws: CertificateUseRefusal.unknownCode) {
            try CertificateUseRules.opened(Self.use(3).code, among: uses, isRunning: true) { _ in true }
        }
        #expect(throws: CertificateUseRefusal.over, "the case has ended") {
            try CertificateUseRules.opened(use.code, among: uses, isRunning: false) { _ in true }
        }
        #expect(throws: CertificateUseRefusal.over, "the material came in otherwise") {
            try CertificateUseRules.opened(use.code, among: uses, isRunning: true) { $0 == other }
        }
    }

    @Test func `the code of a use is the same when its transaction is replayed, and nobody else's`() {
        #expect(Self.use() == Self.use())
        let codes = [
            Self.use(), Self.use(2), Self.use(as: "permit"), Self.use(in: DossierID(Subject(high: 5, low: 2))),
            Self.use(
                stamp: Stamp(
                    now: Sheaf.stamp().now, actor: .platform, entropy: Entropy(seed: Array(repeating: 8, count: 32)))),
        ].map(\.code)
        #expect(Set(codes).count == 5)
    }

    @Test(arguments: StoreUnderTest.all)
    func `uses are found by certificate, the latest first, and by case`(_ place: StoreUnderTest) async throws {
        try await place.use(CertificateTable.migrations) { store in
            let second = DossierID(Subject(high: 5, low: 2))
            let later = Sheaf.stamp(Sheaf.today.advanced(byDays: 1))
            let uses = [Self.use(), Self.use(2, as: "permit"), Self.use(in: second, stamp: later)]
            try await store.write { tx in
                try CertificateUseTable.authorise(uses[0], stamp: Sheaf.stamp(), in: tx)
                try CertificateUseTable.authorise(uses[1], stamp: Sheaf.stamp(), in: tx)
                try CertificateUseTable.authorise(uses[2], stamp: later, in: tx)
            }
            try await store.read { tx in
                #expect(try CertificateUseTable.of(Sheaf.id(1), in: tx) == [uses[2], uses[0]])
                #expect(try CertificateUseTable.of(Sheaf.id(1), limit: 1, in: tx) == [uses[2]])
                #expect(Set(try CertificateUseTable.of(Self.dossier, in: tx)) == Set(uses.prefix(2)))
                #expect(try CertificateUseTable.of(second, in: tx) == [uses[2]])
                #expect(try CertificateUseTable.of(Sheaf.id(7), in: tx).isEmpty)
                let entry = try #require(try Journal.first(of: uses[0].code.subject, in: tx))
                #expect(try CertificateUseEvent(entry) == .authorised(uses[0].terms))
                #expect(entry.actor == Sheaf.stamp().actor && entry.personal == nil)
            }
        }
    }

    @Test func `a use that was written once is read as it was, and nothing else is a use`() throws {
        let body = """
            {"certificate":"0000000000001g00000000000r","dossier":"00000000000028000000000001",\
            "item":"000136011000","material":"licence"}
            """
        func entry(_ kind: String, _ version: Int, _ body: String) -> JournalEntry {
            JournalEntry(
                JournalEntry.Place(Subject(high: 1, low: 1), sequence: 1, at: Sheaf.stamp().now, actor: .platform),
                kind: kind, version: version, body: Array(body.utf8), personal: nil)
        }
        let event = try CertificateUseEvent(entry("use.authorised", 1, body))
        #expect(String(decoding: try event.publicPart(), as: UTF8.self) == body)
        for (kind, version, body) in [
            ("use.authorised", 2, body), ("use.burnt", 1, body), ("use.authorised", 1, "{}"),
        ] {
            #expect(throws: Fault.self) { try CertificateUseEvent(entry(kind, version, body)) }
        }
    }
}
