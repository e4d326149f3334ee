import Accounts
import Certificates
import Hall
import Hummingbird
import Vocabulary

/// `GET /certificates/{certificate}`: one certificate of the citizen, or of whom she acts for: what it says, how it
/// stands, what happened to it, and who looked.
struct CertificatePage {
    let site: Site

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(context, CopyAnswers())
    }

    /// The page, with what was answered about a copy.
    func show(_ context: PortalContext, _ copy: CopyAnswers) async throws -> Response {
        guard let id = CertificateID(try context.parameters.require("certificate")) else {
            throw DoorRefusal.noSuchPage
        }
        let holders = try await site.hall.principals(of: context.citizen, in: .everything).map(\.id)
        let opened = try await site.hall.open(id, for: holders)
        let (uses, looks) = (try await site.hall.uses(of: id), try await site.hall.looks(at: id))
        let showings = try await site.hall.showings(of: id)
        let logged = try await site.hall.logLines(of: id)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let view = CertificateView(opened, today: site.hall.time.now().day, words)
        return .page(
            visit.page(
                view.title, crumbs: [PageLink(words["nav.certificates"], "/certificates")], hasErrors: copy.isRefused
            ) { html in
                html.reading { html in
                    html.title(view.title, over: view.issuer)
                    if copy.isRefused {
                        let sentence = site.refusals[CertificateRefusal.malformedCopy.code, words]
                        html.banner(.error, sentence.what) { $0.paragraph(sentence.mend) }
                    }
                    view.standing(&html)
                    view.facts(&html)
                    view.versions(&html) { Paths.certificate($0) }
                    if opened.certificate.standing(on: site.hall.time.now().day) == .valid {
                        html.files(of: opened.certificate, copy, tokens: site.tokens(context), words)
                    }
                    html.buttonLink(words["present.title"], Paths.presentations(id), .primary)
                    html.raw(" ")
                    html.buttonLink(
                        words["certificate.verify"],
                        Paths.verify(opened.certificate.reservation.identifier.description), .secondary)
                    html.heading(words["certificate.history"])
                    html.timeline(view.timeline)
                    html.heading(words["use.title"])
                    html.uses(uses)
                    html.heading(words["certificate.looks"])
                    view.looks(&html, looks)
                    html.link(PageLink(words["looks.title"], Paths.looks(at: id.subject)))
                    html.heading(words["present.showings"])
                    view.showings(&html, showings, site)
                    html.heading(words["certificate.log"])
                    view.log(&html, logged)
                }
            }, status: copy.isRefused ? .init(code: 422) : .ok)
    }
}

/// A certificate in words, the same for its holder and for the officers.
struct CertificateView {
    let opened: Hall.CertificateOpened
    let today: CivilDate
    let words: Words

    init(_ opened: Hall.CertificateOpened, today: CivilDate, _ words: Words) {
        (self.opened, self.today, self.words) = (opened, today, words)
    }

    var certificate: Certificate { opened.certificate }

    var title: String {
        words.pick(certificate.personal?.typeName ?? opened.kind?.name ?? "—", opened.kind?.nameEnglish)
    }

    var issuer: String { certificate.personal?.issuerName ?? certificate.reservation.identifier.issuer.code }

    /// Writes how it stands, and why where it may not be used.
    func standing(_ html: inout HTML) {
        let standing = certificate.standing(on: today)
        html.banner(standing == .valid ? .success : .warning, certificate.days.tag(on: today, words).text) { html in
            guard let ground = certificate.restriction else { return }
            html.paragraph(words[ground.word] + " · " + ground.law)
        }
    }

    /// Writes what it says: what every certificate has, then the fields of its type.
    func facts(_ html: inout HTML) {
        let reservation = certificate.reservation
        var rows = [
            SummaryRow(words["column.number"], reservation.identifier.serial),
            SummaryRow(words["certificate.identifier"], reservation.identifier.description),
            SummaryRow(words["certificate.version"], reservation.identifier.versionText),
            SummaryRow(words["column.holder"], certificate.personal?.holderName ?? words["certificate.erased"]),
            SummaryRow(words["certificate.holder-number"], certificate.personal?.holderNumber ?? "—"),
            SummaryRow(words["verify.from"], words.plainDate(reservation.validFrom)),
            SummaryRow(
                words["column.valid"],
                reservation.validUntil.map(words.plainDate) ?? words["certificates.long-term"]),
        ]
        let face = certificate.personal?.face ?? [:]
        for field in opened.kind?.faceFields ?? [] {
            guard let value = face[field.id], !value.isEmpty else { continue }
            rows.append(SummaryRow(words.pick(field.label, field.labelEnglish), shown(value, field)))
        }
        html.summary(rows)
    }

    private func shown(_ value: String, _ field: FaceField) -> String {
        guard field.type == .date, let day = CivilDate(value) else { return value }
        return words.plainDate(day)
    }

    /// Writes the earlier and the later version, if there are any.
    func versions(_ html: inout HTML, _ path: (CertificateID) -> String) {
        for other in opened.versions {
            let isLater = other.id == certificate.successor
            html.element("p") { html in
                html.text(words[isLater ? Word("certificate.later-version") : Word("certificate.earlier-version")])
                html.raw(" ")
                html.link(PageLink(other.reservation.identifier.versionText, path(other.id)))
            }
        }
    }

    var timeline: [TimelineEvent] { opened.history.map { $0.timelineEvent(words) } }

    /// Writes who of the staff looked at it: when and what for, not who.
    func looks(_ html: inout HTML, _ looks: [Hall.CertificateLook]) {
        guard !looks.isEmpty else { return html.note(words["certificate.no-looks"]) }
        html.element("ul") { html in
            for look in looks {
                html.element("li") { html in
                    html.moment(look.at)
                    let what = look.number.map { words("use.look", ["number": $0]) } ?? words["certificate.look"]
                    html.text(" · " + what)
                }
            }
        }
    }
}
