import Catalogue
import Hummingbird

/// The applicant's situation as an address carries it: `?s.kind=first&s.filedBy=self`. Questions and answers that the
/// guide does not have are passed over, so that an address from an older version still opens.
struct AskedSituation: Sendable {
    /// What stands before the id of a question in addresses and forms.
    static let prefix = "s."

    /// The answers, by the id of their question.
    let choices: [String: String]
    private let guide: Guide

    init(_ request: Request, _ guide: Guide) {
        self.init(guide) { request.asked($0) }
    }

    /// The answers that a form sends on.
    init(_ form: PostedForm, _ guide: Guide) {
        self.init(guide) { form[$0] }
    }

    /// The answers that somebody gave elsewhere.
    init(_ given: [String: String], _ guide: Guide) {
        self.init(guide) { id in given[String(id.dropFirst(Self.prefix.count))] ?? "" }
    }

    private init(_ guide: Guide, _ asked: (String) -> String) {
        var choices: [String: String] = [:]
        for question in guide.situations {
            let answer = asked(Self.prefix + question.id)
            if question.choices.contains(where: { $0.id == answer }) { choices[question.id] = answer }
        }
        (self.choices, self.guide) = (choices, guide)
    }

    /// Whether anything is answered.
    var isAnswered: Bool { !choices.isEmpty }
    /// Whether nothing is left to ask.
    var isComplete: Bool { choices.count == guide.situations.count }

    /// The questions that are answered, each with its answer, in the order of the guide.
    var answers: [(question: Situation, choice: Situation.Choice)] {
        guide.situations.compactMap { question in
            question.choices.first { $0.id == choices[question.id] }.map { (question, $0) }
        }
    }

    /// The answers for an address, `?` included; empty when nothing is answered.
    var query: String { query(with: [:]) }

    /// The same with other answers to some questions.
    func query(with others: [String: String]) -> String {
        let said = choices.merging(others) { $1 }
        let parts = guide.situations.compactMap { question in
            said[question.id].map { Paths.query(Self.prefix + question.id) + "=" + Paths.query($0) }
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}

extension Words {
    /// In which situations something is asked for: `“由谁来办？”选“委托他人代办”`.
    func circumstances(_ conditions: [SituationCondition], in guide: Guide) -> String {
        conditions.map { condition in
            let question = guide.situations.first { $0.id == condition.situation }
            let answers = (question?.choices ?? []).filter { condition.choices.contains($0.id) }.map { pick($0.label) }
            return self(
                "situation.answered",
                [
                    "question": question.map { pick($0.question) } ?? condition.situation,
                    "answers": answers.joined(separator: self["situation.or"]),
                ])
        }.joined(separator: self["situation.and"])
    }

    /// The answers in one line: `“由谁来办？”选“委托他人代办”；…`.
    func situation(_ asked: AskedSituation) -> String {
        asked.answers.map { question, choice in
            self("situation.answered", ["question": pick(question.question), "answers": pick(choice.label)])
        }.joined(separator: self["situation.between"])
    }
}

extension HTML {
    /// Writes the questions about the situation as a form that asks for the same page again; what is answered is
    /// chosen. It works without a script, and its address can be kept and sent on.
    mutating func situationForm(_ guide: Guide, _ asked: AskedSituation, action: String) {
        element("form", .class("situation"), Attribute("method", "get"), .address("action", action)) { html in
            let words = html.words
            for question in guide.situations {
                let options = question.choices.map {
                    Option($0.id, words.pick($0.label), hint: $0.note.map(words.pick) ?? "")
                }
                html.field(
                    Field(
                        AskedSituation.prefix + question.id, words.pick(question.question), .choice(options),
                        answer: Answer(asked.choices[question.id] ?? "")))
            }
            html.button(words["situation.show"], .secondary)
        }
    }

    /// Writes the answers that a form sends on.
    mutating func hidden(_ asked: AskedSituation) {
        for (question, choice) in asked.answers {
            void(
                "input", Attribute("type", "hidden"), .data("name", AskedSituation.prefix + question.id),
                .data("value", choice.id))
        }
    }
}
