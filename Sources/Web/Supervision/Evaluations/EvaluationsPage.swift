import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `GET /evaluations`: how people judged the service in the last twelve months, by body and by item, and what was done
/// about bad reviews. Open to everybody; counts below five are not shown.
struct EvaluationsPage {
    static let path = "/evaluations"
    /// LIMIT: rows of each table.
    private static let rowsMax = 100

    let site: Site

    /// One row: a body or an item.
    private struct Line: Sendable {
        let name: String
        let tally: EvaluationTally
    }

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let month = Month(of: site.hall.time.now().day)
        let lines = try await site.hall.evaluationFigures(month.advanced(by: -11)...month)
        let published = try await site.hall.publishedReviews(before: Int64(request.asked("before")).map(Instant.init))
        let visit = site.visit(context, .portal)
        let words = visit.words
        let whole = lines.map(\.tally).reduce(EvaluationTally(), +)
        let bodies = Self.grouped(lines, by: \.key.owner, named: \.ownerName)
        let items = Self.grouped(lines.filter { !$0.key.item.isEmpty }, by: \.key.item, named: \.itemName)
        let next =
            published.count == Hall.publishedMax
            ? published.last?.publishedAt.map { "\(Self.path)?before=\($0.milliseconds)" } : nil
        return .page(
            visit.page(words["evaluations.title"]) { html in
                html.title(words["evaluations.title"])
                html.lead(words["evaluations.lead"])
                if whole.isShown { html.loop(whole) } else { html.note(words["evaluations.too-few"]) }
                table(&html, words["evaluations.bodies"], bodies, few: "evaluations.few-bodies")
                table(&html, words["evaluations.items"], items, few: "evaluations.few-items")
                html.heading(words["evaluations.published"])
                if published.isEmpty {
                    html.empty(words["evaluations.none"], words["evaluations.none-help"])
                }
                for it in published { html.published(it) }
                html.pager(previous: nil, next: next)
            })
    }

    /// The sums of what has the same key, those with most evaluations first.
    private static func grouped(
        _ lines: [EvaluationFigureTable.Line], by key: KeyPath<EvaluationFigureTable.Line, String>,
        named name: KeyPath<EvaluationFigureTable.Line, String>
    ) -> [Line] {
        var (order, sums, names) = ([String](), [String: EvaluationTally](), [String: String]())
        for line in lines {
            let own = line[keyPath: key]
            if sums[own] == nil { order.append(own) }
            sums[own] = (sums[own] ?? EvaluationTally()) + line.tally
            names[own] = line[keyPath: name].isEmpty ? names[own] ?? own : line[keyPath: name]
        }
        return order.map { Line(name: names[$0] ?? $0, tally: sums[$0] ?? EvaluationTally()) }
            .sorted { ($1.tally.given, $0.name) < ($0.tally.given, $1.name) }
    }

    /// The rows of those of whom enough was said; how many others there are stands below.
    private func table(_ html: inout HTML, _ title: String, _ all: [Line], few: StaticString) {
        let words = html.words
        let (lines, others) = (all.filter(\.tally.isShown).prefix(Self.rowsMax), all.count { !$0.tally.isShown })
        html.heading(title)
        if !lines.isEmpty || others == 0 { table(&html, title, Array(lines)) }
        if others > 0 { html.note(words(few, ["n": words.number(others)])) }
    }

    private func table(_ html: inout HTML, _ title: String, _ lines: [Line]) {
        let words = html.words
        html.table(
            title,
            [
                Column(words["evaluations.who"]), Column(words["evaluation.count"], isNumeric: true),
                Column(words["evaluation.satisfaction"], isNumeric: true),
                Column(words["evaluation.bad-rate"], isNumeric: true),
                Column(words["evaluation.participation"], isNumeric: true),
            ], lines
        ) { html in
            html.empty(words["evaluations.no-figures"], words["evaluations.no-figures-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(line.name)
                html.cell(words.number(line.tally.given), isNumeric: true)
                html.cell(words.share(line.tally.satisfaction), isNumeric: true)
                html.cell(words.share(line.tally.badRate), isNumeric: true)
                html.cell(words.share(line.tally.participation), isNumeric: true)
            }
        }
    }
}

extension HTML {
    /// Writes one bad review with what was done, without names.
    fileprivate mutating func published(_ it: Rectification) {
        let (words, place) = (words, it.opened.place)
        card("\(words.name(of: place)) · \(words.owner(of: place))") { html in
            html.paragraph("\(it.opened.grade.stars) \(words[it.opened.grade.word])")
            html.paragraph(it.publishedWords ?? words["evaluations.erased"])
            html.facts { html in
                html.fact(words["review.day"]) { $0.date(it.openedAt.day) }
                if let at = it.publishedAt { html.fact(words["evaluations.published-on"]) { $0.date(at.day) } }
                if let grade = it.revisit {
                    html.fact(words["review.now"]) { $0.text("\(grade.stars) \(words[grade.word])") }
                }
            }
        }
    }
}
