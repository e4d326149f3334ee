import Catalogue
import Dossiers
import Hall
import Vocabulary

/// Special procedures: begun with a written notice of how long they take, prolonged by another, ended with a finding
/// (行政许可法 arts 45, 55).
extension DossierDeed {
    static let special = [beginSpecial, prolongSpecial, endSpecial]

    private static let beginSpecial = DossierDeed("special-procedures") { sheet in
        sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("special-procedures"))
        let running = sheet.proceedings.special.running.map(\.procedure)
        html.fold(DeedHeading(words["special.begin"], law: words["special.law"], key: "b"), form, sheet) { html in
            html.field(
                form.field(
                    "procedure", words["special.kind"],
                    .choice(
                        sheet.procedures.filter { !running.contains($0.procedure) }.map {
                            Option(
                                $0.procedure.rawValue, words[$0.procedure.word],
                                hint: $0.isDeclared ? words["special.declared"] : "")
                        })))
            html.field(
                form.field(
                    "days", words["special.days"], .integer(1...SpecialRecord.toldDaysMax),
                    hint: words["special.days-hint"]))
            html.field(
                form.field("note", words["special.why"], .multiline(max: 500), hint: words["special.why-hint"]))
            html.button(words["special.begin-send"])
        }
    } command: { form, _ in
        .special(.begin(try form.chosen("procedure"), days: form.number("days"), note: form["note"]))
    }

    private static let prolongSpecial = DossierDeed("special-prolongations") { sheet in
        !sheet.proceedings.special.running.isEmpty && sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("special-prolongations"))
        html.fold(DeedHeading(words["special.prolong"], law: words["special.prolong-law"]), form, sheet) { html in
            html.field(running(form, sheet))
            html.field(
                form.field(
                    "days", words["special.more-days"], .integer(1...SpecialRecord.toldDaysMax),
                    hint: words["special.days-hint"]))
            html.field(form.field("note", words["special.why"], .multiline(max: 500)))
            html.button(words["special.prolong-send"])
        }
    } command: { form, _ in
        .special(.prolong(try form.chosen("procedure"), days: form.number("days"), note: form["note"]))
    }

    private static let endSpecial = DossierDeed("special-results") { sheet in
        !sheet.proceedings.special.running.isEmpty && sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("special-results"))
        html.fold(DeedHeading(words["special.end"], law: words["special.end-law"], key: "d"), form, sheet) { html in
            html.field(running(form, sheet))
            html.field(
                form.field(
                    "choice", words["special.finding"],
                    .choice([
                        Option("favourable", words["special.favourable"]),
                        Option("unfavourable", words["special.unfavourable"]),
                    ])))
            html.field(form.field("note", words["special.result"], .multiline(max: 2000)))
            html.field(
                form.optional("staff", words["staff.numbers"], .text(max: 200), hint: words["staff.two-hint"]))
            html.field(
                form.optional(
                    "standard", words["office.standard"], .text(max: 200), hint: words["office.standard-hint"]))
            html.button(words["special.end-send"])
        }
    } command: { form, source in
        let finding = SpecialRecord.Finding(
            isFavourable: try form.chosen("choice") as Favour == .favourable,
            staff: try await source.hall.staff(numbered: form.pieces("staff")),
            standard: form["standard"].isEmpty ? nil : form["standard"])
        return .special(.end(try form.chosen("procedure"), finding, note: form["note"]))
    }

    private enum Favour: String { case favourable, unfavourable }

    /// Which of those that run; there is nothing to choose where only one does.
    private static func running(_ form: DeedForm, _ sheet: DeedSheet) -> Field {
        let running = sheet.proceedings.special.running.map(\.procedure)
        return form.field(
            "procedure", sheet.words["special.which"],
            .choice(running.map { Option($0.rawValue, sheet.words[$0.word]) }),
            start: running.count == 1 ? running[0].rawValue : "")
    }
}

extension DeedSheet {
    /// The special procedures that the guide declares, then the others of art. 45.
    fileprivate var procedures: [(procedure: SpecialProcedure, isDeclared: Bool)] {
        let declared = view.item?.guide.standard.specialProcedures.compactMap(\.kind.procedure) ?? []
        let first = SpecialProcedure.allCases.filter(declared.contains)
        let others = SpecialProcedure.allCases.filter { !declared.contains($0) }
        return first.map { ($0, true) } + others.map { ($0, false) }
    }
}

extension SpecialProcedureKind {
    /// As dossiers know it; nil for a hearing, which has steps of its own, and for what the law does not name.
    fileprivate var procedure: SpecialProcedure? {
        switch self {
        case .hearing, .other: nil
        case .tender: .tender
        case .auction: .auction
        case .inspection: .inspection
        case .testing: .testing
        case .quarantine: .quarantine
        case .appraisal: .appraisal
        case .expertReview: .expertReview
        }
    }
}

extension PostedForm {
    /// What stands in a field, cut where people put a space, a comma or a pause mark between numbers.
    func pieces(_ name: String) -> [String] {
        self[name].split { $0.isWhitespace || "\u{2C}\u{3B}\u{3001}\u{FF0C}\u{FF1B}".contains($0) }.map(String.init)
    }
}
