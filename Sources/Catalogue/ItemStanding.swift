package import Store
package import Vocabulary

/// How an item stands beside its versions: in use, suspended, cancelled (domain section 1.6), at every body that
/// implements it. Dossiers that were filed before go on under their version.
package struct ItemStanding: Hashable, Sendable {
    /// The least final of the states of its implementations.
    package let state: ItemState
    /// The codes of its implementations that are not cancelled, and their bodies.
    package let open: [(code: String, body: CreditCode)]

    package static func == (left: ItemStanding, right: ItemStanding) -> Bool {
        left.state == right.state && left.open.map(\.code) == right.open.map(\.code)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(state)
        hasher.combine(open.map(\.code))
    }
}

extension ItemTable {
    /// LIMIT: implementations of one item.
    static let implementationsMax = 500

    /// How the item stands; nil before its first version came into force.
    package static func standing(of slug: String, in tx: Transaction) throws -> ItemStanding? {
        let rows = try tx.rows(
            """
            SELECT code, body, state FROM item WHERE slug = \(slug) ORDER BY region, code LIMIT \(implementationsMax)
            """
        ).map { (code: try $0.text(0), body: try $0.value(1, CreditCode.init), state: try $0.value(2, ItemState.init)) }
        guard let least = rows.map(\.state).min(by: { $0.rawValue < $1.rawValue }) else { return nil }
        return ItemStanding(
            state: least, open: rows.filter { $0.state != .cancelled }.map { (code: $0.code, body: $0.body) })
    }

    /// Sets the state of every implementation of an item that stands in one of some others, with what people are told
    /// of it.
    static func setState(
        _ state: ItemState, of slug: String, from before: [ItemState], note: String, in tx: Transaction
    ) throws {
        let lines = try tx.rows(
            """
            SELECT state, line FROM item WHERE slug = \(slug) AND state IN \(list: before.map(\.rawValue))
            ORDER BY region, code LIMIT \(implementationsMax)
            """
        ).map(line)
        for var line in lines {
            line.stateNote = note.isEmpty ? nil : note
            try tx.execute(
                """
                UPDATE item SET state = \(state.rawValue), line = \(try CanonicalJSON.bytes(of: line))
                WHERE code = \(line.itemCode)
                """)
            try ItemChangeTable.note(line.itemCode, in: tx)
        }
    }

    /// Suspends an item, takes it up again or cancels it, as `SheetRules` allows.
    package static func perform(_ deed: SheetDeed, on slug: String, in tx: Transaction) throws {
        switch deed {
        case .suspend(let reason): try setState(.suspended, of: slug, from: [.inUse], note: reason, in: tx)
        case .resume: try setState(.inUse, of: slug, from: [.suspended], note: "", in: tx)
        case .cancel(let reason):
            try setState(.cancelled, of: slug, from: [.inUse, .suspended], note: reason, in: tx)
        case .save, .submit, .giveBack, .approve, .publish: break
        }
    }

    /// Of an item's implementations, those that are not among what is published now end when it applies: their bodies
    /// no longer hold the power. Those that are published again, and had ended, are in use again.
    package static func endOthers(
        than guides: [Guide], of slug: String, effective: CivilDate, today: CivilDate, in tx: Transaction
    ) throws {
        let kept = Set(guides.map(\.itemCode))
        for code in kept {
            try tx.execute("DELETE FROM item_awaited WHERE item = \(code) AND version = \(endingVersion)")
        }
        for other in try standing(of: slug, in: tx)?.open ?? [] where !kept.contains(other.code) {
            guard effective > today else {
                try setState(.cancelled, of: other.code, in: tx)
                continue
            }
            try tx.execute(
                """
                INSERT INTO item_awaited (item, version, effective)
                VALUES (\(other.code), \(endingVersion), \(effective))
                ON CONFLICT (item, version) DO UPDATE SET effective = excluded.effective
                """)
        }
    }

    /// What waits under this number is no version but an end.
    static let endingVersion = 0

    /// Refuses what is suspended or cancelled; an item that the catalogue does not list is not its matter.
    package static func requireInUse(_ itemCode: String, in tx: Transaction) throws {
        guard let row = try tx.row("SELECT state FROM item WHERE code = \(itemCode)") else { return }
        guard try row.value(0, ItemState.init) == .inUse else { throw CatalogueRefusal.notInUse }
    }
}
