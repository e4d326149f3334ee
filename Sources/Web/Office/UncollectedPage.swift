import Accounts
import Catalogue
import Delivery
import Hall
import Hummingbird
import Vocabulary

/// `/office/uncollected`: 逾期未领: results that nobody fetched, how many of them there are, and where each lies.
struct UncollectedPage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let (lines, counts) = try await site.hall.uncollected()
        let visit = site.visit(context, .office)
        let words = visit.words
        var items: [String: String] = [:]
        for code in Set(lines.map(\.itemCode)).sorted() {
            items[code] = try await site.hall.item(code).map { words.pick($0.guide.title) } ?? code
        }
        let terms = site.hall.shelfTerms
        let names = items
        return .page(
            visit.page(words["uncollected.title"]) { html in
                html.title(words["uncollected.title"])
                html.lead(
                    words(
                        "uncollected.lead",
                        [
                            "first": "\(terms.remindAfterDays)", "second": "\(terms.remindAgainAfterDays)",
                            "third": "\(terms.archiveAfterDays)",
                        ]))
                html.facts { html in
                    for (state, count) in counts {
                        html.fact(words[state.word]) { $0.text(words("uncollected.count", ["n": words.number(count)])) }
                    }
                }
                html.heading(words["uncollected.list"])
                html.uncollected(lines, names)
            })
    }
}

extension KeptResult.State {
    fileprivate var word: Word {
        switch self {
        case .waiting: Word("uncollected.waiting")
        case .reminded: Word("shelf.reminded")
        case .remindedAgain: Word("shelf.reminded-again")
        case .archived: Word("shelf.archived")
        case .left: Word("uncollected.left")
        }
    }
}

extension HTML {
    fileprivate mutating func uncollected(_ lines: [Hall.UncollectedLine], _ items: [String: String]) {
        table(
            words["uncollected.list"],
            [
                Column(words["column.number"]), Column(words["column.item"]), Column(words["column.body"]),
                Column(words["shelf.since"]), Column(words["shelf.title"]),
            ], lines
        ) { html in
            html.empty(html.words["uncollected.none"], html.words["uncollected.none-help"])
        } row: { html, line in
            html.row { html in
                let words = html.words
                html.headCell(line.short)
                html.cell(items[line.itemCode] ?? line.itemCode)
                html.cell(line.body)
                html.cell(words.shortDate(line.kept.readyAt.day))
                html.cell { html in
                    if let place = line.kept.place { html.element("p", text: place.position.description) }
                    if let tag = words.reminded(line.kept) { html.tag(tag) }
                }
            }
        }
    }
}
