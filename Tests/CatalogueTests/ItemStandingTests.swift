import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

/// How an item stands beside its versions.
@Suite struct ItemStandingTests {
    private static let stamp = Demonstration.stamp
    private static let today = stamp.now.day

    private static func guides() throws -> [Guide] {
        try Demonstration.catalogue().guides.filter { guide in
            guide.standard.slug == "road-freight" && ["350102", "350111", "350112"].contains(guide.body.region.code)
        }
    }

    private static func publish(_ guides: [Guide], _ number: UInt64, from day: CivilDate, in tx: Transaction) throws {
        try ItemTable.publish(
            guides, effective: day, id: Subject(high: 9, low: number), stamp: stamp, in: tx)
        try ItemTable.endOthers(than: guides, of: "road-freight", effective: day, today: today, in: tx)
    }

    private static func states(in tx: Transaction) throws -> [ItemState?] {
        try guides().map { try ItemTable.item($0.itemCode, in: tx)?.state }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a suspended item takes no filing and says why, in its later versions too, until it is taken up again`(
        _ place: StoreUnderTest
    ) async throws {
        let guides = try Self.guides()
        let code = try #require(guides.first).itemCode
        let shorter = try Demonstration.broken(
            "road-freight", [(path: ["standard", "promisedLimit", "value"], value: 2)])
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                #expect(try ItemTable.standing(of: "road-freight", in: tx) == nil)
                try Self.publish(guides, 1, from: Self.today, in: tx)
                try ItemTable.requireInUse(code, in: tx)
                #expect(try ItemTable.version(of: code, in: tx)?.stop == nil)
                try ItemTable.perform(.suspend(reason: "系统升级"), on: "road-freight", in: tx)
                #expect(try ItemTable.standing(of: "road-freight", in: tx)?.state == .suspended)
                #expect(throws: CatalogueRefusal.notInUse) { try ItemTable.requireInUse(code, in: tx) }
                let stop = ItemStop(state: .suspended, reason: "系统升级")
                #expect(try ItemTable.version(of: code, in: tx)?.stop == stop)
                // A version that dossiers are pinned to says nothing of today.
                #expect(try ItemTable.version(of: code, 1, in: tx)?.stop == nil)
                try ItemTable.publish(
                    shorter, effective: Self.today, id: Subject(high: 9, low: 2), stamp: Self.stamp, in: tx)
                #expect(try ItemTable.version(of: shorter.itemCode, in: tx)?.version == 2)
                #expect(try ItemTable.version(of: shorter.itemCode, in: tx)?.stop == stop)
                try ItemTable.perform(.resume, on: "road-freight", in: tx)
                try ItemTable.requireInUse(code, in: tx)
                #expect(try ItemTable.version(of: shorter.itemCode, in: tx)?.stop == nil)
                // Nothing is known of it: not the catalogue's matter.
                try ItemTable.requireInUse("0", in: tx)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a body that no longer implements an item ends with the day, and comes back when it is published again`(
        _ place: StoreUnderTest
    ) async throws {
        let guides = try Self.guides()
        let fewer = Array(guides.dropLast())
        let later = Self.today.advanced(byDays: 7)
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                try Self.publish(guides, 1, from: Self.today, in: tx)
                try Self.publish(fewer, 2, from: later, in: tx)
                #expect(try Self.states(in: tx) == [.inUse, .inUse, .inUse], "the day has not come")
                #expect(try ItemTable.isAwaited(on: later, in: tx))
                #expect(try ItemTable.takeEffect(on: later, in: tx) == 1)
                #expect(try Self.states(in: tx) == [.inUse, .inUse, .cancelled])
                #expect(try ItemTable.standing(of: "road-freight", in: tx)?.open.map(\.code) == fewer.map(\.itemCode))
                // The power comes back with another promise.
                let again = try Demonstration.broken(
                    "road-freight", [(path: ["standard", "promisedLimit", "value"], value: 2)])
                let back = try #require(
                    Guide(again.standard, guides[2].power, at: guides[2].body, halls: guides[2].halls))
                try Self.publish(fewer + [back], 3, from: Self.today, in: tx)
                #expect(try Self.states(in: tx) == [.inUse, .inUse, .inUse])
                // An end that waits is taken back by a publication before its day.
                try Self.publish(fewer, 4, from: later, in: tx)
                try Self.publish(fewer + [back], 5, from: Self.today, in: tx)
                #expect(try !ItemTable.isAwaited(on: later, in: tx))
                try Self.publish(fewer, 6, from: Self.today, in: tx)
                #expect(try Self.states(in: tx) == [.inUse, .inUse, .cancelled], "at once")
            }
        }
    }
}
