import Dossiers
import Hall
import Vocabulary

/// Acceptance, mending on the spot, one notice for everything, non-acceptance (行政许可法 art. 32).
extension DossierDeed {
    static let acceptance = [accept, mend, requestCorrection, decline]

    private static func isReceived(_ sheet: DeedSheet) -> Bool { sheet.dossier.stage.name == .received }

    private static let accept = DossierDeed("acceptance") { sheet in
        isReceived(sheet)
    } write: { html, sheet in
        let missing = sheet.dossier.missingMaterials.map(sheet.view.name)
        guard missing.isEmpty else {
            let names = html.words.list(missing)
            return html.banner(.warning, html.words("window.missing", ["names": names]))
        }
        html.deed(sheet.path + "/acceptance", sheet.tokens) { html in
            html.button(html.words["window.accept"], key: "a")
        }
    } command: { _, _ in
        .accept
    }

    private static let mend = DossierDeed("mending") { sheet in
        isReceived(sheet)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("mending"))
        html.fold(DeedHeading(words["window.mend"], law: words["window.mend-law"], key: "m"), form, sheet) { html in
            html.field(
                form.field(
                    "materials", words["window.mended-materials"],
                    .choices(sheet.terms.materials.map { Option($0, sheet.view.name($0)) }),
                    hint: words["window.mended-hint"]))
            html.button(words["window.mend-send"], .secondary)
        }
    } command: { form, _ in
        .mend(form.taken)
    }

    private static let requestCorrection = DossierDeed("correction-notices") { sheet in
        isReceived(sheet) && (!sheet.dossier.wasCorrected || !sheet.dossier.lastCorrected.isEmpty)
    } write: { html, sheet in
        html.notice(
            sheet.form("correction-notices"), DeedHeading(sheet.words["window.correct"], key: "n"), sheet)
    } command: { form, _ in
        .requestCorrection(form.defects, note: form["note"])
    }

    private static let decline = DossierDeed("non-acceptance") { sheet in
        isReceived(sheet)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("non-acceptance"))
        html.fold(DeedHeading(words["window.decline"]), form, sheet) { html in
            html.field(
                form.field(
                    "ground", words["window.ground"],
                    .choice([
                        Option("otherAuthority", words["ground.other-authority"]),
                        Option("notNeeded", words["ground.not-needed"]),
                        Option("notCorrected", words["ground.not-corrected"]),
                    ])))
            html.field(
                form.optional(
                    "authority", words["window.right-authority"], .text(max: 100),
                    hint: words["window.right-authority-hint"]))
            html.field(form.field("note", words["window.reason"], .multiline(max: 500)))
            html.button(words["window.decline"], .danger)
        }
    } command: { form, _ in
        .decline(try form.chosen("ground"), authority: form["authority"], note: form["note"])
    }
}
