import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct LookTests {
    private static let actor = Actor.staff(StaffID(Sample.subject(900)))

    private static func look(at target: Int, _ seconds: Int64) -> Look {
        Look(
            Look.Looker(actor, body: nil, region: .fuzhou),
            at: .dossier(DossierID(Sample.subject(target)), of: PersonID(Sample.subject(800 + target))), for: .review,
            Sample.now.advanced(bySeconds: seconds))
    }

    @Test(arguments: StoreUnderTest.all)
    func `a look is an entry of the journal and is found by what was looked at, the latest first`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            try await store.write { tx in
                for number in 0..<5 {
                    let look = Self.look(at: number % 2, Int64(number))
                    try Looks.record(look, id: Sample.subject(100 + number), in: tx)
                }
            }
            let (first, limited, none, entry) = try await store.read { tx in
                (
                    try Looks.at(Sample.subject(0), in: tx), try Looks.at(Sample.subject(0), limit: 1, in: tx),
                    try Looks.at(Sample.subject(7), in: tx), try Journal.entries(of: Sample.subject(100), in: tx)
                )
            }
            #expect(first.map(\.at) == [4, 2, 0].map { Self.look(at: 0, $0).at })
            #expect(first.allSatisfy { $0.actor == Self.actor && $0.why == .review && $0.seen.matter != nil })
            #expect(limited.map(\.at) == [Self.look(at: 0, 4).at])
            #expect(none == [])
            let (thing, holder) = (Sample.subject(0), Sample.subject(800))
            let body =
                #"{"holder":"\#(holder)","matter":"\#(thing)","of":"\#(thing)","purpose":"review","region":"350100","#
                + #""target":"dossier"}"#
            #expect(entry.map { String(decoding: $0.body, as: UTF8.self) } == [body])
            #expect(entry.map(\.version) == [2])
            #expect(entry.map(\.kind) == [Looks.kind])
            #expect(entry.map(\.actor) == [Self.actor])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a person finds the looks at what is hers, page by page, of one thing or one case, and nobody else's`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use { store in
            let holder = PersonID(Sample.subject(800))
            let certificate = CertificateID(Sample.subject(700))
            try await store.write { tx in
                for number in 0..<6 {
                    let look = Self.look(at: number % 2, Int64(number))
                    try Looks.record(look, id: Sample.subject(100 + number), in: tx)
                }
                let seen = Look.Seen.certificate(certificate, of: holder, for: DossierID(Sample.subject(0)))
                let look = Look(Look.Looker(Self.actor), at: seen, for: .handedIn, Sample.now)
                try Looks.record(look, id: Sample.subject(110), in: tx)
                try Looks.file(Looks.Taken(Sample.subject(110), look), in: tx)
            }
            func found(_ thing: Subject? = nil, before: Subject? = nil, limit: Int = 10) async throws -> [Subject] {
                try await store.read { tx in
                    try Looks.of(holder, about: thing, before: before, limit: limit, in: tx).map(\.id)
                }
            }
            #expect(try await found() == [110, 104, 102, 100].map { Sample.subject($0) }, "each once")
            #expect(try await found(limit: 2) == [110, 104].map { Sample.subject($0) })
            #expect(try await found(before: Sample.subject(104)) == [102, 100].map { Sample.subject($0) })
            #expect(try await found(certificate.subject) == [Sample.subject(110)])
            #expect(try await found(Sample.subject(0)).count == 4, "the case, and the certificate for it")
            #expect(try await found(Sample.subject(1)) == [])
            let other = try await store.read { tx in
                try Looks.look(Sample.subject(101), of: holder, in: tx)
            }
            #expect(other == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an entry of before says its case in its purpose, and is still read`(_ place: StoreUnderTest) async throws {
        try await place.use { store in
            let (id, thing) = (Sample.subject(100), Sample.subject(7))
            let place = JournalEntry.Place(id, sequence: 1, at: Sample.now, actor: Self.actor)
            let body = #"{"of":"\#(thing)","purpose":"case A123","target":"certificate"}"#
            let entry = JournalEntry(place, kind: Looks.kind, version: 1, body: Array(body.utf8), personal: nil)
            let taken = try await store.write { tx in
                try Journal.append([entry], in: tx)
                return try Looks.taken(id, in: tx)
            }
            #expect(taken?.look.olderCaseNumber == "A123" && taken?.look.why == .handedIn)
            #expect(taken?.look.seen == Look.Seen(.certificate, of: thing, holder: nil, for: nil))
            #expect(try await store.read { tx in try Looks.taken(Sample.subject(101), in: tx) } == nil)
        }
    }

    @Test func `a word that the list does not have is shown as it stands`() {
        #expect(LookPurpose(rawValue: "inspection") == nil && LookPurpose(rawValue: "call-back") == .callBack)
    }
}
