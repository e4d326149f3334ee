import Accounts
import Catalogue
import Hummingbird
import Vocabulary

/// What the two pages share on which staff file for somebody: the situation, then the form that it asks for.
extension HTML {
    /// Writes the questions about the situation, each with what was chosen; nothing where the guide asks none. `person`
    /// is kept beside them.
    mutating func situations(
        _ guide: Guide, chosen: [String: String], at path: String, person: PersonID? = nil
    ) {
        guard !guide.situations.isEmpty else { return }
        card(words["apply.situation"]) { html in
            let words = html.words
            html.element(
                "form", Attribute("method", "get"), .address("action", path), .flag("data-flow")
            ) { html in
                if let person { html.hidden("person", person.description) }
                for situation in guide.situations {
                    html.field(
                        Field(
                            "situation-\(situation.id)", words.pick(situation.question),
                            .choice(situation.choices.map { Option($0.id, words.pick($0.label)) }),
                            answer: Answer(chosen[situation.id] ?? "")))
                }
                html.button(words["intake.show-form"], .secondary, key: "f")
            }
        }
    }

    /// Writes what was chosen into the form that follows.
    mutating func hidden(situation: [String: String]) {
        for (id, choice) in situation.sorted(by: { $0.key < $1.key }) {
            void("input", Attribute("type", "hidden"), .data("name", "situation-\(id)"), .data("value", choice))
        }
    }

    /// Writes the questions of the form in this situation, with their answers and what is wrong with them.
    mutating func questions(
        _ guide: Guide, in situation: [String: String], answers: [String: String], _ errors: [FieldError],
        _ tables: CodeTables
    ) {
        let words = words
        for page in guide.form.pages(for: situation) {
            fields(words.pick(page.title)) { html in
                for field in page.fields {
                    html.field(
                        field.asked(tables, words, name: "answer-\(field.id)").with { asked in
                            asked.answer = .of(field, answers[field.id] ?? "")
                            asked.answer.error = errors.first { $0.field == "answer-\(field.id)" }?.sentence
                        })
                }
            }
        }
    }
}

extension Request {
    /// The situation as it was chosen on such a page.
    var situation: [String: String] {
        let prefix = "situation-"
        var chosen: [String: String] = [:]
        for (name, value) in uri.queryParameters where name.hasPrefix(prefix) {
            chosen[String(name.dropFirst(prefix.count))] = String(value)
        }
        return chosen
    }
}
