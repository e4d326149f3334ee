import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /overruns`: limits that passed, with the reasons that the authority publishes (优化营商环境条例 art. 36); never
/// whose application it was. The same as `/overruns.json` and `/overruns.csv`.
struct OverrunsPage {
    /// LIMIT: lines of one page.
    static let rowsMax = 50

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = try OverrunsAsked(request, isStrict: false)
        let lines = try await lines(asked, limit: Self.rowsMax)
        let unexplained = try await site.hall.unexplainedOverruns()
        let visit = site.visit(context, .portal)
        let words = visit.words
        let names = try await site.publicNames(lines.map(\.itemCode), words)
        let today = site.hall.time.now().day
        return .page(
            visit.page(words["overruns.title"]) { html in
                html.title(words["overruns.title"])
                html.lead(words["overruns.lead"])
                html.figures([
                    Figure(
                        words["overruns.unexplained"],
                        "\(unexplained)" + (unexplained == OverrunTable.countedMax ? "+" : ""),
                        href: "/overruns?state=unexplained")
                ])
                html.filters("/overruns") { html in
                    html.monthChoice(asked.month, today: today)
                    html.field(
                        Field(
                            "state", words["overruns.state"],
                            .list([
                                Option("", words["overruns.all"]),
                                Option("unexplained", words["overruns.unexplained"]),
                            ]), answer: Answer(asked.isUnexplained ? "unexplained" : "")
                        ).with { $0.isOptional = true })
                }
                html.overruns(lines, names, site.hall.rules.clock.calendar, today: today)
                html.pager(
                    previous: asked.after == nil ? nil : asked.address(),
                    next: next(lines, Self.rowsMax).map { asked.address(after: $0) })
                html.openData(json: asked.address("/overruns.json"), csv: asked.address("/overruns.csv"))
            })
    }

    func json(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await open(request, "/overruns.json").json(to: request)
    }

    func csv(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await open(request, "/overruns.csv").csv(to: request)
    }

    private func open(_ request: Request, _ path: String) async throws -> PublicPage<PublicOverrun> {
        let asked = try OverrunsAsked(request, isStrict: true)
        let lines = try await lines(asked, limit: Limits.pageRowsMax)
        return PublicPage(
            name: "overruns",
            columns: [
                .text("itemCode", \.itemCode), .text("item", \.itemName), .text("bodyCode", \.body.code),
                .text("body", \.bodyName), .text("limit", \.limit.rawValue), .text("due", \.due.description),
                PublicColumn("takenDays") { $0.taken.map { .number($0.count) } },
                .text("explainedAt", \.explainedAt?.description), .text("explanation", \.explanation),
            ], lines: lines,
            next: next(lines, Limits.pageRowsMax).map {
                site.press.address.absolute(asked.address(path, after: $0))
            })
    }

    private func lines(_ asked: OverrunsAsked, limit: Int) async throws -> [PublicOverrun] {
        try await site.hall.overruns(
            asked.month?.days ?? Month.always, isUnexplained: asked.isUnexplained, after: asked.after,
            limit: limit)
    }

    private func next(_ lines: [PublicOverrun], _ limit: Int) -> OverrunTable.Cursor? {
        lines.count == limit ? lines.last?.cursor : nil
    }
}

/// What the address of the list asks for: `month`, `state` and `after`.
struct OverrunsAsked {
    let month: Month?
    let isUnexplained: Bool
    let after: OverrunTable.Cursor?

    /// Reads an address; what cannot be read counts as not asked, unless a program is told so.
    init(_ request: Request, isStrict: Bool) throws {
        func asked(_ name: String) throws -> String {
            isStrict ? try request.strictlyAsked(name) : request.asked(name)
        }
        let (month, state, after) = (try asked("month"), try asked("state"), try asked("after"))
        self.month = Month(month)
        isUnexplained = state == "unexplained"
        self.after = OverrunTable.Cursor(after)
        guard isStrict else { return }
        let isRead =
            (month.isEmpty || self.month != nil) && (state.isEmpty || isUnexplained)
            && (after.isEmpty || self.after != nil)
        guard isRead else { throw APIRefusal.malformed }
    }

    func address(_ path: String = "/overruns", after: OverrunTable.Cursor? = nil) -> String {
        PublicAddress.of(
            path,
            [
                ("month", month.map { "\($0)" } ?? ""), ("state", isUnexplained ? "unexplained" : ""),
                ("after", after?.text ?? ""),
            ])
    }
}

extension OverrunTable.Cursor {
    /// As it stands in an address.
    var text: String { "\(due).\(dossier).\(limit.rawValue)" }

    init?(_ text: String) {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count == 3, let due = CivilDate(parts[0]), let dossier = DossierID(parts[1]),
            let limit = ClockLimit(rawValue: parts[2])
        else { return nil }
        self.init(due: due, dossier: dossier, limit: limit)
    }
}

extension ClockLimit {
    /// The limit's name; of those that are explained in public.
    var name: Word { self == .statutory ? Word("ledger.statutory") : Word("ledger.promised") }
}

extension HTML {
    fileprivate mutating func overruns(
        _ lines: [PublicOverrun], _ names: [String: (item: String, body: String)], _ calendar: WorkCalendar,
        today: CivilDate
    ) {
        let words = words
        let columns = [
            words["column.item"], words["column.body"], words["overruns.limit"], words["overruns.due"],
            words["overruns.taken"], words["overruns.reason"],
        ]
        publicTable(words["overruns.title"], columns, lines) { html in
            html.empty(words["overruns.none"], words["overruns.none-help"])
        } row: { html, line in
            html.headCell(names[line.itemCode]?.item ?? line.itemName, href: Paths.item(line.itemCode))
            html.cell(names[line.itemCode]?.body ?? line.bodyName)
            html.cell(words[line.limit.name])
            html.cell(named: columns[3]) { $0.text(words.plainDate(line.due)) }
            html.cell(named: columns[4]) { html in
                html.text(line.taken.map(words.workingDays) ?? words.late(since: line.due, calendar, today))
            }
            html.cell(named: columns[5]) { html in
                if line.explainedAt == nil {
                    html.tag(Tag(words["overruns.not-yet"], .waiting))
                } else {
                    html.text(line.explanation.isEmpty ? words["overruns.forgotten"] : line.explanation)
                }
            }
        }
    }
}

extension Words {
    /// What is not decided yet: by how many working days it is late.
    fileprivate func late(since due: CivilDate, _ calendar: WorkCalendar, _ today: CivilDate) -> String {
        let days = calendar.workingDays(from: due.advanced(byDays: 1), upTo: max(due, today).advanced(byDays: 1))
        return self("overruns.undecided", ["days": workingDays(days)])
    }
}
