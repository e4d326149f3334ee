package import Vocabulary

/// What may become of a parcel.
package struct ParcelRules: Sendable {
    /// LIMIT: originals in one parcel.
    package static let contentsMax = 50
    /// LIMIT: reports about one parcel.
    package static let scansMax = 100
    /// LIMIT: seconds by which the carrier's clock may be ahead of ours.
    package static let skewSeconds: Int64 = 300

    package let tariff: ParcelTariff

    package init(tariff: ParcelTariff = .usual) {
        self.tariff = tariff
    }

    /// The order of a parcel. Refuses places that are not served, a price that nobody agreed to, a pick-up without its
    /// time or one outside it, and contents that do not go with the direction.
    package func order(_ draft: ParcelDraft, at now: Instant) throws(ParcelRefusal) -> ParcelEvent {
        guard tariff.serves(draft.route.from.division), tariff.serves(draft.route.to.division) else {
            throw .areaNotServed
        }
        let price = try price(of: draft)
        guard draft.contents.count <= Self.contentsMax, Set(draft.contents).count == draft.contents.count,
            draft.contents.isEmpty || draft.direction != .resultToDoor,
            !draft.contents.isEmpty || draft.direction != .originalsToDoor
        else { throw .contentsUnfit }
        try check(draft.pickUp, draft.direction, at: now)
        return .ordered(
            ParcelEvent.Ordered(
                direction: draft.direction, dossier: draft.dossier,
                contents: draft.contents.isEmpty ? nil : draft.contents, price: price, pickUp: draft.pickUp),
            draft.route)
    }

    private func price(of draft: ParcelDraft) throws(ParcelRefusal) -> ParcelPrice {
        if let promised = draft.promisedCents { return ParcelPrice(cents: promised, freeBecause: nil) }
        let price = tariff.price(of: draft.direction, filedOnline: draft.isFiledOnline)
        guard price.cents == 0 || draft.agreedCents == price.cents else { throw .priceNotAgreed }
        return price
    }

    /// Whether the result of a case that is being filed can be promised to a door. Refuses a place that is not served,
    /// and any price but that of the tariff.
    package func promise(to door: PostalAddress, agreedCents: Int?, filedOnline: Bool) throws(ParcelRefusal) {
        guard tariff.serves(door.division) else { throw .areaNotServed }
        let price = tariff.price(of: .resultToDoor, filedOnline: filedOnline)
        guard agreedCents ?? 0 == price.cents else { throw .priceNotAgreed }
    }

    private func check(
        _ window: PickUpWindow?, _ direction: ParcelDirection, at now: Instant
    ) throws(ParcelRefusal) {
        guard (window != nil) == (direction == .originalsToWindow) else { throw .pickUpUnfit }
        guard let window else { return }
        guard (0...1440).contains(window.from), (0...1440).contains(window.until),
            PickUpWindow.minutes.contains(window.until - window.from),
            (0...PickUpWindow.daysAheadMax).contains(window.day.daysSinceEpoch - now.day.daysSinceEpoch),
            window.day > now.day || window.from > now.minuteOfDay
        else { throw .pickUpUnfit }
    }

    /// What follows from a command; nothing where it was done before in the same words.
    package func decide(
        _ command: ParcelCommand, on parcel: Parcel, at now: Instant
    ) throws(ParcelRefusal) -> [ParcelEvent] {
        switch command {
        case .book(let booking): try book(booking, on: parcel)
        case .scan(let scan, let words, let waybill): try take(scan, words, waybill, on: parcel, at: now)
        case .readdress(let address): try readdress(address, on: parcel)
        case .cancel(let reason): try cancel(reason, on: parcel)
        }
    }

    private func book(_ booking: ParcelBooking, on parcel: Parcel) throws(ParcelRefusal) -> [ParcelEvent] {
        guard let known = parcel.booking else { return [.booked(booking)] }
        guard known.waybill == booking.waybill else { throw .bookedOtherwise }
        return []
    }

    private func take(
        _ scan: ParcelScan, _ words: ParcelScan.Words?, _ waybill: String, on parcel: Parcel, at now: Instant
    ) throws(ParcelRefusal) -> [ParcelEvent] {
        guard let booking = parcel.booking else { throw .notBooked }
        guard booking.waybill == waybill else { throw .otherWaybill }
        guard scan.number >= 1, scan.number <= Self.scansMax else { throw .tooManyScans }
        if scan.number <= parcel.scans.count {
            // The same report again gets the same answer. Of one whose words were erased only the public part counts.
            let known = parcel.scans[scan.number - 1]
            guard known.scan == scan, known.words == nil || known.words == words else { throw .scanDiffers }
            return []
        }
        guard scan.number == parcel.scans.count + 1 else { throw .scanOutOfOrder }
        guard parcel.stage.isOpen else { throw .closed }
        guard scan.at <= now.advanced(bySeconds: Self.skewSeconds) else { throw .scanInTheFuture }
        guard Self.stage(after: scan.kind, at: parcel.stage) != nil else { throw .scanDoesNotFollow }
        return [.scanned(scan, words)]
    }

    /// Where a parcel stands after a report; nil where the report cannot follow.
    static func stage(after kind: ParcelScan.Kind, at stage: Parcel.Stage) -> Parcel.Stage? {
        switch (kind, stage) {
        case (.pickedUp, .booked): .pickedUp
        case (.inTransit, .pickedUp), (.inTransit, .inTransit), (.inTransit, .lost): .inTransit
        // On its way back, or waiting for a better address.
        case (.inTransit, .refused): .refused
        case (.inTransit, .wrongAddress): .wrongAddress
        case (.delivered, .pickedUp), (.delivered, .inTransit): .delivered
        case (.refused, .pickedUp), (.refused, .inTransit): .refused
        case (.wrongAddress, .pickedUp), (.wrongAddress, .inTransit): .wrongAddress
        case (.lost, .pickedUp), (.lost, .inTransit), (.lost, .refused), (.lost, .wrongAddress): .lost
        case (.returned, .pickedUp), (.returned, .inTransit), (.returned, .refused), (.returned, .wrongAddress),
            (.returned, .lost):
            .returned
        default: nil
        }
    }

    private func readdress(_ address: PostalAddress, on parcel: Parcel) throws(ParcelRefusal) -> [ParcelEvent] {
        guard !parcel.wasReaddressed else { throw .readdressedOnce }
        // The address of the house is not the applicant's to mend.
        guard parcel.stage == .wrongAddress, parcel.ordered.direction != .originalsToWindow else {
            throw .notAtWrongAddress
        }
        guard tariff.serves(address.division) else { throw .areaNotServed }
        return [.readdressed(address)]
    }

    private func cancel(_ reason: String, on parcel: Parcel) throws(ParcelRefusal) -> [ParcelEvent] {
        guard parcel.stage.isOpen else { throw .closed }
        guard [.ordered, .booked].contains(parcel.stage) else { throw .alreadyPickedUp }
        guard !reason.allSatisfy(\.isWhitespace), reason.count <= Limits.textCharactersMax else {
            throw .reasonMissing
        }
        return [.cancelled(ParcelEvent.Reason(text: reason))]
    }
}
