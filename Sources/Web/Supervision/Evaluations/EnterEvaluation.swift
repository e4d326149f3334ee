import Accounts
import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// `/window/evaluations`: a clerk enters what somebody said by telephone, at 12345, by text message, or wrote on paper.
/// Whoever served does not enter what is said of it.
struct EnterEvaluation {
    static let path = "/window/evaluations"

    let site: Site

    /// What names the case or the visit, and how it was said.
    private struct Asked {
        let number: String
        let day: String
        let channel: EvaluationChannel?

        init(number: String, day: String, channel: String) {
            (self.number, self.day) = (number, day)
            self.channel = EvaluationChannel(rawValue: channel).flatMap { $0.isEnteredByStaff ? $0 : nil }
        }
    }

    func get(_ request: Request, _ context: SeatContext) async throws -> Response {
        let asked = Asked(
            number: request.asked("number"), day: request.asked("day"), channel: request.asked("channel"))
        return try await show(asked, request.askedGrade, request.asked("done") == "1", context)
    }

    func post(_ request: Request, _ context: SeatContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let asked = Asked(number: form["number"], day: form["day"], channel: form["channel"])
        guard let attempt = Attempt(form: form["token"]), let channel = asked.channel else {
            throw DoorRefusal.malformedForm
        }
        do {
            guard let judged = try await find(asked, context) else { throw EvaluationRefusal.notFound }
            _ = try await site.hall.evaluate(
                judged, try EvaluationForm.draft(form, channel), by: .entered(context.guest), attempt: attempt)
            return .seeOther(Self.path + "?done=1")
        } catch let refusal as EvaluationRefusal {
            return try await show(asked, form.grade, false, context, refused: refusal, typed: form)
        }
    }

    private func find(_ asked: Asked, _ context: SeatContext) async throws -> Hall.Judged? {
        if let id = try await site.hall.dossier(numbered: asked.number) { return .matter(id) }
        guard let day = CivilDate(asked.day) else { return nil }
        let hall = try await site.hall.seat(of: context.guest)?.hall.code ?? HallCode(context.staff.region)
        return try await site.hall.ticket(numbered: asked.number, of: hall, on: day).map { .visit($0, hall) }
    }

    private func show(
        _ asked: Asked, _ grade: EvaluationGrade?, _ isDone: Bool, _ context: SeatContext,
        refused: EvaluationRefusal? = nil, typed: PostedForm? = nil
    ) async throws -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        var refused = refused
        var sheet: EvaluationForm?
        if let channel = asked.channel, !asked.number.isEmpty {
            if let judged = try await find(asked, context) {
                var form = EvaluationForm(
                    site: site, path: Self.path, standing: try await site.hall.standing(of: judged))
                form.kept = [("number", asked.number), ("day", asked.day), ("channel", channel.rawValue)]
                sheet = form
            } else {
                refused = .notFound
            }
        }
        let (form, said) = (sheet, refused)
        return .page(
            visit.page(words["evaluation.enter"], hasErrors: said != nil) { html in
                html.reading { html in
                    html.title(words["evaluation.enter"])
                    if isDone { html.banner(.success, words["evaluation.entered"]) }
                    if let form {
                        html.note("\(words.name(of: form.standing.place)) · \(asked.number)")
                        form.write(&html, grade: grade, site.tokens(context), refused: said, typed: typed)
                    } else {
                        html.refused(said, site)
                        html.lead(words["evaluation.enter-lead"])
                        question(&html, asked)
                    }
                }
            }, status: .init(code: said?.kind.rawValue ?? 200))
    }

    private func question(_ html: inout HTML, _ asked: Asked) {
        let words = html.words
        html.element("form", Attribute("method", "get"), Attribute("action", "/window/evaluations")) { html in
            html.field(
                Field(
                    "number", words["evaluation.number"], .text(max: 50), hint: words["evaluation.number-help"],
                    answer: Answer(asked.number)))
            html.field(
                Field(
                    "day", words["evaluation.day"], .date, hint: words["evaluation.day-help"],
                    answer: Answer(asked.day)
                ).with { $0.isOptional = true })
            html.field(
                Field(
                    "channel", words["evaluation.how"],
                    .choice(
                        EvaluationChannel.allCases.filter(\.isEnteredByStaff).map {
                            Option($0.rawValue, words[$0.word])
                        }), answer: Answer(asked.channel?.rawValue ?? "")))
            html.button(words["evaluation.next"])
        }
    }
}
