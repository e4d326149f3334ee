import Accounts
import Vocabulary

/// Four eyes: whoever did the first thing does not do the second, nor does anybody in her place (decision 0012).
extension Hall.Guest {
    /// Whose hand it is when she does what `may` says that a guest may: her own, unless she may only in the place of
    /// somebody among `hands`, who had a hand in it before; then that one's.
    func hand(apartFrom hands: Set<Actor>, where may: (Hall.Guest) -> Bool) -> Actor {
        let own = session.holder.actor
        if hands.contains(own) || may(apart(from: hands)) { return own }
        let barred = deputising.map { Actor.staff($0.staff.id) }.filter { hands.contains($0) }
        return barred.first { may(apart(from: hands.subtracting([$0]))) } ?? barred.first ?? own
    }

    /// The same guest with nothing that comes from the grants of some people: neither her own, if she is among them,
    /// nor those of colleagues in whose place she acts.
    func apart(from hands: Set<Actor>) -> Hall.Guest {
        guard case .staff(let staff, let grants) = who else { return self }
        var rest = Hall.Guest(
            session: session, who: .staff(staff, hands.contains(.staff(staff.id)) ? [] : grants))
        rest.unread = unread
        rest.deputising = deputising.filter { !hands.contains(.staff($0.staff.id)) }
        return rest
    }
}
