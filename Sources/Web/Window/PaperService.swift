import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
import Hummingbird
import Papers
import Vocabulary

/// `/window/dossiers/{id}/papers/{paper}`: a paper to print and hand over; `POST …/service` writes down that somebody
/// took it, which makes its proof of service.
struct PaperService {
    let site: Site

    /// Ways to serve a paper that a window has: all but the electronic one, which is the applicant's first look.
    private static let modes = ServingMode.allCases.filter { $0 != .electronic }

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await WindowDossier(site: site).open(context, purpose: .paper)
        let paper = try await DossierPaper(site, view.dossier.id, try context.parameters.require("paper"))
        let words = view.words
        let path = Paths.window(view.dossier.id)
        let isOpen = try paper.paper.kind().isServed && paper.paper.service == nil && !paper.paper.isVoided
        return try await paper.response(
            request, site.visit(context, .window), for: .staff(context.staff.id), back: path
        ) { html in
            guard isOpen else { return }
            html.card(words["paper.serve"]) { html in
                html.note(words["paper.serve-help"])
                html.form("\(path)/papers/\(paper.paper.id)/service", site.tokens(context)) { html in
                    fields(&html, words, view.dossier.personal?.applicantName ?? "", place(context, words))
                    html.button(words["paper.serve"], key: "s")
                }
            }
        }
    }

    private func fields(_ html: inout HTML, _ words: Words, _ applicant: String, _ place: String) {
        html.field(
            Field(
                "mode", words["paper.serve-mode"],
                .choice(Self.modes.map { Option($0.rawValue, words[$0.word]) }), answer: Answer("direct")))
        html.field(Field("recipient", words["paper.recipient"], .text(max: 120), answer: Answer(applicant)))
        html.field(Field("place", words["paper.place"], .text(max: 120), answer: Answer(place)))
        html.field(
            Field("witness", words["paper.witness"], .text(max: 120), hint: words["paper.witness-help"])
                .with { $0.isOptional = true })
        html.field(Field("note", words["paper.note"], .text(max: 500)).with { $0.isOptional = true })
    }

    private func place(_ context: ClerkContext, _ words: Words) -> String {
        let region = site.regions.entry(context.staff.region).map { words.pick($0.name, $0.nameEnglish) } ?? ""
        return words("paper.window-of", ["place": region])
    }

    /// `POST …/service`.
    func post(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let view = try await WindowDossier(site: site).open(context, purpose: .paper)
        let dossier = view.dossier.id
        guard let id = PaperID(try context.parameters.require("paper")) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]), let mode = ServingMode(rawValue: form["mode"]),
            Self.modes.contains(mode)
        else { throw DoorRefusal.malformedForm }
        let actor = Actor.staff(context.staff.id)
        let server = context.staff.name?.text ?? context.staff.employeeNumber.text
        try await site.hall.serve(
            id, of: dossier, PaperEvent.Served(mode: mode, servedAt: site.hall.time.now(), server: actor),
            PaperEvent.Handing(
                recipient: form["recipient"], place: form["place"], server: server,
                witness: form["witness"].isEmpty ? nil : form["witness"],
                note: form["note"].isEmpty ? nil : form["note"]),
            by: actor, attempt: attempt, printer: site.press.printedInSong)
        return .seeOther(Paths.window(dossier))
    }
}
