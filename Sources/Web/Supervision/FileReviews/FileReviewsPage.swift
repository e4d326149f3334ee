import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/file-reviews`: for reviewers the files that are theirs, for heads those of their body whose marks were
/// told, for supervisors the campaigns, the trend of their marks, and the form that opens another.
struct FileReviewsPage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST /office/file-reviews` opens a campaign.
    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let terms = try FileReviewForm.terms(form, now: site.hall.time.now())
            let id = try await site.hall.openFileReview(terms, by: context.guest, attempt: attempt)
            return .seeOther(Paths.fileReview(id))
        } catch let refusal as any Refusal where refusal.belongsToAForm || refusal is FileReviewRefusal {
            return try await show(context, refused: RefusedDeed(resource: "campaign", form: form, refusal: refusal))
        }
    }

    private func show(_ context: AnyStaffContext, refused: RefusedDeed?) async throws -> Response {
        let own = try await site.hall.ownFiles(for: context.guest)
        let isSupervisor = context.isSupervisor
        let campaigns = isSupervisor ? try await site.hall.fileReviews() : []
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: (own.toReview.map(\.line) + own.told).map(\.matter))
        let bodies = try await site.hall.figureNames()
        let isHead = context.grants.contains { $0.role == .head && $0.revokedAt == nil }
        let tokens = site.tokens(context)
        return .page(
            visit.page(words["filereview.title"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                html.title(words["filereview.title"])
                html.lead(words["filereview.lead"])
                if isSupervisor {
                    html.campaigns(campaigns)
                    html.trend(campaigns)
                    html.unfold(words["filereview.open"], isOpen: refused != nil || campaigns.isEmpty) { html in
                        FileReviewForm(site: site, refused: refused, bodies: bodies).write(&html, tokens)
                    }
                }
                if !isSupervisor || !own.toReview.isEmpty {
                    html.heading(words["filereview.mine"])
                    html.files(own.toReview.map(\.line), names, own.numbers, words["filereview.mine"])
                }
                if isHead || !own.told.isEmpty {
                    html.heading(words["filereview.told"])
                    html.files(own.told, names, own.numbers, words["filereview.told"])
                }
            }, status: refused?.status ?? .ok)
    }
}

extension AnyStaffContext {
    /// Whether she supervises anything.
    var isSupervisor: Bool { grants.contains { $0.role == .supervisor && $0.revokedAt == nil } }
}

extension HTML {
    /// Writes campaigns as a table.
    fileprivate mutating func campaigns(_ campaigns: [Hall.FileReviewSummary]) {
        table(
            words["filereview.campaigns"],
            [
                Column(words["filereview.number"]), Column(words["column.state"]), Column(words["filereview.closed"]),
                Column(words["filereview.population"], isNumeric: true),
                Column(words["filereview.drawn"], isNumeric: true), Column(words["filereview.mean"], isNumeric: true),
            ], campaigns
        ) { html in
            html.empty(html.words["filereview.none"], html.words["filereview.none-help"])
        } row: { html, line in
            html.row { html in
                let (words, review) = (html.words, line.review)
                html.headCell(review.opened.number, href: Paths.fileReview(review.id))
                html.cell { $0.tag(Tag(words[review.stage.word], review.stage.look)) }
                html.cell(words.period(review.terms))
                html.cell(words.number(review.opened.count), isNumeric: true)
                html.cell(review.draw.map { words.number($0.count) } ?? "–", isNumeric: true)
                html.cell(line.marks?.mean.map(words.marks(tenths:)) ?? "–", isNumeric: true)
            }
        }
    }

    /// Writes the marks of the published campaigns, the oldest first; nothing where there are fewer than two.
    mutating func trend(_ campaigns: [Hall.FileReviewSummary]) {
        let published = campaigns.reversed().compactMap { one in one.marks?.mean.map { (one, $0) } }
        guard published.count > 1 else { return }
        heading(words["filereview.trend"])
        bars(published.map { ($0.0.review.opened.number, $0.1, words.marks(tenths: $0.1)) }, of: 1000)
    }

    /// Writes bars, each with its name and its number.
    mutating func bars(_ lines: [(label: String, value: Int, shown: String)], of whole: Int) {
        element("dl", .class("bars")) { html in
            for line in lines {
                html.element("div") { html in
                    html.element("dt", text: line.label)
                    html.element("dd") { html in
                        html.bar(line.value, of: max(whole, 1))
                        html.element("span", text: line.shown)
                    }
                }
            }
        }
    }

    /// Writes drawn files as a table, each with the way to its page.
    mutating func files(
        _ lines: [ReviewedFileLine], _ names: SupervisionNames, _ numbers: [FileReviewID: String], _ caption: String
    ) {
        element("div", .class("hits")) { html in
            html.table(
                caption,
                [
                    Column(html.words["column.number"]), Column(html.words["filereview.number"]),
                    Column(html.words["column.item"]), Column(html.words["column.body"]),
                    Column(html.words["column.state"]), Column(html.words["filereview.marks"], isNumeric: true),
                    Column(html.words["filereview.grade"]),
                ], lines
            ) { html in
                html.empty(html.words["filereview.no-files"], html.words["filereview.no-files-help"])
            } row: { html, line in
                html.row { html in
                    let words = html.words
                    html.headCell(line.matter.number, href: Paths.reviewedFile(line.id))
                    html.cell(numbers[line.review] ?? "")
                    html.cell(names.item(line.matter))
                    html.cell(names.body(line.matter.body))
                    html.cell { $0.tag(Tag(words[line.stage.word], line.stage.look)) }
                    html.cell(line.marks.map(words.number) ?? "–", isNumeric: true)
                    html.cell { html in
                        if let grade = line.grade {
                            html.tag(Tag(words[grade.word], grade.look))
                        } else {
                            html.text("–")
                        }
                    }
                }
            }
        }
    }
}
