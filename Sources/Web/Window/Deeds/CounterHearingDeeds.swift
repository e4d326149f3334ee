import Dossiers
import Hall
import Vocabulary

/// Whoever was told of her right to a hearing says whether she wants one: in the portal, or at any window (行政许可法
/// art. 47).
extension DossierDeed {
    static let hearingAnswers = [requestHearing, waiveHearing]

    private static func isTold(_ sheet: DeedSheet) -> Bool {
        sheet.proceedings.hearing?.step == .told && sheet.dossier.isBeingExamined
    }

    private static let requestHearing = DossierDeed("hearing-requests") { sheet in
        isTold(sheet)
    } write: { html, sheet in
        let day = sheet.view.rules.hearingDue(of: sheet.dossier).map { html.words.date($0.day) } ?? ""
        html.card(html.words["hearing.title"]) { html in
            html.paragraph(html.words("hearing.may-request", ["day": day]))
            html.form(sheet.path + "/hearing-requests", sheet.tokens) { html in
                html.button(html.words["hearing.request"], key: "h")
            }
        }
    } command: { _, _ in
        .hearing(.request)
    }

    private static let waiveHearing = DossierDeed("hearing-waivers") { sheet in
        isTold(sheet)
    } write: { html, sheet in
        html.fold(DeedHeading(sheet.words["hearing.waive"]), sheet.form("hearing-waivers"), sheet) { html in
            html.paragraph(html.words["hearing.waive-help"])
            html.button(html.words["hearing.waive-send"], .secondary)
        }
    } command: { _, _ in
        .hearing(.waive)
    }
}
