import Delivery
import Store
import Testing
import Vocabulary

/// Parcels for tests: from the house to a door in Gulou, on 21 September 2026.
enum Sent {
    /// Monday, ten o'clock.
    static let now = Instant(CivilDate(daysSinceEpoch: 20_717), hour: 10)
    static let dossier = DossierID(Subject(high: 1, low: 1))
    static let waybill = "YZ350100000001"
    static let rules = ParcelRules()

    static func id(_ number: UInt64 = 1) -> ParcelID { ParcelID(Subject(high: 7, low: number)) }

    static func stamp(_ now: Instant = now, seed: UInt8 = 3) -> Stamp {
        Stamp(now: now, actor: .platform, entropy: Entropy(seed: Array(repeating: seed, count: 32)))
    }

    static func address(_ division: String = "350102", street: String = "古田路1号101室") throws -> PostalAddress {
        try PostalAddress(recipient: "林晓榕", mobile: "13800000001", division: division, street: street)
    }

    static func route() throws -> ParcelEvent.Route {
        ParcelEvent.Route(from: try address("350105", street: "市民服务中心一楼"), to: try address())
    }

    static func draft(_ direction: ParcelDirection = .resultToDoor, online: Bool = true) throws -> ParcelDraft {
        ParcelDraft(direction, of: dossier, by: try route(), isFiledOnline: online)
    }

    static func booking(_ waybill: String = waybill, fee: Int = 1100) throws -> ParcelBooking {
        try #require(ParcelBooking(waybill: waybill, promisedDay: now.day.advanced(byDays: 2), feeCents: fee))
    }

    static func scan(_ number: Int, _ kind: ParcelScan.Kind, hours: Int = 0) -> ParcelScan {
        ParcelScan(number: number, kind, at: now.advanced(bySeconds: Int64(hours * 3600)))
    }

    static func report(_ number: Int, _ kind: ParcelScan.Kind, waybill: String = waybill) -> ParcelCommand {
        .scan(scan(number, kind), ParcelScan.Words(place: "鼓楼揽投部", person: nil), waybill: waybill)
    }

    static func entry(_ event: ParcelEvent, _ sequence: Int) throws -> JournalEntry {
        let personal = try event.personalPart().map {
            JournalEntry.Personal(salt: Array(repeating: 1, count: 16), bytes: $0)
        }
        return JournalEntry(
            JournalEntry.Place(id().subject, sequence: sequence, at: now, actor: .platform), kind: event.kind,
            version: ParcelEvent.version, body: try event.publicPart(), personal: personal)
    }

    /// The parcel after its order and these commands.
    static func parcel(_ commands: ParcelCommand...) throws -> Parcel {
        var events = [try rules.order(try draft(), at: now)]
        for command in commands {
            let before = try #require(try folded(events))
            events += try rules.decide(command, on: before, at: now)
        }
        return try #require(try folded(events))
    }

    static func folded(_ events: [ParcelEvent]) throws -> Parcel? {
        try Parcel.folded(id(), try events.enumerated().map { try entry($1, $0 + 1) })
    }
}
