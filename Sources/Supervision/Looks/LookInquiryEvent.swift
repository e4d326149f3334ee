package import Store
package import Vocabulary

/// What happened when somebody asked about a look, under a subject of its own. Events are for ever.
package enum LookInquiryEvent: Hashable, Sendable, JournalEvent {
    case asked(Asked, Words?)
    /// The head of the body answered.
    case answered(Verdict, Words?)
    /// Whoever asked is not content: it goes up to the supervisor.
    case contested(Words?)
    /// Nobody answered in time: the same.
    case escalated
    /// The supervisor decided.
    case ruled(Verdict, Words?)
    /// Whoever asked is content, or said nothing in time.
    case settled

    /// The public part of `asked`.
    package struct Asked: Hashable, Sendable, Codable {
        package let look: Subject
        package let looker: Actor
        /// Nil for a window, which works for all.
        package let body: CreditCode?
        package let region: Region
        /// Whose record it was, where she asked herself; nil where the supervisor asked.
        package let person: PersonID?
        /// The last day of the first answer; nil where nobody but the supervisor can give it.
        package let due: CivilDate?

        package init(
            _ look: Looks.Taken, in region: Region, by person: PersonID?, due: CivilDate?
        ) {
            (self.look, looker, body) = (look.id, look.look.actor, look.look.by.body)
            (self.region, self.person, self.due) = (region, person, due)
        }
    }

    /// What came of it.
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        case justified
        case unjustified = "not-justified"
    }

    /// Free text, which can be forgotten.
    package struct Words: Hashable, Sendable, Codable {
        package let text: String

        package init(_ text: String) { self.text = text }
    }

    private struct Part: Codable {
        var verdict: Verdict?
    }
}

extension LookInquiryEvent {
    package static let version = 1
    static let askedKind = "look-inquiry.asked"

    package var kind: String {
        switch self {
        case .asked: Self.askedKind
        case .answered: "look-inquiry.answered"
        case .contested: "look-inquiry.contested"
        case .escalated: "look-inquiry.escalated"
        case .ruled: "look-inquiry.ruled"
        case .settled: "look-inquiry.settled"
        }
    }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .asked(let asked, _): try CanonicalJSON.bytes(of: asked)
        case .answered(let verdict, _), .ruled(let verdict, _): try CanonicalJSON.bytes(of: Part(verdict: verdict))
        case .contested, .escalated, .settled: try CanonicalJSON.bytes(of: Part())
        }
    }

    /// What was written with it; nil where nothing was, or once it was erased.
    package var words: String? {
        switch self {
        case .asked(_, let words), .answered(_, let words), .contested(let words), .ruled(_, let words): words?.text
        case .escalated, .settled: nil
        }
    }

    package func personalPart() throws -> [UInt8]? {
        try words.map { try CanonicalJSON.bytes(of: Words($0)) }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        let words: Words? = try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
        if entry.kind == Self.askedKind {
            self = .asked(try CanonicalJSON.value(in: entry.body), words)
            return
        }
        let part: Part = try CanonicalJSON.value(in: entry.body)
        func verdict() throws -> Verdict {
            guard let verdict = part.verdict else { throw Fault.corrupt("\(entry.kind) says too little") }
            return verdict
        }
        switch entry.kind {
        case "look-inquiry.answered": self = .answered(try verdict(), words)
        case "look-inquiry.contested": self = .contested(words)
        case "look-inquiry.escalated": self = .escalated
        case "look-inquiry.ruled": self = .ruled(try verdict(), words)
        case "look-inquiry.settled": self = .settled
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
