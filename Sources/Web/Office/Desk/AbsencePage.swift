import Accounts
import Hall
import Hummingbird
import Vocabulary

/// `/staff/absences`: who is away when, and who acts for her. Everybody enters her own, an administrator anybody's.
struct AbsencePage {
    let site: Site
    private static let path = "/staff/absences"
    /// What its form is called among forms.
    private static let entering = "absences"

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    private func show(_ context: AnyStaffContext, refused: RefusedDeed?) async throws -> Response {
        let lines = try await site.hall.absences(for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let today = site.hall.time.now().day
        return .page(
            visit.page(words["absence.title"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                html.title(words["absence.title"])
                html.lead(words["absence.lead"])
                for away in context.guest.deputising {
                    html.banner(.information, words("absence.you-act", ["name": away.staff.calledInLists]))
                }
                html.card(words["absence.enter"]) { html in
                    enter(&html, DeedForm(Self.entering, refused, site, words), context)
                }
                table(&html, lines, context, today)
            }, status: refused?.status ?? .ok)
    }

    private func enter(_ html: inout HTML, _ form: DeedForm, _ context: AnyStaffContext) {
        let words = html.words
        html.form(Self.path, site.tokens(context)) { html in
            let own = context.staff.employeeNumber.text
            html.field(
                form.field("staff", words["absence.who"], .text(max: 20), start: own)
                    .with { $0.isLocked = !context.guest.administers })
            html.field(
                form.field("deputy", words["absence.deputy"], .text(max: 20), hint: words["absence.deputy-hint"]))
            html.field(form.field("from", words["absence.from"], .date))
            html.field(form.field("until", words["absence.until"], .date))
            html.button(words["absence.enter"])
        }
    }

    private func table(
        _ html: inout HTML, _ lines: [Hall.AbsenceLine], _ context: AnyStaffContext, _ today: CivilDate
    ) {
        let words = html.words
        html.table(
            words["absence.title"],
            [
                Column(words["absence.who"]), Column(words["absence.deputy"]), Column(words["absence.from"]),
                Column(words["absence.until"]), Column(words["column.state"]),
            ], lines
        ) { html in
            html.empty(html.words["absence.none"], html.words["absence.none-help"])
        } row: { html, line in
            let absence = line.absence
            let isOver = absence.endedAt != nil || absence.days.upperBound < today
            html.row { html in
                html.headCell(line.staff.calledInLists)
                html.cell(line.deputy.calledInLists)
                html.cell(html.words.shortDate(absence.days.lowerBound))
                html.cell(html.words.shortDate(absence.days.upperBound))
                html.cell { html in
                    let words = html.words
                    if isOver { return html.tag(Tag(words["absence.over"])) }
                    html.tag(Tag(words[absence.isInForce(on: today) ? "absence.now" : "absence.later"], .waiting))
                    guard absence.staff == context.staff.id || context.guest.administers else { return }
                    html.deed("\(Self.path)/\(absence.id)/ending", site.tokens(context)) {
                        $0.button(words["absence.end"], .quiet)
                    }
                }
            }
        }
    }

    /// `POST /staff/absences`: enters one; what cannot be comes back with everything that was typed.
    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        do {
            guard let staff = EmployeeNumber(form["staff"]), let deputy = EmployeeNumber(form["deputy"]) else {
                throw AccountRefusal.staffNotFound
            }
            let days = (try form.day("from"), try form.day("until"))
            _ = try await site.hall.enterAbsence(of: staff, deputy: deputy, days: days, by: context.guest)
            return .seeOther(Self.path)
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            return try await show(
                context, refused: RefusedDeed(resource: Self.entering, form: form, refusal: refusal))
        }
    }

    /// `POST /staff/absences/{absence}/ending`: back again.
    func end(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        guard let id = AbsenceID(try context.parameters.require("absence")) else { throw DoorRefusal.noSuchPage }
        try await site.hall.endAbsence(id, by: context.guest)
        return .seeOther(Self.path)
    }
}
