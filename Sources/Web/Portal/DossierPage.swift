import Accounts
import Catalogue
import Certificates
import Delivery
import Documents
import Dossiers
import Foundation
import Hall
import Hummingbird
import Papers
import Vocabulary

/// `GET /dossiers/{id}`: one line says where it is and who must act; then the clock, what happened, what was handed in.
struct DossierPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        let (opened, _) = try await own(context)
        return try await show(opened, context, isFiled: request.uri.queryParameters["filed"] != nil)
    }

    /// `POST /dossiers/{id}/withdrawal`.
    func withdraw(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (opened, performer) = try await own(context)
        let id = opened.dossier.id
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        _ = try await site.hall.perform(
            .withdraw(note: form["note"]), on: id, by: performer, attempt: attempt)
        return .seeOther(Paths.dossier(id))
    }

    /// `POST /dossiers/{id}/{deed}`: what the applicant says to a right that she was told of; what the rules refuse
    /// comes back on the page.
    func post(_ deed: DossierDeed, _ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (opened, performer) = try await own(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        return try await answering(deed.resource, form, opened, context) {
            let command = try await deed.command(form, DeedSource(hall: site.hall))
            _ = try await site.hall.perform(command, on: opened.dossier.id, by: performer, attempt: attempt)
        }
    }

    /// `POST /dossiers/{id}/lagging-materials`: the files that may follow a tolerant acceptance.
    func supplyLagging(_ request: Request, _ context: PortalContext) async throws -> Response {
        let (opened, performer) = try await own(context)
        let upload = try await UploadedForm(request, context, site: site, filesLeft: Limits.uploadFilesMax)
        guard let attempt = Attempt(form: upload.form["token"]) else { throw DoorRefusal.malformedForm }
        if let refused = upload.refused.first { throw refused.refusal }
        let handedIn = upload.handedIn
        return try await answering("lagging-materials", upload.form, opened, context) {
            _ = try await site.hall.perform(
                .tolerance(.supply(handedIn)), on: opened.dossier.id, by: performer, attempt: attempt)
        }
    }

    private func answering(
        _ resource: String, _ form: PostedForm, _ opened: Hall.Opened, _ context: PortalContext,
        _ work: () async throws -> Void
    ) async throws -> Response {
        do {
            try await work()
            return .seeOther(Paths.dossier(opened.dossier.id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            let refused = RefusedDeed(resource: resource, form: form, refusal: refusal)
            return try await show(try await own(context).opened, context, isFiled: false, refused: refused)
        }
    }

    /// `POST /dossiers/{id}/urging`: 催办, once every working day.
    func urge(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (opened, performer) = try await own(context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        _ = try await site.hall.perform(
            .handling(.urge(note: form["note"])), on: opened.dossier.id, by: performer, attempt: attempt)
        return .seeOther(Paths.dossier(opened.dossier.id))
    }

    /// `POST /dossiers/{id}/corrections`: the files that a notice asked for, after receipt or after a pre-review.
    func supply(_ request: Request, _ context: PortalContext) async throws -> Response {
        let (opened, performer) = try await own(context)
        let id = opened.dossier.id
        let upload = try await UploadedForm(request, context, site: site, filesLeft: Limits.uploadFilesMax)
        guard let attempt = Attempt(form: upload.form["token"]) else { throw DoorRefusal.malformedForm }
        if let refused = upload.refused.first { throw refused.refusal }
        let handedIn = upload.handedIn
        let isReturned = if case .preReviewReturned = opened.dossier.stage { true } else { false }
        let command: DossierCommand = isReturned ? .resubmit(handedIn) : .supplyCorrection(handedIn)
        _ = try await site.hall.perform(
            command, on: id, by: performer, attempt: attempt)
        return .seeOther(Paths.dossier(id))
    }

    /// The dossier, if it is the citizen's own or one that she may act in.
    private func own(_ context: PortalContext) async throws -> (opened: Hall.Opened, performer: Performer) {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        return try await site.own(id, of: context.citizen)
    }

    /// `GET /dossiers/{id}/files/{digest}`: a file that was handed in.
    func file(_ request: Request, _ context: PortalContext) async throws -> Response {
        let (opened, _) = try await own(context)
        return try await site.file(try context.parameters.require("digest"), of: opened.dossier)
    }

    /// `GET /dossiers/{id}/papers/{paper}`: a paper that was addressed to the applicant. Where she chose the electronic
    /// result, her first look at it is its service (行政许可法 art. 33; 民事诉讼法 art. 90 by analogy).
    func paper(_ request: Request, _ context: PortalContext) async throws -> Response {
        let opened = try await own(context).opened
        let dossier = opened.dossier
        let name = try context.parameters.require("paper")
        var paper = try await DossierPaper(site, dossier.id, name)
        let actor = Actor.person(context.citizen.id)
        if request.method == .get, dossier.submitted.delivery == .eCertificate {
            try await serve(paper.paper, of: dossier, to: context.citizen, as: actor)
            paper = try await DossierPaper(site, dossier.id, name)
        }
        return try await paper.response(
            request, site.visit(context, .portal), for: actor, back: Paths.dossier(dossier.id))
    }

    private func serve(_ paper: Paper, of dossier: Dossier, to citizen: Citizen, as actor: Actor) async throws {
        guard try paper.kind().isServed, paper.service == nil, !paper.isVoided,
            let attempt = Attempt(form: site.hall.newToken())
        else { return }
        do {
            try await site.hall.serve(
                paper.id, of: dossier.id,
                PaperEvent.Served(mode: .electronic, servedAt: site.hall.time.now(), server: nil),
                PaperEvent.Handing(recipient: citizen.name.text, place: "@portal", server: "@platform"),
                by: actor, attempt: attempt, printer: site.press.printedInSong)
        } catch PaperRefusal.alreadyServed {
            // Opened twice at once: it was served once.
        } catch is DocumentRefusal {
            // What cannot be printed is not served: it is read, and the page says why.
        }
    }

    /// `GET /dossiers/{id}/form.pdf`: the form as the applicant filled it in.
    func form(_ request: Request, _ context: PortalContext) async throws -> Response {
        let opened = try await own(context).opened
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return try await DossierView(opened, item, site, site.visit(context, .portal).words).form(request, context)
    }

    private func show(
        _ opened: Hall.Opened, _ context: PortalContext, isFiled: Bool, refused: RefusedDeed? = nil
    ) async throws -> Response {
        let dossier = opened.dossier
        let item = try await site.hall.item(dossier.submitted.terms.itemCode, version: dossier.submitted.terms.version)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let view = try await DossierView(opened, item, site, words).checked()
        let sheet = DeedSheet(
            view: view, guest: context.guest, csrf: context.site.csrf, path: Paths.dossier(dossier.id),
            refused: refused)
        let parcels = try await ParcelCards(of: dossier.id, site, words)
        let offer = try await site.hall.courierOffer(for: dossier)
        let known = offer == nil ? nil : try await site.hall.addresses(of: context.citizen.id).first?.address
        let told = try ToldAbout(try await site.hall.told(about: dossier.id), site, words)
        let evaluation = try await EvaluationCard(of: dossier.id, site)
        let help = try await AssistanceCard(about: dossier, for: context.citizen, site, words)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.business"], "/business")], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                if isFiled {
                    html.banner(.success, words["dossier.filed"]) { $0.paragraph(view.next) }
                }
                html.title(view.title, over: dossier.submitted.terms.bodyName)
                html.lead(parcels.next(view))
                html.columns { html in
                    evaluation.write(&html, dossier.id)
                    html.correction(view, at: Paths.dossier(dossier.id), site.tokens(context))
                    html.lagging(sheet)
                    for deed in DossierDeed.hearingAnswers where deed.isOffered(sheet) { deed.write(&html, sheet) }
                    parcels.writePickUp(&html, dossier)
                    html.courierOffer(
                        offer, site, at: Paths.dossier(dossier.id), site.tokens(context), known: known)
                    parcels.write(&html, at: Paths.dossier(dossier.id), site.tokens(context))
                    parcels.writeOriginals(&html, name: view.name)
                    view.clock(&html, at: Paths.dossier(dossier.id))
                    view.proceedings(&html)
                    html.element("p") { $0.link(PageLink(words["looks.card"], Paths.looks(at: dossier.id.subject))) }
                    html.heading(words["dossier.history"])
                    html.timeline(view.timeline)
                    told.write(&html)
                    html.heading(words["apply.materials"])
                    view.materials(&html, below: Paths.dossier(dossier.id))
                    view.signed(&html)
                } aside: { html in
                    view.facts(&html, withPassword: true)
                    if view.hasPapers {
                        html.card(words["window.papers"]) { view.paperLinks(&$0, Paths.dossier(dossier.id)) }
                    }
                    help.write(&html, back: Paths.dossier(dossier.id), site.tokens(context))
                    html.urging(dossier, site.tokens(context))
                    html.withdrawal(dossier, at: Paths.dossier(dossier.id), site.tokens(context))
                }
            }, status: refused?.status ?? .ok)
    }
}

extension Site {
    /// The dossier, if it is the citizen's own or one that she may act in; to anybody else there is none.
    func own(_ id: DossierID, of citizen: Citizen) async throws -> (opened: Hall.Opened, performer: Performer) {
        let opened = try await hall.open(id)
        let submitted = opened.dossier.submitted
        let mayAct = try await mayAct(citizen, for: submitted.applicant, in: submitted.terms.catalogCode)
        if mayAct { return (opened, .person(citizen.id, actingFor: submitted.applicant)) }
        guard submitted.agent == citizen.id else { throw DossierRefusal.notFound }
        return (opened, .person(citizen.id))
    }
}

extension HTML {
    /// Writes the deed that is the applicant's now, posted below `path`: to hand in what the latest notice names.
    mutating func correction(_ view: DossierView, at path: String, _ tokens: FormTokens) {
        guard !view.wanted.isEmpty else { return }
        card(view.words["dossier.correct"]) { html in
            html.form(path + "/corrections", tokens, hasFiles: true) { html in
                for id in view.wanted {
                    html.field(Field(id, view.name(id), .files([".pdf", ".ofd", ".jpg", ".png"], max: 5, kept: [])))
                }
                html.button(view.words["dossier.correct-send"])
            }
        }
    }

    /// Writes where what may follow a tolerant acceptance is handed in, and by when.
    fileprivate mutating func lagging(_ sheet: DeedSheet) {
        let lagging = sheet.proceedings.lagging
        guard !lagging.isEmpty, !sheet.dossier.hasEnded else { return }
        let day = sheet.view.rules.toleranceDue(of: sheet.dossier).map { words.date($0.day) } ?? ""
        card(words["tolerance.supply"]) { html in
            html.paragraph(html.words("tolerance.by", ["day": day]))
            html.form(sheet.path + "/lagging-materials", sheet.tokens, hasFiles: true) { html in
                for id in lagging {
                    let field = Field(
                        id, sheet.view.name(id), .files([".pdf", ".ofd", ".jpg", ".png"], max: 5, kept: []))
                    html.field(field.with { $0.isOptional = lagging.count > 1 })
                }
                html.button(html.words["tolerance.supply-online"])
            }
        }
    }

    /// Writes the way out, until there is a decision.
    mutating func withdrawal(_ dossier: Dossier, at path: String, _ tokens: FormTokens) {
        guard dossier.decision == nil, !dossier.hasEnded else { return }
        unfold(words["dossier.withdraw"]) { html in
            html.paragraph(html.words["dossier.withdraw-help"])
            html.form(path + "/withdrawal", tokens) { html in
                html.field(
                    Field("note", html.words["dossier.withdraw-note"], .multiline(max: 500))
                        .with { $0.isOptional = true })
                html.button(html.words["dossier.withdraw"], .danger)
            }
        }
    }
}

extension HTML {
    /// Writes the deed that asks for haste, while the application is examined.
    fileprivate mutating func urging(_ dossier: Dossier, _ tokens: FormTokens) {
        guard dossier.isBeingExamined else { return }
        unfold(words["dossier.urge"]) { html in
            let words = html.words
            html.note(words["dossier.urge-help"])
            html.form(Paths.dossier(dossier.id) + "/urging", tokens) { html in
                html.field(
                    Field("note", words["dossier.urge-note"], .multiline(max: 500)).with { $0.isOptional = true })
                html.button(words["dossier.urge"], .secondary)
            }
        }
    }
}
