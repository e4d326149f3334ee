import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct ItemTableTests {
    private static let day = CivilDate(daysSinceEpoch: 20781)
    private static let later = CivilDate(daysSinceEpoch: 20788)
    private static let stamp = Demonstration.stamp

    @Test(arguments: StoreUnderTest.all)
    func `a published guide comes back as it was, by code and by name`(_ place: StoreUnderTest) async throws {
        let guide = try Demonstration.guide("special-working-hours")
        try await place.use(ItemTable.migrations) { store in
            let published = try await store.write { tx in
                try ItemTable.publish(
                    guide, effective: Self.day, id: Subject(high: 1, low: 1), stamp: Self.stamp, in: tx)
            }
            #expect(published.version == 1)
            #expect(published.itemCode.count == 33)
            try await store.read { tx throws in
                let found = try #require(try ItemTable.version(of: published.itemCode, in: tx))
                #expect(found == published)
                #expect(found.guide == guide)
                #expect(try ItemTable.version(of: published.itemCode, 2, in: tx) == nil)
                #expect(try ItemTable.version(of: guide.implementationCode.code, in: tx) == nil)
                let lines = try ItemTable.items("special-working-hours", in: guide.body.region, in: tx)
                #expect(lines.map(\.itemCode) == [published.itemCode])
                #expect(lines.first?.leastTripsOffered == 0)
                #expect(lines.first?.holders == [.legalPerson])
                #expect(try ItemTable.item(published.itemCode, in: tx) == lines.first)
                #expect(try ItemTable.items("special-working-hours", in: .fujian, in: tx).isEmpty)
                let entries = try Journal.entries(of: Subject(high: 1, low: 1), in: tx)
                #expect(entries.map(\.kind) == ["catalogue.published"])
                #expect(
                    entries.first?.body
                        == Array(
                            """
                            {"guideDigest":"\(published.digest)","item":"\(published.itemCode)","version":1}
                            """.utf8))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `publishing again changes nothing, and a change is a new version beside the old one`(
        _ place: StoreUnderTest
    ) async throws {
        let guide = try Demonstration.guide("food-business-licence")
        let changed = try Demonstration.broken(
            "food-business-licence", [(path: ["standard", "promisedLimit", "value"], value: 8)])
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                for number in 1...2 {
                    let id = Subject(high: 2, low: UInt64(number))
                    let same = try ItemTable.publish(guide, effective: Self.day, id: id, stamp: Self.stamp, in: tx)
                    #expect(same.version == 1)
                }
                #expect(try Journal.lastSequence(of: Subject(high: 2, low: 2), in: tx) == 0)
                let next = try ItemTable.publish(
                    changed, effective: Self.later, id: Subject(high: 2, low: 3), stamp: Self.stamp, in: tx)
                #expect(next.version == 2)
            }
            try await store.read { tx throws in
                let old = try #require(try ItemTable.version(of: guide.itemCode, 1, in: tx))
                #expect(old.guide == guide)
                #expect(old.effectiveDate == Self.day)
                let latest = try #require(try ItemTable.version(of: guide.itemCode, in: tx))
                #expect(latest.version == 2)
                #expect(latest.guide.promisedLimit.value == 8)
                #expect(latest.effectiveDate == Self.later)
                let line = try #require(try ItemTable.item(guide.itemCode, in: tx))
                #expect(line.version == 2)
                #expect(line.promised.value == 8)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `lists page by code and hold what a region or a body has`(_ place: StoreUnderTest) async throws {
        let region = try #require(Region("350111"))
        let expected = try Demonstration.catalogue().guides.filter { $0.body.region == region }.map(\.itemCode).sorted()
        let body = try Demonstration.guide("special-working-hours").body
        try await place.use(ItemTable.migrations) { store in
            try await Demonstration.publish(in: store)
            try await store.read { tx throws in
                #expect(try ItemTable.items(in: region, in: tx).map(\.itemCode) == expected)
                let first = try ItemTable.items(in: region, limit: 5, in: tx)
                let rest = try ItemTable.items(in: region, after: try #require(first.last).itemCode, in: tx)
                #expect((first + rest).map(\.itemCode) == expected)
                let own = try ItemTable.items(of: body.code, in: tx)
                #expect(
                    own.map(\.slug).sorted() == [
                        "flexible-employment-insurance", "flexible-employment-subsidy", "labour-dispatch",
                        "special-working-hours",
                    ])
                #expect(try ItemTable.items(in: try #require(Region("440100")), in: tx).isEmpty)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what is suspended stays so in a new version, and what had ended is in use again`(
        _ place: StoreUnderTest
    ) async throws {
        let guide = try Demonstration.guide("road-freight")
        let changed = try Demonstration.broken(
            "road-freight", [(path: ["standard", "promisedLimit", "value"], value: 5)])
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                let stamp = Self.stamp
                try ItemTable.publish(guide, effective: Self.day, id: Subject(high: 3, low: 1), stamp: stamp, in: tx)
                try ItemTable.setState(.suspended, of: guide.itemCode, in: tx)
                #expect(try ItemTable.item(guide.itemCode, in: tx)?.state == .suspended)
                try ItemTable.publish(changed, effective: Self.day, id: Subject(high: 3, low: 2), stamp: stamp, in: tx)
                #expect(try ItemTable.item(guide.itemCode, in: tx)?.state == .suspended)
                try ItemTable.setState(.cancelled, of: guide.itemCode, in: tx)
                #expect(try ItemTable.item(guide.itemCode, in: tx)?.state == .cancelled)
                try ItemTable.publish(guide, effective: Self.day, id: Subject(high: 3, low: 3), stamp: stamp, in: tx)
                #expect(try ItemTable.item(guide.itemCode, in: tx)?.state == .inUse)
                #expect(throws: CatalogueRefusal.itemNotFound) {
                    try ItemTable.setState(.inUse, of: "0", in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a version applies from its day, and none from a day before the latest one's`(
        _ place: StoreUnderTest
    ) async throws {
        let guide = try Demonstration.guide("road-freight")
        let changed = try Demonstration.broken(
            "road-freight", [(path: ["standard", "promisedLimit", "value"], value: 5)])
        let today = Self.stamp.now.day
        let tomorrow = today.advanced(byDays: 1)
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                let stamp = Self.stamp
                try ItemTable.publish(guide, effective: today, id: Subject(high: 5, low: 1), stamp: stamp, in: tx)
                let next = try ItemTable.publish(
                    changed, effective: tomorrow, id: Subject(high: 5, low: 2), stamp: stamp, in: tx)
                #expect(next.version == 2)
                #expect(try ItemTable.version(of: guide.itemCode, in: tx)?.version == 1)
                #expect(try ItemTable.item(guide.itemCode, in: tx)?.version == 1)
                #expect(try !ItemTable.isAwaited(on: today, in: tx))
                #expect(try ItemTable.takeEffect(on: today, in: tx) == 0)
                #expect(throws: CatalogueRefusal.overlaps(tomorrow)) {
                    try ItemTable.publish(guide, effective: today, id: Subject(high: 5, low: 3), stamp: stamp, in: tx)
                }
                #expect(try ItemTable.isAwaited(on: tomorrow, in: tx))
                #expect(try ItemTable.takeEffect(on: tomorrow, in: tx) == 1)
                #expect(try ItemTable.takeEffect(on: tomorrow, in: tx) == 0)
                #expect(try ItemTable.version(of: guide.itemCode, in: tx)?.guide == changed)
                #expect(try ItemTable.version(of: guide.itemCode, 1, in: tx)?.guide == guide)
                #expect(try ItemTable.versions(of: guide.itemCode, in: tx).map(\.version) == [2, 1])
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what many guides share is kept once, and versions of the first form are still read`(
        _ place: StoreUnderTest
    ) async throws {
        let guides = try Demonstration.catalogue().guides.filter { $0.standard.slug == "special-working-hours" }
        let whole = try CanonicalJSON.bytes(of: guides[1])
        try await place.use(ItemTable.migrations) { store in
            try await store.write { tx throws in
                let id = Subject(high: 6, low: 1)
                try ItemTable.publish(guides, effective: Self.day, id: id, stamp: Self.stamp, in: tx)
                let kept = try tx.row("SELECT COUNT(*), CAST(SUM(size) AS BIGINT) FROM blob")
                // One standard; a body and a hall for each; a short text that names the parts for each.
                #expect(try kept?.integer(0) ?? 0 < 4 * guides.count)
                #expect(try kept?.integer(1) ?? 0 < whole.count * 3)
                #expect(try Journal.entries(of: id, in: tx).count == guides.count)
                let ref = try Blobs.put(whole, now: Self.stamp.now, in: tx)
                try tx.execute(
                    """
                    UPDATE item_version SET digest = \(ref.digest), size = \(ref.size)
                    WHERE item = \(guides[1].itemCode)
                    """)
                #expect(try ItemTable.version(of: guides[1].itemCode, in: tx)?.guide == guides[1])
                let again = try ItemTable.publish(
                    guides, effective: Self.day, id: Subject(high: 6, low: 2), stamp: Self.stamp, in: tx)
                #expect(again.allSatisfy { $0.version == 1 })
            }
        }
    }

    @Test func `guides are written with equal bytes each time`() throws {
        let guide = try Demonstration.guide("temporary-road-occupation")
        let bytes = try CanonicalJSON.bytes(of: guide)
        #expect(bytes == (try CanonicalJSON.bytes(of: try CanonicalJSON.value(Guide.self, in: bytes))))
        #expect(bytes.count < Blobs.rowBytesMax)
    }

    @Test func `all tables are reference tables, but what single cases say of guides lies with the cases`() {
        let tables = ItemTable.migrations.flatMap(\.tables)
        #expect(
            tables.map(\.name) == [
                "item", "item_version", "item_token", "item_awaited", "item_sheet", "item_code", "item_change",
                "item_wording", "misguidance", "catalogue_proposal",
            ])
        let cases = tables.filter { $0.placement != .reference }
        #expect(cases.map(\.name) == ["misguidance"])
        #expect(cases.map(\.placement) == [.distributed(by: "dossier")])
    }
}
