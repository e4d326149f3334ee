import Hall
import Hummingbird
import Supervision
import Vocabulary

/// 评价: five choices first, then what goes with the one that was chosen. It works without a script: each step is an
/// address.
struct EvaluationForm: Sendable {
    let site: Site
    /// Where the form is posted to and its first step stands.
    let path: String
    let standing: OccasionStanding
    /// What whoever judges is told of who sees it.
    var askedForMobile = true
    /// Fields that go along, such as the channel that a clerk named.
    var kept: [(name: String, value: String)] = []

    /// What was sent; refuses a number that is none.
    static func draft(
        _ form: PostedForm, _ channel: EvaluationChannel, person: PersonID? = nil
    ) throws -> EvaluationDraft {
        var draft = EvaluationDraft(Int(form["grade"]).flatMap(EvaluationGrade.init(rawValue:)), by: channel)
        draft.tags = form.all("tags")
        draft.words = form["words"]
        for (name, value) in form.group("indicator-") where !value.isEmpty {
            guard let indicator = EvaluationIndicator(rawValue: name), let star = Int(value),
                let grade = EvaluationGrade(rawValue: star)
            else { throw DoorRefusal.malformedForm }
            draft.indicators[indicator] = grade
        }
        if form["anonymous"].isEmpty { draft.person = person }
        guard !form["mobile"].isEmpty else { return draft }
        guard let mobile = MobileNumber(form["mobile"]) else { throw EvaluationRefusal.mobileUnfit }
        draft.mobile = mobile
        return draft
    }

    /// The address of the second step.
    func address(_ grade: EvaluationGrade) -> String {
        let query = ["grade=\(grade.rawValue)"] + kept.map { "\($0.name)=\(Paths.query($0.value))" }
        return path + (path.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    /// Writes the step that is due: thanks, why not, five choices, or the rest.
    func write(
        _ html: inout HTML, grade: EvaluationGrade?, _ tokens: FormTokens, refused: (any Refusal)? = nil,
        typed: PostedForm? = nil
    ) {
        let words = html.words
        if standing.isJudged {
            return html.banner(.success, words["evaluation.thanks"]) { $0.paragraph(words["evaluation.thanks-help"]) }
        }
        if let closed { return html.refused(closed, site) }
        html.refused(refused, site)
        guard let grade else { return choices(&html) }
        details(&html, grade, tokens, typed)
    }

    /// Why it cannot be judged now; nil where it can.
    var closed: EvaluationRefusal? {
        do {
            try site.hall.judging.requireOpen(standing, at: site.hall.time.now())
            return nil
        } catch { return error }
    }

    private func choices(_ html: inout HTML) {
        let words = html.words
        html.lead(words["evaluation.question"])
        html.buttons { html in
            for grade in EvaluationGrade.allCases.reversed() {
                html.buttonLink("\(words[grade.word]) \(grade.stars)", address(grade))
            }
        }
        html.note(words["evaluation.voluntary"])
    }

    private func details(
        _ html: inout HTML, _ grade: EvaluationGrade, _ tokens: FormTokens, _ typed: PostedForm?
    ) {
        let words = html.words
        html.lead("\(words[grade.word]) \(grade.stars)")
        html.back(path + query)
        html.form(path, tokens) { html in
            html.hidden("grade", "\(grade.rawValue)")
            for (name, value) in kept { html.hidden(Self.name(name), value) }
            let tags = site.hall.judging.tags.of(grade)
            var answer = Answer()
            answer.values = typed?.all("tags") ?? []
            html.field(
                Field(
                    "tags", words["evaluation.tags"], .choices(tags.map { Option($0.code, $0.label) }), answer: answer
                )
                .with { $0.isOptional = true })
            html.field(
                Field(
                    "words", words["evaluation.words"], .multiline(max: EvaluationRules.wordsMax),
                    hint: words["evaluation.words-help"], answer: Answer(typed?["words"] ?? "")
                ).with { $0.isOptional = true })
            indicators(&html, typed)
            if askedForMobile {
                html.field(
                    Field(
                        "mobile", words["evaluation.mobile"], .phone, hint: words["evaluation.mobile-help"],
                        answer: Answer(typed?["mobile"] ?? "")
                    ).with { $0.isOptional = true })
            } else {
                html.field(
                    Field(
                        "anonymous", words["evaluation.anonymous"],
                        .choices([Option("yes", words["evaluation.anonymous-yes"])])
                    )
                    .with { $0.isOptional = true })
            }
            html.button(words["evaluation.send"])
        }
        html.note(words["evaluation.unseen"])
    }

    private var query: String {
        let query = kept.map { "\($0.name)=\(Paths.query($0.value))" }
        return query.isEmpty ? "" : (path.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    private static func name(_ name: String) -> StaticString {
        switch name {
        case "number": "number"
        case "day": "day"
        case "window": "window"
        default: "channel"
        }
    }

    private func indicators(_ html: inout HTML, _ typed: PostedForm?) {
        let words = html.words
        html.unfold(words["evaluation.indicators"]) { html in
            for indicator in EvaluationIndicator.all(of: standing.occasion.kind) {
                let name = "indicator-\(indicator.rawValue)"
                html.field(
                    Field(
                        name, words[indicator.word],
                        .list(
                            EvaluationGrade.allCases.reversed().map {
                                Option("\($0.rawValue)", "\($0.stars) \(words[$0.word])")
                            }), answer: Answer(typed?[name] ?? "")
                    ).with { $0.isOptional = true })
            }
        }
    }
}

/// The grade that an address or a form names; nil for none.
extension Request {
    var askedGrade: EvaluationGrade? { Int(asked("grade")).flatMap(EvaluationGrade.init(rawValue:)) }
}

extension PostedForm {
    var grade: EvaluationGrade? { Int(self["grade"]).flatMap(EvaluationGrade.init(rawValue:)) }
}
