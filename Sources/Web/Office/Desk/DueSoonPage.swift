import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `/office/due-soon`: 临期, for those who lead or supervise: what is due soon, whoever has it, and the button to urge.
struct DueSoonPage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        var address = DeskAddress(request, context.guest)
        address.view = .soon
        let lines = try await site.hall.desk(
            .soon, of: context.guest, address.filter, after: address.after ?? .start, limit: DeskAddress.rowsMax)
        let unexplained = try await site.hall.unexplainedOverruns()
        let visit = site.visit(context, .office)
        let rows = try await site.deskRows(lines, visit.words)
        let next =
            lines.count == DeskAddress.rowsMax ? lines.last.map { "/office/due-soon?after=\($0.cursor.text)" } : nil
        return .page(
            visit.page(visit.words["desk.soon"]) { html in
                html.title(visit.words["desk.soon"])
                html.lead(visit.words["desk.soon-lead"])
                html.figures([
                    Figure(
                        visit.words["overruns.unexplained"],
                        "\(unexplained)" + (unexplained == OverrunTable.countedMax ? "+" : ""),
                        href: "/overruns?state=unexplained")
                ])
                html.dueSoon(rows, site.tokens(context))
                html.pager(previous: address.after == nil ? nil : "/office/due-soon", next: next)
            })
    }

    /// `POST /office/due-soon/{dossier}/urging`.
    func post(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        _ = try await site.hall.perform(
            .handling(.urge(note: form["note"])), on: id, by: context.performer(site), attempt: attempt)
        return .seeOther("/office/due-soon")
    }
}

extension HTML {
    fileprivate mutating func dueSoon(_ rows: [DeskRow], _ tokens: FormTokens) {
        table(
            words["desk.soon"],
            [
                Column(words["column.light"]), Column(words["column.item"]), Column(words["column.number"]),
                Column(words["column.step"]), Column(words["desk.with"]), Column(words["desk.urge"]),
            ], rows
        ) { html in
            html.empty(html.words["desk.soon-none"], html.words["desk.soon-help"])
        } row: { html, row in
            html.row { html in
                html.cell { $0.light(row.line.dossier.light.sign, days: row.work.left) }
                html.headCell(row.work.item)
                html.cell(row.line.dossier.short)
                html.cell(row.step)
                html.cell(row.holder.isEmpty ? html.words["desk.nobody"] : row.holder)
                html.cell { html in
                    html.deed("/office/due-soon/\(row.line.dossier.id)/urging", tokens) { html in
                        html.button(html.words["desk.urge"], .secondary)
                    }
                }
            }
        }
    }
}
