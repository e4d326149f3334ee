/// What may become of an original.
package enum CustodyRules {
    /// What somebody wants to do with an original.
    package enum Command: Hashable, Sendable {
        /// Whoever has it offers it to somebody by name; `by` is the hand that offers.
        case offer(to: CustodyHolder, by: CustodyHolder)
        case withdraw(by: CustodyHolder)
        /// The receiver has read the label.
        case take(as: CustodyHolder)
    }

    /// The receipt of an original at a window. Refuses every other place, and what cannot be counted.
    package static func receive(_ draft: CustodyDraft) throws(CustodyRefusal) -> CustodyEvent {
        guard case .window = draft.holder else { throw .wrongReceiver }
        return .received(try first(draft))
    }

    /// The label that an applicant makes for an original which a courier will fetch. Refuses every other place, and
    /// what cannot be counted.
    package static func label(_ draft: CustodyDraft) throws(CustodyRefusal) -> CustodyEvent {
        guard draft.holder == .applicant else { throw .wrongReceiver }
        return .labelled(try first(draft))
    }

    private static func first(_ draft: CustodyDraft) throws(CustodyRefusal) -> CustodyEvent.Received {
        guard CustodyDraft.sheets.contains(draft.sheets), !draft.material.isEmpty,
            draft.material.count <= CustodyDraft.materialCharactersMax
        else { throw .unfit }
        return CustodyEvent.Received(
            code: draft.code, dossier: draft.dossier, material: draft.material, sheets: draft.sheets,
            holder: draft.holder)
    }

    /// What follows from a command; nothing where it was done before: a label that is read twice by the same receiver
    /// is the same deed, since scanners read twice.
    package static func decide(
        _ command: Command, on item: CustodyItem
    ) throws(CustodyRefusal) -> [CustodyEvent] {
        switch command {
        case .offer(let receiver, let giver):
            if item.holder == receiver, item.giver == giver { throw .alreadyThere }
            guard item.holder == giver else { throw .notHolder }
            guard receiver != giver else { throw .alreadyThere }
            guard !item.isOver else { throw .over }
            if item.offered == receiver { return [] }
            guard item.offered == nil else { throw .offeredToAnother }
            return [.offered(receiver)]
        case .withdraw(let giver):
            guard item.holder == giver else { throw .notHolder }
            return item.offered == nil ? [] : [.withdrawn]
        case .take(let receiver):
            if item.holder == receiver, item.offered == nil { return [] }
            guard let offered = item.offered else { throw .notOffered }
            guard offered == receiver else { throw .wrongReceiver }
            return [.taken(receiver)] + (item.missingSince == nil ? [] : [.found(receiver)])
        }
    }
}
