package import Vocabulary

/// Whose opinion is asked: a person's, or a body's, for which any of its examiners answers.
package enum Respondent: Hashable, Sendable, Codable {
    case officer(staff: StaffID)
    case body(code: CreditCode, region: Region)
}

/// What somebody thinks of it.
package enum OpinionAnswer: String, Sendable, Codable, CaseIterable {
    case agree, disagree, noComment
}

/// 会签: one question to several at once, each of whom answers by a day. Who is silent until then has no objection.
package struct OpinionRound: Hashable, Sendable {
    /// LIMIT: officers and bodies that one question goes to.
    package static let askedMax = 20

    /// The event that asked, by its number in the dossier.
    package let event: Int
    package let asked: [Respondent]
    /// The last day on which an answer counts.
    package let until: CivilDate
    package fileprivate(set) var answers: [Given] = []
    package fileprivate(set) var closedAt: Instant?
    /// Who had not answered when it was closed.
    package fileprivate(set) var silent: [Respondent] = []

    /// One answer.
    package struct Given: Hashable, Sendable {
        package let respondent: Respondent
        package let answer: OpinionAnswer
        package let by: StaffID?
        package let at: Instant
    }

    /// Who has not answered yet.
    package var awaited: [Respondent] {
        asked.filter { respondent in !answers.contains { $0.respondent == respondent } }
    }
}

extension [OpinionRound] {
    /// The one that waits for answers; nil when none does.
    package var open: OpinionRound? { last.flatMap { $0.closedAt == nil ? $0 : nil } }

    mutating func ask(_ asked: [Respondent], until: CivilDate, number: Int) {
        append(OpinionRound(event: number, asked: asked, until: until))
    }

    mutating func answer(_ given: OpinionRound.Given) throws {
        guard let index = openIndex else { throw Fault.corrupt("an opinion that nobody asked for") }
        self[index].answers.append(given)
    }

    mutating func close(silent: [Respondent], at: Instant) throws {
        guard let index = openIndex else { throw Fault.corrupt("opinions that nobody asked for") }
        self[index].closedAt = at
        self[index].silent = silent
    }

    private var openIndex: Int? { indices.last.flatMap { self[$0].closedAt == nil ? $0 : nil } }
}
