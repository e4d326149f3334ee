package import Store
package import Vocabulary

/// What somebody says in an order. Free text is in the part that can be forgotten.
package struct OrderWords: Hashable, Sendable, Codable {
    package let text: String
    /// What was done, as an answer says it.
    package let done: String?

    package init(_ text: String, done: String? = nil) {
        (self.text, self.done) = (text, done)
    }

    /// The words of an entry; nil once they were forgotten.
    init?(_ entry: JournalEntry) throws {
        guard let personal = entry.personal else { return nil }
        self = try CanonicalJSON.value(in: personal.bytes)
    }
}

/// What happened to a supervision order. The words are nil once they were forgotten.
package enum OrderEvent: Hashable, Sendable {
    case issued(Issued, OrderWords?)
    case answered(OrderWords?)
    case accepted(OrderWords?)
    case sentBack(until: CivilDate, OrderWords?)
    case appealed(OrderWords?)
    /// The appeal failed: it is to be answered by another day.
    case upheld(until: CivilDate, OrderWords?)
    case withdrawn(OrderWords?)
    case escalated(Escalation)

    /// With what an order begins.
    package struct Issued: Hashable, Sendable, Codable {
        package let matter: SupervisedCase
        /// The finding that it is about, and its rule; nil for a case as a whole.
        package let finding: FindingID?
        package let rule: FindingRule?
        /// The number of the case and the how-manieth order about it.
        package let number: String
        /// Working days for the answer, and until it goes up one step more.
        package let days: Int
        package let due: CivilDate

        /// The how-manieth order about its case: with it the number ends.
        var ordinal: Int? { Int(number.dropFirst(matter.number.count + 1)) }
    }

    /// One step up.
    package struct Escalation: Hashable, Sendable, Codable {
        /// 1 for the first.
        package let level: Int
        /// Whose head of the government is told.
        package let region: Region
        /// When it goes up again; nil at the top.
        package let next: CivilDate?
    }

    package var words: OrderWords? {
        switch self {
        case .issued(_, let words), .answered(let words), .accepted(let words), .sentBack(_, let words),
            .appealed(let words), .upheld(_, let words), .withdrawn(let words):
            words
        case .escalated: nil
        }
    }
}

extension OrderEvent: JournalEvent {
    private struct Until: Codable { let due: CivilDate }

    package static let version = 1
    static let firstKind = "order.issued"

    package var kind: String {
        switch self {
        case .issued: Self.firstKind
        case .answered: "order.answered"
        case .accepted: "order.accepted"
        case .sentBack: "order.sent-back"
        case .appealed: "order.appealed"
        case .upheld: "order.upheld"
        case .withdrawn: "order.withdrawn"
        case .escalated: "order.escalated"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .issued(let issued, _): try CanonicalJSON.bytes(of: issued)
        case .sentBack(let day, _), .upheld(let day, _): try CanonicalJSON.bytes(of: Until(due: day))
        case .escalated(let step): try CanonicalJSON.bytes(of: step)
        case .answered, .accepted, .appealed, .withdrawn: Array("{}".utf8)
        }
    }

    package func personalPart() throws -> [UInt8]? { try words.map { try CanonicalJSON.bytes(of: $0) } }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        let words = try OrderWords(entry)
        func until() throws -> CivilDate { try CanonicalJSON.value(Until.self, in: entry.body).due }
        switch entry.kind {
        case Self.firstKind: self = .issued(try CanonicalJSON.value(in: entry.body), words)
        case "order.answered": self = .answered(words)
        case "order.accepted": self = .accepted(words)
        case "order.sent-back": self = .sentBack(until: try until(), words)
        case "order.appealed": self = .appealed(words)
        case "order.upheld": self = .upheld(until: try until(), words)
        case "order.withdrawn": self = .withdrawn(words)
        case "order.escalated": self = .escalated(try CanonicalJSON.value(in: entry.body))
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
