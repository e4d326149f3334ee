import Accounts
import Catalogue
import Certificates
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/certificates`: the certificates of an officer's own body, found by number, identifier, holder, type,
/// state and day.
struct KeptCertificates {
    let site: Site

    func get(_ request: Request, _ context: CertificateContext) async throws -> Response {
        let asked = KeptAsked(request)
        let issuers = site.hall.keptIssuers(of: context.guest)
        let found = try await site.hall.certificates(
            asked: asked.question, by: context.guest, after: asked.after, key: site.accountKey)
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["certificate.kept"]) { html in
                html.title(words["certificate.kept"])
                html.lead(words["certificate.kept-lead"])
                search(&html, asked, issuers)
                table(&html, found.lines, isCut: found.next != nil)
                html.pager(
                    previous: asked.after == nil ? nil : asked.address(),
                    next: found.next.map { asked.address(after: $0) })
            })
    }

    private func search(_ html: inout HTML, _ asked: KeptAsked, _ issuers: [CreditCode]) {
        let words = html.words
        var box = SearchBox(words["certificate.search"], action: Paths.keptCertificates)
        (box.placeholder, box.question) = (words["certificate.search-hint"], asked.question.words)
        box.kept = asked.fields(words: "").filter { !$0.value.isEmpty }
        html.search(box)
        html.filters(Paths.keptCertificates) { html in
            if !asked.question.words.isEmpty { html.hidden("q", asked.question.words) }
            html.field(
                Field("type", words["certificate.type"], .text(max: 60), answer: Answer(asked.question.type)).with {
                    $0.isOptional = true
                })
            html.field(
                Field(
                    "state", words["column.state"], .list(KeptAsked.states.map { Option($0.id, words[$0.word]) }),
                    answer: Answer(asked.state)
                ).with { ($0.isOptional, $0.blank) = (true, words["desk.any"]) })
            html.field(
                Field("from", words["certificate.issued-from"], .date, answer: Answer(asked.from)).with {
                    $0.isOptional = true
                })
            html.field(
                Field("until", words["certificate.issued-until"], .date, answer: Answer(asked.until)).with {
                    $0.isOptional = true
                })
            if issuers.count > 1 {
                html.field(
                    Field(
                        "issuer", words["verify.issuer"], .list(issuers.map { Option($0.code, name(of: $0, words)) }),
                        answer: Answer(asked.question.issuer?.code ?? "")
                    ).with { $0.isOptional = true })
            }
        }
    }

    /// The body's name, or its code where the directory does not have it.
    private func name(of issuer: CreditCode, _ words: Words) -> String {
        let body = site.composer.directory.bodies.first { $0.code == issuer }
        return body.map { words.pick($0.name, $0.nameEnglish) } ?? issuer.code
    }

    /// Writes what was found. A search by name looks at so many holders a page; `isCut` says that more are left.
    private func table(_ html: inout HTML, _ lines: [Hall.CertificateFound], isCut: Bool) {
        let (words, today) = (html.words, site.hall.time.now().day)
        html.table(
            words["certificate.kept"],
            [
                Column(words["column.number"]), Column(words["column.certificate"]), Column(words["column.holder"]),
                Column(words["verify.from"]), Column(words["column.valid"]), Column(words["column.state"]),
            ], lines
        ) { html in
            let words = html.words
            html.empty(
                words[isCut ? Word("certificate.none-yet") : Word("certificate.none")],
                words[isCut ? Word("certificate.none-yet-help") : Word("certificate.none-help")])
        } row: { html, found in
            let line = found.line
            html.row { html in
                html.headCell(line.identifier.serial, href: Paths.keptCertificate(line.id))
                html.cell(words.pick(found.kind?.name ?? line.identifier.type, found.kind?.nameEnglish))
                html.cell(found.personal?.masked.name ?? words["certificate.erased"])
                html.cell(words.shortDate(line.validFrom))
                html.cell(line.validUntil.map(words.shortDate) ?? words["certificates.long-term"])
                html.cell { $0.tag(line.days.tag(on: today, words)) }
            }
        }
    }
}

/// What the address of the list asks for.
struct KeptAsked {
    /// The states that can be asked for: what is true today, and how one ended.
    static let states: [(id: String, word: Word)] =
        Certificate.Standing.allCases.filter { $0 != .ended }.map { ($0.rawValue, $0.word) }
        + endings.map { (id: "\($0)", word: $0.word) }
    private static let endings: [Certificate.State] = [.superseded, .cancelled, .revoked, .recalled, .archived]

    private(set) var question = Hall.CertificateQuestion()
    let state: String
    let from: String
    let until: String
    let after: CertificateSearch.Cursor?

    /// Reads an address; what cannot be read counts as not asked.
    init(_ request: Request) {
        let asked = request.asked("state")
        state = Self.states.contains { $0.id == asked } ? asked : ""
        let (first, last) = (CivilDate(request.asked("from")), CivilDate(request.asked("until")))
        (from, until) = (first?.description ?? "", last?.description ?? "")
        after = CertificateSearch.Cursor(request.asked("after"))
        question.words = String(
            request.asked("q").trimmingCharacters(in: .whitespacesAndNewlines)
                .prefix(CertificateSearch.wordsMax))
        question.type = String(
            request.asked("type").trimmingCharacters(in: .whitespacesAndNewlines).prefix(CertificateSearch.wordsMax))
        question.issuer = CreditCode(request.asked("issuer"))
        question.standing = Certificate.Standing(rawValue: state)
        question.ending = Self.endings.first { "\($0)" == asked }
        if first != nil || last != nil {
            let (low, high) = (first ?? Month.always.lowerBound, last ?? Month.always.upperBound)
            question.days = low <= high ? low...high : high...low
        }
    }

    func fields(words: String) -> [AddressField] {
        [
            ("q", words), ("type", question.type), ("state", state), ("from", from), ("until", until),
            ("issuer", question.issuer?.code ?? ""),
        ]
    }

    func address(after: CertificateSearch.Cursor? = nil) -> String {
        PublicAddress.of(Paths.keptCertificates, fields(words: question.words) + [("after", after?.description ?? "")])
    }
}
