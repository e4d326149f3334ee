package import Store
package import Vocabulary

/// 邮件: something that a courier carries, one way. It is the fold of its events and nothing else.
package struct Parcel: Hashable, Sendable {
    package let id: ParcelID
    /// How many events it is the fold of.
    package private(set) var sequence: Int
    package let ordered: ParcelEvent.Ordered
    package let orderedAt: Instant
    /// From where; nil once it was erased.
    package let sender: PostalAddress?
    /// Where to, as it is now; nil once it was erased.
    package private(set) var recipient: PostalAddress?
    package private(set) var stage: Stage
    /// What the carrier answered; nil before, and for ever where the order was cancelled in time.
    package private(set) var booking: ParcelBooking?
    /// What the carrier reported, in its own order, from number 1.
    package private(set) var scans: [Reported]
    /// Whether a wrong address was mended, which may happen once.
    package private(set) var wasReaddressed = false

    /// Where it stands.
    package enum Stage: String, Sendable, CaseIterable {
        case ordered, booked, pickedUp, inTransit, delivered, lost, refused, wrongAddress, returned, cancelled

        /// Whether something can still happen. What is lost may be found.
        package var isOpen: Bool { ![.delivered, .returned, .cancelled].contains(self) }
        /// Whether somebody of the house must see to it.
        package var isTrouble: Bool { [.lost, .refused, .wrongAddress].contains(self) }
    }

    /// One report of the carrier's.
    package struct Reported: Hashable, Sendable {
        package let scan: ParcelScan
        /// Nil where there were none, or once they were erased.
        package let words: ParcelScan.Words?
    }

    init(_ id: ParcelID, _ first: ParcelEvent, at: Instant) throws {
        guard case .ordered(let ordered, let route) = first else {
            throw Fault.corrupt("parcel \(id) does not begin with its order")
        }
        (self.id, self.ordered, orderedAt) = (id, ordered, at)
        (sender, recipient) = (route?.from, route?.to)
        (sequence, stage, scans) = (1, .ordered, [])
    }

    mutating func apply(_ event: ParcelEvent) throws {
        sequence += 1
        switch event {
        case .ordered: throw Fault.corrupt("parcel \(id) was ordered twice")
        case .booked(let answer):
            guard booking == nil else { throw Fault.corrupt("parcel \(id) was booked twice") }
            booking = answer
            // An order that was cancelled meanwhile stays cancelled; the carrier is told.
            if stage == .ordered { stage = .booked }
        case .scanned(let scan, let words):
            guard scan.number == scans.count + 1 else { throw Fault.corrupt("parcel \(id) lacks a scan") }
            scans.append(Reported(scan: scan, words: words))
            if let next = ParcelRules.stage(after: scan.kind, at: stage) { stage = next }
        case .readdressed(let address):
            (recipient, wasReaddressed, stage) = (address, true, .inTransit)
        case .cancelled: stage = .cancelled
        }
    }

    /// The fold of all entries of one parcel; nil when there are none.
    package static func folded(_ id: ParcelID, _ entries: [JournalEntry]) throws -> Parcel? {
        guard let first = entries.first else { return nil }
        var parcel = try Parcel(id, ParcelEvent(first), at: first.at)
        for entry in entries.dropFirst() {
            guard entry.sequence == parcel.sequence + 1 else { throw Fault.corrupt("parcel \(id) has a gap") }
            try parcel.apply(ParcelEvent(entry))
        }
        return parcel
    }

    /// 逾期: the promised day is over and it is not there, or it came after it.
    package func isLate(on today: CivilDate) -> Bool {
        guard let promised = booking?.promisedDay, stage != .cancelled else { return false }
        return promised < (deliveredAt?.day ?? today) && (stage.isOpen || stage == .delivered)
    }

    /// When it was delivered, by the carrier's clock; nil while it is not.
    package var deliveredAt: Instant? {
        stage == .delivered ? scans.last?.scan.at : nil
    }

    /// Who took it, as the carrier says; nil while it is not delivered, or once that was erased.
    package var takenBy: String? { stage == .delivered ? scans.last?.words?.person : nil }
}

/// What the carrier answers to an order.
package struct ParcelBooking: Hashable, Sendable, Codable {
    /// LIMIT: characters of a waybill's number.
    package static let waybillCharacters = 6...40

    /// 运单号: digits and capital letters.
    package let waybill: String
    /// The last day of the delivery that the carrier promises.
    package let promisedDay: CivilDate
    /// What the carrier will charge the centre, in cents.
    package let feeCents: Int

    /// Nil for a waybill of another shape, and for a fee below nothing or above `ParcelTariff.centsMax`.
    package init?(waybill: String, promisedDay: CivilDate, feeCents: Int) {
        guard Self.isWaybill(waybill), (0...ParcelTariff.centsMax).contains(feeCents) else { return nil }
        (self.waybill, self.promisedDay, self.feeCents) = (waybill, promisedDay, feeCents)
    }

    /// Whether a text can be a waybill's number.
    package static func isWaybill(_ text: String) -> Bool {
        waybillCharacters.contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            }
    }
}

/// 轨迹: one report of the carrier's, under its running number for the parcel.
package struct ParcelScan: Hashable, Sendable, Codable {
    /// What is reported.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case pickedUp, inTransit, delivered, lost, refused, wrongAddress, returned
    }

    /// 1, 2, 3, … without gaps.
    package let number: Int
    package let kind: Kind
    /// By the carrier's clock.
    package let at: Instant

    package init(number: Int, _ kind: Kind, at: Instant) {
        (self.number, self.kind, self.at) = (number, kind, at)
    }

    /// What can be forgotten of a report.
    package struct Words: Hashable, Sendable, Codable {
        /// LIMIT: characters of each.
        package static let charactersMax = 200

        /// Where it was read.
        package let place: String?
        /// Who took it, refused it or handed it out.
        package let person: String?

        /// Nil where nothing is said.
        package init?(place: String?, person: String?) {
            guard place != nil || person != nil else { return nil }
            (self.place, self.person) = (place, person)
        }
    }
}
