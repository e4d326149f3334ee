import Accounts
package import Delivery
package import Dossiers
import Store
import Vocabulary
package import Windows

/// Originals as somebody of the staff handles them: for the window where she sits, or for herself.
extension Hall {
    /// At which door somebody handles originals.
    package enum CustodyDoor: String, Sendable {
        /// For the window where she sits.
        case window
        /// For herself.
        case office
    }

    /// What somebody of the staff does with an original whose label she has read.
    package enum OriginalDeed: Hashable, Sendable {
        /// Takes what was offered to her, or to the window where she sits.
        case take
        /// Takes what was offered to the archive of the body, which keeps it for good.
        case file
        case offer(CustodyHolder)
        case withdraw
        /// Hands it back to the applicant who stands at the window.
        case handBack
    }

    /// One original in a list, with its case.
    package struct OriginalLine: Sendable {
        package let item: CustodyItem
        package let dossier: Dossier
    }

    /// What is in hand at a door.
    package struct OriginalsInHand: Sendable {
        package let holder: CustodyHolder
        /// The oldest first, `Limits.pageRowsMax` at most.
        package let lines: [OriginalLine]
        /// How many there are.
        package let count: Int
    }

    /// What somebody has in hand at a door; nil at a window where she does not sit.
    package func originals(at door: CustodyDoor, of guest: Guest) async throws -> OriginalsInHand? {
        try await store.read { tx in
            guard let holder = try hand(at: door, of: guest, in: tx) else { return nil }
            let items = try CustodyTable.items(at: holder, in: tx)
            let lines = try items.prefix(Limits.pageRowsMax).map { item in
                OriginalLine(item: item, dossier: try load(item.received.dossier, in: tx))
            }
            return OriginalsInHand(holder: holder, lines: lines, count: items.count)
        }
    }

    /// One original with everything that is known of it.
    package struct Original: Sendable {
        package let item: CustodyItem
        package let dossier: Dossier
        /// The chain of hands, in order.
        package let steps: [CustodyStep]
        /// For whom the reader handles it; nil at a window where she does not sit.
        package let hand: CustodyHolder?
        /// To whom she may offer it; empty where she does not have it.
        package let receivers: [CustodyHolder]
    }

    /// The original with a label, for whoever handles its case or has it, had it or is to have it. Refuses anybody
    /// else.
    package func original(_ typed: String, at door: CustodyDoor, for guest: Guest) async throws -> Original {
        guard let code = CustodyCode(typed) else { throw CustodyRefusal.malformedCode }
        let today = time.now().day
        return try await store.read { tx in
            guard let item = try CustodyTable.find(code, in: tx) else { throw CustodyRefusal.notFound }
            let dossier = try load(item.received.dossier, in: tx)
            let hand = try hand(at: door, of: guest, in: tx)
            let steps = try CustodyTable.history(of: item.id, in: tx)
            let isInChain = item.offered == hand || steps.contains { $0.event.receiver == hand }
            if hand == nil || door == .window || !isInChain {
                try require(
                    door == .window ? [.receive, .issue] : [.review, .decide, .lead], door, dossier, guest, today)
            }
            let receivers =
                item.holder == hand ? try receivers(of: steps, dossier, but: item.holder, today, in: tx) : []
            return Original(item: item, dossier: dossier, steps: steps, hand: hand, receivers: receivers)
        }
    }

    /// Does something with an original at a door, by its label as it was read. The same attempt is done once. Refuses a
    /// label that cannot be read, somebody who sits at no window, and whoever may not sign for that side.
    package func perform(
        _ deed: OriginalDeed, onLabel typed: String, at door: CustodyDoor, by guest: Guest, attempt: Attempt
    ) async throws {
        guard let code = CustodyCode(typed) else { throw CustodyRefusal.malformedCode }
        let actor = guest.session.holder.actor
        let stamp = stamp(of: actor)
        _ = try await once(attempt, by: actor, "original \(code.text) \(door.rawValue) \(deed)", stamp) { tx in
            guard let item = try CustodyTable.find(code, in: tx) else { throw CustodyRefusal.notFound }
            guard let hand = try hand(at: door, of: guest, in: tx) else { throw WindowRefusal.noSeat }
            let dossier = try load(item.received.dossier, in: tx)
            if door == .window { try require([.receive, .issue], door, dossier, guest, stamp.now.day) }
            if deed == .file { try require([.review, .decide], .office, dossier, guest, stamp.now.day) }
            var after = item
            for command in try commands(deed, on: item, of: dossier, by: hand, stamp.now.day, in: tx) {
                after = try CustodyTable.perform(command, on: after, stamp: stamp, in: tx)
            }
            if deed == .take {
                try receiveParcel(of: item, by: guest.performer(today: stamp.now.day), stamp: stamp, in: tx)
            }
            return after.id.subject
        }
    }

    private func commands(
        _ deed: OriginalDeed, on item: CustodyItem, of dossier: Dossier, by hand: CustodyHolder, _ today: CivilDate,
        in tx: Transaction
    ) throws -> [CustodyRules.Command] {
        switch deed {
        case .take: return try commandsToTake(item, as: hand, in: tx)
        case .file: return [.take(as: .archive(dossier.submitted.terms.body))]
        case .withdraw: return [.withdraw(by: hand)]
        case .offer(let receiver):
            let steps = try CustodyTable.history(of: item.id, in: tx)
            guard try receivers(of: steps, dossier, but: hand, today, in: tx).contains(receiver) else {
                throw CustodyRefusal.wrongReceiver
            }
            return [.offer(to: receiver, by: hand)]
        case .handBack:
            guard case .window = hand else { throw CustodyRefusal.wrongReceiver }
            return [.offer(to: .applicant, by: hand), .take(as: .applicant)]
        }
    }

    /// For whom somebody handles originals at a door; nil at a window where she does not sit.
    func hand(at door: CustodyDoor, of guest: Guest, in tx: Transaction) throws -> CustodyHolder? {
        guard let staff = guest.places.first?.staff.id else { throw PerformerRefusal.notAllowed }
        switch door {
        case .window: return try WindowTable.seat(of: staff, in: tx)?.custody
        case .office: return .officer(staff)
        }
    }

    private func require(
        _ powers: [Power], _ door: CustodyDoor, _ dossier: Dossier, _ guest: Guest, _ today: CivilDate
    ) throws {
        let terms = dossier.submitted.terms
        let scope =
            door == .window ? handling(dossier) : scope(of: dossier, at: (terms.body, terms.region))
        try guest.performer(today: today).require(anyOf: powers, scope)
    }

    /// To whom an original of a dossier may be offered: those who examine or decide such cases at the body, the windows
    /// of the hall where it was last, and the body's archive.
    private func receivers(
        of steps: [CustodyStep], _ dossier: Dossier, but holder: CustodyHolder, _ today: CivilDate, in tx: Transaction
    ) throws -> [CustodyHolder] {
        let terms = dossier.submitted.terms
        let scope = Scope(department: terms.body, itemCode: terms.catalogCode, region: terms.region)
        let able = try [Power.review, .decide].flatMap {
            try GrantTable.staff(with: $0, in: scope, today: today, in: tx)
        }
        let officers = try Set(able).sorted().prefix(Self.colleaguesMax).filter {
            try StaffTable.staff($0, in: tx)?.serves == true
        }
        let hall = steps.reversed().compactMap { $0.event.receiver?.hall }.first
        let windows = try hall.map { try WindowTable.windows(of: $0, in: tx) } ?? []
        let all = officers.map(CustodyHolder.officer) + windows.map(\.custody) + [.archive(terms.body)]
        return all.filter { $0 != holder }
    }
}

extension Window {
    /// The window as one who has originals.
    package var custody: CustodyHolder { .window(hall: hall.text, number: number) }
}

extension CustodyHolder {
    /// The hall of a window; nil for others.
    package var hall: HallCode? {
        if case .window(let hall, _) = self { return HallCode(hall) }
        return nil
    }
}

extension CustodyEvent {
    /// Who has it because of the event; nil where it stays where it is.
    package var receiver: CustodyHolder? {
        switch self {
        case .received(let received), .labelled(let received): received.holder
        case .taken(let holder): holder
        case .offered, .withdrawn, .missed, .found: nil
        }
    }
}
