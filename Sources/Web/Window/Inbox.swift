import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /window`: what waits for a window: filings to look at, to accept, or whose paper is expected.
struct Inbox {
    let site: Site

    func get(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let number = request.asked("q")
        if !number.isEmpty, let id = try await site.hall.dossier(numbered: number) {
            return .redirect(to: Paths.window(id), type: .normal)
        }
        let lines = try await site.hall.work(
            for: context.grants, power: .receive, at: [.received, .preReview, .awaitingOriginals, .correctionRequested])
        let visit = site.visit(context, .window)
        let rows = try await site.workRows(lines, visit.words)
        return .page(
            visit.page(visit.words["nav.inbox"]) { html in
                html.title(visit.words["nav.inbox"])
                var box = SearchBox(visit.words["window.find"], action: "/window")
                box.placeholder = visit.words["window.find-placeholder"]
                html.search(box)
                html.buttons { $0.buttonLink(visit.words["nav.intake"], "/window/intake", .primary, key: "n") }
                html.workTable(visit.words["nav.inbox"], rows, visit.words) { Paths.window($0) }
            })
    }
}

/// One line of a list of work, in words.
struct WorkRow: Sendable {
    let line: DossierLine
    let item: String
    let light: LightSign?
    let left: String
}

extension Site {
    /// Lines of work with the item's name and the light of the time left.
    func workRows(_ lines: [DossierLine], _ words: Words) async throws -> [WorkRow] {
        let today = hall.time.now().day
        let names = try await hall.itemTitles(of: Set(lines.map(\.itemCode)))
        return lines.map { line in
            let left = line.due.map { due in
                due < today
                    ? -1 : hall.rules.clock.calendar.workingDays(from: today, upTo: due.advanced(byDays: 1)).count
            }
            let light: LightSign? = left.map { left in
                if let statutory = line.statutoryDue, statutory < today { return .redStatutory }
                return left < 0 ? .red : left <= 1 ? .yellow : .green
            }
            return WorkRow(
                line: line, item: names[line.itemCode].map { words.pick($0) } ?? line.itemCode, light: light,
                left: left.map { $0 < 0 ? words["work.overdue"] : words.workingDays(WorkingDays($0)) } ?? "—")
        }
    }
}

extension HTML {
    /// Writes a list of work: light and time left first.
    mutating func workTable(
        _ caption: String, _ rows: [WorkRow], _ words: Words, href: (DossierID) -> String
    ) {
        table(
            caption,
            [
                Column(words["column.light"]), Column(words["column.item"]), Column(words["column.number"]),
                Column(words["column.step"]), Column(words["column.due"]), Column(words["column.since"]),
            ], rows
        ) { html in
            html.empty(words["work.none"], words["work.none-help"])
        } row: { html, row in
            html.row { html in
                html.cell { cell in
                    if let light = row.light { cell.light(light, days: row.left) } else { cell.text(row.left) }
                }
                html.headCell(row.item, href: href(row.line.id))
                html.cell(row.line.short)
                html.cell { $0.tag(words.stage(row.line)) }
                html.cell(row.line.due.map(words.shortDate) ?? "—")
                html.cell(words.shortDate(row.line.submittedAt.day))
            }
        }
    }
}
