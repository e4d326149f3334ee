import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `/window/dossiers/{id}`: a filing at a window: check it, then one of the deeds that its stage allows.
struct WindowDossier {
    let site: Site

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await open(context, purpose: "intake")
        let visit = site.visit(context, .window)
        let words = visit.words
        let dossier = view.dossier
        let told = try ToldAbout(try await site.hall.told(about: dossier.id), site, words)
        return .page(
            visit.page(view.title, crumbs: [PageLink(words["nav.inbox"], "/window")]) { html in
                html.title(view.title, over: dossier.submitted.terms.bodyName)
                html.lead(view.next)
                html.workbench { html in
                    view.facts(&html, withPassword: false)
                    view.clock(&html, at: Paths.window(dossier.id))
                    html.card(words["window.papers"]) { html in
                        html.buttonLink(words["window.slip"], Paths.window(dossier.id) + "/slip", key: "p")
                        view.paperLinks(&html, Paths.window(dossier.id))
                    }
                } middle: { html in
                    view.answers(&html)
                    html.subheading(words["apply.materials"])
                    view.materials(&html, files: Paths.window(dossier.id) + "/files")
                    told.write(&html)
                } right: { html in
                    deeds(&html, view, site.tokens(context))
                }
            })
    }

    /// `POST …/{deed}`: acceptance, correction-notices, corrections, non-acceptance, receipt, pre-review,
    /// pre-review-return, resubmission.
    func post(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let id = DossierID(try context.parameters.require("dossier")),
            let command = try command(try context.parameters.require("deed"), form)
        else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        _ = try await site.hall.perform(command, on: id, by: context.performer(site), attempt: attempt)
        return .seeOther(Paths.window(id))
    }

    /// `GET …/files/{digest}`: opening a file is a look of its own.
    func file(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let view = try await open(context, purpose: "material")
        return try await site.file(try context.parameters.require("digest"), of: view.dossier)
    }

    private func command(_ deed: String, _ form: PostedForm) throws -> DossierCommand? {
        let defects = form.group("defect-").compactMap { material, kind in
            MaterialDefect.Kind(rawValue: kind).map { MaterialDefect(material, $0) }
        }.sorted { $0.material < $1.material }
        let handedIn = form.all("materials").sorted().map { HandedIn($0, .paper) }
        switch deed {
        case "acceptance": return .accept
        case "correction-notices": return .requestCorrection(defects, note: form["note"])
        case "non-acceptance":
            guard let ground = DeclineGround(rawValue: form["ground"]) else { throw DoorRefusal.malformedForm }
            return .decline(ground, authority: form["authority"], note: form["note"])
        case "receipt": return .receive
        case "corrections": return .supplyCorrection(handedIn)
        case "resubmission": return .resubmit(handedIn)
        case "pre-review": return .passPreReview
        case "pre-review-return": return .returnForPreReview(defects, note: form["note"])
        default: return nil
        }
    }

    func open(_ context: ClerkContext, purpose: String) async throws -> DossierView {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        let opened = try await site.hall.open(id, by: context.guest, with: [.receive], purpose: purpose)
        let terms = opened.dossier.submitted.terms
        let item = try await site.hall.item(terms.itemCode, version: terms.version)
        return DossierView(opened, item, site, site.visit(context, .window).words, isForStaff: true)
    }

    private func deeds(_ html: inout HTML, _ view: DossierView, _ tokens: FormTokens) {
        let words = view.words
        let path = Paths.window(view.dossier.id)
        switch view.dossier.stage {
        case .preReview:
            html.deed(path + "/pre-review", tokens) { $0.button(words["window.pass"], key: "a") }
            notice(&html, view, tokens, path + "/pre-review-return", words["window.return"])
            html.deed(path + "/receipt", tokens) { $0.button(words["window.receive"], .secondary, key: "r") }
        case .awaitingOriginals:
            html.deed(path + "/receipt", tokens) { $0.button(words["window.receive"], key: "r") }
        case .received:
            let missing = view.dossier.missingMaterials.map(view.name)
            if missing.isEmpty {
                html.deed(path + "/acceptance", tokens) { $0.button(words["window.accept"], key: "a") }
            } else {
                html.banner(.warning, words("window.missing", ["names": words.list(missing)]))
            }
            if !view.dossier.wasCorrected {
                notice(&html, view, tokens, path + "/correction-notices", words["window.correct"])
            }
            decline(&html, view, tokens)
        case .preReviewReturned: corrections(&html, view, tokens, path + "/resubmission")
        case .correctionRequested: corrections(&html, view, tokens, path + "/corrections")
        default: html.note(words["window.nothing"])
        }
    }

    /// The applicant may bring to a window what a notice names; what is not ticked was not brought.
    private func corrections(_ html: inout HTML, _ view: DossierView, _ tokens: FormTokens, _ action: String) {
        let words = view.words
        html.card(words["window.take-corrections"]) { html in
            html.form(action, tokens) { html in
                html.field(
                    Field(
                        "materials", words["window.taken-materials"],
                        .choices(view.wanted.map { Option($0, view.name($0)) }),
                        hint: words["window.take-corrections-help"]))
                html.button(words["window.take-corrections"], key: "c")
            }
        }
    }

    private func notice(
        _ html: inout HTML, _ view: DossierView, _ tokens: FormTokens, _ action: String, _ title: String
    ) {
        let words = view.words
        let kinds =
            [Option("", words["defect.none"])]
            + MaterialDefect.Kind.allCases.map { Option($0.rawValue, words[$0.word]) }
        let missing = view.dossier.missingMaterials
        html.unfold(title) { html in
            html.note(words["window.correct-help"])
            html.form(action, tokens) { html in
                for material in view.dossier.submitted.terms.materials {
                    html.field(
                        Field(
                            "defect-\(material)", view.name(material), .list(kinds),
                            answer: Answer(missing.contains(material) ? "missing" : "")
                        ).with { $0.isOptional = true })
                }
                html.field(Field("note", words["window.note"], .multiline(max: 500)).with { $0.isOptional = true })
                html.button(title, .secondary, key: "c")
            }
        }
    }

    private func decline(_ html: inout HTML, _ view: DossierView, _ tokens: FormTokens) {
        let words = view.words
        html.unfold(words["window.decline"]) { html in
            html.form(Paths.window(view.dossier.id) + "/non-acceptance", tokens) { html in
                html.field(
                    Field(
                        "ground", words["window.ground"],
                        .choice([
                            Option("otherAuthority", words["ground.other-authority"]),
                            Option("notNeeded", words["ground.not-needed"]),
                            Option("notCorrected", words["ground.not-corrected"]),
                        ])))
                html.field(
                    Field(
                        "authority", words["window.right-authority"], .text(max: 100),
                        hint: words["window.right-authority-hint"]
                    ).with { $0.isOptional = true })
                html.field(Field("note", words["window.reason"], .multiline(max: 500)))
                html.button(words["window.decline"], .danger)
            }
        }
    }
}
