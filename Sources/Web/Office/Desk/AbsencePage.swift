import Accounts
import Hall
import Hummingbird
import Vocabulary

/// `/staff/absences`: who is away when, and who acts for her. Everybody enters her own, an administrator anybody's.
struct AbsencePage {
    let site: Site
    private static let path = "/staff/absences"

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let lines = try await site.hall.absences(for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let today = site.hall.time.now().day
        return .page(
            visit.page(words["absence.title"]) { html in
                html.title(words["absence.title"])
                html.lead(words["absence.lead"])
                for away in context.guest.deputising {
                    html.banner(.information, words("absence.you-act", ["name": away.staff.calledInLists]))
                }
                html.card(words["absence.enter"]) { enter(&$0, context) }
                table(&html, lines, context, today)
            })
    }

    private func enter(_ html: inout HTML, _ context: AnyStaffContext) {
        let words = html.words
        html.form(Self.path, site.tokens(context)) { html in
            var own = Field(
                "staff", words["absence.who"], .text(max: 20), answer: Answer(context.staff.employeeNumber.text))
            own.isLocked = !context.guest.administers
            html.field(own)
            html.field(Field("deputy", words["absence.deputy"], .text(max: 20), hint: words["absence.deputy-hint"]))
            html.field(Field("from", words["absence.from"], .date))
            html.field(Field("until", words["absence.until"], .date))
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

    func post(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let from = CivilDate(form["from"]), let until = CivilDate(form["until"]) else {
            throw DoorRefusal.malformedForm
        }
        guard let staff = EmployeeNumber(form["staff"]), let deputy = EmployeeNumber(form["deputy"]) else {
            throw AccountRefusal.staffNotFound
        }
        _ = try await site.hall.enterAbsence(of: staff, deputy: deputy, days: (from, until), by: context.guest)
        return .seeOther(Self.path)
    }

    /// `POST /staff/absences/{absence}/ending`: back again.
    func end(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        guard let id = AbsenceID(try context.parameters.require("absence")) else { throw DoorRefusal.noSuchPage }
        try await site.hall.endAbsence(id, by: context.guest)
        return .seeOther(Self.path)
    }
}
