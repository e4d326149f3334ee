import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
package import Vocabulary

/// `/lookup`: how a dossier stands, for whoever holds its slip: number and password.
struct LookupPage {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        show(context, nil, number: "", hasError: false)
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        let number = form["number"]
        guard try await site.hall.mayLookUp(number, from: context.peer, key: site.accountKey) else {
            throw LookupRefusal.tooMany
        }
        let id = try await site.hall.dossier(numbered: number)
        let opened = try await id.asyncMap { try await site.hall.open($0) }
        let password = opened?.dossier.personal?.queryPassword
        guard let opened, let password, site.accountKey.isSame(form["password"], as: password) else {
            return show(context, nil, number: number, hasError: true)
        }
        try await site.hall.lookedUp(number, from: context.peer, key: site.accountKey)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return show(
            context, DossierView(opened, item, site, site.visit(context, .portal).words), number: number,
            hasError: false)
    }

    private func show(_ context: SiteContext, _ view: DossierView?, number: String, hasError: Bool) -> Response {
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["nav.lookup"], hasErrors: hasError) { html in
                html.reading { html in
                    html.title(words["nav.lookup"])
                    if hasError {
                        html.banner(.error, words["lookup.wrong"]) { $0.paragraph(words["lookup.wrong-help"]) }
                    }
                    if let view {
                        html.heading(view.title)
                        html.lead(view.next)
                        view.clock(&html)
                        html.timeline(view.timeline.map { TimelineEvent($0.time, $0.title) })
                    }
                    html.element("form", Attribute("method", "post"), Attribute("action", "/lookup")) { html in
                        html.field(
                            Field(
                                "number", words["lookup.number"], .text(max: 50), hint: words["lookup.hint"],
                                answer: Answer(number)))
                        html.field(Field("password", words["dossier.password"], .text(max: 6)))
                        html.button(words["deed.search"])
                    }
                }
            }, status: hasError ? .init(code: 422) : .ok)
    }
}

/// Too many wrong passwords for a number or from a place.
package enum LookupRefusal: String, Refusal, CaseIterable {
    case tooMany = "lookup.too-many"

    package var code: String { rawValue }
    package var kind: RefusalKind { .tooMany }

    package static let codes = allCases.map(\.rawValue)
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ work: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let self else { return nil }
        return try await work(self)
    }
}
