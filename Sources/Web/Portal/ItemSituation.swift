import Catalogue
import Hall
import Vocabulary

extension HTML {
    /// Writes the questions about the situation, or what was answered with the ways to change it and to see everything.
    /// `address` is the page that asks; the item's own where none is named.
    mutating func situation(_ item: ItemVersion, _ asked: AskedSituation, at address: String? = nil) {
        let guide = item.guide
        guard !guide.situations.isEmpty else { return }
        let own = address ?? Paths.item(item.itemCode)
        let action = address ?? own + "#needs"
        guard asked.isComplete else {
            card(words["situation.ask"]) { html in
                html.note(html.words["situation.ask-help"])
                html.situationForm(guide, asked, action: action)
            }
            return
        }
        card(words["apply.situation"]) { html in
            let words = html.words
            html.summary(
                asked.answers.map { SummaryRow(words.pick($0.question.question), words.pick($0.choice.label)) })
            html.unfold(words["situation.change"]) { $0.situationForm(guide, asked, action: action) }
            html.element("p") { $0.link(PageLink(words["situation.everything"], own)) }
        }
    }
}

extension Words {
    /// How many of the materials and questions apply to the answers.
    func applying(_ asked: AskedSituation, _ guide: Guide) -> String {
        let materials = guide.materials.filter { $0.appliesWhen.mayHold(for: asked.choices) }.count
        let fields = guide.form.pages(stillOpenIn: asked.choices).flatMap(\.fields).count
        let values: KeyValuePairs = [
            "some": "\(materials)", "all": "\(guide.materials.count)", "asked": "\(fields)",
            "questions": "\(guide.form.fields.count)",
        ]
        return asked.isComplete ? self("situation.applies", values) : self("situation.may-apply", values)
    }

    /// `只在“由谁来办？”选“委托他人代办”时需要`.
    func onlyNeeded(_ conditions: [SituationCondition], in guide: Guide) -> String {
        self("need.only-when", ["when": circumstances(conditions, in: guide)])
    }
}

extension Guide {
    /// The steps as a picture, with the special procedures that stop the clock beside the step before the decision.
    func picture(_ tables: CodeTables, _ words: Words) -> StepPicture {
        let steps = standard.procedureSteps.map { step in
            StepPicture.Step(words.pick(step.name), who: words.pick(step.operatorRole), limit: words.span(step.limit))
        }
        let stopping = standard.specialProcedures.filter { !$0.countsInLimit }
        let decision = standard.procedureSteps.firstIndex { $0.kind == .decide } ?? steps.count
        let lines = stopping.map { procedure in
            words(
                "steps.stopping",
                ["name": words.pick(tables.label(procedure.kind)), "limit": words.span(procedure.limit)])
        }
        let aside = lines.isEmpty || steps.isEmpty ? nil : (max(0, decision - 1), [words["steps.stops"]] + lines)
        return StepPicture(words["item.steps"], steps, aside: aside)
    }

    /// What is examined at each step and what comes of it.
    func stepEvents(_ words: Words) -> [TimelineEvent] {
        standard.procedureSteps.map { step in
            TimelineEvent(
                .open, words.pick(step.name), state: .ahead,
                detail: words(
                    "steps.detail", ["check": words.pick(step.reviewStandard), "result": words.pick(step.result)]))
        }
    }
}
