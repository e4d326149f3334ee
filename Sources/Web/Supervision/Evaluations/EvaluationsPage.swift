import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `GET /evaluations`: how people judged the service in the last twelve months, by body and by item, and what was done
/// about bad reviews. Open to everybody; counts below five are not shown, and none is left over.
struct EvaluationsPage {
    static let path = "/evaluations"

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let month = Month(of: site.hall.time.now().day)
        let months = month.advanced(by: -11)...month
        let (whole, bodies, items) = try await site.hall.evaluationRankings(months)
        let published = try await site.hall.publishedReviews(before: Int64(request.asked("before")).map(Instant.init))
        let visit = site.visit(context, .portal)
        let words = visit.words
        let next =
            published.count == Hall.publishedMax
            ? published.last?.publishedAt.map { "\(Self.path)?before=\($0.milliseconds)" } : nil
        return .page(
            visit.page(words["evaluations.title"]) { html in
                html.title(words["evaluations.title"])
                html.lead(words["evaluations.lead"])
                if whole.isShown { html.loop(whole) } else { html.note(words["evaluations.too-few"]) }
                table(
                    &html, words["evaluations.bodies"], bodies,
                    few: ("evaluations.few-bodies", "evaluations.pooled-bodies"))
                table(
                    &html, words["evaluations.items"], items,
                    few: ("evaluations.few-items", "evaluations.pooled-items"))
                if bodies.others.isShown { html.note(words["evaluations.items-of"]) }
                html.heading(words["evaluations.published"])
                if published.isEmpty {
                    html.empty(words["evaluations.none"], words["evaluations.none-help"])
                }
                for it in published { html.published(it) }
                html.pager(previous: nil, next: next)
            })
    }

    /// The rows of those of whom enough was said, and the others together where that is enough; how many they are
    /// stands below, in other words where they are not shown.
    private func table(
        _ html: inout HTML, _ title: String, _ ranking: EvaluationFigureTable.Ranking,
        few: (hidden: StaticString, pooled: StaticString)
    ) {
        let (words, others) = (html.words, ranking.others)
        var lines = ranking.lines.prefix(EvaluationFigureTable.rankedMax).map { (name: $0.name, tally: $0.tally) }
        if others.isShown { lines.append((name: words["evaluations.others"], tally: others)) }
        html.heading(title)
        if !lines.isEmpty || ranking.few == 0 { table(&html, title, lines) }
        guard ranking.few > 0 else { return }
        html.note(words(others.isShown ? few.pooled : few.hidden, ["n": words.number(ranking.few)]))
    }

    private func table(_ html: inout HTML, _ title: String, _ lines: [(name: String, tally: EvaluationTally)]) {
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
    /// Writes one bad review with what was done, without names and without the day: with it, one could guess whose it
    /// is.
    fileprivate mutating func published(_ it: Rectification) {
        let (words, place) = (words, it.opened.place)
        card("\(words.name(of: place)) · \(words.owner(of: place))") { html in
            html.paragraph("\(it.opened.grade.stars) \(words[it.opened.grade.word])")
            html.paragraph(it.publishedWords ?? words["evaluations.erased"])
            html.facts { html in
                html.fact(words["review.month"]) { $0.text(words.month(Month(of: it.openedAt.day))) }
                if let at = it.publishedAt { html.fact(words["evaluations.published-on"]) { $0.date(at.day) } }
                if let grade = it.revisit {
                    html.fact(words["review.now"]) { $0.text("\(grade.stars) \(words[grade.word])") }
                }
            }
        }
    }
}
