import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/catalogue/defects`: where guides mislead, by what clerks say in their notices: the places that misled
/// most cases first, each with the field of the sheet that mends it.
struct MisguidancePage {
    /// The spans that can be looked at, in days.
    static let spans = [30, 90, 365]

    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        let days = Self.spans.first { "\($0)" == request.asked("days") } ?? Self.spans[1]
        let slug = request.asked("item")
        let sheet = slug.isEmpty ? nil : try await site.hall.sheet(slug).sheet
        let since = site.hall.time.now().day.advanced(byDays: 1 - days)
        let report = try await site.hall.misguidance(of: sheet?.powers.map(\.catalogCode.code), since: since)
        let visit = site.visit(context, .office)
        let words = visit.words
        let view = MisguidanceView(report: report, guest: context.guest, site: site, words: words)
        let address = { (days: Int) in
            Self.path + "?days=\(days)" + (slug.isEmpty ? "" : "&item=\(Paths.query(slug))")
        }
        return .page(
            visit.page(words["misled.title"], crumbs: [PageLink(words["nav.catalogue"], "/office/catalogue")]) { html in
                html.title(words["misled.title"], over: sheet.map { words.pick($0.name) } ?? "")
                html.lead(words["misled.lead"])
                html.tabs(
                    Self.spans.map { PageLink(words.count("misled.days", $0), address($0)) }, current: address(days))
                if !slug.isEmpty {
                    html.buttons { html in
                        html.buttonLink(words["misled.all-items"], Self.path + "?days=\(days)", .secondary)
                        html.buttonLink(words["misled.to-sheet"], Paths.sheet(slug), .secondary)
                    }
                }
                view.causes(&html)
                view.ranking(&html, report.lines, isItemNamed: sheet == nil)
                html.note(words["misled.rules"])
            })
    }

    static let path = "/office/catalogue/defects"
}

/// The ranking in words.
struct MisguidanceView {
    let report: MisguidanceReport
    let guest: Hall.Guest
    let site: Site
    let words: Words

    /// LIMIT: places on the card of one item.
    static let cardPlacesMax = 5

    /// Why corrections were asked for, in all.
    func causes(_ html: inout HTML) {
        let counts = report.counts
        guard counts.all > 0 else { return }
        html.heading(words.count("misled.corrections", counts.all))
        if report.isCapped { html.note(words("misled.capped", ["n": words.number(MisguidanceTable.lookedMax)])) }
        html.shares([
            Share(words["misled.by-guide"], counts.guide, .first),
            Share(words["misled.by-applicant"], counts.overlooked, .second),
            Share(words["misled.by-other"], counts.other, .third),
        ])
    }

    /// The places, the worst first.
    func ranking(_ html: inout HTML, _ lines: [MisguidanceReport.Line], isItemNamed: Bool) {
        guard let most = lines.first?.all.misled else {
            return html.empty(words["misled.none"], words["misled.none-help"])
        }
        html.element("ol", .class("ranked")) { html in
            for line in lines {
                html.element("li") { place(&$0, line, of: most, isItemNamed: isItemNamed) }
            }
        }
    }

    /// The card of one item's sheet; nothing while nobody was misled.
    func card(_ html: inout HTML, slug: String) {
        guard !report.lines.isEmpty else { return }
        html.card(words["misled.title"]) { html in
            html.note(words.count("misled.days", MisguidancePage.spans[1]))
            ranking(&html, Array(report.lines.prefix(Self.cardPlacesMax)), isItemNamed: false)
            html.buttonLink(words["misled.more"], MisguidancePage.path + "?item=\(Paths.query(slug))", .secondary)
        }
    }

    private func place(
        _ html: inout HTML, _ line: MisguidanceReport.Line, of most: Int, isItemNamed: Bool
    ) {
        let label = words.pick(line.label)
        html.element("h3", text: label)
        if isItemNamed {
            html.element("p") { html in
                if let slug = line.slug {
                    html.link(PageLink(words.pick(line.item), Paths.sheet(slug)))
                } else {
                    html.text(words.pick(line.item))
                }
            }
        }
        html.bar(line.all.misled, of: most)
        html.paragraph(share(line.all))
        if let mend = line.mend {
            html.paragraph(
                words(
                    "misled.since-version",
                    [
                        "version": words.number(line.version), "before": part(mend.before), "after": part(mend.after),
                    ]))
        }
        examples(&html, line)
        if let slug = line.slug {
            let sheet = Paths.sheet(slug)
            let href = line.place.sheetKey.map { "\(sheet)/fields/\($0)" } ?? sheet
            html.link(PageLink(words("misled.mend", ["place": label]), href))
        }
    }

    private func examples(_ html: inout HTML, _ line: MisguidanceReport.Line) {
        html.unfold(words.count("misled.examples", line.examples.count)) { html in
            html.element("ul") { html in
                for example in line.examples {
                    html.element("li") { html in
                        if mayOpen(example) {
                            html.link(PageLink(example.number, Paths.office(example.notice.dossier)))
                        } else {
                            html.element("span", .class("code"), text: example.number)
                        }
                        html.text(" · " + words.plainDate(example.day))
                        if let said = example.words { html.paragraph(said) }
                    }
                }
            }
        }
    }

    /// Whether the reader may open the case of an example.
    private func mayOpen(_ example: Misguidance) -> Bool {
        let scope = Scope(
            department: example.source.body, itemCode: example.source.catalogCode, region: example.source.region)
        return [.review, .decide].contains { guest.reaches($0, scope, today: site.hall.time.now().day) }
    }

    private func share(_ share: MisguidanceReport.Share) -> String {
        words(share.isAtLeast ? "misled.share-at-least" : "misled.share", figures(share))
    }

    /// `3/120（2.50%）`
    private func part(_ share: MisguidanceReport.Share) -> String {
        words("misled.part", figures(share))
    }

    private func figures(_ share: MisguidanceReport.Share) -> KeyValuePairs<String, String> {
        [
            "n": words.number(share.misled), "all": words.number(share.filed),
            "percent": words.percent(part: share.misled, of: share.filed),
        ]
    }
}
