import Accounts
import HTTPTypes
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/file-reviews/{review}`: one campaign for its supervisors: how the seed comes about, the draw, the dealing,
/// the files, the results.
struct FileReviewPage {
    let site: Site

    func get(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    /// `POST …/draw`, `…/reviewers`, `…/publication`.
    func post(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, deed) = (try context.fileReviewOnPage(), try context.parameters.require("deed"))
        guard ["draw", "reviewers", "publication"].contains(deed) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            switch deed {
            case "draw": try await site.hall.drawFiles(of: id, by: context.guest, attempt: attempt)
            case "reviewers":
                let staff = try form.all("staff").map { text in
                    guard let staff = StaffID(text) else { throw DoorRefusal.malformedForm }
                    return staff
                }
                try await site.hall.dealFiles(of: id, to: staff, by: context.guest, attempt: attempt)
            default: try await site.hall.publishFileReview(id, by: context.guest, attempt: attempt)
            }
            return .seeOther(Paths.fileReview(id))
        } catch let refusal as FileReviewRefusal where refusal != .notFound {
            return try await show(context, refused: RefusedDeed(resource: deed, form: form, refusal: refusal))
        }
    }

    /// `GET …/population.txt`: the list of cases, a line each.
    func population(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let bytes = try await site.hall.population(of: try context.fileReviewOnPage(), for: context.guest)
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8",
            .contentDisposition: "attachment; filename=\"population.txt\"",
        ]
        return .tagged(bytes, headers, for: request)
    }

    /// `GET …/results.csv`.
    func csv(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        return .csv(try await file(context).csv, named: "file-review", for: request)
    }

    /// `GET …/results.xlsx`.
    func workbook(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        return .workbook(try await file(context).workbook, named: "file-review", for: request)
    }

    /// `GET …/report`: made to be printed.
    func report(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let board = try await site.hall.fileReviewBoard(try context.fileReviewOnPage(), for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: board.files.map(\.matter))
        let number = board.review.opened.number
        return .page(
            visit.page(
                words("filereview.report", ["number": number]),
                crumbs: [
                    PageLink(words["filereview.title"], Paths.fileReviews),
                    PageLink(number, Paths.fileReview(board.review.id)),
                ]
            ) { html in
                html.title(words("filereview.report", ["number": number]), over: words.period(board.review.terms))
                html.printButton()
                FileReviewMethod(review: board.review, note: board.note).write(&html)
                FileReviewResults(site: site, names: names, marks: board.marks, missed: board.missed).write(&html)
                html.heading(words["filereview.files"])
                html.files(board.files, names, [board.review.id: number], words["filereview.files"])
            })
    }

    private func file(_ context: SupervisorContext) async throws -> FileReviewFile {
        let board = try await site.hall.fileReviewBoard(try context.fileReviewOnPage(), for: context.guest)
        let words = site.visit(context, .office).words
        return FileReviewFile(
            board: board, names: try await SupervisionNames(site, words, of: board.files.map(\.matter)),
            checklist: site.hall.checklist, words: words)
    }

    private func show(_ context: SupervisorContext, refused: RefusedDeed?) async throws -> Response {
        let board = try await site.hall.fileReviewBoard(try context.fileReviewOnPage(), for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: board.files.map(\.matter))
        let review = board.review
        let deeds = FileReviewDeeds(
            board: board, names: names, site: site, refused: refused, tokens: site.tokens(context))
        return .page(
            visit.page(
                words("filereview.campaign", ["number": review.opened.number]),
                crumbs: [PageLink(words["filereview.title"], Paths.fileReviews)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(
                    words("filereview.campaign", ["number": review.opened.number]), over: words.period(review.terms))
                html.element("p") { $0.tag(Tag(words[review.stage.word], review.stage.look)) }
                deeds.write(&html)
                FileReviewMethod(review: review, note: board.note).write(&html)
                html.element("p") { html in
                    html.link(
                        PageLink(words["filereview.population-file"], "\(Paths.fileReview(review.id))/population.txt"))
                    html.text(" · ")
                    html.link(PageLink(words["filereview.public-page"], Paths.publicFileReview(review.id)))
                }
                guard review.draw != nil else { return }
                html.heading(words["filereview.results"])
                FileReviewResults(site: site, names: names, marks: board.marks, missed: board.missed).write(&html)
                html.element("p") { html in
                    html.link(PageLink("CSV", "\(Paths.fileReview(review.id))/results.csv"))
                    html.text(" · ")
                    html.link(PageLink("XLSX", "\(Paths.fileReview(review.id))/results.xlsx"))
                    html.text(" · ")
                    html.link(PageLink(words["filereview.print"], "\(Paths.fileReview(review.id))/report"))
                }
                html.heading(words["filereview.files"])
                html.files(board.files, names, [review.id: review.opened.number], words["filereview.files"])
            }, status: refused?.status ?? .ok)
    }
}

extension SupervisorContext {
    /// The campaign that a page's address names.
    fileprivate func fileReviewOnPage() throws -> FileReviewID {
        guard let id = FileReviewID(try parameters.require("review")) else { throw FileReviewRefusal.notFound }
        return id
    }
}
