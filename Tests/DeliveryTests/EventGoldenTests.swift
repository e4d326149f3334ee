import Delivery
import Foundation
import Store
import Testing
import Vocabulary

/// Events are for ever: every version of every kind that was ever written stands in `Resources/events.jsonl` and must
/// be read as the same for ever. A new kind or version is a new line (`GOLDEN=record`); a line is never changed.
@Suite struct DeliveryEventGoldenTests {
    private struct Line: Codable, Equatable {
        let kind: String
        let version: Int
        let body: String
        let personal: String?

        init(_ event: some JournalEvent) throws {
            (kind, version) = (event.kind, type(of: event).version)
            body = String(decoding: try event.publicPart(), as: UTF8.self)
            personal = try event.personalPart().map { String(decoding: $0, as: UTF8.self) }
        }

        var entry: JournalEntry {
            JournalEntry(
                JournalEntry.Place(Sent.id().subject, sequence: 1, at: Sent.now, actor: .platform), kind: kind,
                version: version, body: Array(body.utf8),
                personal: personal.map {
                    JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: Array($0.utf8))
                })
        }
    }

    /// One event of every kind, with and without its personal part where it may be missing.
    private static func parcels() throws -> [ParcelEvent] {
        var originals = try Sent.draft(.originalsToWindow, online: false)
        originals.pickUp = PickUpWindow(Sent.now.day, from: 840, until: 960)
        originals.agreedCents = 1200
        var back = try Sent.draft(.originalsToDoor)
        back.contents = [CustodyCode(bits: 7)]
        let result = try Sent.rules.order(try Sent.draft(), at: Sent.now)
        guard case .ordered(let ordered, _) = result else { return [] }
        let cancelled = try Sent.rules.decide(.cancel(reason: "改为窗口领取"), on: try Sent.parcel(), at: Sent.now)
        return [
            result, .ordered(ordered, nil), try Sent.rules.order(originals, at: Sent.now),
            try Sent.rules.order(back, at: Sent.now), .booked(try Sent.booking()),
            .scanned(Sent.scan(1, .pickedUp), ParcelScan.Words(place: "鼓楼揽投部", person: "王师傅")),
            .scanned(Sent.scan(2, .inTransit), nil), .readdressed(try Sent.address("350103")), .readdressed(nil),
        ] + cancelled + [.cancelled(nil)]
    }

    private static func originals() throws -> [CustodyEvent] {
        let window = CustodyHolder.window(hall: "350105-1", number: 12)
        let archive = CustodyHolder.archive(try #require(CreditCode("11350100MADEM002X0")))
        let draft = CustodyDraft(
            CustodyCode(bits: 7), of: Sent.dossier, material: "licence", sheets: 3, at: window)
        let home = CustodyDraft(CustodyCode(bits: 8), of: Sent.dossier, material: "licence", sheets: 1, at: .applicant)
        return [
            try CustodyRules.receive(draft), try CustodyRules.label(home),
            .offered(.officer(StaffID(Subject(high: 2, low: 9)))), .withdrawn,
            .offered(.applicant), .taken(.courier(Sent.id())), .taken(archive), .missed(window), .found(window),
        ]
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Resources/events.jsonl")

    private static func lines() throws -> [Line] {
        guard FileManager.default.fileExists(atPath: path.path) else { return [] }
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test func `every event that was ever written is still read, and written today as it was then`() throws {
        let samples = try Self.parcels().map { try Line($0) } + Self.originals().map { try Line($0) }
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            var lines = try Self.lines()
            for line in samples where !lines.contains(line) { lines.append(line) }
            let text = try lines.map { String(decoding: try CanonicalJSON.bytes(of: $0), as: UTF8.self) + "\n" }
            try Data(text.joined().utf8).write(to: Self.path)
        }
        let lines = try Self.lines()
        for line in samples {
            #expect(lines.contains(line), "\(line.kind) is written otherwise than in the golden file")
        }
        for line in lines {
            let again =
                line.kind.hasPrefix("parcel.") ? try Line(ParcelEvent(line.entry)) : try Line(CustodyEvent(line.entry))
            #expect(again == line)
        }
        #expect(
            Set(lines.map(\.kind)) == [
                "parcel.ordered", "parcel.booked", "parcel.scanned", "parcel.readdressed", "parcel.cancelled",
                "custody.received", "custody.offered", "custody.withdrawn", "custody.taken", "custody.missed",
                "custody.found", "custody.labelled",
            ])
    }

    @Test func `the public part holds no name, no place and no word of what was said`() throws {
        for line in try Self.parcels().map({ try Line($0) }) {
            for word in ["林晓榕", "138", "古田路", "王师傅", "鼓楼", "窗口领取"] {
                #expect(!line.body.contains(word), "\(line.kind): \(word)")
            }
        }
    }

    @Test func `a kind or a version that nobody ever wrote is corrupt`() throws {
        for (kind, version) in [
            ("parcel.ordered", 99), ("parcel.burnt", 1), ("custody.received", 99), ("custody.x", 1),
        ] {
            let entry = JournalEntry(
                JournalEntry.Place(Sent.id().subject, sequence: 1, at: Sent.now, actor: .platform), kind: kind,
                version: version, body: Array("{}".utf8), personal: nil)
            #expect(throws: Fault.self) { try ParcelEvent(entry) }
            #expect(throws: Fault.self) { try CustodyEvent(entry) }
        }
    }

    @Test func `a history with a gap, a second beginning or a strange event is corrupt`() throws {
        let order = try Sent.rules.order(try Sent.draft(), at: Sent.now)
        #expect(throws: Fault.self) { try Sent.folded([order, order]) }
        #expect(throws: Fault.self) { try Sent.folded([.booked(Sent.booking())]) }
        #expect(throws: Fault.self) { try Sent.folded([order, .booked(Sent.booking()), .booked(Sent.booking())]) }
        #expect(throws: Fault.self) { try Parcel.folded(Sent.id(), [Sent.entry(order, 1), Sent.entry(order, 3)]) }
        #expect(try Sent.folded([]) == nil)
    }
}
