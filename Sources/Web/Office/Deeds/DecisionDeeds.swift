import Dossiers
import Hall
import Vocabulary

/// Examination and decision (行政许可法 arts 34, 37, 38).
extension DossierDeed {
    static let decision = [review, decide, sendBack]

    private static let review = DossierDeed("review") { sheet in
        sheet.dossier.stage.name == .inReview && sheet.dossier.nextStep == nil && sheet.may(.review)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("review"))
        html.card(words["office.review"]) { html in
            html.form(sheet.path + "/review", sheet.tokens) { html in
                html.field(choice(form, words["office.proposal"], words))
                html.field(form.field("note", words["office.opinion"], .multiline(max: 2000)))
                html.button(words["office.review-send"], key: "s")
            }
        }
    } command: { form, _ in
        .passReview(try form.chosen("choice"), opinion: form["note"])
    }

    private static let decide = DossierDeed("decision") { sheet in
        isDecidable(sheet.dossier) && sheet.may(.decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("decision"))
        html.card(words["office.decide"]) { html in
            if case .reviewed(_, let review) = sheet.dossier.stage {
                html.paragraph(
                    words[review.proposal == .grant ? Word("office.proposed-grant") : Word("office.proposed-refuse")])
            } else {
                html.paragraph(words["office.decide-at-once"])
            }
            html.form(sheet.path + "/decision", sheet.tokens) { html in
                html.field(choice(form, words["office.decision"], words))
                html.field(
                    form.field(
                        "note", words["office.grounds"], .multiline(max: 2000), hint: words["office.grounds-hint"]))
                html.field(
                    form.optional(
                        "standard", words["office.standard"], .text(max: 200), hint: words["office.standard-hint"]))
                html.button(words["office.decide-send"], key: "s")
            }
        }
    } command: { form, _ in
        switch try form.chosen("choice") as ReviewProposal {
        // The certificate's number is made by whoever performs it.
        case .grant: .grant(grounds: form["note"], certificate: nil)
        case .refuse: .refuse(grounds: form["note"], standard: form["standard"])
        }
    }

    private static let sendBack = DossierDeed("return") { sheet in
        sheet.dossier.stage.name == .reviewed && sheet.may(.decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("return"))
        html.fold(DeedHeading(words["office.return"], key: "r"), form, sheet) { html in
            html.field(form.field("note", words["office.return-note"], .multiline(max: 500)))
            html.button(words["office.return"], .secondary)
        }
    } command: { form, _ in
        .returnToReviewer(note: form["note"])
    }

    /// A decision rests on an examination; with a commitment it is taken at once (国办发〔2020〕42号).
    private static func isDecidable(_ dossier: Dossier) -> Bool {
        switch dossier.stage {
        case .reviewed: true
        case .inReview: dossier.submitted.isCommitted == true
        default: false
        }
    }

    private static func choice(_ form: DeedForm, _ label: String, _ words: Words) -> Field {
        form.field(
            "choice", label,
            .choice([Option("grant", words["office.grant"]), Option("refuse", words["office.refuse"])])
        )
    }
}
