import Accounts
import Catalogue
import Certificates
import Documents
import Hall
import Hummingbird
import Vocabulary

/// `/certificates/{certificate}/presentations`: 亮证, the codes by which a holder shows a certificate for a short time.
struct PresentPage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// Makes a code; what the rules refuse is said on the page.
    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        guard ["once", "many"].contains(form["uses"]) else { throw DoorRefusal.malformedForm }
        let id = try Self.certificate(context)
        do {
            try await site.hall.present(
                id, for: try await holders(context), by: .person(context.citizen.id),
                terms: (minutes: Int(form["minutes"]) ?? 0, isOnce: form["uses"] == "once"), key: site.accountKey,
                attempt: attempt)
            return .seeOther(Paths.presentations(id))
        } catch let refusal as PresentationRefusal {
            return try await show(context, refused: refusal)
        }
    }

    /// `POST …/{presentation}/ending`: the code opens nothing from now on.
    func end(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let id = try Self.certificate(context)
        guard let presentation = PresentationID(try context.parameters.require("presentation")) else {
            throw DoorRefusal.noSuchPage
        }
        try await site.hall.end(
            presentation, of: id, for: try await holders(context), by: .person(context.citizen.id))
        return .seeOther(Paths.presentations(id))
    }

    private static func certificate(_ context: PortalContext) throws -> CertificateID {
        guard let id = CertificateID(try context.parameters.require("certificate")) else {
            throw DoorRefusal.noSuchPage
        }
        return id
    }

    private func holders(_ context: PortalContext) async throws -> [PersonID] {
        try await site.hall.principals(of: context.citizen, in: .everything).map(\.id)
    }

    private func show(_ context: PortalContext, refused: PresentationRefusal?) async throws -> Response {
        let id = try Self.certificate(context)
        let holders = try await holders(context)
        let opened = try await site.hall.open(id, for: holders)
        let presentings = try await site.hall.presentings(of: id, for: holders, key: site.accountKey)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let view = CertificateView(opened, today: site.hall.time.now().day, words)
        let crumbs = [
            PageLink(words["nav.certificates"], "/certificates"), PageLink(view.title, Paths.certificate(id)),
        ]
        let pictures = try presentings.map { (presenting: $0, picture: try QRCode($0.code.text)) }
        return .page(
            visit.page(words["present.title"], crumbs: crumbs, hasErrors: refused != nil) { html in
                html.reading { html in
                    html.title(words["present.title"], over: view.title)
                    html.refused(refused, site)
                    html.lead(words["present.lead"])
                    for (presenting, picture) in pictures { code(&html, presenting, picture, context) }
                    html.heading(words["present.make"])
                    form(&html, Paths.presentations(id), context)
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func code(
        _ html: inout HTML, _ presenting: Hall.Presenting, _ picture: QRCode, _ context: PortalContext
    ) {
        let words = html.words
        let presentation = presenting.presentation
        html.card(words["present.code"]) { html in
            html.codePicture(picture, label: words["present.picture"])
            html.element("p", .class("code-digits")) { $0.element("strong", text: presenting.code.grouped) }
            html.element("p") { html in
                html.text(words["present.until"])
                html.raw(" ")
                html.moment(presentation.expiresAt)
                html.text(" · " + words[presentation.isOnce ? Word("present.once") : Word("present.many")])
            }
            let path = "\(Paths.presentations(presentation.certificate))/\(presentation.id)/ending"
            html.deed(path, site.tokens(context)) { $0.button(words["present.end"], .secondary) }
        }
    }

    private func form(_ html: inout HTML, _ path: String, _ context: PortalContext) {
        let words = html.words
        html.form(path, site.tokens(context)) { html in
            html.field(
                Field(
                    "minutes", words["present.minutes"],
                    .choice([5, 10, 30].map { Option("\($0)", words("present.n-minutes", ["n": "\($0)"])) }),
                    answer: Answer("10")))
            html.field(
                Field(
                    "uses", words["present.uses"],
                    .choice([Option("once", words["present.once"]), Option("many", words["present.many"])]),
                    answer: Answer("once")))
            html.button(words["present.make"])
        }
    }
}

extension CertificateView {
    /// Writes who was shown it, by a code or by the sharing service: who, for which body, when and what for.
    func showings(_ html: inout HTML, _ lines: [Hall.ShownLine], _ site: Site) {
        guard !lines.isEmpty else { return html.note(words["present.no-showings"]) }
        html.element("ul") { html in
            for line in lines {
                html.element("li") { html in
                    html.moment(line.showing.at)
                    let body = line.showing.body.map { site.bodyName($0, words) }
                    let who = words.list([body, line.viewer].compactMap { $0 }.filter { !$0.isEmpty })
                    html.text(" · \(who) · \(words[line.showing.way.word]) · \(line.showing.purpose)")
                }
            }
        }
    }
}

extension Showing.Way {
    /// How it was shown, in a word.
    var word: Word {
        switch self {
        case .presented: Word("present.way-presented")
        case .shared: Word("present.way-shared")
        }
    }
}

extension Site {
    /// The name of a body, or its code where the directory does not have it.
    func bodyName(_ code: CreditCode, _ words: Words) -> String {
        let body = composer.directory.bodies.first { $0.code == code }
        return body.map { words.pick($0.name, $0.nameEnglish) } ?? code.code
    }
}
