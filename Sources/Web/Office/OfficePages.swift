import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `GET /office`: the work of an officer in the order of legal time left.
struct WorkList {
    let site: Site

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let number = request.asked("q")
        if !number.isEmpty, let id = try await site.hall.dossier(numbered: number) {
            return .redirect(to: Paths.office(id), type: .normal)
        }
        let lines =
            try await site.hall.work(for: context.grants, power: .review, at: [.inReview])
            + site.hall.work(for: context.grants, power: .decide, at: [.reviewed])
        let visit = site.visit(context, .office)
        let rows = try await site.workRows(lines, visit.words)
        return .page(
            visit.page(visit.words["nav.office"]) { html in
                html.title(visit.words["nav.office"])
                html.dossierSearch(number, action: "/office")
                html.workTable(visit.words["nav.office"], rows, visit.words) { Paths.office($0) }
            })
    }
}
