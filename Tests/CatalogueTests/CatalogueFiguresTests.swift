import Testing
import Vocabulary

@testable import Catalogue

/// The figures of the catalogue, against a count that knows nothing of them.
@Suite struct CatalogueFiguresTests {
    private static func figures() throws -> (CatalogueFigures, [Guide]) {
        let guides = try Demonstration.catalogue().guides
        let index = try SearchHouse.index(of: guides.map { ($0.line(version: 1), ItemWording($0.standard)) })
        return (try CatalogueFigures(index), guides)
    }

    @Test func `trips are the least of the modes that are offered, at each body`() throws {
        let (figures, guides) = try Self.figures()
        #expect(figures.whole.implementations == guides.count)
        #expect(figures.whole.zeroTrip == guides.count { $0.isZeroTrip })
        #expect(figures.whole.atMostOneTrip == guides.count { $0.isAtMostOneTrip })
        #expect(figures.whole.zeroTrip > 0 && figures.whole.zeroTrip < figures.whole.atMostOneTrip)
        #expect(
            figures.whole.moreTrips == guides.count { guide in guide.leastTripsOffered.map { $0 > 1 } ?? false })
        for star in 1...5 {
            #expect(figures.whole.stars[star - 1] == guides.count { $0.standard.onlineDepth.star == star })
        }
        #expect(figures.whole.immediate == guides.count { $0.standard.caseType == .immediate })
    }

    @Test func `an item counts once, however many bodies implement it`() throws {
        let (figures, guides) = try Self.figures()
        #expect(figures.items.all == Set(guides.map(\.standard.slug)).count)
        let zero = Dictionary(grouping: guides, by: \.standard.slug).values.count { $0.allSatisfy(\.isZeroTrip) }
        #expect(figures.items.zeroTrip == zero)
    }

    @Test func `places, departments and items each sum up to the whole`() throws {
        let (figures, guides) = try Self.figures()
        let sums = [
            figures.byPlace().values.map(\.implementations), figures.byDepartment().values.map(\.implementations),
            figures.byItem().map(\.figures.implementations),
        ]
        for sum in sums { #expect(sum.reduce(0, +) == guides.count) }
        var compression = LimitCompression()
        for part in figures.byPlace().values { compression.add(part.compression) }
        #expect(compression == figures.whole.compression)
        let jinan = guides.filter { $0.body.region == SearchHouse.jinan }
        #expect(figures.figures(place: SearchHouse.jinan).implementations == jinan.count)
        let department = try #require(jinan.first?.standard.department)
        let both = figures.figures(place: SearchHouse.jinan, department: department)
        #expect(both.implementations == jinan.count { $0.standard.department == department })
        #expect(figures.byItem(place: SearchHouse.jinan, department: department).count > 0)
    }

    @Test func `compression of the catalogue is the sum over its guides, each with its own promise`() throws {
        let (figures, guides) = try Self.figures()
        var sum = LimitCompression()
        for guide in guides { sum.add(statutory: guide.statutoryLimit, promised: guide.promisedLimit) }
        #expect(figures.whole.compression == sum)
        #expect(try #require(sum.basisPoints) > 0)
    }

    @Test func `a cancelled item counts no more, and a change counts at once`() throws {
        let guides = try Demonstration.catalogue().guides.prefix(3)
        let index = try SearchHouse.index(of: guides.map { ($0.line(version: 1), ItemWording($0.standard)) })
        let keeper = FigureKeeper()
        #expect(try keeper.figures(of: index).whole.implementations == 3)
        let line = guides[0].line(version: 1)
        let change = ItemChange(
            generation: 4, code: line.itemCode, slug: line.slug, region: line.region, department: line.department,
            body: line.department + line.region.code, state: .cancelled, line: try CanonicalJSON.bytes(of: line))
        let after = try keeper.figures(of: try index.after([change], [:], generation: 4))
        #expect(after.whole.implementations == 2)
        // The figures of an older index are still those of that index.
        #expect(try keeper.figures(of: index).whole.implementations == 3)
    }
}
