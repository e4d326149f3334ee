import Catalogue
import Hall
import Vocabulary

/// What can be done with a sheet now.
extension SheetView {
    func deeds(_ html: inout HTML, _ tokens: FormTokens) {
        let path = Paths.sheet(kept.sheet.slug)
        let revision = "\(kept.revision)"
        let giveBack = { (html: inout HTML) in
            html.unfold(words["sheet.give-back"], isOpen: withoutReason == "return") { html in
                html.form(path + "/return", tokens) { html in
                    html.hidden("revision", revision)
                    html.field(reason(of: "return", words["sheet.reason"], max: 500))
                    html.button(words["sheet.give-back"], .secondary)
                }
            }
        }
        switch kept.state {
        case .draft:
            guard isComplete else { return }
            html.deed(path + "/submission", tokens) { html in
                html.hidden("revision", revision)
                html.button(words["sheet.submit"], key: "a")
            }
        case .submitted:
            html.deed(path + "/approval", tokens) { html in
                html.hidden("revision", revision)
                html.button(words["sheet.approve"], key: "a")
            }
            giveBack(&html)
        case .approved:
            html.form(path + "/publication", tokens) { html in
                html.hidden("revision", revision)
                html.field(
                    Field(
                        "from", words["sheet.from"], .date,
                        answer: Answer(site.hall.time.now().day.description)))
                html.button(words["sheet.publish"], key: "a")
            }
            giveBack(&html)
        case .published: break
        }
    }

    /// The name of the field in which a deed says why; a page may have several.
    static func reason(of deed: String) -> String { "reason-" + deed }

    private func reason(of deed: String, _ label: String, max: Int) -> Field {
        var field = Field(Self.reason(of: deed), label, .multiline(max: max))
        if withoutReason == deed { field.answer.error = words["sheet.reason-missing"] }
        return field
    }

    /// Stops and ends what is published: each with what the public reads.
    func stops(_ html: inout HTML, _ standing: ItemStanding?, _ tokens: FormTokens) {
        switch standing?.state {
        case .inUse: stop(&html, "suspension", words["sheet.suspend"], words["sheet.suspend-help"], tokens)
        case .suspended:
            html.deed(Paths.sheet(kept.sheet.slug) + "/resumption", tokens) { html in
                html.hidden("revision", "\(kept.revision)")
                html.button(words["sheet.resume"], .secondary)
            }
            stop(&html, "cancellation", words["sheet.cancel"], words["sheet.cancel-help"], tokens)
        case .cancelled, nil: break
        }
    }

    private func stop(_ html: inout HTML, _ deed: String, _ title: String, _ help: String, _ tokens: FormTokens) {
        html.unfold(title, isOpen: withoutReason == deed) { html in
            html.paragraph(help)
            html.form(Paths.sheet(kept.sheet.slug) + "/" + deed, tokens) { html in
                html.hidden("revision", "\(kept.revision)")
                html.field(reason(of: deed, words["sheet.public-reason"], max: 300))
                html.button(title, .danger)
            }
        }
    }
}
