import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `/issuing`: what lies ready; found by code or number; handed over against the code or the identity card.
struct IssuingDesk {
    let site: Site

    func get(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let query = request.asked("q")
        if !query.isEmpty, let id = try await site.hall.dossier(numbered: query) {
            return .redirect(to: Paths.issuing(id), type: .normal)
        }
        let lines = try await site.hall.work(for: context.grants, power: .issue, at: [.issued])
        let visit = site.visit(context, .window)
        let rows = try await site.workRows(lines, visit.words)
        return .page(
            visit.page(visit.words["nav.issuing"]) { html in
                html.title(visit.words["nav.issuing"])
                var box = SearchBox(visit.words["issuing.find"], action: "/issuing")
                box.question = query
                html.search(box)
                if !query.isEmpty { html.banner(.warning, visit.words["issuing.not-found"]) }
                html.workTable(visit.words["nav.issuing"], rows, visit.words) { Paths.issuing($0) }
            })
    }

    func show(_ request: Request, _ context: IssuerContext) async throws -> Response {
        try await page(context, hasError: false)
    }

    /// `POST /issuing/dossiers/{id}/hand-over`.
    func handOver(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let view = try await open(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let proof: HandOverProof = form["proof"] == "card" ? .identityCard : .pickUpCode
        guard proof == .identityCard || view.dossier.opens(with: form["code"], key: site.accountKey) else {
            return try await page(context, hasError: true)
        }
        do {
            _ = try await site.hall.perform(
                .handOver(proof, recipient: form["recipient"]), on: view.dossier.id, by: context.performer(site),
                attempt: attempt, for: try form.served())
            return .seeOther("/issuing")
        } catch let refusal as QueueRefusal {
            return try await page(context, hasError: false, refused: refusal)
        }
    }

    private func open(_ context: IssuerContext) async throws -> DossierView {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        let opened = try await site.hall.open(id, by: context.guest, with: [.issue], purpose: "issuing")
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .window).words, isForStaff: true)
    }

    private func page(
        _ context: IssuerContext, hasError: Bool, refused: QueueRefusal? = nil
    ) async throws -> Response {
        let view = try await open(context)
        let served = refused == nil ? try await site.hall.servedTicket(of: context.guest) : nil
        let visit = site.visit(context, .window)
        let words = visit.words
        let isReady = if case .issued = view.dossier.stage { true } else { false }
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.issuing"], "/issuing")],
                hasErrors: hasError || refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(view.title, over: view.dossier.submitted.terms.bodyName)
                html.columns { html in
                    view.facts(&html, withPassword: false)
                } aside: { html in
                    html.served(served)
                    guard isReady else { return html.note(words["window.nothing"]) }
                    html.card(words["issuing.hand-over"]) { html in
                        if hasError { html.banner(.error, words["issuing.wrong-code"]) }
                        html.form(
                            Paths.issuing(view.dossier.id) + "/hand-over",
                            site.tokens(context).serving(served?.id.description)
                        ) { html in
                            html.field(
                                Field(
                                    "proof", words["issuing.proof"],
                                    .choice([
                                        Option("code", words["issuing.by-code"]),
                                        Option("card", words["issuing.by-card"]),
                                    ]), answer: Answer("code")))
                            html.field(
                                Field("code", words["issuing.code"], .text(max: 6)).with { $0.isOptional = true })
                            html.field(Field("recipient", words["issuing.recipient"], .text(max: 120)))
                            html.button(words["issuing.hand-over"], key: "h")
                        }
                    }
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? (hasError ? .init(code: 422) : .ok))
    }
}

extension Dossier {
    /// Whether the code opens the result; where nothing lies ready under a code, none is asked for.
    func opens(with code: String, key: AccountKey) -> Bool {
        guard case .issued(_, _, let wanted?) = stage else { return true }
        return key.isSame(code, as: wanted)
    }
}
