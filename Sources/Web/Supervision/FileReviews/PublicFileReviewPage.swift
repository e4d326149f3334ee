import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/file-reviews`: the campaigns for everybody: how each draws, and its marks by body once they are published. No case
/// is named.
struct PublicFileReviewPage {
    let site: Site

    func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let campaigns = try await site.hall.fileReviews()
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["filereview.public-title"]) { html in
                html.title(words["filereview.public-title"])
                html.lead(words["filereview.public-lead"])
                html.trend(campaigns)
                html.table(
                    words["filereview.campaigns"],
                    [
                        Column(words["filereview.number"]), Column(words["column.state"]),
                        Column(words["filereview.closed"]), Column(words["filereview.mean"], isNumeric: true),
                    ], campaigns
                ) { html in
                    html.empty(words["filereview.none"], words["filereview.public-none-help"])
                } row: { html, line in
                    html.row { html in
                        let review = line.review
                        html.headCell(review.opened.number, href: Paths.publicFileReview(review.id))
                        html.cell { $0.tag(Tag(words[review.stage.word], review.stage.look)) }
                        html.cell(words.period(review.terms))
                        html.cell(line.marks?.mean.map(words.marks(tenths:)) ?? "–", isNumeric: true)
                    }
                }
            })
    }

    /// `/file-reviews/{review}`.
    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let id = FileReviewID(try context.parameters.require("review")) else { throw FileReviewRefusal.notFound }
        let summary = try await site.hall.fileReview(id)
        let visit = site.visit(context, .portal)
        let words = visit.words
        let review = summary.review
        let names = try await SupervisionNames(site, words, of: [])
        return .page(
            visit.page(
                words("filereview.campaign", ["number": review.opened.number]),
                crumbs: [PageLink(words["filereview.public-title"], Paths.publicFileReviews)]
            ) { html in
                html.title(
                    words("filereview.campaign", ["number": review.opened.number]), over: words.period(review.terms))
                html.element("p") { $0.tag(Tag(words[review.stage.word], review.stage.look)) }
                html.heading(words["filereview.results"])
                if let marks = summary.marks {
                    FileReviewResults(site: site, names: names, marks: marks, missed: summary.missed).write(&html)
                } else {
                    html.note(words["filereview.not-published"])
                }
                FileReviewMethod(review: review, note: summary.note).write(&html)
            })
    }
}
