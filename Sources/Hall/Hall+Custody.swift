package import Delivery
import Dossiers
import Store
package import Vocabulary
import Windows

/// Originals on paper, from hand to hand.
extension Hall {
    /// A window receives an original of a dossier and answers it with the code for its label. The same token gets the
    /// same label. Refuses a material that the case does not ask for.
    package func receiveOriginal(
        of id: DossierID, material: String, sheets: Int, at holder: CustodyHolder, by performer: Performer,
        attempt: Attempt
    ) async throws -> CustodyItem {
        try await receive((id, material, sheets), by: performer, attempt) { _ in holder }
    }

    /// The same for the window where a member of staff sits; refuses her where she sits at none.
    package func receiveOriginal(
        of id: DossierID, material: String, sheets: Int, by guest: Guest, attempt: Attempt
    ) async throws -> CustodyItem {
        try await receive((id, material, sheets), by: guest.performer(today: time.now().day), attempt) { tx in
            guard let seat = try hand(at: .window, of: guest, in: tx) else { throw WindowRefusal.noSeat }
            return seat
        }
    }

    private func receive(
        _ what: (dossier: DossierID, material: String, sheets: Int), by performer: Performer, _ attempt: Attempt,
        at place: @escaping @Sendable (Transaction) throws -> CustodyHolder
    ) async throws -> CustodyItem {
        let stamp = stamp(of: performer.actor)
        let code = CustodyCode(bits: dice.roll())
        return try await store.write { tx in
            let holder = try place(tx)
            let mark = Array("\(what.dossier) receive-original \(what.material) \(what.sheets) \(holder)".utf8)
            if let answer = try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) {
                return try CustodyTable.load(try CanonicalJSON.value(in: answer), in: tx)
            }
            let dossier = try load(what.dossier, in: tx)
            try performer.require(anyOf: [.receive], handling(dossier))
            guard dossier.submitted.terms.materials.contains(what.material) else { throw CustodyRefusal.unfit }
            let draft = CustodyDraft(
                code, of: what.dossier, material: what.material, sheets: what.sheets, at: holder)
            let item = try CustodyTable.receive(
                draft, as: CustodyID(stamp.id(for: "original \(code.text)")), stamp: stamp, in: tx)
            try Tokens.keep(
                try CanonicalJSON.bytes(of: item.id), for: attempt.token, by: performer.actor, command: mark,
                now: stamp.now, in: tx)
            return item
        }
    }

    /// One deed with an original, by its label as it was read. Whoever signs answers for one side: an officer for
    /// herself, a window's staff for the window and for the applicant who stands there, the applicant for herself.
    /// Refuses a label that cannot be read, and whoever may not sign for that side as
    /// `CustodyRefusal.wrongReceiver`.
    package func perform(
        _ command: CustodyRules.Command, onLabel typed: String, by performer: Performer
    ) async throws -> CustodyItem {
        guard let code = CustodyCode(typed) else { throw CustodyRefusal.malformedCode }
        let stamp = stamp(of: performer.actor)
        return try await store.write { tx in
            guard let item = try CustodyTable.find(code, in: tx) else { throw CustodyRefusal.notFound }
            try requireSide(command, of: item, by: performer, in: tx)
            return try CustodyTable.perform(command, on: item, stamp: stamp, in: tx)
        }
    }

    private func requireSide(
        _ command: CustodyRules.Command, of item: CustodyItem, by performer: Performer, in tx: Transaction
    ) throws {
        let side: CustodyHolder =
            switch command {
            case .offer(_, let giver), .withdraw(let giver), .take(let giver): giver
            }
        let dossier = try load(item.received.dossier, in: tx)
        let (scope, terms) = (handling(dossier), dossier.submitted.terms)
        switch side {
        case .officer(let staff):
            guard performer.actor == .staff(staff) else { throw CustodyRefusal.wrongReceiver }
        case .window: try performer.require(anyOf: [.receive, .issue], scope)
        case .applicant: try performer.require(anyOf: [.apply, .receive, .issue], scope)
        case .archive:
            try performer.require(
                anyOf: [.review, .decide], self.scope(of: dossier, at: (terms.body, terms.region)))
        // A courier signs by its reports alone.
        case .courier: throw CustodyRefusal.wrongReceiver
        }
    }

    /// The originals of a dossier, each with where it is now.
    package func originals(of id: DossierID) async throws -> [CustodyItem] {
        try await store.read { tx in try CustodyTable.items(of: id, in: tx) }
    }

    /// What a holder has in hand.
    package func originals(at holder: CustodyHolder) async throws -> [CustodyItem] {
        try await store.read { tx in try CustodyTable.items(at: holder, in: tx) }
    }
}
