import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /`: one question, what do you want to do? And below it one's own running business.
struct HomePage {
    /// The items that most people ask for.
    private static let common = [
        "company-registration", "individual-business-registration", "food-business-licence", "special-working-hours",
        "second-class-constructor", "public-place-hygiene", "construction-permit", "labour-dispatch", "road-freight",
        "teacher-qualification", "flexible-employment-subsidy", "flexible-employment-insurance",
    ]
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await site.kept(request, context) { try await page(context) }
    }

    private func page(_ context: SiteContext) async throws -> HTML {
        let visit = site.visit(context, .portal)
        let words = visit.words
        if visit.preferences.isElder { return fewer(visit) }
        let lines = try await commonItems()
        let business = try await running(context)
        return visit.page(words["home.title"]) { html in
            question(&html, visit)
            html.columns(isAsideFirst: !business.isEmpty) { html in
                html.heading(words["home.common"])
                html.tiles(
                    lines.map { line in
                        (
                            PageLink(words.pick(line.name), "/items?q=\(Paths.query(words.pick(line.name)))"),
                            words.promise(of: line)
                        )
                    })
            } aside: { html in
                if !business.isEmpty {
                    html.card(words["home.business"]) { html in
                        html.tasks(business.prefix(5).map { TaskRow($0.name, href: $0.href, tag: $0.state) })
                        html.link(PageLink(words["home.all-business"], "/business"))
                        html.raw(" ")
                        html.link(PageLink(words["looks.title"], Paths.looks))
                    }
                }
                html.card(words["home.verify"]) { html in
                    html.paragraph(words["home.verify-help"])
                    html.buttonLink(words["nav.verify"], "/verify")
                }
                html.card(words["home.lookup"]) { html in
                    html.paragraph(words["home.lookup-help"])
                    html.buttonLink(words["nav.lookup"], "/lookup")
                }
            }
        }
    }

    private func question(_ html: inout HTML, _ visit: Visit) {
        var box = SearchBox(visit.words["home.question"], action: "/items", suggestions: "/items/suggestions")
        box.placeholder = visit.words["home.placeholder"]
        box.isLarge = true
        html.element("h1", .class("unseen"), text: visit.site)
        html.search(box)
    }

    /// The same question in elder mode, and the three ways on that an old person asks for.
    private func fewer(_ visit: Visit) -> HTML {
        let words = visit.words
        return visit.page(words["home.title"]) { html in
            question(&html, visit)
            html.tiles([
                (PageLink(words["elder.ticket"], Paths.halls), words["elder.ticket-help"]),
                (PageLink(words["nav.business"], "/business"), words["elder.business-help"]),
                (PageLink(words["elder.call"], "tel:12345"), words["elder.call-help"]),
            ])
        }
    }

    private func commonItems() async throws -> [ItemLine] {
        let places = [Region.fujian] + site.regions.entries.map(\.region)
        var lines: [ItemLine] = []
        for slug in Self.common {
            if let line = try await site.hall.item(slug, in: places) { lines.append(line) }
        }
        return lines
    }

    private func running(_ context: SiteContext) async throws -> [BusinessRow] {
        guard case .person(.citizen(let citizen))? = context.guest?.who else { return [] }
        return try await Business(site: site).rows(of: citizen, openOnly: true)
    }
}

extension Words {
    /// `4 个工作日 · 一趟不用跑 · 不收费`: what an item promises, in one line.
    func promise(of line: ItemLine) -> String {
        let trips = line.leastTripsOffered.map { [self.trips($0)] } ?? []
        return ([limit(line.promised)] + trips + [self[line.isCharged ? Word("item.charged") : Word("item.free")]])
            .joined(separator: " · ")
    }

    /// A limit in words.
    func limit(_ limit: GuideLimit) -> String { span(TimeSpan(value: limit.value, unit: limit.unit)) }

    /// So much time: `4 个工作日`, `即办`.
    func span(_ span: TimeSpan) -> String {
        if span.value == 0 { return self["limit.at-once"] }
        switch span.unit {
        case .workingDays: return workingDays(WorkingDays(span.value))
        case .calendarDays: return calendarDays(span.value)
        case .hours: return count("limit.hours", span.value)
        case .minutes: return count("limit.minutes", span.value)
        case .months: return count("limit.months", span.value)
        }
    }

    /// A text of data that carries both languages; Chinese where the English one is empty.
    func pick(_ text: Bilingual) -> String { pick(text.zh, text.en.isEmpty ? nil : text.en) }
}
