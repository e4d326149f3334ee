package import Store
package import Vocabulary

/// What happened to a parcel, under its own subject. Events are for ever.
package enum ParcelEvent: Hashable, Sendable, JournalEvent {
    /// It is to be carried; nothing was said to the carrier yet.
    case ordered(Ordered, Route?)
    /// The carrier has taken the order.
    case booked(ParcelBooking)
    /// The carrier reported something.
    case scanned(ParcelScan, ParcelScan.Words?)
    /// A wrong address was mended.
    case readdressed(PostalAddress?)
    /// It is not carried any more.
    case cancelled(Reason?)

    /// The public part of `ordered`.
    package struct Ordered: Hashable, Sendable, Codable {
        package let direction: ParcelDirection
        package let dossier: DossierID
        /// The originals in it; nil where it carries a result, or where nobody said which the courier fetches.
        package let contents: [CustodyCode]?
        package let price: ParcelPrice
        /// When the courier comes to the door; nil where the house hands it out.
        package let pickUp: PickUpWindow?
    }

    /// From where to where.
    package struct Route: Hashable, Sendable, Codable {
        package let from: PostalAddress
        package let to: PostalAddress

        /// A way between two addresses.
        package init(from: PostalAddress, to: PostalAddress) { (self.from, self.to) = (from, to) }
    }

    /// Free text.
    package struct Reason: Hashable, Sendable, Codable {
        package let text: String
    }

    /// The personal part of `readdressed`.
    private struct Mended: Codable { let to: PostalAddress }
}

/// Which way a parcel goes.
package enum ParcelDirection: String, Sendable, Codable, CaseIterable {
    /// 上门取件: originals from the applicant's door to the window.
    case originalsToWindow
    /// 结果送达: the result to the door.
    case resultToDoor
    /// 原件退还: originals back to the door.
    case originalsToDoor
}

/// When a courier may come: a part of one day.
package struct PickUpWindow: Hashable, Sendable, Codable {
    /// LIMIT: minutes that an appointment spans.
    package static let minutes = 60...480
    /// LIMIT: days ahead; the longest holiday of the year lies within.
    package static let daysAheadMax = 14

    package let day: CivilDate
    /// Minutes since midnight.
    package let from: Int
    package let until: Int

    package init(_ day: CivilDate, from: Int, until: Int) {
        (self.day, self.from, self.until) = (day, from, until)
    }
}

extension ParcelEvent {
    package static let version = 1
    static let orderedKind = "parcel.ordered"

    package var kind: String {
        switch self {
        case .ordered: Self.orderedKind
        case .booked: "parcel.booked"
        case .scanned: "parcel.scanned"
        case .readdressed: "parcel.readdressed"
        case .cancelled: "parcel.cancelled"
        }
    }

    /// The public part as JSON: no name, number or address.
    package func publicPart() throws -> [UInt8] {
        switch self {
        case .ordered(let ordered, _): try CanonicalJSON.bytes(of: ordered)
        case .booked(let booking): try CanonicalJSON.bytes(of: booking)
        case .scanned(let scan, _): try CanonicalJSON.bytes(of: scan)
        case .readdressed, .cancelled: Array("{}".utf8)
        }
    }

    /// The personal part as JSON; nil where there is none.
    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .ordered(_, let route): try route.map { try CanonicalJSON.bytes(of: $0) }
        case .booked: nil
        case .scanned(_, let words): try words.map { try CanonicalJSON.bytes(of: $0) }
        case .readdressed(let address): try address.map { try CanonicalJSON.bytes(of: Mended(to: $0)) }
        case .cancelled(let reason): try reason.map { try CanonicalJSON.bytes(of: $0) }
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func personal<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value? {
            try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
        }
        switch entry.kind {
        case Self.orderedKind: self = .ordered(try CanonicalJSON.value(in: entry.body), try personal())
        case "parcel.booked": self = .booked(try CanonicalJSON.value(in: entry.body))
        case "parcel.scanned": self = .scanned(try CanonicalJSON.value(in: entry.body), try personal())
        case "parcel.readdressed": self = .readdressed(try personal(Mended.self)?.to)
        case "parcel.cancelled": self = .cancelled(try personal())
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
