package import Vocabulary

/// The rows of one table that have to do with what is copied, ready to be written again for each copy.
package struct TableStamp: Sendable {
    /// LIMIT: rows of copies that are written in one transaction.
    package static let rowsMax = 20_000

    /// The table's name.
    package let table: String
    private let target: String
    private let rows: [[StampedValue]]
    private let copies: Int

    /// What a room knows of a row beyond its texts: other values of some columns in copies, by their places.
    package typealias Own = (Row) throws -> [Int: StampedValue]

    /// Reads the table. Nil where it holds nothing that is copied, and for one that stands in for an index.
    package init?(_ table: Table, _ renames: Renames, own: Own = { _ in [:] }, in tx: Transaction) throws {
        guard let copy = try TableCopy(table, in: tx) else { return nil }
        var (found, last) = ([[StampedValue]](), Row?.none)
        let key = copy.keyPlaces
        while true {
            let page = try copy.page(after: last, in: tx)
            for row in page {
                var values = row.values.map(renames.stamped)
                for (place, value) in try own(row) { values[place] = value }
                // A row whose key stays the same belongs to all: it only happens to hold such a name.
                if !key.allSatisfy({ values[$0].isFixed }) { found.append(values) }
            }
            guard let end = page.last else { break }
            last = end
        }
        guard !found.isEmpty else { return nil }
        (self.table, target, rows, copies) = (table.name, "\(table.name) (\(copy.names))", found, renames.copies)
    }

    /// How many rows there will be.
    package var count: Int { rows.count * copies }

    /// The parts in which they are written, in the order of the key as far as copies allow.
    package var parts: [Range<Int>] {
        let step = max(Self.rowsMax / max(copies, 1), 1)
        return stride(from: 0, to: rows.count, by: step).map { $0..<min($0 + step, rows.count) }
    }

    /// All copies of the rows of a part.
    package func copies(of part: Range<Int>) -> [[SQLValue]] {
        var made: [[SQLValue]] = []
        made.reserveCapacity(part.count * copies)
        for row in rows[part] {
            for copy in stride(from: 1, through: copies, by: 1) { made.append(row.map { $0.value(in: copy) }) }
        }
        return made
    }

    /// Writes copies.
    package func load(_ made: [[SQLValue]], in tx: Transaction) throws { try tx.load(made, shaped: target) }

    /// Fills a table that stands in for an index anew.
    package static func refill(_ table: Table, in tx: Transaction) throws {
        guard let stand = table.stand, stand.dialect == tx.dialect,
            try !Shape.columns(of: table.name, in: tx).all.isEmpty
        else { return }
        try tx.execute(shaped: "DELETE FROM \(table.name)")
        try tx.define(stand.filling)
    }
}

/// The entries of the journal of what is copied.
package struct JournalStamp: Sendable {
    /// LIMIT: entries that are written and sealed in one transaction.
    package static let entriesMax = 16_384

    private struct Entry: Sendable {
        let entry: JournalEntry
        let actor: StampedValue
        let body: [StampedPiece]
        let personal: [StampedPiece]
    }

    private let entries: [Entry]
    private let renames: Renames

    /// Reads the journal of these subjects. `serial` says of an entry which number in its public part, after
    /// `"serial":`, is another one in copies.
    package init(
        _ renames: Renames, of subjects: [Subject], serial: (JournalEntry) -> (@Sendable (Int) -> Int)?,
        in tx: Transaction
    ) throws {
        var found: [Entry] = []
        for subject in subjects.sorted() {
            for entry in try Journal.entries(of: subject, in: tx) {
                var body = renames.pieces(of: entry.body)
                if let number = serial(entry) { body = Self.numbered(body, number) }
                found.append(
                    Entry(
                        entry: entry, actor: renames.stamped(entry.actor.sqlValue), body: body,
                        personal: entry.personal.map { renames.pieces(of: $0.bytes) } ?? []))
            }
        }
        (entries, self.renames) = (found, renames)
    }

    private static func numbered(
        _ pieces: [StampedPiece], _ number: @escaping @Sendable (Int) -> Int
    ) -> [StampedPiece] {
        let mark = Array("\"serial\":".utf8)
        return pieces.flatMap { piece -> [StampedPiece] in
            guard case .bytes(let bytes) = piece, let found = bytes.firstRange(of: mark) else { return [piece] }
            let end = bytes[found.upperBound...].firstIndex { !(48...57).contains($0) } ?? bytes.count
            return [
                .bytes(Array(bytes[..<found.upperBound])), .text { "\(number($0))" }, .bytes(Array(bytes[end...])),
            ]
        }
    }

    /// How many entries there will be.
    package var count: Int { entries.count * renames.copies }

    /// The parts in which they are written: whole lives of subjects, by rising ids as far as copies allow.
    package var parts: [Range<Int>] {
        let step = max(Self.entriesMax / max(renames.copies, 1), 1)
        var (parts, start) = ([Range<Int>](), 0)
        for place in entries.indices where place > start {
            let isNext = entries[place].entry.subject != entries[place - 1].entry.subject
            if isNext, place - start >= step {
                parts.append(start..<place)
                start = place
            }
        }
        if start < entries.count { parts.append(start..<entries.count) }
        return parts
    }

    /// All copies of a part, salted by the dice and hashed: copy after copy, each subject's entries in their order.
    package func copies(of part: Range<Int>, dice: Dice) throws -> PreparedEntries {
        var made: [JournalEntry] = []
        made.reserveCapacity(part.count * renames.copies)
        var start = part.lowerBound
        while start < part.upperBound {
            let subject = entries[start].entry.subject
            let end = entries[start..<part.upperBound].firstIndex { $0.entry.subject != subject } ?? part.upperBound
            for copy in stride(from: 1, through: renames.copies, by: 1) {
                for one in entries[start..<end] { made.append(try self.copy(of: one, copy, dice)) }
            }
            start = end
        }
        return PreparedEntries(made)
    }

    private func copy(of one: Entry, _ copy: Int, _ dice: Dice) throws -> JournalEntry {
        let entry = one.entry
        var actor = entry.actor
        if case .text(let renamed) = one.actor {
            guard let other = Actor(renamed(copy)) else { throw Fault.corrupt("an actor that is none") }
            actor = other
        }
        let place = JournalEntry.Place(
            renames.id(entry.subject, in: copy), sequence: entry.sequence, at: entry.at, actor: actor)
        let personal = entry.personal.map { _ in
            JournalEntry.Personal(salt: dice.bytes(16), bytes: StampedPiece.joined(one.personal, in: copy))
        }
        return JournalEntry(
            place, kind: entry.kind, version: entry.version, body: StampedPiece.joined(one.body, in: copy),
            personal: personal)
    }
}
