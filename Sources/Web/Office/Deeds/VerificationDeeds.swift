import Dossiers
import Hall
import Vocabulary

/// What was promised by a commitment is verified after the decision, by two (国办发〔2020〕42号; 行政许可法 art. 34(3)).
extension DossierDeed {
    static let verification = [verify, announce]

    private static let verify = DossierDeed("verification") { sheet in
        sheet.proceedings.verification == .due && sheet.may(.review)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("verification"))
        html.card(words["verification.title"]) { html in
            html.note(words["verification.law"])
            if let due = sheet.view.rules.verificationDue(of: sheet.dossier) {
                html.paragraph(words("verification.due", ["day": words.date(due.day)]))
            }
            html.form("\(sheet.path)/verification", sheet.tokens) { html in
                html.field(
                    form.field(
                        "choice", words["verification.finding"],
                        .choice([
                            Option("kept", words["verification.kept"]),
                            Option("broken", words["verification.broken"], hint: words["verification.broken-hint"]),
                        ])))
                html.field(
                    form.field("staff", words["staff.numbers"], .text(max: 200), hint: words["staff.two-needed"]))
                html.field(form.field("note", words["verification.result"], .multiline(max: 2000)))
                html.button(words["verification.send"], key: "v")
            }
        }
    } command: { form, source in
        .commitment(
            .verify(
                isKept: try form.chosen("choice") as Finding == .kept,
                staff: try await source.hall.staff(numbered: form.pieces("staff")), note: form["note"]))
    }

    private static let announce = DossierDeed("verification-notices") { sheet in
        sheet.proceedings.verification == .due && sheet.may(.review)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("verification-notices"))
        html.fold(DeedHeading(words["verification.announce"], law: words["verification.announce-law"]), form, sheet) {
            html in
            html.field(form.field("day", words["hearing.day"], .date))
            html.field(
                form.field(
                    "time", words["hearing.time"], .text(max: 5), hint: words["hearing.time-hint"], start: "9:00"))
            html.field(form.field("place", words["hearing.place"], .text(max: 200)))
            html.field(
                form.field("staff", words["staff.numbers"], .text(max: 200), hint: words["staff.two-needed"]))
            html.button(words["verification.announce-send"])
        }
    } command: { form, source in
        .commitment(
            .announce(
                Verification.Visit(
                    day: try form.day("day"), minute: try form.minute("time"), place: form["place"],
                    staff: try await source.hall.staff(numbered: form.pieces("staff")))))
    }

    private enum Finding: String { case kept, broken }
}
