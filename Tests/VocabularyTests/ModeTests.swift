import Foundation
import Testing
import Vocabulary

@Suite struct ModeTests {
    /// Written by hand. In each row the result comes as an electronic certificate, by courier and at the counter; the
    /// first three numbers are for a case that is decided later, the others for one that is decided on the spot.
    private static let table: [(ServiceMode.Submission, ServiceMode.Originals, later: [Int], atOnce: [Int])] = [
        (.online, .none, [0, 0, 1], [0, 0, 1]),
        (.online, .courier, [0, 0, 1], [0, 0, 1]),
        (.online, .counter, [1, 1, 2], [1, 1, 1]),
        (.online, .verifiedAtPickUp, [1, 1, 1], [1, 1, 1]),
        (.counter, .none, [1, 1, 2], [1, 1, 1]),
        (.counter, .courier, [1, 1, 2], [1, 1, 1]),
        (.counter, .counter, [1, 1, 2], [1, 1, 1]),
        (.counter, .verifiedAtPickUp, [2, 2, 2], [2, 2, 1]),
    ]

    @Test func `every submission, originals, result and immediate case takes the trips of the table`() {
        var seen: Set<Journey> = []
        for row in Self.table {
            for (column, carrier) in [DeliveryMode.Carrier.none, .courier, .hall].enumerated() {
                for (isImmediate, trips) in [(false, row.later[column]), (true, row.atOnce[column])] {
                    let journey = Journey(row.0, originals: row.1, carrier: carrier, isImmediate: isImmediate)
                    #expect(journey.trips == trips, "\(journey)")
                    seen.insert(journey)
                }
            }
        }
        #expect(seen.count == 48)
    }

    @Test func `a mode takes a second trip only where its result is fetched later`() {
        #expect(ServiceMode.nearestWindow.trips(by: .counter, isImmediate: false) == 2)
        #expect(ServiceMode.nearestWindow.trips(by: .counter, isImmediate: true) == 1)
        #expect(ServiceMode.nearestWindow.trips(by: .courier, isImmediate: false) == 1)
        #expect(ServiceMode.ordinary.trips(by: .counter, isImmediate: true) == 1)
        #expect(ServiceMode.onlineThenCollect.trips(by: .counter, isImmediate: false) == 1)
    }

    @Test func `modes are the six and the ordinary way, with the trips of the table`() {
        #expect(ServiceMode.all.map(\.id) == ["O1", "O2", "O3", "O4", "O5", "O6", "O0"])
        #expect(ServiceMode.all.map(\.trips) == [0, 0, 0, 1, 1, 1, 2])
        #expect(Set(ServiceMode.all.map(\.label)).count == 7)
        #expect(DeliveryMode.all.map(\.id) == ["eCertificate", "courier", "counter", "selfServiceTerminal"])
    }

    @Test func `receipt is the submission only where no originals come first`() {
        #expect(ServiceMode.all.filter { $0.receipt == .submission }.map(\.id) == ["O1", "O2", "O4"])
        #expect(ServiceMode.all.filter { $0.receipt == .originals }.map(\.id) == ["O3", "O5"])
        #expect(ServiceMode.all.filter { $0.receipt == .counter }.map(\.id) == ["O6", "O0"])
    }

    @Test func `a mode is its id in JSON, and an unknown one is refused`() throws {
        let (modes, deliveries) = (
            try JSONEncoder().encode(ServiceMode.all), try JSONEncoder().encode(DeliveryMode.all)
        )
        #expect(String(decoding: modes, as: UTF8.self) == #"["O1","O2","O3","O4","O5","O6","O0"]"#)
        #expect(try JSONDecoder().decode([ServiceMode].self, from: modes) == ServiceMode.all)
        #expect(try JSONDecoder().decode([DeliveryMode].self, from: deliveries) == DeliveryMode.all)
        #expect(ServiceMode.named("O7") == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ServiceMode].self, from: deliveries) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([DeliveryMode].self, from: modes) }
    }

    @Test func `a province holds its cities and a city its counties`() throws {
        let (jinan, xiamen) = (try #require(Region("350111")), try #require(Region("350200")))
        #expect(Region.fuzhou.contains(jinan))
        #expect(Region.fujian.contains(jinan) && Region.fujian.contains(.fuzhou) && Region.fujian.contains(xiamen))
        #expect(jinan.contains(jinan))
        #expect(!jinan.contains(.fuzhou) && !Region.fuzhou.contains(.fujian) && !Region.fuzhou.contains(xiamen))
        let places = [Region.fuzhou, .fujian, jinan, xiamen]
        for place in places {
            for other in places { #expect(place.codeRange.contains(other.code) == place.contains(other)) }
        }
        for text in ["", "35010", "3501111", "35011a", "３50111"] { #expect(Region(text) == nil) }
        let gazetteer = try Gazetteer.shipped()
        #expect(gazetteer.entries.count == 14)
        #expect(gazetteer.entries.first?.region == .fuzhou)
        #expect(gazetteer.entry(jinan)?.name == "晋安区")
        #expect(gazetteer.entry(xiamen) == nil)
        #expect(gazetteer.entries.allSatisfy { Region.fuzhou.contains($0.region) })
    }
}
