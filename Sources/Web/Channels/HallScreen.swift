import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /screen`: the items of a hall by theme, for its big screen. `?place=` (six digits) names the place; without
/// it the whole city's.
struct HallScreen {
    /// LIMIT: items of one place on the screen.
    private static let itemsMax = 100
    let site: Site

    private struct Theme {
        let name: Bilingual
        var lines: [ItemLine]
    }

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let place = site.screenPlace(request)
        let themes = try await themes(of: try await lines(of: place?.region))
        let visit = site.visit(context, .portal)
        let words = visit.words
        let title = words["screen.title"]
        return .page(
            visit.screen(title, home: Paths.hallScreen(at: place?.region)) { html in
                html.element("div", .class("heading")) { html in
                    html.element("h1", text: title)
                    places(&html, now: place)
                }
                html.element("div", .class("themes")) { html in
                    for theme in themes {
                        html.element("section", .class("theme")) { html in
                            html.element("h2", text: words.pick(theme.name))
                            for line in theme.lines { link(&html, line, at: place?.region) }
                        }
                    }
                }
            })
    }

    /// Whether the line stands for those of all counties, because nobody said which.
    private func isExample(_ line: ItemLine, at place: Region?) -> Bool {
        place == nil && line.region != .fuzhou && line.region != .fujian
    }

    private func link(_ html: inout HTML, _ line: ItemLine, at place: Region?) {
        let words = html.words
        let owner = site.regions.entry(line.region).map { words.pick($0.name, $0.nameEnglish) } ?? ""
        html.element("a", .class("item"), .href(Paths.screen(line.itemCode, at: place))) { html in
            html.element("strong", text: words.pick(line.handlingItemName ?? line.name))
            html.element(
                "span",
                text: isExample(line, at: place) ? words("screen.example", ["place": owner]) : words.pick(line.bodyName)
            )
            html.element("span", .class("promise"), text: words.promise(of: line))
        }
    }

    private func places(_ html: inout HTML, now: Gazetteer.Entry?) {
        let words = html.words
        html.element("details", .class("places")) { html in
            html.element("summary", .class("touch")) { html in
                html.text(now.map { words.pick($0.name, $0.nameEnglish) } ?? words["items.everywhere"])
                html.icon(.down)
            }
            html.element("nav", .label(words["screen.place"])) { html in
                html.element("a", .class("touch"), .href(Paths.hallScreen(at: nil)), text: words["items.everywhere"])
                for entry in site.regions.entries {
                    html.element(
                        "a", .class("touch"), .href(Paths.hallScreen(at: entry.region)),
                        entry.region == now?.region ? Attribute("aria-current", "true") : nil,
                        text: words.pick(entry.name, entry.nameEnglish))
                }
            }
        }
    }

    /// One line for each kind of item: of the place itself where it has one, else of the city, of the province, and,
    /// when no place is asked for, of any.
    private func lines(of place: Region?) async throws -> [ItemLine] {
        let near = [place, .fuzhou, .fujian].compactMap { $0 }
        let far = place == nil ? site.regions.entries.map(\.region) : []
        var (seen, lines): (Set<String>, [ItemLine]) = ([], [])
        for region in near + far {
            for line in try await site.hall.items(in: region, limit: Self.itemsMax)
            where line.state == .inUse && lines.count < Self.itemsMax && seen.insert(line.slug).inserted {
                lines.append(line)
            }
        }
        return lines
    }

    /// Grouped by the first theme of each, those of the most items first.
    private func themes(of lines: [ItemLine]) async throws -> [Theme] {
        var themes: [Theme] = []
        for line in lines {
            guard let item = try await site.hall.item(line.itemCode), let topic = item.guide.standard.topics.first
            else { continue }
            if let index = themes.firstIndex(where: { $0.name == topic.theme }) {
                themes[index].lines.append(line)
            } else {
                themes.append(Theme(name: topic.theme, lines: [line]))
            }
        }
        return themes.sorted { ($1.lines.count, $0.name.en) < ($0.lines.count, $1.name.en) }
    }
}

extension Site {
    /// The place of a screen, as its address names it; nil for none that there is.
    func screenPlace(_ request: Request) -> Gazetteer.Entry? {
        Region(request.asked("place")).flatMap { regions.entry($0) }
    }
}
