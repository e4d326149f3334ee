import Dossiers
import Hall
import Vocabulary

/// A limit that passed is explained in public by the head (优化营商环境条例 art. 36).
extension DossierDeed {
    static let overruns = [explainOverrun]

    private static let explainOverrun = DossierDeed("overrun-explanations") { sheet in
        !sheet.overruns.isEmpty && sheet.may(.lead, .govern)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("overrun-explanations"))
        let overruns = sheet.overruns
        html.card(words["overruns.explain"]) { html in
            html.note(words["overruns.law"])
            for overrun in overruns {
                let said = overrun.explanation?.text
                html.paragraph(
                    words(
                        "overruns.stands",
                        [
                            "limit": words[overrun.limit.name], "day": words.date(overrun.due),
                            "reason": said ?? words["overruns.not-yet"],
                        ]))
            }
            html.form("\(sheet.path)/overrun-explanations", sheet.tokens) { html in
                html.field(
                    form.field(
                        "limit", words["overruns.limit"],
                        .choice(overruns.map { Option($0.limit.rawValue, words[$0.limit.name]) }),
                        start: (overruns.first { $0.explanation == nil } ?? overruns.first)?.limit.rawValue ?? ""))
                html.field(
                    form.field(
                        "note", words["overruns.reason"], .multiline(max: 500), hint: words["overruns.reason-hint"]))
                html.button(words["overruns.explain-send"])
            }
        }
    } command: { form, _ in
        .overrun(.explain(try form.chosen("limit"), text: form["note"]))
    }
}

extension DeedSheet {
    /// The limits that passed and are explained in public.
    fileprivate var overruns: [Overrun] { view.rules.overruns(of: dossier) }
}
