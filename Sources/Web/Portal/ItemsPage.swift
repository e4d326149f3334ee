import Catalogue
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /items`: the items that fit words and filters, or all of them, page by page.
struct ItemsPage {
    /// LIMIT: items on one page.
    static let rowsMax = 20
    /// LIMIT: names that are suggested while one types.
    static let suggestionsMax = 8

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let search = ItemsSearch(request, site.regions)
        let answer = try await site.hall.items(search.query(rows: Self.rowsMax))
        let departments = try await site.hall.departments()
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["nav.items"]) { html in
                let item = search.slug == nil ? nil : answer.found.first?.name
                html.title(item.map(words.pick) ?? words["nav.items"])
                var box = SearchBox(words["home.question"], action: "/items", suggestions: "/items/suggestions")
                box.question = search.question
                box.kept = search.filters
                html.search(box)
                html.filters(of: search, answer, departments, site.regions)
                if item != nil { html.lead(words["items.choose-place"]) }
                html.hits(answer, search)
                html.pager(
                    previous: search.from > 0 ? search.address(from: max(search.from - Self.rowsMax, 0)) : nil,
                    next: answer.total > search.from + Self.rowsMax
                        ? search.address(from: search.from + Self.rowsMax) : nil)
            })
    }

    /// `GET /items/suggestions?q=`: names that fit, while one types.
    func suggestions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let search = ItemsSearch(request, site.regions)
        let words = site.visit(context, .portal).words
        let answer = try await site.hall.items(search.query(rows: Self.suggestionsMax))
        let found = search.question.isEmpty ? [] : answer.found
        let list = found.map { found in
            let isSeveral = search.isSeveral(found, answer)
            return [
                "label": isSeveral ? words.pick(found.name) : words.pick(found.line.title),
                "note": isSeveral ? words.count("items.places", found.places) : words.pick(found.line.bodyName),
                "href": search.address(of: found, answer),
            ]
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: try CanonicalJSON.bytes(of: list))))
    }
}

extension HTML {
    /// Writes how many fit and which, or what to try when none does.
    fileprivate mutating func hits(_ answer: ItemAnswer, _ search: ItemsSearch) {
        guard !answer.found.isEmpty else { return nothing(search) }
        let words = words
        element("div", .class("hits")) { html in
            html.table(
                search.slug == nil
                    ? words.count("items.count", answer.total) : words.count("items.at", answer.total),
                (search.slug == nil ? [Column(words["column.item"])] : [])
                    + [Column(words["column.body"]), Column(words["column.promise"])],
                answer.found
            ) { _ in
            } row: { html, found in
                html.hit(found, answer, search)
            }
        }
    }

    private mutating func hit(_ found: ItemAnswer.Found, _ answer: ItemAnswer, _ search: ItemsSearch) {
        let words = words
        let isSeveral = search.isSeveral(found, answer)
        let body = isSeveral ? words.count("items.places", found.places) : words.pick(found.line.bodyName)
        let name = isSeveral ? words.pick(found.name) : words.pick(found.line.title)
        let isChoosing = search.slug != nil
        row { html in
            html.headCell(isChoosing ? body : name, href: search.address(of: found, answer))
            if !isChoosing { html.cell(body) }
            html.cell { html in
                html.text(words.promise(of: found.line))
                if found.line.state == .suspended { html.tag(Tag(words["items.suspended"], .waiting)) }
            }
        }
    }

    private mutating func nothing(_ search: ItemsSearch) {
        let words = words
        empty(
            search.question.isEmpty ? words["items.none"] : words("items.none-for", ["words": search.question]),
            words["items.none-help"],
            action: search.filters.isEmpty
                ? PageLink(words["items.all"], "/items")
                : PageLink(words["items.without-filters"], search.addressWithoutFilters))
    }

    /// Writes the filters as a form that stands open while one of them is set.
    fileprivate mutating func filters(
        of search: ItemsSearch, _ answer: ItemAnswer, _ departments: [(code: String, name: Bilingual)],
        _ regions: Gazetteer
    ) {
        let (words, counts) = (words, answer.counts)
        let places = regions.entries.map { Option($0.region.code, words.pick($0.name, $0.nameEnglish)) }
        let offices = departments.map { (words.pick($0.name), $0.code, counts.departments[$0.code]) }
        let themes = counts.themes.sorted { $0.key < $1.key }.map { theme, count in
            (counts.themeNames[theme].map(words.pick) ?? theme, theme, Int?.some(count))
        }
        let holders = [
            (words["items.person"], "person", counts.holders[.naturalPerson]),
            (words["items.firm"], "firm", counts.holders[.legalPerson]),
        ]
        let trips = [(words.trips(0), "0", counts.trips[0]), (words.trips(1), "1", counts.trips[1])]
        unfold(words["items.filters"], isOpen: !search.filters.isEmpty) { html in
            html.filters("/items") { html in
                if !search.question.isEmpty { html.hidden("q", search.question) }
                html.choice("place", words["items.place"], words["items.everywhere"], places, search.place?.code)
                for (name, label, values) in [
                    ("holder", words["items.holder"], holders), ("department", words["items.department"], offices),
                    ("theme", words["items.theme"], themes), ("trips", words["items.trips"], trips),
                ] {
                    let options = values.map {
                        Option($0.1, words("items.counted", ["name": $0.0, "n": "\($0.2 ?? 0)"]))
                    }
                    html.choice(name, label, words["items.any"], options, search.value(of: name))
                }
            }
            if !search.filters.isEmpty {
                html.link(PageLink(words["items.without-filters"], search.addressWithoutFilters))
            }
        }
    }

    private mutating func choice(
        _ name: String, _ label: String, _ any: String, _ options: [Option], _ chosen: String?
    ) {
        field(
            Field(name, label, .list([Option("", any)] + options), answer: Answer(chosen ?? ""))
                .with { $0.isOptional = true })
    }
}
