import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/evaluations`: the bad reviews of one's own body or hall with the days left; for supervisors those of their
/// place at every stage, with the figures.
struct BadReviewsPage {
    static let path = "/office/evaluations"

    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let isSupervisor = context.grants.contains { $0.role == .supervisor && $0.revokedAt == nil }
        let counts = isSupervisor ? try await site.hall.supervisedReviewCounts(for: context.guest) : [:]
        let asked = Self.asked(request.asked("stage"), counts)
        let after = RectificationID(request.asked("after"))
        let page =
            isSupervisor
            ? try await site.hall.supervisedReviews(
                at: asked == Self.appeals ? nil : Rectification.Stage(rawValue: asked) ?? .open, for: context.guest,
                after: after)
            : try await site.hall.badReviews(for: context.guest, after: after)
        let figures = isSupervisor ? try await tally() : nil
        let visit = site.visit(context, .office)
        let words = visit.words
        let today = site.hall.time.now().day
        let own = isSupervisor ? "\(Self.path)?stage=\(asked)" : Self.path
        let next = page.next.map { "\(own)\(isSupervisor ? "&" : "?")after=\($0)" }
        return .page(
            visit.page(words["reviews.title"]) { html in
                html.title(words["reviews.title"])
                html.lead(words[isSupervisor ? "reviews.lead-supervisor" : "reviews.lead"])
                if let figures { html.loop(figures) }
                if isSupervisor { stages(&html, own, counts) }
                html.reviews(page.lines, today, site)
                html.pager(previous: nil, next: next)
            })
    }

    private static let appeals = "appeals"

    /// The list that is asked for; without one that there is, the first in which something waits for her, an appeal or
    /// what is to be published, or else in which something stands.
    private static func asked(_ stage: String, _ counts: [Rectification.Stage?: Int]) -> String {
        guard stage != appeals, Rectification.Stage(rawValue: stage) == nil else { return stage }
        if counts[Rectification.Stage?.none] ?? 0 > 0 { return appeals }
        let first = ([.revisited] + Rectification.Stage.allCases).first { counts[$0] ?? 0 > 0 }
        return (first ?? .open).rawValue
    }

    private func stages(_ html: inout HTML, _ current: String, _ counts: [Rectification.Stage?: Int]) {
        let words = html.words
        func link(_ title: String, _ name: String, _ count: Int?) -> PageLink {
            let most = RectificationTable.countedMax
            let told = count.map { words.number($0) + ($0 >= most ? "+" : "") }
            let text = told.map { words("desk.tab", ["name": title, "n": $0]) } ?? title
            return PageLink(text, "\(Self.path)?stage=\(name)")
        }
        let stages = Rectification.Stage.allCases.map { link(words[$0.word], $0.rawValue, counts[$0]) }
        html.tabs(
            stages + [link(words["reviews.appeals"], Self.appeals, counts[Rectification.Stage?.none])], current: current
        )
    }

    /// Everything of the last twelve months.
    private func tally() async throws -> EvaluationTally {
        let month = Month(of: site.hall.time.now().day)
        return try await site.hall.evaluationFigures(month.advanced(by: -11)...month)
    }
}

extension HTML {
    /// Writes the figures of evaluations and of the loop.
    mutating func loop(_ tally: EvaluationTally) {
        let words = words
        figures([
            Figure(words["evaluation.count"], words.number(tally.given)),
            Figure(words["evaluation.participation"], words.share(tally.participation)),
            Figure(words["evaluation.satisfaction"], words.share(tally.satisfaction)),
            Figure(words["evaluation.bad-rate"], words.share(tally.badRate)),
            Figure(words["evaluation.contact-rate"], words.share(tally.contactRate)),
            Figure(words["evaluation.rectification-rate"], words.share(tally.rectificationRate)),
            Figure(words["evaluation.revisit-rate"], words.share(tally.revisitSatisfaction)),
        ])
    }

    fileprivate mutating func reviews(_ lines: [RectificationLine], _ today: CivilDate, _ site: Site) {
        table(
            words["reviews.title"],
            [
                Column(words["review.number"]), Column(words["evaluation.grade"]), Column(words["review.place"]),
                Column(words["column.step"]), Column(words["review.due"]),
            ], lines
        ) { html in
            html.empty(html.words["reviews.none"], html.words["reviews.none-help"])
        } row: { html, line in
            html.row { html in
                let words = html.words
                html.headCell(line.id.short, href: Paths.review(line.id))
                html.cell("\(line.grade.stars) \(words[line.grade.word])")
                html.cell(site.regions.entry(line.region).map { words.pick($0.name, $0.nameEnglish) } ?? line.owner)
                html.cell(words[line.isAppealed ? Word("review.appealed") : line.stage.word])
                html.cell { html in
                    guard let due = line.due else { return html.text("—") }
                    html.date(due)
                    if due < today {
                        html.tag(Tag(words["review.late"], .bad))
                    } else {
                        html.note(words.count("review.days-left", due.daysSinceEpoch - today.daysSinceEpoch))
                    }
                }
            }
        }
    }
}

extension RectificationLine {
    /// The last day of what is to be done next; nil where no day is set.
    fileprivate var due: CivilDate? {
        switch stage {
        case .open: contactDue
        case .contacted: rectifyDue
        default: nil
        }
    }
}

extension ID where Thing == RectificationThing {
    /// By which people name a bad review.
    var short: String { String("\(self)".suffix(8)).uppercased() }
}

extension Paths {
    static func review(_ id: RectificationID) -> String { "\(BadReviewsPage.path)/\(id)" }
}
