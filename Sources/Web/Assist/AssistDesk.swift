import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `GET /assist`: the desk 帮办代办: those whom a member of staff helps, what is due next for them, and her authorities.
struct AssistDesk {
    let site: Site

    func get(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let lines = try await site.hall.assisted(by: context.guest)
        let authorities = try await site.hall.authorities(of: context.guest)
        let visit = site.visit(context, .window)
        let words = visit.words
        let rows = try await site.workRows(lines, words)
        let names = Dictionary(
            authorities.compactMap { line in line.principal.map { ($0.id, $0.name.text) } }, uniquingKeysWith: { $1 })
        return .page(
            visit.page(words["assist.title"]) { html in
                html.title(words["assist.title"])
                html.lead(words["assist.lead"])
                html.buttons { $0.buttonLink(words["assist.new"], Paths.authorities, .primary, key: "n") }
                cases(&html, rows, names)
                letters(&html, authorities)
            })
    }

    private func cases(_ html: inout HTML, _ rows: [WorkRow], _ names: [PersonID: String]) {
        let words = html.words
        html.table(
            words["assist.cases"],
            [
                Column(words["column.light"]), Column(words["column.applicant"]), Column(words["column.item"]),
                Column(words["column.state"]), Column(words["assist.next"]), Column(words["column.due"]),
            ], rows
        ) { html in
            html.empty(words["assist.no-cases"], words["assist.no-cases-help"])
        } row: { html, row in
            html.row { html in
                html.cell { cell in
                    if let light = row.light { cell.light(light, days: row.left) } else { cell.text(row.left) }
                }
                html.headCell(names[row.line.applicant] ?? "—", href: Paths.assist(row.line.id))
                html.cell(row.item)
                html.cell { $0.tag(words.stage(row.line)) }
                html.cell(words[row.line.stage.assistantsNext])
                html.cell(row.line.due.map(words.shortDate) ?? "—")
            }
        }
    }

    private func letters(_ html: inout HTML, _ authorities: [Hall.AssistanceLine]) {
        let words = html.words
        let today = site.hall.time.now().day
        html.table(
            words["assist.authorities"],
            [
                Column(words["column.applicant"]), Column(words["assist.items"]), Column(words["assist.until"]),
                Column(words["column.state"]),
            ], authorities
        ) { html in
            html.empty(words["assist.no-authorities"], words["assist.no-authorities-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(line.principal?.name.text ?? "—", href: Paths.authority(line.authority))
                html.cell(words.items(of: line))
                html.cell(line.authority.term.until.map(words.shortDate) ?? "—")
                html.cell { $0.tag(words.standing(of: line.authority, on: today)) }
            }
        }
    }
}

extension Words {
    /// The items that a letter names, as people know them.
    func items(of line: Hall.AssistanceLine) -> String { list(line.items.map { pick($0.title) }) }

    /// Whether a letter stands, in a word.
    func standing(of letter: Assistance, on day: CivilDate) -> Tag {
        if letter.endedAt != nil { return Tag(self["assist.ended"]) }
        if letter.stands(on: day) { return Tag(self["assist.stands"], .good) }
        return Tag(self["assist.over"])
    }
}

extension Dossier.Stage.Name {
    /// Who must act now, as the assistant reads it.
    fileprivate var assistantsNext: Word {
        switch self {
        case .preReviewReturned, .correctionRequested: Word("assist.next-correct")
        case .awaitingOriginals: Word("assist.next-bring")
        case .issued: Word("assist.next-fetch")
        case .ended, .handedOver: Word("assist.next-nothing")
        case .preReview, .received, .inReview, .reviewed, .granted, .certified, .refused: Word("assist.next-wait")
        }
    }
}
