import Accounts
import Dossiers
import Hall
import Vocabulary

@testable import Web

/// The desk that files and follows for others: its own staff come in, and nothing is hers without a letter.
extension RouteRow {
    private static func assistant(_ expected: Expected) -> [Visitor: Expected] { [.assistant: expected] }

    private static let nobodys = "/assist/authorities/PERSON/00000000000000000000000001"
    private static let without = assistant(.refused(AssistanceRefusal.notFound))

    static let assist: [RouteRow] = [
        RouteRow(route: "GET /assist", door: .window, path: "/assist", answers: assistant(.answers(200))),
        RouteRow(
            route: "GET /assist/authorities", door: .window,
            path: "/assist/authorities?number=91350100MADEM0054D&q=food", answers: assistant(.answers(200))),
        RouteRow(
            route: "POST /assist/authorities", door: .window, path: "/assist/authorities",
            fields: [("person", "PERSON"), ("items", "000114111003"), ("until", "2027-01-31")],
            answers: assistant(.refused(AssistanceRefusal.signatureMissing))),
        RouteRow(
            route: "GET /assist/letter", door: .window,
            path: "/assist/letter?person=PERSON&items=000114111003&until=2027-01-31",
            answers: assistant(.answers(200))),
        RouteRow(
            route: "GET /assist/letter", door: .window, path: "/assist/letter?person=PERSON&until=2027-01-31",
            answers: assistant(.refused(AssistanceRefusal.withoutItems))),
        RouteRow(
            route: "GET /assist/letter", door: .window, path: "/assist/letter?person=PERSON&items=000114111003",
            answers: assistant(.refused(AssistanceRefusal.termTooLong))),
        RouteRow(
            route: "GET /assist/authorities/{principal}/{authority}", door: .window, path: nobodys, answers: without),
        RouteRow(
            route: "GET /assist/authorities/{principal}/{authority}/letter", door: .window, path: nobodys + "/letter",
            answers: without),
        RouteRow(
            route: "POST /assist/authorities/{principal}/{authority}/ending", door: .window,
            path: nobodys + "/ending", answers: without),
        RouteRow(
            route: "GET /assist/authorities/{principal}/{authority}/items/{code}", door: .window,
            path: nobodys + "/items/ITEM", answers: without),
        RouteRow(
            route: "POST /assist/authorities/{principal}/{authority}/items/{code}", door: .window,
            path: nobodys + "/items/ITEM", answers: without),
        RouteRow(
            route: "GET /assist/dossiers/{dossier}", door: .window, path: "/assist/dossiers/DOSSIER", answers: without),
        RouteRow(
            route: "GET /assist/dossiers/{dossier}/files/{digest}", door: .window,
            path: "/assist/dossiers/DOSSIER/files/DIGEST", answers: without),
        RouteRow(
            route: "POST /assist/dossiers/{dossier}/corrections", door: .window,
            path: "/assist/dossiers/DOSSIER/corrections", stage: .correctionRequested, answers: without),
        RouteRow(
            route: "POST /assist/dossiers/{dossier}/withdrawal", door: .window,
            path: "/assist/dossiers/DOSSIER/withdrawal", answers: without),
        RouteRow(
            route: "POST /assistances/{principal}/{authority}/ending", door: .portal,
            path: "/assistances/PERSON/00000000000000000000000001/ending",
            answers: [
                .stranger: .refused(AssistanceRefusal.notFound), .otherAgent: .refused(AssistanceRefusal.notFound),
                .applicant: .refused(AssistanceRefusal.notFound),
            ]),
    ]
}
