import Certificates
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PresentationTests {
    private static let id = PresentationID(Subject(high: 4, low: 1))
    private static let now = Instant(Sheaf.today, hour: 10)

    private static func begun(minutes: Int = 30, isOnce: Bool = false) throws -> Presentation {
        try PresentationRules.begin(
            id, of: try Sheaf.certificate([.filed(Sheaf.filing)]), minutes: minutes, isOnce: isOnce, beside: 0, at: now)
    }

    private static func showing(_ number: UInt64, at: Instant = now) -> Showing {
        Showing(
            ShowingID(Subject(high: 5, low: number)), of: Sheaf.id(1), at: at,
            by: (.staff(StaffID(Subject(high: 2, low: 9))), Sheaf.hrss), way: .presented, purpose: "现场检查")
    }

    @Test func `a code is made for a certificate in force, for one to thirty minutes, and five at a time`() throws {
        let certificate = try Sheaf.certificate([.filed(Sheaf.filing)])
        func begin(_ certificate: Certificate, minutes: Int = 5, beside live: Int = 0) throws -> Presentation {
            try PresentationRules.begin(
                Self.id, of: certificate, minutes: minutes, isOnce: true, beside: live, at: Self.now)
        }
        #expect(try begin(certificate).expiresAt == Self.now.advanced(bySeconds: 300))
        #expect(try begin(certificate, minutes: 30, beside: 4).isOnce)
        for minutes in [0, -1, 31] {
            #expect(throws: PresentationRefusal.wrongMinutes) { try begin(certificate, minutes: minutes) }
        }
        #expect(throws: PresentationRefusal.tooManyCodes) { try begin(certificate, beside: 5) }
        let draft = try Sheaf.certificate()
        #expect(throws: PresentationRefusal.notInForce) { try begin(draft) }
        let over = try Sheaf.certificate(until: -1, [.filed(Sheaf.filing)])
        #expect(throws: PresentationRefusal.notInForce) { try begin(over) }
    }

    @Test func `a code opens nothing after its time, after the holder ended it, or twice when it was for one look`()
        throws
    {
        func code(once: Bool = false, shown: Instant? = nil, ended: Instant? = nil) -> Presentation {
            Presentation(
                Self.id, of: Sheaf.id(1), from: Self.now, until: Self.now.advanced(bySeconds: 60), isOnce: once,
                shownAt: shown, endedAt: ended)
        }
        try PresentationRules.check(code(), at: Self.now.advanced(bySeconds: 59))
        try PresentationRules.check(code(shown: Self.now), at: Self.now)
        #expect(throws: PresentationRefusal.expired) {
            try PresentationRules.check(code(), at: Self.now.advanced(bySeconds: 60))
        }
        #expect(throws: PresentationRefusal.used) {
            try PresentationRules.check(code(once: true, shown: Self.now), at: Self.now)
        }
        #expect(throws: PresentationRefusal.ended) {
            try PresentationRules.check(code(ended: Self.now), at: Self.now)
        }
        #expect(code().lives(at: Self.now) && !code(ended: Self.now).lives(at: Self.now))
        #expect(throws: PresentationRefusal.purposeMissing) { try PresentationRules.check(purpose: "") }
        #expect(throws: PresentationRefusal.purposeTooLong) {
            try PresentationRules.check(purpose: String(repeating: "查", count: 201))
        }
    }

    @Test func `a code is read as it is typed or scanned, and says nothing of itself`() throws {
        let code = PresentationCode(bits: 12_345_678)
        #expect(code.text == "0000000012345678" && code.grouped == "0000 0000 1234 5678")
        #expect(PresentationCode(code.grouped) == code && PresentationCode("0000-0000-1234-5678\n") == code)
        for wrong in ["", "123", "00000000123456789", "000000001234567x", "００００００００１２３４５６７８"] {
            #expect(PresentationCode(wrong) == nil, "\(wrong)")
        }
        #expect("\(code)" == "PresentationCode(***)")
    }

    @Test(arguments: StoreUnderTest.all)
    func `a code is kept as a digest, one look uses it up, and both sides find the look`(_ place: StoreUnderTest)
        async throws
    {
        try await place.use(CertificateTable.migrations) { store in
            let once = try Self.begun(isOnce: true)
            let digest: [UInt8] = [1, 2, 3]
            try await store.write { tx in
                try Sheaf.file(1, try Sheaf.reservation(1), in: tx)
                try PresentationTable.add(once, digest: digest, stamp: Sheaf.stamp(), in: tx)
            }
            let found = try await store.read { tx in try PresentationTable.find(digest, in: tx) }
            #expect(found == once)
            #expect(try await store.read { tx in try PresentationTable.find([1], in: tx) } == nil)
            try await store.write { tx in
                try PresentationTable.show(once, Self.showing(1), stamp: Sheaf.stamp(), in: tx)
            }
            await #expect(throws: PresentationRefusal.used) {
                try await store.write { tx in
                    try PresentationTable.show(once, Self.showing(2), stamp: Sheaf.stamp(), in: tx)
                }
            }
            let (ofHolder, ofViewer) = try await store.read { tx in
                (
                    try ShowingTable.showings(of: Sheaf.id(1), in: tx),
                    try ShowingTable.showings(to: Self.showing(1).viewer, in: tx)
                )
            }
            #expect(ofHolder == [Self.showing(1)] && ofViewer == [Self.showing(1)])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the public part of an entry holds no purpose, and what is forgotten leaves none`(_ place: StoreUnderTest)
        async throws
    {
        try await place.use(CertificateTable.migrations) { store in
            let begun = try Self.begun()
            let entries = try await store.write { tx -> [JournalEntry] in
                try Sheaf.file(1, try Sheaf.reservation(1), in: tx)
                try PresentationTable.add(begun, digest: [1], stamp: Sheaf.stamp(), in: tx)
                try PresentationTable.show(begun, Self.showing(1), stamp: Sheaf.stamp(), in: tx)
                try PresentationTable.end(begun, stamp: Sheaf.stamp(), in: tx)
                return try Journal.entries(of: Self.id.subject, in: tx)
                    + Journal.entries(of: Self.showing(1).id.subject, in: tx)
            }
            #expect(entries.map(\.kind) == ["presentation.made", "presentation.ended", "presentation.shown"])
            #expect(
                entries.map { String(decoding: $0.body, as: UTF8.self) } == [
                    """
                    {"certificate":"\(Sheaf.id(1))","expiresAt":\(begun.expiresAt.milliseconds),"isOnce":false}
                    """, "{\"certificate\":\"\(Sheaf.id(1))\"}",
                    "{\"certificate\":\"\(Sheaf.id(1))\",\"presentation\":\"\(Self.id)\"}",
                ])
            #expect(
                entries.last?.personal.map { String(decoding: $0.bytes, as: UTF8.self) } == "{\"purpose\":\"现场检查\"}")
            try await store.write { tx in try CertificateTable.forget(Sheaf.person(1), in: tx) }
            let (purposes, first) = try await store.read { tx in
                (
                    try ShowingTable.showings(of: Sheaf.id(1), in: tx).map(\.purpose),
                    try Journal.first(of: Self.showing(1).id.subject, in: tx)
                )
            }
            #expect(purposes == [""] && first != nil && first?.personal == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a code that is over is told apart for a day, then forgotten`(_ place: StoreUnderTest) async throws {
        try await place.use(CertificateTable.migrations) { store in
            let begun = try Self.begun()
            try await store.write { tx in
                try PresentationTable.add(begun, digest: [1], stamp: Sheaf.stamp(), in: tx)
            }
            let day = begun.expiresAt.advanced(bySeconds: PresentationTable.keptSeconds)
            for (at, count) in [(day.advanced(bySeconds: -1), 0), (day, 1), (day, 0)] {
                #expect(try await store.write { tx in try PresentationTable.prune(now: at, in: tx) } == count)
            }
            #expect(try await store.read { tx in try PresentationTable.find([1], in: tx) } == nil)
        }
    }
}
