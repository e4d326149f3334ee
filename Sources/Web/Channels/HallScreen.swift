import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /screen`: the themes of a hall's items for its big screen, and the items of one of them. `?place=` (six digits)
/// names the place, without it the whole city's; `?theme=` a theme by its Chinese name; `?from=` the first item.
struct HallScreen {
    /// LIMIT: items on one screen.
    private static let rowsMax = 12
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let place = site.screenPlace(request)
        let from = Int(request.asked("from")).map { min(max($0, 0), ItemQuery.offsetMax) } ?? 0
        let theme = request.asked("theme").isEmpty ? nil : request.asked("theme")
        let answer = try await site.hall.items(query(place?.region, theme, from: from))
        let visit = site.visit(context, .portal)
        let words = visit.words
        let title = theme.map { words.pick(answer.counts.themeNames[$0] ?? Bilingual($0, $0)) } ?? words["screen.title"]
        return .page(
            visit.screen(title, home: Paths.hallScreen(at: place?.region)) { html in
                html.element("div", .class("heading")) { html in
                    html.element("h1", text: title)
                    if theme == nil {
                        places(&html, now: place)
                    } else {
                        html.element("a", .class("touch"), .href(Paths.hallScreen(at: place?.region))) { html in
                            html.icon(.arrowLeft)
                            html.say("screen.all-themes")
                        }
                    }
                }
                if let theme {
                    items(&html, answer, at: place?.region)
                    pager(&html, answer, theme, at: place?.region, from: from)
                } else {
                    themes(&html, answer.counts, at: place?.region)
                }
            })
    }

    /// One item each: of the place itself where it has one, else of the city, of the province, and, when no place is
    /// asked for, of any.
    private func query(_ place: Region?, _ theme: String?, from: Int) -> ItemQuery {
        let near = [place, .fuzhou, .fujian].compactMap { $0 }
        let far = place == nil ? site.regions.entries.map(\.region).filter { $0 != .fuzhou } : []
        var query = ItemQuery(in: near + far, limit: Self.rowsMax)
        (query.theme, query.offset, query.isOncePerItem) = (theme, from, true)
        return query
    }

    /// The themes with how many items each has, those of the most first.
    private func themes(_ html: inout HTML, _ counts: ItemCounts, at place: Region?) {
        let words = html.words
        let sorted = counts.themes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        html.element("div", .class("themes")) { html in
            for (theme, count) in sorted {
                html.element("a", .class("touch theme"), .href(Paths.hallScreen(at: place, theme: theme))) { html in
                    html.element("strong", text: words.pick(counts.themeNames[theme] ?? Bilingual(theme, theme)))
                    html.element("span", text: words.count("screen.items", count))
                }
            }
        }
    }

    private func items(_ html: inout HTML, _ answer: ItemAnswer, at place: Region?) {
        if answer.found.isEmpty { html.element("p", text: html.words["screen.none"]) }
        html.element("div", .class("items")) { html in
            for found in answer.found { link(&html, found.line, at: place) }
        }
    }

    private func pager(_ html: inout HTML, _ answer: ItemAnswer, _ theme: String, at place: Region?, from: Int) {
        guard answer.total > Self.rowsMax else { return }
        html.element("nav", .class("ways"), .label(html.words["pager.label"])) { html in
            if from > 0 {
                let before = Paths.hallScreen(at: place, theme: theme, from: max(from - Self.rowsMax, 0))
                html.element("a", .class("touch"), .href(before), text: html.words["pager.previous"])
            }
            html.element(
                "p",
                text: html.words(
                    "screen.shown",
                    [
                        "from": "\(min(from + 1, answer.total))", "to": "\(from + answer.found.count)",
                        "of": "\(answer.total)",
                    ]))
            if answer.total > from + Self.rowsMax {
                let next = Paths.hallScreen(at: place, theme: theme, from: from + Self.rowsMax)
                html.element("a", .class("touch"), .href(next), text: html.words["pager.next"])
            }
        }
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
}

extension Site {
    /// The place of a screen, as its address names it; nil for none that there is.
    func screenPlace(_ request: Request) -> Gazetteer.Entry? {
        Region(request.asked("place")).flatMap { regions.entry($0) }
    }
}
