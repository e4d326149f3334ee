import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/catalogue/{slug}/preview`: what applicants will read and be asked, before it is published. Nothing can
/// be sent from here.
struct SheetPreview {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        let kept = try await site.hall.sheet(try context.parameters.require("slug"))
        let visit = site.visit(context, .office)
        let words = visit.words
        let view = SheetView(kept, site, words)
        return .page(
            visit.page(
                words["preview.title"],
                crumbs: [
                    PageLink(words["nav.catalogue"], "/office/catalogue"),
                    PageLink(view.title, Paths.sheet(kept.sheet.slug)),
                ]
            ) { html in
                html.title(words["preview.title"], over: view.title)
                guard let guide = view.guides.first else {
                    return html.empty(words["preview.none"], words["preview.none-help"])
                }
                html.lead(words.promise(of: guide))
                html.note(words("preview.of", ["body": words.pick(guide.implementingBody)]))
                html.reading { html in
                    if !guide.situations.isEmpty { situations(&html, guide) }
                    for page in guide.form.pages { questions(&html, page, guide) }
                }
                html.elements(of: guide, site.tables, words)
            })
    }

    private func situations(_ html: inout HTML, _ guide: Guide) {
        let words = html.words
        html.heading(words["apply.situation"])
        html.disabled { html in
            for situation in guide.situations {
                html.field(
                    Field(
                        "situation-\(situation.id)", words.pick(situation.question),
                        .choice(
                            situation.choices.map {
                                Option($0.id, words.pick($0.label), hint: $0.note.map(words.pick) ?? "")
                            })))
            }
        }
    }

    /// A page of the form; a question that is not for everybody says for whom.
    private func questions(_ html: inout HTML, _ page: ApplicationForm.Page, _ guide: Guide) {
        let words = html.words
        html.heading(words.pick(page.title))
        html.disabled { html in
            for field in page.fields {
                html.field(field.asked(site.tables, words))
                var notes: [String] = []
                if !field.appliesWhen.isEmpty { notes.append(words.onlyNeeded(field.appliesWhen, in: guide)) }
                if let source = field.prefill?.source {
                    notes.append(words("preview.filled-from", ["source": name(source, words)]))
                }
                for note in notes { html.note(note) }
            }
        }
    }

    private func name(_ source: FormField.Prefill.Source, _ words: Words) -> String {
        switch source {
        case .account: words["apply.from-account"]
        case .certificate: words["apply.from-certificate"]
        case .earlier: words["apply.from-earlier"]
        case .register: words["apply.from-register"]
        }
    }
}

extension HTML {
    /// Writes fields that can be read and not be filled in.
    fileprivate mutating func disabled(content: (inout HTML) -> Void) {
        element("fieldset", .class("fields"), Attribute("disabled", ""), children: content)
    }
}
