import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `…/dossiers/{id}/clock`: why this date, what moved it, and what would move it. One page for the applicant, the
/// window and the office.
struct ClockPage {
    let site: Site

    /// LIMIT: working days of a stop that one may ask about.
    static let askedDaysMax = SpecialRecord.toldDaysMax

    func portal(_ request: Request, _ context: PortalContext) async throws -> Response {
        let opened = try await site.own(try context.dossier(), of: context.citizen).opened
        return .page(try await page(opened, site.visit(context, .portal), Paths.dossier(opened.dossier.id)))
    }

    func window(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let opened = try await site.hall.open(
            try context.dossier(), by: context.guest, with: [.receive], purpose: .clock)
        return .page(
            try await page(opened, site.visit(context, .window), Paths.window(opened.dossier.id), asked(request)))
    }

    func office(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let opened = try await site.hall.open(
            try context.dossier(), by: context.guest, with: Power.office, purpose: .clock)
        return .page(
            try await page(opened, site.visit(context, .office), Paths.office(opened.dossier.id), asked(request)))
    }

    func portalPrint(_ request: Request, _ context: PortalContext) async throws -> Response {
        let opened = try await site.own(try context.dossier(), of: context.citizen).opened
        return try await print(opened, site.visit(context, .portal), request)
    }

    func windowPrint(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let opened = try await site.hall.open(
            try context.dossier(), by: context.guest, with: [.receive], purpose: .print)
        return try await print(opened, site.visit(context, .window), request)
    }

    func officePrint(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let opened = try await site.hall.open(
            try context.dossier(), by: context.guest, with: Power.office, purpose: .print)
        return try await print(opened, site.visit(context, .office), request)
    }

    /// How many working days of a stop somebody asks about; nil when nobody does, or for what is no such number.
    private func asked(_ request: Request) -> Int? {
        Int(request.asked("days")).flatMap { (1...Self.askedDaysMax).contains($0) ? $0 : nil }
    }

    private func print(_ opened: Hall.Opened, _ visit: Visit, _ request: Request) async throws -> Response {
        let text = text(opened, visit.words)
        let house = site.name(visit.words.language)
        let paper = ClockPaper(
            opened: opened, text: text, house: house, at: site.hall.time.now(),
            address: site.press.address.absolute(Paths.dossier(opened.dossier.id)))
        let bytes = try await site.press.printed { typeface in try paper.file(typeface) }
        return .pdf(bytes, name: paper.title, for: request)
    }

    private func text(_ opened: Hall.Opened, _ words: Words) -> ClockText {
        ClockText(opened, in: site.hall, words)
    }

    private func page(
        _ opened: Hall.Opened, _ visit: Visit, _ back: String, _ asked: Int? = nil
    ) async throws -> HTML {
        let words = visit.words
        let dossier = opened.dossier
        let terms = dossier.submitted.terms
        let guide = try await site.hall.item(terms.itemCode, version: terms.version)?.guide
        let item = guide.map { words.pick($0.title) } ?? terms.itemName
        let sections = text(opened, words).sections
        return visit.page(
            words["ledger.title"], crumbs: [PageLink(item, back)]
        ) { html in
            html.title(words["ledger.title"], over: dossier.submitted.numbers.short)
            html.lead(words["ledger.lead"])
            if sections.isEmpty { html.note(words["ledger.none"]) }
            for section in sections { html.section(section, today: site.hall.time.now().day) }
            if visit.door != .portal { question(&html, dossier, back, asked) }
            html.buttonLink(words["ledger.print"], back + "/clock.pdf", key: "p")
        }
    }

    /// "What if we stop today?"
    private func question(_ html: inout HTML, _ dossier: Dossier, _ back: String, _ asked: Int?) {
        guard dossier.isBeingExamined else { return }
        let words = html.words
        html.card(words["ledger.what-if"]) { html in
            html.note(words["ledger.what-if-help"])
            html.element("form", Attribute("method", "get"), .address("action", back + "/clock")) { html in
                html.field(
                    Field(
                        "days", words["ledger.what-if-days"], .integer(1...Self.askedDaysMax),
                        answer: Answer(asked.map { "\($0)" } ?? "")))
                html.button(words["ledger.what-if-ask"], .secondary)
            }
            let now = site.hall.time.now()
            let rules = site.hall.rules(for: dossier.submitted.terms.region)
            if let asked, let dates = rules.ifStopped(dossier, for: WorkingDays(asked), at: now) {
                html.paragraph(
                    words(
                        "ledger.what-if-answer",
                        [
                            "days": words.workingDays(WorkingDays(asked)), "promised": words.date(dates.promised.day),
                            "statutory": words.date(dates.statutory.day),
                        ]))
            }
        }
    }
}

extension Power {
    /// The powers with which an officer opens a dossier.
    static let office: [Power] = [.review, .decide, .lead, .govern]
}

extension HTML {
    /// Writes one limit: how it stands, what moved it, and its days.
    mutating func section(_ section: ClockText.Section, today: CivilDate) {
        let words = words
        card(section.title) { html in
            for sentence in section.sentences { html.paragraph(sentence) }
            if !section.moves.isEmpty {
                html.subheading(words["ledger.moves"])
                html.element("ol") { html in
                    for move in section.moves { html.element("li", text: move) }
                }
            }
            html.clock(ClockBar(section, today: today, words), why: nil)
            html.unfold(words["ledger.days"]) { html in
                html.table(
                    section.title,
                    [
                        Column(words["ledger.column-day"]), Column(words["ledger.column-count"], isNumeric: true),
                        Column(words["ledger.column-why"]),
                    ], section.days
                ) { _ in
                } row: { html, day in
                    html.row { html in
                        html.headCell(words.shortDate(day.day) + " " + words.weekday(day.day))
                        html.cell(day.count.map { "\($0)" } ?? "—", isNumeric: true)
                        html.cell(day.reason)
                    }
                }
            }
        }
    }
}

extension ClockBar {
    /// The bar of one limit of a ledger.
    init(_ section: ClockText.Section, today: CivilDate, _ words: Words) {
        let run = section.run
        let days = zip(run.days, section.days).map { entry, day in
            switch entry.reason {
            case .start: ClockDay(entry.day, .start)
            case .counted, .makeUpDay: ClockDay(entry.day, .working)
            case .weekend: ClockDay(entry.day, .off(nil))
            case .holiday(let name), .closure(let name): ClockDay(entry.day, .off(name))
            case .paused: ClockDay(entry.day, .paused(day.reason))
            case .movedToWorkingDay: ClockDay(entry.day, .off(day.reason))
            }
        }
        self.init(days: days, today: today, due: run.due.day, isProvisional: run.due.isProvisional)
        promise = Word("ledger.due-on")
        isOver = !run.result.isOpen
    }
}
