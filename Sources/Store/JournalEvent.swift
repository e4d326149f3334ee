package import Vocabulary

/// A room's event, as it writes itself into the journal.
package protocol JournalEvent: Sendable {
    /// `room.what`, never renamed.
    var kind: String { get }
    /// The version of the meaning that is written today.
    static var version: Int { get }
    /// Whether the law or the platform acted, not the person who gave the command.
    var isByLaw: Bool { get }
    /// One JSON object without names, numbers, addresses or free text.
    func publicPart() throws -> [UInt8]
    /// Everything else, as JSON; nil when there is none.
    func personalPart() throws -> [UInt8]?
}

extension JournalEvent {
    package var isByLaw: Bool { false }
}

/// When, by whom and with which random bytes something is done.
package struct Stamp: Sendable {
    package let now: Instant
    package let actor: Actor
    package let entropy: Entropy

    package init(now: Instant, actor: Actor, entropy: Entropy) {
        self.now = now
        self.actor = actor
        self.entropy = entropy
    }
}

extension Stamp {
    /// The id of what a command makes for a purpose: the same again when the transaction is replayed. Of two made in
    /// one millisecond the one with the lower order, 0...4095, comes first.
    package func id(for purpose: String, order: Int = 0) -> Subject {
        let random = entropy.salt(for: purpose).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let high = UInt64(bitPattern: now.milliseconds) << 16 | 0x7000 | UInt64(order & 0xFFF)
        return Subject(high: high, low: random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}

/// Entries that are encoded, salted and hashed, so that the transaction has nothing to do but to write them. There is
/// one writer for all commands of an embedded database; what is made ready before it is made by the other processors.
package struct PreparedEntries: Sendable {
    let rows: [(entry: JournalEntry, leaf: [UInt8])]

    /// Entries that a room made itself.
    package init(_ entries: [JournalEntry]) {
        rows = entries.map { ($0, $0.leaf) }
    }

    /// A room's events for a subject that stands at `sequence` (0 for a new one), by the actor of the stamp or by the
    /// law.
    package init(
        _ events: [some JournalEvent], to subject: Subject, after sequence: Int, stamp: Stamp
    ) throws {
        self.init(try events.enumerated().map { try Self.entry($1, of: subject, sequence + $0 + 1, stamp) })
    }

    private static func entry<Event: JournalEvent>(
        _ event: Event, of subject: Subject, _ sequence: Int, _ stamp: Stamp
    ) throws -> JournalEntry {
        let personal = try event.personalPart().map { bytes in
            JournalEntry.Personal(salt: stamp.entropy.salt(for: "\(subject)-\(sequence)"), bytes: bytes)
        }
        let place = JournalEntry.Place(
            subject, sequence: sequence, at: stamp.now, actor: event.isByLaw ? .platform : stamp.actor)
        return JournalEntry(
            place, kind: event.kind, version: Event.version, body: try event.publicPart(), personal: personal)
    }
}

extension Journal {
    /// Makes a room's events ready and writes them.
    package static func append(
        _ events: [some JournalEvent], to subject: Subject, after sequence: Int, stamp: Stamp, in tx: Transaction
    ) throws {
        try append(PreparedEntries(events, to: subject, after: sequence, stamp: stamp), in: tx)
    }
}
