import Accounts
import Catalogue
import Certificates
import Delivery
import Dossiers
import Foundation
import Hall
import Hummingbird
import Papers
import Vocabulary
import Windows

/// `/issuing/dossiers/{id}`: one result: where it lies, and the handing over with its proof.
struct IssuingCase {
    let site: Site

    func get(_ request: Request, _ context: IssuerContext) async throws -> Response {
        try await page(context, refused: nil)
    }

    /// `POST …/shelf`: puts the result on a shelf, or on another.
    func shelve(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try id(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            _ = try await site.hall.shelve(id, at: form["position"], by: context.guest, attempt: attempt)
            return .seeOther(Paths.issuing(id))
        } catch let refusal as ShelfRefusal where refusal != .notReady {
            return try await page(context, refused: (refusal, form))
        }
    }

    /// `POST …/hand-over`: against the identity card where its number was given, else against the code.
    func handOver(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try id(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        var asked = Hall.HandingOver(by: form["number"].isEmpty ? .pickUpCode : .identityCard)
        asked.code = form["code"]
        asked.number = form["number"].uppercased()
        asked.recipient = String(form["recipient"].prefix(FullName.charactersMax))
        asked.signature = form["signature"]
        asked.ticket = try form.served()
        do {
            _ = try await site.hall.handOver(
                id, asked, by: context.guest, from: context.site.peer, key: site.accountKey, attempt: attempt,
                printer: site.press.printedInSong)
            return .seeOther(Paths.issuing(id))
        } catch let refusal as ShelfRefusal {
            return try await page(context, refused: (refusal, form))
        } catch let refusal as QueueRefusal {
            return try await page(context, refused: (refusal, form))
        }
    }

    /// `GET …/papers/{paper}`: the proof of service, and what was served with it.
    func paper(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let view = try await open(context, purpose: .paper)
        let paper = try await DossierPaper(site, view.dossier.id, try context.parameters.require("paper"))
        return try await paper.response(
            request, site.visit(context, .window), for: .staff(context.staff.id), back: Paths.issuing(view.dossier.id))
    }

    private func id(_ context: IssuerContext) throws -> DossierID {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        return id
    }

    private func open(_ context: IssuerContext, purpose: LookPurpose) async throws -> DossierView {
        let opened = try await site.hall.open(try id(context), by: context.guest, with: [.issue], purpose: purpose)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .window).words, isForStaff: true)
    }

    /// What was refused, with what was typed.
    typealias Refused = (refusal: any Refusal, form: PostedForm)

    private func page(_ context: IssuerContext, refused: Refused?) async throws -> Response {
        let view = try await open(context, purpose: .issuing)
        let visit = site.visit(context, .window)
        let words = visit.words
        let kept = try await site.hall.kept(view.dossier.id)
        // After a refusal of the queue nobody stands there any more.
        let served = refused?.refusal is QueueRefusal ? nil : try await site.hall.servedTicket(of: context.guest)
        let free = try await site.hall.freePosition(for: context.guest)
        let path = Paths.issuing(view.dossier.id)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.issuing"], "/issuing")], hasErrors: refused != nil
            ) { html in
                html.refused(refused?.refusal, site)
                html.title(view.title, over: view.dossier.submitted.terms.bodyName)
                html.columns { html in
                    view.facts(&html, withPassword: false)
                    html.kept(kept)
                } aside: { html in
                    html.served(served)
                    guard view.isReady else {
                        html.proofs(view, path)
                        return
                    }
                    let tokens = site.tokens(context).serving(served?.id.description)
                    html.handOver(view, path, tokens, refused)
                    html.shelf(kept, free, path, site.tokens(context), refused)
                }
            }, status: refused.map { .init(code: $0.refusal.kind.rawValue) } ?? .ok)
    }
}

extension DossierView {
    /// Whether its result lies ready.
    fileprivate var isReady: Bool {
        if case .issued = dossier.stage { return true }
        return false
    }

    /// Whether the result lies ready under a code.
    fileprivate var hasCode: Bool {
        if case .issued(_, _, .some) = dossier.stage { return true }
        return false
    }
}

extension HTML {
    /// Writes where the result lies, since when, and how it is to leave.
    fileprivate mutating func kept(_ kept: KeptResult?) {
        guard let kept, kept.state != .left else { return }
        card(words["shelf.title"]) { html in
            html.facts { html in
                let words = html.words
                html.fact(words["shelf.position"]) { html in
                    if let place = kept.place {
                        html.copyable(place.position.description, name: words["shelf.position"])
                    } else {
                        html.tag(words.whereItLies(kept))
                    }
                }
                html.fact(words["shelf.since"]) { $0.date(kept.readyAt.day) }
                html.fact(words["shelf.leaves"]) { html in
                    html.text(words.label(kept.matter.delivery))
                    if let tag = words.reminded(kept) { html.tag(tag) }
                }
            }
        }
    }

    /// Writes the form that puts the result on a shelf; the first free position stands in it.
    fileprivate mutating func shelf(
        _ kept: KeptResult?, _ free: ShelfPosition?, _ path: String, _ tokens: FormTokens,
        _ refused: IssuingCase.Refused?
    ) {
        card(words[kept?.place == nil ? "shelf.put" : "shelf.move"]) { html in
            let words = html.words
            let typed = refused?.form["position"] ?? ""
            html.form(path + "/shelf", tokens) { html in
                html.field(
                    Field(
                        "position", words["shelf.position"], .text(max: ShelfPosition.typedCharactersMax),
                        hint: words["shelf.position-hint"],
                        answer: Answer(typed.isEmpty ? free?.description ?? "" : typed)))
                html.button(
                    words[kept?.place == nil ? "shelf.put" : "shelf.move"], kept?.place == nil ? .primary : .secondary,
                    key: "s")
            }
        }
    }

    /// Writes the form of the handing over: who takes it, and how she signs.
    fileprivate mutating func handOver(
        _ view: DossierView, _ path: String, _ tokens: FormTokens, _ refused: IssuingCase.Refused?
    ) {
        let typed = { (name: String) in Answer(refused?.form[name] ?? "") }
        card(words["issuing.hand-over"]) { html in
            let words = html.words
            html.form(path + "/hand-over", tokens, flows: true) { html in
                if view.hasCode {
                    html.field(
                        Field("code", words["issuing.code"], .text(max: 6), hint: words["issuing.code-hint"]).with {
                            $0.isOptional = true
                        })
                }
                html.field(
                    Field(
                        "number", words["issuing.number"], .citizenID, hint: words["issuing.number-hint"],
                        answer: typed("number")
                    ).with { $0.isOptional = true })
                if view.hasCode {
                    html.field(
                        Field(
                            "recipient", words["issuing.recipient"], .text(max: FullName.charactersMax),
                            hint: words["issuing.recipient-hint"], answer: typed("recipient")
                        ).with { $0.isOptional = true })
                }
                html.signature(hasCode: view.hasCode)
                html.button(words["issuing.hand-over"], key: "h")
            }
        }
    }

    /// Writes a field on which one draws a name. Scripts bring it to life; without them, and where there is no pen, the
    /// code is the signature, or a pen on the printed proof where there is no code.
    private mutating func signature(hasCode: Bool) {
        element("fieldset", .class("fields signature"), .flag("data-sign")) { html in
            let words = html.words
            html.element("legend", text: words["issuing.signature"])
            html.note(words[hasCode ? "issuing.signature-code" : "issuing.signature-paper"])
            html.element(
                "canvas", .flag("hidden"), .data("width", "\(DrawnSignature.width)"),
                .data("height", "\(DrawnSignature.height)"), Attribute("role", "img"),
                .label(words["issuing.signature-field"]), text: "")
            html.hidden("signature", "")
            html.element(
                "button", .class("button secondary"), Attribute("type", "button"), .flag("hidden"),
                text: words["issuing.signature-again"])
        }
    }

    /// Writes that it was handed over, with the proof to print and the way to the next.
    fileprivate mutating func proofs(_ view: DossierView, _ path: String) {
        let proofs = view.opened.papers.filter { $0.kind == .serviceRecord && !$0.isVoided }
        card(words["issuing.done"]) { html in
            let words = html.words
            if proofs.isEmpty { html.note(words["window.nothing"]) }
            for line in proofs {
                html.element("div", .class("paper-line")) { html in
                    let name = words.pick(line.title, line.kind.title.en)
                    html.buttonLink(name, "\(path)/papers/\(line.id)", key: line.id == proofs.last?.id ? "p" : nil)
                    html.note(line.number)
                }
            }
            html.buttonLink(words["issuing.next"], "/issuing", .primary, key: "n")
        }
    }
}
