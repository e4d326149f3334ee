import Accounts
import Dossiers
import Hall
import Vocabulary

/// A hearing, on the office's side: the right is told, notice is given, the record is filed (行政许可法 arts 46-48).
extension DossierDeed {
    static let hearing = [tellHearing, scheduleHearing, recordHearing]

    private static let tellHearing = DossierDeed("hearing-notices") { sheet in
        sheet.proceedings.hearing == nil && sheet.dossier.isBeingExamined && sheet.may(.review, .decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("hearing-notices"))
        html.fold(DeedHeading(words["hearing.tell"], law: words["hearing.tell-law"], key: "h"), form, sheet) { html in
            html.field(
                form.field("note", words["hearing.matter"], .multiline(max: 2000), hint: words["hearing.matter-hint"]))
            html.button(words["hearing.tell-send"])
        }
    } command: { form, _ in
        .hearing(.tell(note: form["note"]))
    }

    private static let scheduleHearing = DossierDeed("hearings") { sheet in
        guard sheet.dossier.isBeingExamined, sheet.may(.review, .decide) else { return false }
        switch sheet.proceedings.hearing?.step {
        case .requested, .scheduled: return true
        default: return false
        }
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("hearings"))
        let plan = sheet.proceedings.hearing?.plan
        let title = words[plan == nil ? Word("hearing.schedule") : Word("hearing.move")]
        html.fold(DeedHeading(title, law: sheet.hearingDays, key: "h"), form, sheet) { html in
            html.field(form.field("day", words["hearing.day"], .date, start: plan?.day.description ?? ""))
            html.field(
                form.field(
                    "time", words["hearing.time"], .text(max: 5), hint: words["hearing.time-hint"],
                    start: plan?.time ?? "9:00"))
            html.field(form.field("place", words["hearing.place"], .text(max: 200), start: plan?.place ?? ""))
            html.field(form.field("chair", words["hearing.chair"], .text(max: 20), hint: words["hearing.chair-hint"]))
            html.button(words["hearing.schedule-send"])
        }
    } command: { form, source in
        let (day, minute) = (try form.day("day"), try form.minute("time"))
        guard let chair = try await source.hall.staff(numbered: [form["chair"]]).first else {
            throw AccountRefusal.staffNotFound
        }
        return .hearing(.schedule(Hearing.Plan(day: day, minute: minute, place: form["place"], chair: chair)))
    }

    private static let recordHearing = DossierDeed("hearing-records") { sheet in
        guard case .scheduled(_, let plan)? = sheet.proceedings.hearing?.step else { return false }
        // Whoever conducted it files its record (art. 48).
        return sheet.dossier.isBeingExamined && plan.chair == sheet.staff && plan.day <= sheet.now.day
            && sheet.may(.review, .decide)
    } write: { html, sheet in
        let (words, form) = (sheet.words, sheet.form("hearing-records"))
        html.fold(DeedHeading(words["hearing.record"], law: words["hearing.record-law"], key: "d"), form, sheet) {
            html in
            html.field(
                form.field("note", words["hearing.said"], .multiline(max: 2000), hint: words["hearing.said-hint"]))
            html.button(words["hearing.record-send"])
        }
    } command: { form, _ in
        .hearing(.record(note: form["note"]))
    }
}

extension Hearing {
    /// When and where it is or was held; nil before notice was given.
    var plan: Plan? {
        switch step {
        case .scheduled(_, let plan), .held(_, _, let plan): plan
        case .told, .requested, .waived: nil
        }
    }
}

extension Hearing.Plan {
    /// `9:05`.
    var time: String { "\(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)" }
}

extension DeedSheet {
    /// Between which days the law lets the hearing be held, in words.
    fileprivate var hearingDays: String {
        let first = view.rules.clock.due(Hearing.noticeAhead, after: now).day
        let last = view.rules.hearingDue(of: dossier).map { words.date($0.day) } ?? ""
        return words("hearing.schedule-law", ["first": words.date(first), "last": last])
    }
}
