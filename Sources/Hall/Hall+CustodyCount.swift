import Accounts
package import Delivery
import Store
import Vocabulary
import Windows

/// 清点: what a holder has, against the labels that were read there.
extension Hall {
    /// Counts a holder's originals. A window is counted by whoever sits there or sat there last, and by whoever
    /// receives or issues in that hall's region; an officer's by herself alone. Refuses anybody else, and a label that
    /// cannot be read.
    package func count(
        _ holder: CustodyHolder, read labels: [String], by guest: Guest
    ) async throws -> CustodyCount {
        let codes = try labels.map { typed in
            guard let code = CustodyCode(typed) else { throw CustodyRefusal.malformedCode }
            return code
        }
        let (stamp, id) = (stamp(of: guest.session.holder.actor), CustodyID(ids.next()))
        return try await store.write { tx in
            try requireCounter(of: holder, guest, today: stamp.now.day, in: tx)
            return try CustodyTable.count(holder, read: codes, as: id, stamp: stamp, in: tx)
        }
    }

    private func requireCounter(
        of holder: CustodyHolder, _ guest: Guest, today: CivilDate, in tx: Transaction
    ) throws {
        guard let own = guest.places.first?.staff.id else { throw PerformerRefusal.notAllowed }
        switch holder {
        case .officer(let staff):
            guard staff == own else { throw CustodyRefusal.wrongReceiver }
        case .window(_, let number):
            guard let hall = holder.hall else { throw WindowRefusal.hallNotFound }
            if try WindowTable.lastSitting(at: number, of: hall, in: tx) == own { return }
            guard works(guest, in: hall.region, today: today) else { throw PerformerRefusal.notAllowed }
        // Nobody counts what is back, kept for good, or on its way.
        case .applicant, .archive, .courier: throw CustodyRefusal.wrongReceiver
        }
    }

    private func works(_ guest: Guest, in region: Region, today: CivilDate) -> Bool {
        let grants = guest.places.flatMap(\.grants)
        return [Power.receive, .issue].contains { power in
            do throws(PermitRefusal) {
                try Permits.check(power, wholeOf: region, grants: grants, today: today)
                return true
            } catch {
                return false
            }
        }
    }

    /// A window that is closed with originals nobody has counted since they came owes a count, which the supervisor
    /// sees. Refuses it where that was not said to be known.
    func settleCount(of window: Window, isKnown: Bool, stamp: Stamp, in tx: Transaction) throws {
        guard let sitting = window.sitting else { return }
        let items = try CustodyTable.uncounted(at: window.custody, since: sitting.since, in: tx)
        guard items > 0 else { return }
        guard isKnown else { throw CustodyRefusal.uncounted }
        let id = CustodyID(stamp.id(for: "uncounted \(window.custody) \(sitting.shift)"))
        try CustodyTable.owe(window.custody, items: items, as: id, stamp: stamp, in: tx)
    }
}
