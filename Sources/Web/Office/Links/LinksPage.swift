import Accounts
import Exchange
import Hall
import Hummingbird
import Vocabulary

/// `/office/exchange/links`: the links over which records go and come, how each stands, and how much of what it carries
/// was refused.
struct LinksPage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let all = try await site.hall.linkViews()
        let visit = site.visit(context, .office)
        let words = visit.words
        let desk = LinkDesk(site: site, words: words)
        return .page(
            visit.page(words["links.title"], crumbs: [PageLink(words["exchange.title"], ExchangePage.path)]) { html in
                html.title(words["links.title"])
                html.exchangeTabs(current: Self.path)
                html.lead(words["links.lead"])
                desk.table(&html, all)
                html.note(
                    words("links.budget-help", ["target": words.percent(LinkBudget.targetPerThousand * 10)]))
            })
    }

    static let path = "/office/exchange/links"

    static func path(of id: SubscriptionID) -> String { "\(path)/\(id)" }
}

extension HTML {
    /// The three pages about what goes to other houses.
    mutating func exchangeTabs(current: String) {
        tabs(
            [
                PageLink(words["exchange.tab"], ExchangePage.path), PageLink(words["links.title"], LinksPage.path),
                PageLink(words["records.title"], CaseRecordsPage.path),
            ], current: current)
    }
}

/// Links in words.
struct LinkDesk {
    let site: Site
    let words: Words

    func table(_ html: inout HTML, _ all: [Hall.LinkView]) {
        html.table(
            words["links.title"],
            [
                Column(words["exchange.partner"]), Column(words["links.way"]), Column(words["exchange.state"]),
                Column(words["links.out"]), Column(words["links.in"]), Column(words["links.budget"]),
                Column(words["links.differences"], isNumeric: true),
            ], all
        ) { html in
            html.empty(words["links.none"], words["links.none-help"])
        } row: { html, one in
            html.row { html in
                html.headCell(one.report.partner.name, href: LinksPage.path(of: one.link.id))
                html.cell { way(&$0, one.link) }
                html.cell { state(&$0, one) }
                html.cell { outgoing(&$0, one) }
                html.cell { incoming(&$0, one.report) }
                html.cell { budget(&$0, one.budget) }
                html.cell(words.number(one.differences), isNumeric: true)
            }
        }
    }

    /// By which way, and where: a machine or a folder, nothing more.
    func way(_ html: inout HTML, _ link: Subscription) {
        html.element("p", text: words[link.way.word])
        html.element("p", .class("code"), text: link.address.host)
    }

    /// How it stands, both ways.
    func state(_ html: inout HTML, _ view: Hall.LinkView) {
        let (link, standing) = (view.link, view.report.standing)
        let isWell = link.state == .active && link.pausedUntil == nil
        if isWell, standing.failures > 0 {
            html.tag(Tag(words["links.silent"], .bad))
        } else {
            html.tag(Tag(isWell ? words["links.well"] : words[link.standingWord], link.look))
        }
        if let until = link.pausedUntil, link.state == .active {
            html.element("p", text: words("exchange.paused-until", ["time": words.moment(until)]))
        }
        if let since = standing.failingSince, let trouble = standing.trouble {
            html.element(
                "p",
                text: words(
                    "links.failing",
                    [
                        "time": words.moment(since),
                        "why": site.refusals[trouble.reason.code, words].what,
                    ]))
            if !trouble.message.isEmpty {
                html.element("p", .class("code"), text: trouble.message.withoutPersonalNumbers)
            }
        }
    }

    /// How far behind it is, what waits there, and what was refused.
    func outgoing(_ html: inout HTML, _ view: Hall.LinkView) {
        html.element("p", text: words("exchange.entries", ["n": words.number(view.behind)]))
        if let since = view.since {
            let minutes = max(0, (site.hall.time.now().milliseconds - since.milliseconds) / 60_000)
            html.element("p", text: words("links.minutes", ["n": words.number(Int(minutes))]))
        }
        html.element("p", text: words("exchange.waiting", ["n": words.number(view.held.waiting)]))
        let (there, refused) = (view.report.sent[.handedOver] ?? 0, view.report.sent[.refused] ?? 0)
        html.element("p", text: words("links.handed-over", ["n": words.number(there)]))
        html.element("p", text: words("links.refused", ["n": words.number(refused)]))
        guard view.held.dead > 0 else { return }
        let dead = words("links.dead", ["n": words.number(view.held.dead)])
        html.element("p") { $0.link(PageLink(dead, ExchangePage.address(of: view.link.id))) }
    }

    func incoming(_ html: inout HTML, _ report: Hall.LinkReport) {
        let (waiting, refused) = (report.received[.waiting] ?? 0, report.received[.refused] ?? 0)
        html.element("p", text: words("links.waiting", ["n": words.number(waiting)]))
        html.element("p", text: words("links.refused", ["n": words.number(refused)]))
        if let at = report.standing.answeredAt {
            html.element("p", text: words("links.answered", ["time": words.moment(at)]))
        }
    }

    /// How much of what may be refused was.
    func budget(_ html: inout HTML, _ budget: LinkBudget) {
        guard let used = budget.usedPercent else { return html.text(words["links.budget-nothing"]) }
        if used > 100 { html.tag(Tag(words["links.budget-missed"], .bad)) }
        html.element("p", text: words("links.budget-used", ["used": words.number(used)]))
        html.element(
            "p",
            text: words(
                "links.budget-of", ["refused": words.number(budget.refused), "all": words.number(budget.all)]))
    }

    /// What a code says: the sentence of one of this house's, the code alone of another's.
    func reason(_ html: inout HTML, _ code: String, _ message: String) {
        guard !code.isEmpty || !message.isEmpty else { return }
        if let what = site.refusals.what(code, words) { html.element("p", text: what) }
        html.element("p", .class("code"), text: code)
        if !message.isEmpty { html.element("p", text: message.withoutPersonalNumbers) }
    }

    /// A record by its family in words and its name.
    func record(_ html: inout HTML, _ key: LinkKey) {
        html.element("p", text: family(key.family))
        html.element("p", .class("code"), text: key.key)
    }

    /// What a family is called; its own name for one that is not exchanged over links.
    func family(_ name: String) -> String {
        switch name {
        case "up_pro_accept": words["records.acceptance"]
        case "up_pro_material": words["records.material"]
        case "up_pro_process": words["records.step"]
        case "up_pro_special_procedure": words["records.special"]
        case "up_pro_result": words["records.result"]
        case "up_lic_data": words["records.certificate"]
        case "ow_apply": words["records.application"]
        case "ow_file": words["records.file"]
        case "ow_logistics": words["records.parcel"]
        case RecordFamily.evaluation: words["records.evaluation"]
        default: name
        }
    }
}

extension LinkWay {
    var word: Word {
        switch self {
        case .webhook: Word("links.way-webhook")
        case .web: Word("links.way-web")
        case .tables: Word("links.way-tables")
        case .folder: Word("links.way-folder")
        }
    }
}

extension String {
    /// Words of another house, in which what looks like an identity number or a mobile number is cut: what they say of
    /// a record may name whom it is about.
    var withoutPersonalNumbers: String {
        var (said, run) = ("", "")
        func shown(_ run: String) -> String {
            let digits = run.utf8.filter { (0x30...0x39).contains($0) }.count
            let isNumber = run.utf8.count == 11 && digits == 11 || run.utf8.count == 18 && digits >= 17
            return isNumber ? run.prefix(3) + "***" : run
        }
        for character in self {
            if character.isASCII, character.isLetter || character.isNumber {
                run.append(character)
            } else {
                said += shown(run)
                (run, said) = ("", said + String(character))
            }
        }
        return said + shown(run)
    }
}
