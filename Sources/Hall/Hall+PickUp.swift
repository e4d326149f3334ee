package import Delivery
package import Dossiers
import Store
package import Vocabulary
import Windows

/// 双向快递 (mode O3): a courier fetches originals at the applicant's door and brings them back.
extension Hall {
    /// Whether a filing can travel this way here: originals by courier only where one is set.
    package func carries(_ mode: ServiceMode) -> Bool { mode.originals != .courier || courier != nil }

    /// The half days at which a courier can come for a case.
    package func pickUpWindows(for dossier: Dossier) -> [PickUpWindow] {
        let calendar = rules(for: dossier.submitted.terms.region).clock.calendar
        return PickUpWindow.offered(at: time.now(), isWorkingDay: calendar.isWorkingDay)
    }

    /// What an applicant orders who sends her originals by courier.
    package struct PickUpOrder: Hashable, Sendable {
        /// Her door.
        package let from: PostalAddress
        package let window: PickUpWindow
        /// The materials, by id, each once.
        package let materials: [String]
        /// The price that she was shown, in cents.
        package let agreedCents: Int?

        package init(from: PostalAddress, at window: PickUpWindow, materials: [String], agreedCents: Int?) {
            (self.from, self.window) = (from, window)
            (self.materials, self.agreedCents) = (materials, agreedCents)
        }
    }

    /// Orders a courier to the applicant's door: after the pre-review, and while no other is on its way. Each original
    /// gets a label of its own, which she prints or the courier writes on. Refuses another time than those that are
    /// offered, other materials than the case asks for, and what the rules refuse; the same token gets the same answer.
    package func order(
        _ order: PickUpOrder, of id: DossierID, by performer: Performer, attempt: Attempt
    ) async throws -> ParcelID {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        let stamp = stamp(of: performer.actor)
        let codes = order.materials.map { _ in CustodyCode(bits: dice.roll()) }
        let (window, materials) = (order.window, order.materials)
        let mark = Array("\(id) order-pick-up \(window.day) \(window.from) \(materials)".utf8)
        return try await store.write { tx in
            if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) {
                return try CanonicalJSON.value(in: answer)
            }
            let dossier = try load(id, in: tx)
            try performer.require(anyOf: [.apply, .receive], handling(dossier))
            try requirePickUp(order, of: dossier, in: tx)
            let items = try zip(materials, codes).map { material, code in
                try labelled(material, of: dossier, as: code, stamp: stamp, in: tx)
            }
            var draft = ParcelDraft(
                .originalsToWindow, of: id, by: ParcelEvent.Route(from: order.from, to: account.house),
                isFiledOnline: dossier.submitted.mode.submission == .online)
            draft.contents = items.map(\.code)
            (draft.pickUp, draft.agreedCents) = (window, order.agreedCents)
            let parcel = ParcelID(stamp.id(for: "pick-up of \(id)"))
            _ = try open(draft, as: parcel, stamp: stamp, in: tx)
            for item in items {
                let offer = CustodyRules.Command.offer(to: .courier(parcel), by: .applicant)
                _ = try CustodyTable.perform(offer, on: item, stamp: stamp, in: tx)
            }
            try Tokens.keep(
                try CanonicalJSON.bytes(of: parcel), for: attempt.token, by: performer.actor, command: mark,
                now: stamp.now, in: tx)
            return parcel
        }
    }

    private func requirePickUp(_ order: PickUpOrder, of dossier: Dossier, in tx: Transaction) throws {
        guard dossier.submitted.mode.originals == .courier, dossier.stage.name == .awaitingOriginals,
            try pickUp(of: dossier.id, in: tx)?.stage.isOpen != true
        else { throw ParcelRefusal.pickUpNotOpen }
        guard pickUpWindows(for: dossier).contains(order.window) else { throw ParcelRefusal.pickUpUnfit }
        let asked = Set(dossier.submitted.terms.materials)
        guard !order.materials.isEmpty, Set(order.materials).count == order.materials.count,
            asked.isSuperset(of: order.materials)
        else { throw ParcelRefusal.contentsUnfit }
    }

    /// The latest parcel that fetches the originals of a dossier; nil where none was ordered.
    private func pickUp(of id: DossierID, in tx: Transaction) throws -> Parcel? {
        try ParcelTable.of(id, in: tx).map { try ParcelTable.load($0, in: tx) }
            .last { $0.ordered.direction == .originalsToWindow }
    }

    /// The label of a material: the one that was made for a courier who never came, or a new one.
    private func labelled(
        _ material: String, of dossier: Dossier, as code: CustodyCode, stamp: Stamp, in tx: Transaction
    ) throws -> CustodyItem {
        let unused = try CustodyTable.items(of: dossier.id, in: tx).first { item in
            item.received.material == material && item.holder == .applicant && !item.isOver && item.offered == nil
        }
        if let unused { return unused }
        let draft = CustodyDraft(code, of: dossier.id, material: material, sheets: 1, at: .applicant)
        return try CustodyTable.label(
            draft, as: CustodyID(stamp.id(for: "label \(code.text)")), stamp: stamp, in: tx)
    }

    /// A window takes an original out of the parcel that brought it: the courier hands it over there.
    func commandsToTake(
        _ item: CustodyItem, as hand: CustodyHolder, in tx: Transaction
    ) throws -> [CustodyRules.Command] {
        guard case .window = hand, case .courier(let id) = item.holder, item.offered == nil else {
            return [.take(as: hand)]
        }
        let parcel = try ParcelTable.load(id, in: tx)
        let isThere = [.pickedUp, .inTransit, .delivered].contains(parcel.stage)
        guard parcel.ordered.direction == .originalsToWindow, isThere else { return [.take(as: hand)] }
        return [.offer(to: hand, by: item.holder), .take(as: hand)]
    }

    /// Once everything that the courier fetched has been scanned in at a window, the originals are received: the clock
    /// of the law starts there.
    func receiveParcel(of before: CustodyItem, by performer: Performer, stamp: Stamp, in tx: Transaction) throws {
        guard case .courier(let id) = before.holder else { return }
        let parcel = try ParcelTable.load(id, in: tx)
        guard parcel.ordered.direction == .originalsToWindow else { return }
        let dossier = try load(parcel.ordered.dossier, in: tx)
        guard [.preReview, .awaitingOriginals].contains(dossier.stage.name) else { return }
        for code in parcel.ordered.contents ?? [] {
            guard let item = try CustodyTable.find(code, in: tx), item.giver != nil, item.holder != .courier(id) else {
                return
            }
        }
        _ = try apply(.receive, on: dossier.id, by: performer, stamp: stamp, in: tx)
    }

    /// The case whose originals a parcel with this waybill brings; nil where there is no such parcel.
    package func dossier(broughtBy waybill: String) async throws -> DossierID? {
        try await store.read { tx in
            guard let id = try ParcelTable.find(waybill, in: tx) else { return nil }
            let ordered = try ParcelTable.load(id, in: tx).ordered
            return ordered.direction == .originalsToWindow ? ordered.dossier : nil
        }
    }

    /// Sends the originals of a case that are at the window where somebody sits back to the door they came from.
    /// Refuses where there are none, or no door is known.
    package func sendBack(_ id: DossierID, by guest: Guest, attempt: Attempt) async throws -> ParcelID {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        let draft = try await store.read { tx in
            guard let hand = try hand(at: .window, of: guest, in: tx) else { throw WindowRefusal.noSeat }
            let dossier = try load(id, in: tx)
            let fetched = try pickUp(of: id, in: tx)
            guard let door = dossier.personal?.deliverTo ?? fetched?.sender else { throw ParcelRefusal.addressUnfit }
            var draft = ParcelDraft(
                .originalsToDoor, of: id, by: ParcelEvent.Route(from: account.house, to: door),
                isFiledOnline: dossier.submitted.mode.submission == .online)
            // What the same form has offered already is what it says again when it is sent twice.
            draft.contents = try CustodyTable.items(of: id, in: tx).filter { item in
                item.holder == hand && item.offered.map(\.isCourier) ?? true
            }.map(\.code)
            return draft
        }
        return try await order(draft, by: guest.performer(today: time.now().day), attempt: attempt)
    }
}

extension CustodyHolder {
    /// Whether it is on its way with a courier.
    package var isCourier: Bool { if case .courier = self { true } else { false } }
}
