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
        guard CustodyDraft.sheets.contains(draft.sheets), !draft.material.isEmpty,
            draft.material.count <= CustodyDraft.materialCharactersMax
        else { throw .unfit }
        return .received(
            CustodyEvent.Received(
                code: draft.code, dossier: draft.dossier, material: draft.material, sheets: draft.sheets,
                holder: draft.holder))
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
            guard !giver.isLast else { throw .over }
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

/// What a count came to.
package struct CustodyCount: Hashable, Sendable {
    /// LIMIT: originals that one holder counts at once.
    package static let itemsMax = 2000

    /// How many had to be there.
    package let expected: Int
    /// How many different labels were read.
    package let read: Int
    /// Those that had to be there and were not read.
    package let missing: [CustodyItem]
    /// Those that were missing and were read now.
    package let found: [CustodyItem]
    /// Labels that were read and belong elsewhere, or to nobody.
    package let unexpected: [CustodyCode]
    /// Labels that were read more than once: they count once.
    package let readTwice: [CustodyCode]

    /// Whether everything was there and nothing else.
    package var isComplete: Bool { missing.isEmpty && unexpected.isEmpty }

    /// Compares what had to be there with the labels that were read. `elsewhere` are the originals behind the other
    /// labels, where there are such.
    package init(expected items: [CustodyItem], read codes: [CustodyCode], elsewhere: [CustodyItem] = []) {
        let here = Set(items.map(\.code))
        var seen: Set<CustodyCode> = []
        var twice: [CustodyCode] = []
        for code in codes where !seen.insert(code).inserted && !twice.contains(code) { twice.append(code) }
        expected = items.count
        read = seen.count
        readTwice = twice
        missing = items.filter { !seen.contains($0.code) }.sorted { $0.code < $1.code }
        found = (items + elsewhere).filter { $0.missingSince != nil && seen.contains($0.code) }
            .sorted { $0.code < $1.code }
        unexpected = seen.filter { !here.contains($0) }.sorted()
    }
}
