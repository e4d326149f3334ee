import Dossiers
import Hall
import Vocabulary

/// A longer statutory limit: the examiner asks, the head answers (行政许可法 art. 42).
extension DossierDeed {
    static let extensions = [requestExtension, answerExtension]

    private static let requestExtension = DossierDeed("extension-requests") { sheet in
        sheet.mayBeExtended && sheet.proceedings.extensionRequest == nil && sheet.may(.review)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("extension-requests"))
        html.fold(DeedHeading(words["extension.request"], law: sheet.extensionLaw, key: "e"), form, sheet) { html in
            html.field(days(form, sheet))
            html.field(form.field("note", words["extension.why"], .multiline(max: 500)))
            html.button(words["extension.request-send"])
        }
    } command: { form, _ in
        .extend(.request(value: form.number("days"), note: form["note"]))
    }

    private static let answerExtension = DossierDeed("extensions") { sheet in
        sheet.mayBeExtended && sheet.may(sheet.terms.extensionAuthority.power)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("extensions"))
        html.card(words["extension.answer"]) { html in
            html.note(sheet.extensionLaw)
            if let asked = sheet.proceedings.extensionRequest {
                html.paragraph(words("extension.asked", ["limit": sheet.span(asked)]))
            }
            html.form("\(sheet.path)/extensions", sheet.tokens) { html in
                html.hidden("authority", sheet.terms.extensionAuthority.rawValue)
                html.field(
                    form.field(
                        "choice", words["extension.decision"],
                        .choice([
                            Option("approve", words["extension.approve"]), Option("deny", words["extension.deny"]),
                        ])))
                html.field(days(form, sheet, start: sheet.proceedings.extensionRequest))
                html.field(
                    form.field(
                        "note", words["extension.reason"], .multiline(max: 500), hint: words["extension.reason-hint"]))
                html.button(words["extension.answer-send"], key: "s")
            }
        }
    } command: { form, _ in
        guard let authority = Extension.Authority(rawValue: form["authority"]) else { throw DoorRefusal.malformedForm }
        return switch try form.chosen("choice") as Answer {
        case .approve: .extend(.approve(value: form.number("days"), by: authority, note: form["note"]))
        case .deny: .extend(.deny(by: authority, note: form["note"]))
        }
    }

    private enum Answer: String { case approve, deny }

    private static func days(_ form: DeedForm, _ sheet: DeedSheet, start: Int? = nil) -> Field {
        form.field(
            "days", sheet.words("extension.days", ["unit": sheet.unit]), .integer(1...max(1, sheet.terms.extensionMax)),
            start: start.map { "\($0)" } ?? "")
    }
}

extension DeedSheet {
    /// Once, while it is examined, and only where the law leaves room.
    fileprivate var mayBeExtended: Bool {
        dossier.isBeingExamined && proceedings.extended == nil && terms.extensionMax > 0
    }

    fileprivate var extensionLaw: String {
        let limit: KeyValuePairs = ["limit": span(terms.extensionMax)]
        return terms.extensionAuthority == .head
            ? words("extension.law-head", limit) : words("extension.law-government", limit)
    }

    /// The unit of the statutory limit.
    fileprivate var unit: String { words[terms.statutory.unit.word] }

    /// A number of units of the statutory limit: `10个工作日`.
    func span(_ value: Int) -> String { words.span(value, terms.statutory.unit) }
}

extension TimeLimit.Unit {
    var word: Word {
        switch self {
        case .workingDays: Word("unit.working-days")
        case .calendarDays: Word("unit.calendar-days")
        case .hours: Word("unit.hours")
        case .minutes: Word("unit.minutes")
        case .months: Word("unit.months")
        }
    }
}

extension Words {
    /// A number of units of a limit, as people say it.
    func span(_ value: Int, _ unit: TimeLimit.Unit) -> String {
        switch unit {
        case .workingDays: workingDays(WorkingDays(value))
        case .calendarDays: count("span.calendar-days", value)
        case .hours: count("span.hours", value)
        case .minutes: count("span.minutes", value)
        case .months: count("span.months", value)
        }
    }
}
