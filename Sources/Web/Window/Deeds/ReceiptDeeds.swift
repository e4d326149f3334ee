import Catalogue
import Dossiers
import Hall
import Vocabulary

/// Before acceptance: the pre-review of a filing, the receipt of its originals, what comes back mended.
extension DossierDeed {
    static let receipt = [passPreReview, returnForPreReview, receive, resubmission, corrections]

    private static let passPreReview = DossierDeed("pre-review") { sheet in
        sheet.dossier.stage.name == .preReview
    } write: { html, sheet in
        html.deed(sheet.path + "/pre-review", sheet.tokens) { html in
            html.button(html.words["window.pass"], key: "a")
        }
    } command: { _, _ in
        .passPreReview
    }

    private static let returnForPreReview = DossierDeed("pre-review-return") { sheet in
        sheet.dossier.stage.name == .preReview && !sheet.dossier.wasReturned
    } write: { html, sheet in
        html.notice(sheet.form("pre-review-return"), DeedHeading(sheet.words["window.return"]), sheet)
    } command: { form, _ in
        .returnForPreReview(form.defects, note: form["note"])
    }

    private static let receive = DossierDeed("receipt") { sheet in
        [.preReview, .awaitingOriginals].contains(sheet.dossier.stage.name)
    } write: { html, sheet in
        let isFirst = sheet.dossier.stage.name == .awaitingOriginals
        html.deed(sheet.path + "/receipt", sheet.tokens) { html in
            html.button(html.words["window.receive"], isFirst ? .primary : .secondary, key: "r")
        }
    } command: { _, _ in
        .receive
    }

    private static let resubmission = DossierDeed("resubmission") { sheet in
        sheet.dossier.stage.name == .preReviewReturned
    } write: { html, sheet in
        html.taking(sheet.form("resubmission"), sheet)
    } command: { form, _ in
        .resubmit(form.taken)
    }

    private static let corrections = DossierDeed("corrections") { sheet in
        sheet.dossier.stage.name == .correctionRequested
    } write: { html, sheet in
        html.taking(sheet.form("corrections"), sheet)
    } command: { form, _ in
        .supplyCorrection(form.taken)
    }
}

extension PostedForm {
    /// The defects that a notice names, in the order of the materials' ids.
    var defects: [MaterialDefect] {
        group("defect-").compactMap { material, kind in
            MaterialDefect.Kind(rawValue: kind).map { kind in
                MaterialDefect(
                    material, kind, CorrectionCause(self["cause-\(material)"]), words: self["words-\(material)"])
            }
        }.sorted { $0.material < $1.material }
    }

    /// The materials that are ticked as brought, on paper.
    var taken: [HandedIn] { all("materials").sorted().map { HandedIn($0, .paper) } }
}

extension HTML {
    /// Writes the form of a notice that names everything at once: for each material what is wrong and, once something
    /// is, why the applicant went wrong.
    mutating func notice(_ form: DeedForm, _ heading: DeedHeading, _ sheet: DeedSheet) {
        let words = sheet.words
        let kinds =
            [Option("", words["defect.none"])]
            + MaterialDefect.Kind.allCases.map { Option($0.rawValue, words[$0.word]) }
        let missing = sheet.dossier.missingMaterials
        fold(heading, form, sheet) { html in
            html.note(words["window.correct-help"])
            html.note(words["cause.help"])
            let choices = CauseChoices(sheet.view.item?.guide, sheet.site.tables, words)
            for material in sheet.terms.materials {
                let field = form.field(
                    "defect-\(material)", sheet.view.name(material), .list(kinds),
                    start: missing.contains(material) ? "missing" : "")
                html.element("div", .class("defect"), Attribute("role", "group"), .label(sheet.view.name(material))) {
                    html in
                    html.field(field.with { $0.isOptional = true })
                    html.cause(of: material, form, choices)
                }
            }
            html.field(form.optional("note", words["window.note"], .multiline(max: 500)))
            html.button(heading.title, .secondary)
        }
    }

    /// Writes what the applicant may bring to a window; what is not ticked was not brought.
    fileprivate mutating func taking(_ form: DeedForm, _ sheet: DeedSheet) {
        let words = sheet.words
        card(words["window.take-corrections"]) { html in
            html.form("\(sheet.path)/\(form.resource)", sheet.tokens) { html in
                html.field(
                    form.field(
                        "materials", words["window.taken-materials"],
                        .choices(sheet.view.wanted.map { Option($0, sheet.view.name($0)) }),
                        hint: words["window.take-corrections-help"]))
                html.button(words["window.take-corrections"], key: "c")
            }
        }
    }
}
