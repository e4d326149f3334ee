import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// `/e/{place}/{of}/{mark}`: the short page behind a code on a slip: `place` is `case` or a hall, `of` the case or the
/// ticket. The mark follows from the house's key, so that nobody makes a link for somebody else's visit.
struct JudgeByLink {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await show(try link(context), request.askedGrade, context)
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        let (judged, path) = try link(context)
        guard let attempt = Attempt(form: "link-" + form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            _ = try await site.hall.evaluate(
                judged, try EvaluationForm.draft(form, .qr), by: .herself(.platform), attempt: attempt)
            return .seeOther(path)
        } catch let refusal as EvaluationRefusal {
            return try await show((judged, path), form.grade, context, refused: refusal, typed: form)
        }
    }

    private func link(_ context: SiteContext) throws -> (judged: Hall.Judged, path: String) {
        let (place, of) = (try context.parameters.require("place"), try context.parameters.require("of"))
        let mark = try context.parameters.require("mark")
        guard let subject = Subject(of), site.accountKey.isEvaluationMark(mark, of: subject) else {
            throw EvaluationRefusal.linkWrong
        }
        let path = Paths.evaluation(place, subject, mark)
        if place == Paths.ofCase { return (.matter(ID(subject)), path) }
        guard let hall = HallCode(place) else { throw EvaluationRefusal.linkWrong }
        return (.visit(TicketID(subject), hall), path)
    }

    private func show(
        _ link: (judged: Hall.Judged, path: String), _ grade: EvaluationGrade?, _ context: SiteContext,
        refused: EvaluationRefusal? = nil, typed: PostedForm? = nil
    ) async throws -> Response {
        let visit = site.visit(context, .portal)
        let words = visit.words
        let standing = try await site.hall.standing(of: link.judged)
        let sheet = EvaluationForm(site: site, path: link.path, standing: standing)
        return .page(
            visit.page(words["evaluation.title"], hasErrors: refused != nil) { html in
                html.reading { html in
                    html.title(words["evaluation.title"], over: words.owner(of: standing.place))
                    if standing.place.itemName != nil { html.note(words.name(of: standing.place)) }
                    sheet.write(&html, grade: grade, site.tokens(context), refused: refused, typed: typed)
                }
            }, status: .init(code: refused?.kind.rawValue ?? 200))
    }
}

extension Paths {
    /// What stands in a link in the place of a hall.
    static let ofCase = "case"

    static func evaluation(_ place: String, _ of: Subject, _ mark: String) -> String { "/e/\(place)/\(of)/\(mark)" }
}

extension Site {
    /// The signed short link by which whoever has it judges a case or a visit.
    func evaluationLink(_ place: String, _ of: Subject) -> String {
        Paths.evaluation(place, of, accountKey.evaluationMark(of: of))
    }
}
