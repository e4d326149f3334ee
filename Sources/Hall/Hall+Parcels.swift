import Accounts
package import Delivery
package import Dossiers
import Store
package import Vocabulary

/// What a courier carries for a case.
extension Hall {
    /// Whether a result can travel this way here: by a courier only where one is set.
    package func carries(_ delivery: DeliveryMode) -> Bool { delivery.carrier != .courier || courier != nil }

    /// What a courier would cost whoever files this way, with the result to her door; nil where no courier is set.
    package func priceOfResult(filedOnline: Bool) -> ParcelPrice? {
        courier?.rules.tariff.price(of: .resultToDoor, filedOnline: filedOnline)
    }

    /// An application is taken in only in a way that somebody carries here: to a place that is served, for the price
    /// that the applicant saw.
    func requireCarried(_ submission: Submission) throws {
        guard carries(submission.mode) else { throw DossierRefusal.modeNotOffered }
        guard carries(submission.delivery) else { throw DossierRefusal.deliveryNotOffered }
        guard submission.delivery.carrier == .courier, let account = courier, let door = submission.personal.deliverTo
        else { return }
        try account.rules.promise(
            to: door, agreedCents: submission.agreedCents, filedOnline: submission.mode.submission == .online)
    }

    /// The parcels of a dossier, the oldest first.
    package func parcels(of id: DossierID) async throws -> [Parcel] {
        try await store.read { tx in try ParcelTable.of(id, in: tx).map { try ParcelTable.load($0, in: tx) } }
    }

    /// What a parcel of this direction would cost whoever filed this dossier: shown before anything is ordered. Nil
    /// where no courier is set.
    package func price(of direction: ParcelDirection, for dossier: Dossier) -> ParcelPrice? {
        courier?.rules.tariff.price(of: direction, filedOnline: dossier.submitted.mode.submission == .online)
    }

    /// Orders a parcel for a dossier: the applicant for herself, or a window. Originals that go back are offered to the
    /// courier by whoever has them. Refuses what the rules refuse; the same token gets the same answer.
    package func order(_ draft: ParcelDraft, by performer: Performer, attempt: Attempt) async throws -> ParcelID {
        let stamp = stamp(of: performer.actor)
        let mark = Array("\(draft.dossier) order-parcel \(draft.direction.rawValue) \(draft.contents)".utf8)
        return try await store.write { tx in
            if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) {
                return try CanonicalJSON.value(in: answer)
            }
            let dossier = try load(draft.dossier, in: tx)
            try performer.require(anyOf: [.apply, .receive, .issue], handling(dossier))
            // Free is what the case says, not what whoever orders says.
            guard draft.isFiledOnline == (dossier.submitted.mode.submission == .online) else {
                throw ParcelRefusal.priceNotAgreed
            }
            if courier != nil, draft.direction == .resultToDoor { try requireResultToSend(dossier, in: tx) }
            let id = ParcelID(stamp.id(for: "parcel of \(draft.dossier)"))
            let parcel = try open(draft, as: id, stamp: stamp, in: tx)
            for code in draft.contents {
                guard let item = try CustodyTable.find(code, in: tx), item.received.dossier == dossier.id else {
                    throw CustodyRefusal.notFound
                }
                let offer = CustodyRules.Command.offer(to: .courier(id), by: item.holder)
                _ = try CustodyTable.perform(offer, on: item, stamp: stamp, in: tx)
            }
            try Tokens.keep(
                try CanonicalJSON.bytes(of: parcel.id), for: attempt.token, by: performer.actor, command: mark,
                now: stamp.now, in: tx)
            return parcel.id
        }
    }

    /// Does to a parcel what an applicant or a window may: takes the order back, or mends the address. Refuses a parcel
    /// of another dossier as `ParcelRefusal.notFound`.
    package func perform(
        _ command: ParcelCommand, on id: ParcelID, of dossier: DossierID, by performer: Performer, attempt: Attempt
    ) async throws {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        switch command {
        case .cancel, .readdress: break
        // What the carrier alone says.
        case .book, .scan: throw PerformerRefusal.notAllowed
        }
        let stamp = stamp(of: performer.actor)
        let mark = Array("\(id) \(Self.mark(command))".utf8)
        try await store.write { tx in
            if try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) != nil { return }
            let parcel = try ParcelTable.load(id, in: tx)
            guard parcel.ordered.dossier == dossier else { throw ParcelRefusal.notFound }
            try performer.require(anyOf: [.apply, .receive, .issue], handling(try load(dossier, in: tx)))
            _ = try apply(command, to: parcel, account, stamp: stamp, in: tx)
            try Tokens.keep(
                Array("{}".utf8), for: attempt.token, by: performer.actor, command: mark, now: stamp.now, in: tx)
        }
    }

    private static func mark(_ command: ParcelCommand) -> String {
        switch command {
        case .book(let booking): "book \(booking.waybill)"
        case .scan(let scan, _, let waybill): "scan \(waybill) \(scan.number)"
        case .readdress(let address):
            "readdress \(address.division.code) \(address.street.debugDescription) "
                + "\(address.recipient.debugDescription) \(address.mobile.number)"
        case .cancel(let reason): "cancel \(reason.debugDescription)"
        }
    }

    /// Writes an order down, and that the carrier is to be asked.
    func open(_ draft: ParcelDraft, as id: ParcelID, stamp: Stamp, in tx: Transaction) throws -> Parcel {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        let event = try account.rules.order(draft, at: stamp.now)
        let parcel = try ParcelTable.order(event, as: id, stamp: stamp, in: tx)
        try Outbox.enqueue([ParcelErrand.book.effect], of: id.subject, sequence: 1, now: stamp.now, in: tx)
        return parcel
    }

    /// Opens the parcel of a result that lies ready, in the transaction that made it so.
    func openParcel(
        for event: DossierEvent, numbered sequence: Int, of dossier: Dossier, stamp: Stamp, in tx: Transaction
    ) throws {
        guard case .issued = event, dossier.submitted.delivery.carrier == .courier else { return }
        guard let account = courier, let to = dossier.personal?.deliverTo else { throw ParcelRefusal.noCourier }
        var draft = ParcelDraft(
            .resultToDoor, of: dossier.id, by: ParcelEvent.Route(from: account.house, to: to),
            isFiledOnline: dossier.submitted.mode.submission == .online)
        draft.promisedCents = dossier.submitted.agreedCents
        _ = try open(
            draft, as: ParcelID(stamp.id(for: "parcel \(dossier.id)-\(sequence)")), stamp: stamp, in: tx)
    }

    /// A result that a courier has, or may still fetch, is not handed over at a window; one that came back, or was lost
    /// and is made again, is. At the door nothing is handed over that no courier carried.
    func requireResultHere(_ command: DossierCommand, _ dossier: Dossier, in tx: Transaction) throws {
        guard case .handOver(let proof, _) = command, dossier.submitted.delivery.carrier != .none else { return }
        if proof == .courier {
            let parcels = try ParcelTable.of(dossier.id, in: tx).map { try ParcelTable.load($0, in: tx) }
            guard parcels.contains(where: { $0.ordered.direction == .resultToDoor }) else {
                throw DossierRefusal.notForCourier
            }
        } else if try resultParcel(of: dossier.id, in: tx) != nil {
            throw ParcelRefusal.underWay
        }
    }

    /// A result is sent that lies ready, once.
    private func requireResultToSend(_ dossier: Dossier, in tx: Transaction) throws {
        guard case .issued = dossier.stage else { throw DossierRefusal.notIssued }
        guard try resultParcel(of: dossier.id, in: tx) == nil else { throw ParcelRefusal.underWay }
    }

    /// Decides, writes and follows up what happens to a parcel, inside a transaction.
    func apply(
        _ command: ParcelCommand, to parcel: Parcel, _ account: CourierAccount, stamp: Stamp, in tx: Transaction
    ) throws -> (parcel: Parcel, isNew: Bool) {
        let events = try account.rules.decide(command, on: parcel, at: stamp.now)
        let after = try ParcelTable.append(events, to: parcel, stamp: stamp, in: tx)
        for (offset, event) in events.enumerated() {
            let errands = errands(of: event, on: after)
            try Outbox.enqueue(
                errands.map(\.effect), of: parcel.id.subject, sequence: parcel.sequence + offset + 1, now: stamp.now,
                in: tx)
            try moveContents(of: after, because: event, stamp: stamp, in: tx)
        }
        return (after, !events.isEmpty)
    }

    /// What the carrier is told because of an event.
    private func errands(of event: ParcelEvent, on parcel: Parcel) -> [ParcelErrand] {
        switch event {
        // An answer to an order that was taken back meanwhile.
        case .booked: parcel.stage == .cancelled ? [.cancel] : []
        case .cancelled: parcel.booking == nil ? [] : [.cancel]
        case .readdressed: [.readdress]
        case .ordered, .scanned: []
        }
    }

    /// The originals in a parcel change hands when the courier reads its label: at the window, at the door, and back at
    /// whoever gave them.
    private func moveContents(
        of parcel: Parcel, because event: ParcelEvent, stamp: Stamp, in tx: Transaction
    ) throws {
        let courier = CustodyHolder.courier(parcel.id)
        for code in parcel.ordered.contents ?? [] {
            guard let item = try CustodyTable.find(code, in: tx) else { continue }
            func perform(_ commands: CustodyRules.Command...) throws {
                var item = item
                for command in commands { item = try CustodyTable.perform(command, on: item, stamp: stamp, in: tx) }
            }
            switch event {
            case .cancelled where item.offered == courier: try perform(.withdraw(by: item.holder))
            case .scanned(let scan, _) where scan.kind == .pickedUp && item.offered == courier:
                try perform(.take(as: courier))
            // What comes to a window is taken there, label by label.
            case .scanned(let scan, _) where scan.kind == .delivered && parcel.ordered.direction == .originalsToWindow:
                break
            case .scanned(let scan, _) where scan.kind == .delivered && item.holder == courier:
                try perform(.offer(to: .applicant, by: courier), .take(as: .applicant))
            case .scanned(let scan, _) where scan.kind == .returned && item.holder == courier:
                // Whoever gave them takes them back: a window by their labels, the applicant by the courier's report.
                guard let giver = item.giver else { continue }
                if giver == .applicant {
                    try perform(.offer(to: giver, by: courier), .take(as: giver))
                } else {
                    try perform(.offer(to: giver, by: courier))
                }
            default: break
            }
        }
    }

    /// What somebody of the house must see to: what is in trouble, late, missing or uncounted.
    package struct ParcelTroubles: Sendable {
        package let troubled: [ParcelLine]
        package let late: [ParcelLine]
        package let missing: [CustodyAlarm]
        /// Windows that were closed with originals nobody had counted.
        package let uncounted: [CustodyDebt]
        /// The originals that the courier has with parcels that are in trouble or late.
        package let carried: [ParcelID: [CustodyCode]]
    }

    /// What is in trouble, late, missing or uncounted now.
    package func parcelTroubles() async throws -> ParcelTroubles {
        let today = time.now().day
        return try await store.read { tx in
            let (troubled, late) = (try ParcelTable.troubled(in: tx), try ParcelTable.late(on: today, in: tx))
            var carried: [ParcelID: [CustodyCode]] = [:]
            for line in troubled + late where line.direction != .resultToDoor {
                carried[line.id] = try CustodyTable.items(at: .courier(line.id), in: tx).map(\.code)
            }
            return ParcelTroubles(
                troubled: troubled, late: late, missing: try CustodyTable.alarms(in: tx),
                uncounted: try CustodyTable.debts(in: tx), carried: carried)
        }
    }

    /// These parcels, by id.
    package func parcels(_ ids: Set<ParcelID>) async throws -> [ParcelID: Parcel] {
        guard !ids.isEmpty else { return [:] }
        return try await store.read { tx in
            try Dictionary(uniqueKeysWithValues: ids.map { ($0, try ParcelTable.load($0, in: tx)) })
        }
    }

    /// The parcels of a month against the carrier's statement, as its text.
    package func settle(_ statement: String, of month: Int) async throws -> Settlement {
        let theirs = try Settlement.lines(of: statement)
        return Settlement(ours: try await store.read { tx in try Settlement.ours(of: month, in: tx) }, theirs: theirs)
    }

    /// The addresses that a person keeps.
    package func addresses(of person: PersonID) async throws -> [AddressBook.Entry] {
        try await store.read { tx in try AddressBook.entries(of: person, in: tx) }
    }

    /// Keeps an address in a person's book.
    package func keep(_ address: PostalAddress, of person: PersonID) async throws {
        let (now, id) = (time.now(), ids.next())
        try await store.write { tx in try AddressBook.keep(address, of: person, as: id, now: now, in: tx) }
    }

    /// Throws an address of a person's book away.
    package func forgetAddress(_ id: Subject, of person: PersonID) async throws {
        try await store.write { tx in try AddressBook.forget(id, of: person, in: tx) }
    }

    /// What handling a dossier's things touches.
    func handling(_ dossier: Dossier) -> Performer.Scope {
        let terms = dossier.submitted.terms
        return scope(of: dossier, at: (terms.body, dossier.submitted.hall ?? terms.region))
    }
}
