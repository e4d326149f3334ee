import Accounts
import Dossiers
import Exchange
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Hall

/// The other side of a link, as far as sending goes: what it got, and what it says of each record.
private final class Taker: LinkCarrier {
    private struct State {
        var batches: [LinkBatch] = []
        var says: @Sendable (LinkRecord) -> LinkVerdict? = { _ in LinkVerdict(.taken) }
    }
    private let state = Mutex(State())

    var batches: [LinkBatch] { state.withLock { $0.batches } }
    func say(_ says: @escaping @Sendable (LinkRecord) -> LinkVerdict?) { state.withLock { $0.says = says } }

    func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws {}
    func push(_ batch: LinkBatch) async throws -> LinkAnswer {
        state.withLock { state in
            state.batches.append(batch)
            return .verdicts(
                Dictionary(
                    uniqueKeysWithValues: batch.records.compactMap { one in state.says(one).map { (one.key, $0) } }))
        }
    }
    func pull(after mark: String) async throws -> LinkPage { LinkPage([], next: mark, hasMore: false) }
    func acknowledge(_ receipts: [LinkReceipt]) async throws {}
    func file(_ digest: String) async throws -> [UInt8] { throw LinkTrouble(.fileMissing) }
    func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings {
        LinkHoldings([], hasMore: false)
    }
    func close() async {}
}

@Suite struct LinkSendingTests {
    private func link(_ told: LinkStory) async throws -> Subscription {
        let client = try #require(AccessID("housing"))
        return try await told.story.hall.link(client, by: .folder, to: "/srv/exchange/housing", from: .start)
    }

    private func number(_ id: DossierID, _ told: LinkStory) async throws -> String {
        try await told.story.dossier(id).submitted.numbers.number
    }

    @Test(arguments: StoreUnderTest.all)
    func `what the other side says nothing of counts as refused, and is sent again with the rest`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place, [.read]) { told in
            let (hall, taker, link) = (told.story.hall, Taker(), try await link(told))
            let id = try await told.story.granted()
            let number = try await number(id, told)
            let batch = LinkBatch(
                "b-1", try await hall.records(of: id, in: hall.families).map { LinkRecord($0.record, number: number) })
            taker.say { $0.record.family == "up_pro_result" ? nil : LinkVerdict(.taken) }
            #expect(try await hall.send(batch, of: id, over: link, by: taker) == .refused(200))
            func sent() async throws -> [SentRecord] {
                try await hall.store.read { tx in try SentRecordTable.of(number, to: link.id, in: tx) }
            }
            let missing = try #require(try await sent().first { $0.key.family == "up_pro_result" })
            #expect(missing.code == "link.verdict-missing")
            #expect(missing.state == .refused)
            taker.say { _ in LinkVerdict(.known) }
            #expect(try await hall.send(batch, of: id, over: link, by: taker) == .accepted(200))
            let again = try await sent()
            #expect(again.allSatisfy { $0.state == .known && $0.times == 2 && $0.code.isEmpty })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `each event sends what it makes due, under a name that stays, and together they are the whole case`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place, [.read]) { told in
            let (hall, taker, link) = (told.story.hall, Taker(), try await link(told))
            let id = try await told.story.granted()
            let sealer = Sealer(store: hall.store, holder: "test", origin: "test") { $0 }
            while try await sealer.seal(now: hall.time.now()) == Sealer.batchMax {}
            let events = try await hall.events.page(from: 0).events.filter { $0.dossier == id }
            for event in events + events {
                #expect(await hall.carry(event, over: link, by: taker) == .accepted(200))
            }
            let all = try await hall.records(of: id, in: hall.families).map(\.record.key).sorted()
            let half = taker.batches.count / 2
            #expect(taker.batches.prefix(half).flatMap(\.records).map(\.record.key).sorted() == all)
            #expect(taker.batches.prefix(half).map(\.id) == taker.batches.suffix(half).map(\.id))
            #expect(taker.batches.first?.records.first?.record.family == "up_pro_accept")
            #expect(taker.batches.allSatisfy { $0.id.utf8.count <= 32 })
            #expect(
                Set(taker.batches.flatMap(\.records).compactMap { $0.record.values["cd_batch"]?.text })
                    == Set(taker.batches.map(\.id)))
        }
    }

    @Test func `a link is told of what its partner may read, and of nothing by what it may follow`() async throws {
        try await LinkStory.open(.sqlite, [.events]) { told in
            let link = try await link(told)
            #expect(try await told.story.hall.concern(of: link) == nil)
        }
        try await LinkStory.open(.sqlite, [.read]) { told in
            let link = try await link(told)
            #expect(try await told.story.hall.concern(of: link) != nil)
            try await told.shutOut()
            #expect(try await told.story.hall.concern(of: link) == nil)
        }
    }

    @Test func `an address that its way has not makes no link`() async throws {
        try await LinkStory.open(.sqlite, [.read]) { told in
            let client = try #require(AccessID("housing"))
            for (way, address) in [
                (LinkWay.folder, "srv/exchange"), (.folder, "/srv/../etc"), (.tables, "host=/tmp"),
                (.tables, "postgresql://front:word@db/front"), (.webhook, "https://example.org/"),
            ] {
                await #expect(throws: LinkRefusal.addressUnfit, "\(way) \(address)") {
                    try await told.story.hall.link(client, by: way, to: address)
                }
            }
            await #expect(throws: ExchangeRefusal.addressUnfit) {
                try await told.story.hall.link(client, by: .web, to: "http://example.org/")
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a link that is taken away leaves nothing behind`(_ place: StoreUnderTest) async throws {
        try await LinkStory.open(place, [.read]) { told in
            let (hall, link) = (told.story.hall, try await link(told))
            #expect(try await hall.links().map(\.link.id) == [link.id])
            try await hall.unlink(link.id)
            #expect(try await hall.links().isEmpty)
            await #expect(throws: ExchangeRefusal.notFound) { try await hall.unlink(link.id) }
        }
    }
}
