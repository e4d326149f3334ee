import Accounts
import Certificates
import Hall
import Hummingbird
import Vocabulary

/// `/window/presented` and `/office/presented`: a member of staff types or scans the code that a holder shows, says
/// what for, and sees the certificate as it stands.
struct PresentedPage<Context: StaffContext> {
    let site: Site
    let door: Door
    /// `/window/presented` or `/office/presented`.
    let path: String

    func get(_ request: Request, _ context: Context) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// Writes the look down and leads to what is shown; a wrong code comes back with the purpose that was typed, a
    /// wrong purpose with the code.
    func post(_ request: Request, _ context: Context) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let showing = try await site.hall.look(
                at: form["code"], purpose: form["purpose"], by: context.guest, from: context.site.peer,
                key: site.accountKey, attempt: attempt)
            return .seeOther("\(path)/\(showing)")
        } catch let refusal as PresentationRefusal {
            return try await show(context, refused: (refusal, form))
        }
    }

    /// `GET …/{showing}`: what was shown, for half an hour, to her who looked.
    func shown(_ request: Request, _ context: Context) async throws -> Response {
        guard let id = ShowingID(try context.parameters.require("showing")) else { throw DoorRefusal.noSuchPage }
        let (showing, opened) = try await site.hall.shown(id, to: context.guest)
        let visit = site.visit(context, door)
        let words = visit.words
        let view = CertificateView(opened, today: site.hall.time.now().day, words)
        return .page(
            visit.page(view.title, crumbs: [PageLink(words["presented.title"], path)]) { html in
                html.reading { html in
                    html.title(view.title, over: view.issuer)
                    view.standing(&html)
                    view.facts(&html)
                    html.element("p") { html in
                        html.text(words["presented.noted"])
                        html.raw(" ")
                        html.moment(showing.at)
                        html.text(" · " + showing.purpose)
                    }
                    html.buttonLink(words["presented.next"], path, .primary, key: "n")
                }
            })
    }

    private func show(_ context: Context, refused: (refusal: PresentationRefusal, form: PostedForm)?) async throws
        -> Response
    {
        let lines = try await site.hall.shown(to: context.guest)
        let visit = site.visit(context, door)
        let words = visit.words
        let sentence = refused.map { site.refusals[$0.refusal.code, words] }
        // A code that is right is not typed again because something else is missing.
        let isOfPurpose = [.purposeMissing, .purposeTooLong].contains(refused?.refusal)
        let code = isOfPurpose ? refused?.form["code"] ?? "" : ""
        return .page(
            visit.page(words["presented.title"], hasErrors: refused != nil) { html in
                html.title(words["presented.title"])
                html.lead(words["presented.lead"])
                if let sentence { html.banner(.error, sentence.what) { $0.paragraph(sentence.mend) } }
                html.form(path, site.tokens(context)) { html in
                    html.field(
                        Field(
                            "code", words["presented.code"], .text(max: PresentationCode.typedCharactersMax),
                            hint: words["presented.code-hint"], answer: Answer(code)))
                    html.field(
                        Field(
                            "purpose", words["presented.purpose"], .text(max: Showing.purposeCharactersMax),
                            hint: words["presented.purpose-hint"], answer: Answer(refused?.form["purpose"] ?? "")))
                    html.button(words["presented.look"], key: "s")
                }
                html.heading(words["presented.mine"])
                table(&html, lines)
            }, status: refused.map { .init(code: $0.refusal.kind.rawValue) } ?? .ok)
    }

    private func table(_ html: inout HTML, _ lines: [(showing: Showing, kind: CertificateKind?)]) {
        let words = html.words
        html.table(
            words["presented.mine"],
            [Column(words["presented.at"]), Column(words["column.certificate"]), Column(words["presented.purpose"])],
            lines
        ) { html in
            html.empty(html.words["presented.none"], html.words["presented.none-help"])
        } row: { html, line in
            html.row { html in
                html.cell { $0.moment(line.showing.at) }
                html.cell(words.pick(line.kind?.name ?? "—", line.kind?.nameEnglish))
                html.cell(line.showing.purpose)
            }
        }
    }
}
