package import Store
package import Vocabulary

/// What somebody wants to say about a service.
package struct EvaluationDraft: Hashable, Sendable {
    package var grade: EvaluationGrade?
    /// Codes of phrases of the same grade.
    package var tags: [String] = []
    package var indicators: [EvaluationIndicator: EvaluationGrade] = [:]
    package var words = ""
    package let channel: EvaluationChannel
    /// Who judges; nil for somebody who does not say it.
    package var person: PersonID?
    /// Where she may be called back; nil where she leaves none.
    package var mobile: MobileNumber?

    package init(_ grade: EvaluationGrade?, by channel: EvaluationChannel) {
        (self.grade, self.channel) = (grade, channel)
    }
}

/// What happened to an evaluation, under its own subject: it is given, and nobody ever changes it.
package enum EvaluationEvent: Hashable, Sendable, JournalEvent {
    case given(Given, Personal?)

    /// The public part.
    package struct Given: Hashable, Sendable, Codable {
        package let occasion: EvaluationOccasion
        package let grade: EvaluationGrade
        package let tags: [String]
        package let indicators: [EvaluationIndicator: EvaluationGrade]
        package let channel: EvaluationChannel
        package let place: EvaluationPlace
        /// Whether she left neither a name nor a number, so that nobody can be called back.
        package let isAnonymous: Bool
    }

    /// What can be forgotten: the words, and who judged.
    package struct Personal: Hashable, Sendable, Codable {
        package let words: String?
        package let person: PersonID?
        package let mobile: MobileNumber?

        /// Nil where nothing was said.
        package init?(words: String?, person: PersonID?, mobile: MobileNumber?) {
            guard words != nil || person != nil || mobile != nil else { return nil }
            (self.words, self.person, self.mobile) = (words, person, mobile)
        }
    }
}

extension EvaluationEvent {
    package static let version = 1
    static let givenKind = "evaluation.given"

    package var kind: String { Self.givenKind }

    package func publicPart() throws -> [UInt8] {
        switch self {
        case .given(let given, _): try CanonicalJSON.bytes(of: given)
        }
    }

    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .given(_, let personal): try personal.map { try CanonicalJSON.bytes(of: $0) }
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version, entry.kind == Self.givenKind else {
            throw Fault.corrupt("\(entry.kind) version \(entry.version)")
        }
        self = .given(
            try CanonicalJSON.value(in: entry.body), try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) })
    }
}

/// 好差评: one evaluation as it was given.
package struct Evaluation: Hashable, Sendable {
    package let id: EvaluationID
    package let given: EvaluationEvent.Given
    /// Nil where nothing personal was said, or once it was erased.
    package let personal: EvaluationEvent.Personal?
    package let givenAt: Instant
    /// Who entered it: a member of staff, or the platform for whoever judged herself.
    package let enteredBy: Actor

    package init(_ id: EvaluationID, _ entry: JournalEntry) throws {
        guard case .given(let given, let personal) = try EvaluationEvent(entry) else {
            throw Fault.corrupt("evaluation \(id) was not given")
        }
        (self.id, self.given, self.personal) = (id, given, personal)
        (givenAt, enteredBy) = (entry.at, entry.actor)
    }

    /// Whether nobody can be called back.
    package var isUnreachable: Bool { given.isAnonymous }
}
