package import Store
package import Vocabulary

/// What happened about a bad review, under a subject of its own. Events are for ever.
package enum RectificationEvent: Hashable, Sendable, JournalEvent {
    case opened(Opened)
    /// Somebody called, or tried to, or could not because nobody left a name.
    case contacted(Contact, Words?)
    /// It was mended, or it was explained why the law gives no ground to.
    case rectified(Measure, Words?)
    /// Somebody else of the body found that it is not enough.
    case returned(Words?)
    /// Somebody else of the body found that it is done.
    case verified(Words?)
    /// 回访: how satisfied she is now; nil where nobody could be asked.
    case revisited(EvaluationGrade?, Words?)
    case appealed(Ground, Words?)
    /// The supervisor ruled on the appeal; what is upheld does not count in figures.
    case ruled(isUpheld: Bool, Words?)
    /// What was done, as the public reads it: without names.
    case published(Words?)
    /// The day of a term is over.
    case overdue(Term)

    /// The public part of `opened`.
    package struct Opened: Hashable, Sendable, Codable {
        package let evaluation: EvaluationID
        package let grade: EvaluationGrade
        package let place: EvaluationPlace
        /// The last days of the two terms.
        package let contactDue: CivilDate
        package let rectifyDue: CivilDate
    }

    /// What came of a call.
    package enum Contact: String, Sendable, Codable, CaseIterable {
        case reached, notReached, impossible
    }

    /// What was done.
    package enum Measure: String, Sendable, Codable, CaseIterable {
        case mended
        /// 缺乏法定依据的，做好解释说明.
        case explained
    }

    /// Why a review should not count.
    package enum Ground: String, Sendable, Codable, CaseIterable {
        case mistaken, malicious
    }

    /// What is to be done by a day.
    package enum Term: String, Sendable, Codable, CaseIterable {
        case contact, rectification
    }

    /// Free text, which can be forgotten.
    package struct Words: Hashable, Sendable, Codable {
        package let text: String

        /// Nil for nothing.
        package init?(_ text: String) {
            guard !text.allSatisfy(\.isWhitespace) else { return nil }
            self.text = text
        }
    }

    private struct Part: Codable {
        var contact: Contact?
        var measure: Measure?
        var grade: EvaluationGrade?
        var ground: Ground?
        var isUpheld: Bool?
        var term: Term?
    }
}

extension RectificationEvent {
    package static let version = 1
    static let openedKind = "rectification.opened"

    package var kind: String {
        switch self {
        case .opened: Self.openedKind
        case .contacted: "rectification.contacted"
        case .rectified: "rectification.rectified"
        case .returned: "rectification.returned"
        case .verified: "rectification.verified"
        case .revisited: "rectification.revisited"
        case .appealed: "rectification.appealed"
        case .ruled: "rectification.ruled"
        case .published: "rectification.published"
        case .overdue: "rectification.overdue"
        }
    }

    /// The platform opens it and says what is late.
    package var isByLaw: Bool {
        switch self {
        case .opened, .overdue: true
        default: false
        }
    }

    package func publicPart() throws -> [UInt8] {
        var part = Part()
        switch self {
        case .opened(let opened): return try CanonicalJSON.bytes(of: opened)
        case .contacted(let contact, _): part.contact = contact
        case .rectified(let measure, _): part.measure = measure
        case .revisited(let grade, _): part.grade = grade
        case .appealed(let ground, _): part.ground = ground
        case .ruled(let isUpheld, _): part.isUpheld = isUpheld
        case .overdue(let term): part.term = term
        case .returned, .verified, .published: break
        }
        return try CanonicalJSON.bytes(of: part)
    }

    /// What was written with it; nil where nothing was, or once it was erased.
    package var words: String? {
        switch self {
        case .contacted(_, let words), .rectified(_, let words), .returned(let words), .verified(let words),
            .revisited(_, let words), .appealed(_, let words), .ruled(_, let words), .published(let words):
            words?.text
        case .opened, .overdue: nil
        }
    }

    package func personalPart() throws -> [UInt8]? {
        try words.flatMap { Words($0) }.map { try CanonicalJSON.bytes(of: $0) }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        if entry.kind == Self.openedKind {
            self = .opened(try CanonicalJSON.value(in: entry.body))
            return
        }
        let part: Part = try CanonicalJSON.value(in: entry.body)
        let words: Words? = try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
        func said<Value>(_ value: Value?) throws -> Value {
            guard let value else { throw Fault.corrupt("\(entry.kind) says too little") }
            return value
        }
        switch entry.kind {
        case "rectification.contacted": self = .contacted(try said(part.contact), words)
        case "rectification.rectified": self = .rectified(try said(part.measure), words)
        case "rectification.returned": self = .returned(words)
        case "rectification.verified": self = .verified(words)
        case "rectification.revisited": self = .revisited(part.grade, words)
        case "rectification.appealed": self = .appealed(try said(part.ground), words)
        case "rectification.ruled": self = .ruled(isUpheld: try said(part.isUpheld), words)
        case "rectification.published": self = .published(words)
        case "rectification.overdue": self = .overdue(try said(part.term))
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
