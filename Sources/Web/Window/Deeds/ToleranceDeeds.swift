import Dossiers
import Hall
import Vocabulary

/// 容缺受理: accepted while what the guide lists may follow, on a signed undertaking; then what follows is taken in.
extension DossierDeed {
    static let tolerance = [tolerate.withFiles(), supplyLagging]

    private static let tolerate = DossierDeed("tolerant-acceptance") { sheet in
        sheet.dossier.stage.name == .received && !sheet.terms.tolerable.isEmpty
            && !sheet.dossier.missingMaterials.isEmpty
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("tolerant-acceptance"))
        let missing = sheet.dossier.missingMaterials
        html.fold(
            DeedHeading(words["tolerance.accept"], law: words["tolerance.law"], key: "t"), form, sheet, hasFiles: true
        ) { html in
            html.field(
                form.field(
                    "materials", words["tolerance.which"],
                    .choices(sheet.terms.tolerable.map { Option($0, sheet.view.name($0)) })
                ).with { field in
                    if form.refused == nil { field.answer.values = sheet.terms.tolerable.filter(missing.contains) }
                })
            let last = sheet.view.rules.promisedDue(of: sheet.dossier, acceptedAt: sheet.now).day
            html.field(
                form.field(
                    "days", words["tolerance.days"], .integer(1...SpecialRecord.toldDaysMax),
                    hint: words("tolerance.days-hint", ["day": words.date(last)])))
            html.field(
                form.field(
                    "undertaking", words["tolerance.undertaking"], .choice(sheet.undertakings),
                    start: sheet.undertakings.count == 3 ? "online" : ""))
            html.field(
                form.optional(
                    "scan", words["tolerance.scan"], .files([".pdf", ".ofd", ".jpg", ".png"], max: 5, kept: [])))
            html.button(words["tolerance.accept-send"])
        }
    } command: { form, source in
        let undertaking: MaterialSource =
            switch try form.chosen("undertaking") as Undertaking {
            case .paper: .paper
            case .online: .answers
            case .file: source.files("scan") ?? .files([])
            }
        return .tolerance(
            .accept(lagging: form.all("materials"), days: form.number("days"), undertaking: undertaking))
    }

    private enum Undertaking: String { case paper, file, online }

    private static let supplyLagging = DossierDeed("lagging-materials") { sheet in
        !sheet.proceedings.lagging.isEmpty && !sheet.dossier.hasEnded
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("lagging-materials"))
        html.card(words["tolerance.supply"]) { html in
            html.form("\(sheet.path)/lagging-materials", sheet.tokens) { html in
                html.field(
                    form.field(
                        "materials", words["window.taken-materials"],
                        .choices(sheet.proceedings.lagging.map { Option($0, sheet.view.name($0)) }),
                        hint: words["window.take-corrections-help"]))
                html.button(words["tolerance.supply-send"], key: "c")
            }
        }
    } command: { form, _ in
        .tolerance(.supply(form.taken))
    }
}

extension DeedSheet {
    /// In which form the undertaking is at hand; online only where the applicant signed one there.
    fileprivate var undertakings: [Option] {
        let signed = dossier.personal?.signed?.undertaking
        return (signed == nil ? [] : [Option("online", words["tolerance.signed-online"])])
            + [
                Option("paper", words["tolerance.signed-here"]), Option("file", words["tolerance.signed-scan"]),
            ]
    }
}
