import Accounts
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/procedures`: what waits for somebody beside the stages: extensions for the head, commitments to be
/// verified; and the way to a dossier that no list shows any more.
struct ProceduresPage {
    let site: Site

    /// Who answers or verifies what waits.
    private static let waits: [(wait: Dossier.Wait, power: Power, title: Word)] = [
        (.head, .lead, Word("procedures.extensions")), (.government, .govern, Word("procedures.joint-extensions")),
        (.verification, .review, Word("procedures.verifications")),
    ]

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let number = request.asked("q")
        if !number.isEmpty, let id = try await site.hall.dossier(numbered: number) {
            return .redirect(to: Paths.office(id), type: .normal)
        }
        let visit = site.visit(context, .office)
        let words = visit.words
        let powers = Permits.powers(grants: context.grants, today: site.hall.time.now().day)
        var lists: [(title: String, rows: [WorkRow])] = []
        for list in Self.waits where powers.contains(list.power) {
            let lines = try await site.hall.waiting(for: list.wait, grants: context.grants, power: list.power)
            lists.append((words[list.title], try await site.workRows(lines, words)))
        }
        let heads = [Power.lead, .govern].filter(powers.contains)
        if !heads.isEmpty {
            let lines = try await site.hall.unexplained(grants: context.grants, powers: heads)
            lists.append((words["procedures.unexplained"], try await site.workRows(lines, words)))
            let over = try await site.hall.overPromise(grants: context.grants, powers: heads)
            lists.append((words["procedures.over-promise"], try await site.workRows(over, words)))
        }
        return .page(
            visit.page(words["nav.procedures"]) { html in
                html.title(words["nav.procedures"])
                html.dossierSearch(number, action: "/office/procedures")
                for list in lists {
                    html.heading(list.title)
                    html.workTable(list.title, list.rows, words) { Paths.office($0) }
                }
            })
    }
}

extension HTML {
    /// Writes the search for a dossier by its number, closed ones too, and that nothing was found.
    mutating func dossierSearch(_ number: String, action: String) {
        if !number.isEmpty {
            banner(.warning, words("procedures.not-found", ["number": number])) { html in
                html.paragraph(html.words["procedures.not-found-help"])
            }
        }
        var box = SearchBox(words["window.find"], action: action)
        (box.placeholder, box.question) = (words["window.find-placeholder"], number)
        search(box)
    }
}
