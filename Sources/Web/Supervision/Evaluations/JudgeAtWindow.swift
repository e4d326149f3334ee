import Hall
import Hummingbird
import Supervision
import Vocabulary
import Windows

/// `/halls/{hall}/kiosk/evaluation?window=3`: the tablet of a window. It takes the evaluation of the visit that ended
/// there just now, and of no other. It is known by its key, as the kiosks are.
struct JudgeAtWindow {
    /// Seconds after which the tablet looks again, and for which thanks stay.
    private static let againSeconds = 15

    let site: Site

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await show(request.asked("window"), request.askedGrade, request, context)
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        let code = try context.hallOnPage()
        guard let attempt = Attempt(form: "kiosk-" + form["token"]) else { throw DoorRefusal.malformedForm }
        do {
            let ticket = try await site.hall.justServed(
                at: Int(form["window"]) ?? 0, of: code, kiosk: request.kioskKey)
            // The visit that was shown, not the next one.
            guard "\(ticket)" == form["ticket"] else { throw EvaluationRefusal.nobodyServed }
            _ = try await site.hall.evaluate(
                .visit(ticket, code), try EvaluationForm.draft(form, .hallTablet), by: .herself(.platform),
                attempt: attempt)
            return .seeOther(Paths.tablet(code, form["window"]) + "&thanks=1")
        } catch let refusal as EvaluationRefusal {
            return try await show(form["window"], form.grade, request, context, refused: refusal)
        }
    }

    private func show(
        _ window: String, _ grade: EvaluationGrade?, _ request: Request, _ context: SiteContext,
        refused: EvaluationRefusal? = nil
    ) async throws -> Response {
        let code = try context.hallOnPage()
        let ticket: TicketID?
        do {
            ticket = try await site.hall.justServed(at: Int(window) ?? 0, of: code, kiosk: request.kioskKey)
        } catch EvaluationRefusal.nobodyServed { ticket = nil }
        let home = Paths.tablet(code, window)
        let isThanks = request.asked("thanks") == "1"
        var visit = site.visit(context, .portal)
        if ticket == nil || isThanks { visit.next = (home, Self.againSeconds) }
        let words = visit.words
        let number = try await ticket.asyncNumber { try await site.hall.ticket($0, of: code).ticket.number }
        return .page(
            visit.screen(words["evaluation.title"], home: home) { html in
                if let refused {
                    html.element("div", .class("alert"), Attribute("role", "alert")) { html in
                        html.element("strong", text: site.refusals[refused, html.words].what)
                        html.element("p", text: site.refusals[refused, html.words].mend)
                    }
                }
                guard let ticket, let number, !isThanks else {
                    html.element("h1", text: words[isThanks ? "evaluation.thanks" : "evaluation.title"])
                    html.element("p", text: words[isThanks ? "evaluation.thanks-help" : "evaluation.tablet-idle"])
                    return
                }
                html.element("h1", text: words("evaluation.tablet-question", ["number": number]))
                guard let grade else { return choices(&html, home) }
                details(&html, grade, Paths.tablet(code, nil), window, ticket)
            }, status: .init(code: refused?.kind.rawValue ?? 200))
    }

    private func choices(_ html: inout HTML, _ home: String) {
        html.element("div", .class("themes")) { html in
            for grade in EvaluationGrade.allCases.reversed() {
                html.element("a", .class("touch theme"), .href("\(home)&grade=\(grade.rawValue)")) { html in
                    html.element("strong", text: html.words[grade.word])
                    html.element("span", text: grade.stars)
                }
            }
        }
        html.element("p", text: html.words["evaluation.voluntary"])
    }

    private func details(
        _ html: inout HTML, _ grade: EvaluationGrade, _ path: String, _ window: String, _ ticket: TicketID
    ) {
        html.element("p", text: "\(html.words[grade.word]) \(grade.stars)")
        html.element("form", .class("kiosk"), Attribute("method", "post"), .address("action", path)) { html in
            html.hidden("window", window)
            html.hidden("ticket", "\(ticket)")
            html.hidden("grade", "\(grade.rawValue)")
            html.hidden("token", site.hall.newToken())
            html.element("fieldset") { html in
                html.element("legend", text: html.words["evaluation.tags"])
                html.element("div", .class("answers")) { html in
                    for tag in site.hall.judging.tags.of(grade) {
                        html.void(
                            "input", Attribute("type", "checkbox"), .id("tag-\(tag.code)"), Attribute("name", "tags"),
                            .data("value", tag.code))
                        html.element("label", .class("touch"), .data("for", "tag-\(tag.code)"), text: tag.label)
                    }
                }
            }
            html.element(
                "button", .class("touch primary"), Attribute("type", "submit"), text: html.words["evaluation.send"])
        }
        html.element("a", .class("touch"), .href(path + "?window=\(Paths.query(window))")) { html in
            html.icon(.arrowLeft)
            html.say("deed.back")
        }
    }
}

extension Paths {
    static func tablet(_ hall: HallCode, _ window: String?) -> String {
        "\(kiosk(hall))/evaluation" + (window.map { "?window=\(query($0))" } ?? "")
    }
}

extension Optional where Wrapped == TicketID {
    fileprivate func asyncNumber(_ work: (TicketID) async throws -> String) async throws -> String? {
        guard let self else { return nil }
        return try await work(self)
    }
}
