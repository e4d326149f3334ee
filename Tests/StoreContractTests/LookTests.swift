import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct LookTests {
    private static let actor = Actor.staff(StaffID(Sample.subject(900)))

    private static func look(at target: Int, _ seconds: Int64) -> Look {
        Look(
            actor, target: .dossier, of: Sample.subject(target), purpose: "review",
            at: Sample.now.advanced(bySeconds: seconds))
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
            #expect(first == [Self.look(at: 0, 4), Self.look(at: 0, 2), Self.look(at: 0, 0)])
            #expect(limited == [Self.look(at: 0, 4)])
            #expect(none == [])
            let body = #"{"of":"\#(Sample.subject(0))","purpose":"review","target":"dossier"}"#
            #expect(entry.map { String(decoding: $0.body, as: UTF8.self) } == [body])
            #expect(entry.map(\.kind) == [Looks.kind])
            #expect(entry.map(\.actor) == [Self.actor])
        }
    }
}
