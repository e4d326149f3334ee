import Accounts
import Catalogue
import Certificates
import Documents
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// A dossier in words: shared by the pages of all doors.
struct DossierView {
    let opened: Hall.Opened
    let item: ItemVersion?
    let site: Site
    let words: Words
    /// Whether those read it who work on it: the pick-up code is for the applicant to show, not for them to know.
    let isForStaff: Bool
    /// What is true now of the certificates on which it stands.
    var checks: [Hall.MaterialCheck] = []
    /// What the verifier says now of the files that were handed in, by digest.
    var reports: [String: FileReport] = [:]

    init(_ opened: Hall.Opened, _ item: ItemVersion?, _ site: Site, _ words: Words, isForStaff: Bool = false) {
        (self.opened, self.item, self.site, self.words) = (opened, item, site, words)
        self.isForStaff = isForStaff
    }

    var dossier: Dossier { opened.dossier }
    var rules: DossierRules { site.hall.rules(for: dossier.submitted.terms.region) }

    var title: String {
        item.map { words.pick($0.guide.title) } ?? dossier.submitted.terms.itemName
    }

    /// Where it is and who must act, by when, in one line.
    var next: String {
        let day = rules.due(of: dossier).map { words.date($0.day) } ?? ""
        switch dossier.stage {
        case .preReview: return words("next.pre-review", ["day": day])
        case .preReviewReturned:
            return isForStaff ? words["next.applicant-resubmits"] : words["next.pre-review-returned"]
        case .awaitingOriginals where dossier.submitted.mode.originals == .courier:
            return words[isForStaff ? Word("next.courier-brings") : Word("next.awaiting-courier")]
        case .awaitingOriginals: return isForStaff ? words["next.applicant-brings"] : words["next.awaiting-originals"]
        case .received: return words("next.received", ["day": day])
        case .correctionRequested:
            let last: KeyValuePairs = ["day": rules.correctionDue(of: dossier).map { words.date($0.day) } ?? ""]
            return isForStaff ? words("next.applicant-corrects", last) : words("next.correction", last)
        case .inReview, .reviewed:
            return words(isLate(.promised) ? "next.in-review-late" : "next.in-review", ["day": day])
        case .granted, .certified, .refused:
            return words(isLate(.delivery) ? "next.decided-late" : "next.decided", ["day": day])
        case .issued(_, _, let code):
            guard let code else {
                return words[dossier.submitted.delivery.carrier == .courier ? "next.by-courier" : "next.issued"]
            }
            return isForStaff ? words["next.issued-window"] : words("next.issued-counter", ["code": code])
        case .handedOver: return words["next.handed-over"]
        case .ended(let ending, _, _): return words[ending.sentence]
        }
    }

    /// Whether the limit that runs now is written down as past.
    private func isLate(_ limit: ClockLimit) -> Bool {
        rules.due(of: dossier).map { dossier.proceedings.passed[limit] == $0.day } ?? false
    }

    /// What happened, in plain words, the latest first.
    var timeline: [TimelineEvent] {
        opened.history.enumerated().reversed()
            .filter { ($0.element.event.concernsApplicant || isForStaff) && !$0.element.event.isAssistance }
            .map { index, line in
                let said = words.sentences(help(at: index), detail(line.event))
                return TimelineEvent(.at(line.at), words[line.event.word], detail: said)
            }
    }

    private func detail(_ event: DossierEvent) -> String {
        switch event {
        case .preReviewReturned(let defects, let note), .correctionRequested(let defects, let note):
            let guide = item?.guide
            let named = words.list(
                defects.map { defect in
                    let what = name(defect.material) + words[defect.kind.word]
                    guard isForStaff, let cause = defect.cause else { return what }
                    let why = [words.cause(cause, in: guide), defect.words ?? ""].filter { !$0.isEmpty }
                    return words("cause.of", ["what": what, "why": why.joined(separator: " · ")])
                })
            return words.sentences(named, note?.text ?? "", isForStaff ? "" : words.apology(defects, in: guide))
        case .declined(_, _, let note), .granted(_, let note), .refused(_, let note), .withdrawn(let note),
            .terminated(let note):
            return note?.text ?? ""
        case .handling(let event) where isForStaff: return event.note?.text ?? ""
        case .accepted(_, let bySilence): return bySilence ? words["event.accepted-by-silence"] : ""
        default: return proceedingDetail(event)
        }
    }

    /// The materials that the latest notice names, while the applicant must answer it.
    var wanted: [String] {
        guard [.preReviewReturned, .correctionRequested].contains(dossier.stage.name) else { return [] }
        for line in opened.history.reversed() {
            if case .preReviewReturned(let defects, _) = line.event { return defects.map(\.material) }
            if case .correctionRequested(let defects, _) = line.event { return defects.map(\.material) }
        }
        return []
    }

    func name(_ material: String) -> String {
        item?.guide.materials.first { $0.id == material }.map { words.pick($0.name) } ?? material
    }

    /// The legal clock that runs now, as a bar of days, with the way to its ledger below `path`.
    func clock(_ html: inout HTML, at path: String? = nil) {
        let now = site.hall.time.now()
        let text = ClockText(rules.ledger(of: dossier, history: opened.history, at: now), words)
        let why = path.map { PageLink(words["ledger.why"], $0 + "/clock") }
        guard let section = text.sections.first(where: { $0.run.limit == running }), section.run.result.isOpen else {
            if let why, !text.sections.isEmpty { html.element("p", .class("links")) { $0.link(why) } }
            return
        }
        var bar = ClockBar(section, today: now.day, words)
        bar.promise = promise
        html.clock(bar, why: why)
    }

    /// The limit under which somebody of the authority must act now.
    private var running: ClockLedger.Limit {
        switch dossier.stage {
        case .preReview: .preReview
        case .received: .acceptance
        case .inReview, .reviewed: .promised
        default: .delivery
        }
    }

    private var promise: Word {
        switch dossier.stage {
        case .preReview, .received: Word("clock.due-answer")
        case .inReview, .reviewed: Word("clock.due")
        default: Word("clock.due-delivery")
        }
    }

    /// Which instant is the receipt (收到之日), from which the law counts, and why.
    private var receipt: Word {
        switch dossier.submitted.mode.receipt {
        case .submission: Word("receipt.at-submission")
        case .counter: Word("receipt.at-counter")
        case .originals: dossier.receivedAt == nil ? Word("receipt.awaits-originals") : Word("receipt.originals")
        }
    }

    /// Numbers, people and dates.
    func facts(_ html: inout HTML, withPassword: Bool) {
        let submitted = dossier.submitted
        html.card(words["dossier.facts"]) { html in
            html.facts { html in
                html.fact(words["dossier.state"]) {
                    $0.tag(words.stage(dossier.stage.name, dossier.ending))
                }
                html.fact(words["dossier.short"]) { $0.copyable(submitted.numbers.short, name: words["dossier.short"]) }
                html.fact(words["dossier.number"]) {
                    $0.copyable(submitted.numbers.number, name: words["dossier.number"])
                }
                if withPassword, let password = dossier.personal?.queryPassword {
                    html.fact(words["dossier.password"]) { $0.copyable(password, name: words["dossier.password"]) }
                }
                html.fact(words["column.applicant"]) { $0.text(dossier.personal?.applicantName ?? "—") }
                html.fact(words["dossier.mode"]) {
                    $0.text(words.pick(submitted.mode.label, submitted.mode.labelEnglish))
                }
                html.fact(words["dossier.delivery"]) {
                    $0.text(words.pick(submitted.delivery.label, submitted.delivery.labelEnglish))
                }
                trips(&html)
                html.fact(words["dossier.submitted"]) { $0.moment(dossier.submittedAt) }
                html.fact(words["dossier.received"]) { html in
                    if let received = dossier.receivedAt { html.moment(received) }
                    html.element("p", .class("note"), text: words[receipt])
                }
                if let acceptance = dossier.acceptance {
                    html.fact(words["dossier.accepted"]) { $0.moment(acceptance.from) }
                }
                if let statutory = rules.statutoryDue(of: dossier) {
                    html.fact(words["dossier.statutory"]) { $0.date(statutory.day) }
                }
            }
        }
    }

    /// The form as it was filled in.
    func answers(_ html: inout HTML) {
        guard let item, let personal = dossier.personal else { return }
        for page in item.guide.form.pages(for: dossier.submitted.situation) {
            html.subheading(words.pick(page.title))
            html.summary(
                page.fields.map { field in
                    SummaryRow(
                        words.pick(field.label), field.display(personal.answers[field.id] ?? "", site.tables, words))
                })
        }
    }
}

extension Dossier {
    var ending: Ending? {
        if case .ended(let ending, _, _) = stage { return ending }
        return nil
    }
}

extension Dossier.Ending {
    var sentence: Word {
        switch self {
        case .closed: Word("next.closed")
        case .declined: Word("next.declined")
        case .withdrawn: Word("next.withdrawn")
        case .terminated: Word("next.terminated")
        case .lapsed: Word("next.lapsed")
        case .toleranceLapsed: Word("next.tolerance-lapsed")
        }
    }
}

extension MaterialDefect.Kind {
    var word: Word {
        switch self {
        case .missing: Word("defect.missing")
        case .incomplete: Word("defect.incomplete")
        case .wrongForm: Word("defect.wrong-form")
        case .illegible: Word("defect.illegible")
        case .expired: Word("defect.expired")
        case .inconsistent: Word("defect.inconsistent")
        }
    }
}

extension DossierEvent {
    /// Whether the applicant sees it among what happened: from which desk to which it went is the house's own matter.
    var concernsApplicant: Bool {
        switch self {
        case .handling(.passed), .handling(.urged(.applicant, _)): true
        case .handling: false
        default: true
        }
    }
}

extension HandlingEvent {
    /// What somebody wrote to it.
    var note: DossierEvent.Note? {
        switch self {
        case .passed(_, _, let note), .sentBack(_, _, let note), .assigned(_, _, let note), .givenBack(let note),
            .urged(_, let note), .recused(_, _, let note), .asked(_, _, let note), .answered(_, _, let note):
            note
        case .taken, .closed, .fellBack, .actedFor, .assisted: nil
        }
    }
}
