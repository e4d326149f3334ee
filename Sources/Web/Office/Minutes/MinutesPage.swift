import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /office/halls/{hall}/minutes`: what is to come tomorrow and how far off forecasts were, what items really take,
/// and a day's tickets; for administrators.
struct MinutesPage {
    let site: Site

    func get(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        let code = try context.hallOnPage()
        let day = request.asked("day")
        let view = try await site.hall.minutes(
            at: code, on: day.isEmpty ? nil : CivilDate(day), after: cursor(request.asked("after")))
        let titles = try await titles(of: view.items.map(\.itemCode), site.visit(context, .office).words)
        let visit = site.visit(context, .office)
        let words = visit.words
        let crumbs = [
            PageLink(words["halls.title"], HallsDesk.path), PageLink(words.name(of: view.hall), Paths.hallDesk(code)),
        ]
        return .page(
            visit.page(words["minutes.title"], crumbs: crumbs) { html in
                html.title(words["minutes.title"], over: words.name(of: view.hall))
                html.load(view.load)
                html.efforts(view, titles)
                html.tickets(view)
            })
    }

    /// The number after which a page begins, such as `A100`; nil for the first page and for what is no number.
    private func cursor(_ text: String) -> (letter: String, serial: Int)? {
        guard let letter = text.first, let serial = Int(text.dropFirst()), serial > 0 else { return nil }
        return (String(letter), serial)
    }

    private func titles(of items: [String], _ words: Words) async throws -> [String: String] {
        var titles: [String: String] = [:]
        for code in items { titles[code] = try await site.hall.item(code).map { words.pick($0.guide.title) } }
        return titles
    }
}

extension HTML {
    /// Writes what items take: how often, and the minutes of half of them and of nine in ten.
    fileprivate mutating func efforts(_ view: Hall.MinutesView, _ titles: [String: String]) {
        heading(words["effort.title"], id: "effort")
        note(words("effort.lead", ["least": words.number(WaitRules.itemCasesMin)]))
        let longest = view.items.map(\.effort.ninetieth).max() ?? 0
        element("div", .class("wrapping")) { html in
            html.table(
                html.words["effort.title"],
                [
                    Column(html.words["column.item"]), Column(html.words["effort.cases"], isNumeric: true),
                    Column(html.words["effort.median"]), Column(html.words["effort.ninetieth"]),
                ], view.items
            ) { html in
                html.empty(html.words["effort.none"], html.words["effort.none-help"])
            } row: { html, line in
                html.row { html in
                    html.headCell(titles[line.itemCode] ?? line.itemCode)
                    html.cell(html.words.number(line.effort.cases), isNumeric: true)
                    for minutes in [line.effort.median, line.effort.ninetieth] {
                        html.cell { html in
                            html.element("div", .class("bar-cell")) { html in
                                html.bar(minutes, of: longest)
                                html.element("span", text: html.words.count("minutes.n", minutes))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Writes a day's tickets, each with the way to its trace.
    fileprivate mutating func tickets(_ view: Hall.MinutesView) {
        let path = Paths.minutes(view.hall.code)
        heading(words("minutes.tickets", ["day": words.date(view.day)]), id: "tickets")
        filters(path) { html in
            html.field(
                Field("day", html.words["minutes.day"], .date, answer: Answer(view.day.description)).with {
                    $0.isOptional = true
                })
        }
        table(
            words("minutes.tickets", ["day": words.date(view.day)]),
            [
                Column(words["ticket.number"]), Column(words["ticket.what-for"]), Column(words["ticket.taken"]),
                Column(words["column.state"]), Column(words["queue.window"], isNumeric: true),
            ], view.tickets
        ) { html in
            html.empty(html.words["minutes.no-tickets"], html.words["minutes.no-tickets-help"])
        } row: { html, ticket in
            html.row { html in
                html.headCell(ticket.number, href: Paths.trace(view.hall.code, ticket.id))
                html.cell(html.words[ticket.need.wish])
                html.cell(ticket.takenAt.timeOfDay)
                html.cell(html.words[ticket.state.staffWord])
                html.cell(ticket.window.map(html.words.number) ?? "", isNumeric: true)
            }
        }
        guard view.tickets.count == Limits.pageRowsMax, let last = view.tickets.last else { return }
        pager(previous: nil, next: "\(path)?day=\(view.day)&after=\(last.letter)\(last.serial)#tickets")
    }
}

extension Ticket.State {
    /// Where a ticket is, to those who run the hall.
    fileprivate var staffWord: Word {
        switch self {
        case .waiting: Word("trace.is-waiting")
        case .called: Word("trace.is-called")
        case .serving: Word("trace.is-serving")
        case .interrupted: Word("trace.is-interrupted")
        case .passed: Word("trace.passed")
        case .served: Word("trace.finished")
        case .cancelled: Word("trace.cancelled")
        case .lapsed: Word("trace.lapsed")
        }
    }
}
