import Store
import Vocabulary

/// A family of events that belongs to one matter of a dossier (a hearing, an extension) and writes itself.
protocol DossierEventPart: Hashable, Sendable {
    /// The kinds of the family, `dossier.what`: never renamed.
    static var kinds: [String] { get }
    var kind: String { get }
    /// What stands in the public part.
    var open: any Encodable { get }
    /// What stands in the personal part; nil where there is none.
    var personal: (any Encodable)? { get }
    /// Reads an event of the family; nil for a kind of another one.
    init?(_ kind: String, _ parts: DossierEventParts) throws
}

extension DossierEventPart {
    var personal: (any Encodable)? { nil }
}

/// An event's parts as they were written.
struct DossierEventParts {
    private let entry: JournalEntry

    init(_ entry: JournalEntry) {
        self.entry = entry
    }

    func open<Value: Decodable>() throws -> Value { try CanonicalJSON.value(in: entry.body) }

    /// Nil where there was none, or where it was forgotten.
    func personal<Value: Decodable>() throws -> Value? {
        try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
    }

    func workingDays(_ count: Int) throws -> WorkingDays {
        guard count >= 0 else { throw Fault.corrupt("a negative number of working days") }
        return WorkingDays(count)
    }
}

/// The public part of an event that says nothing but that it happened.
struct Nothing: Codable {}
