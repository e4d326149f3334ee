import Accounts
import Hall
import Supervision
import Vocabulary

/// The parts of an order's page.
struct OrderView {
    let opened: Hall.OpenedOrder
    let guest: Hall.Guest
    let names: SupervisionNames
    let staff: [StaffID: String]
    let refused: RefusedDeed?
    let site: Site
    let tokens: () -> FormTokens
    let words: Words

    private var order: SupervisionOrder { opened.order }
    private var matter: SupervisedCase { order.issued.matter }

    func write(_ html: inout HTML) {
        if order.isRed { html.banner(.warning, words["order.red"]) { $0.paragraph(words["order.red-help"]) } }
        facts(&html)
        html.heading(words["order.history"])
        html.timeline(opened.history.map(event))
        deeds(&html)
        html.note(words["order.changes-nothing"])
    }

    private func facts(_ html: inout HTML) {
        let today = site.hall.time.now().day
        html.facts { html in
            html.fact(words["column.state"]) { html in
                html.tag(words.stage(order.stage.name, isRed: order.isRed))
                if case .closed(let outcome, _) = order.stage { html.tag(Tag(words[outcome.word])) }
            }
            html.fact(words["order.due"]) { html in
                html.date(order.due)
                if order.escalations > 0 { html.text(words.count("order.went-up", order.escalations)) }
            }
            html.fact(words["order.about"]) { html in
                html.text(order.issued.rule.map { words[$0.word] } ?? words["order.whole-case"])
            }
            html.fact(words["column.number"]) { html in
                if [.supervise, .lead, .govern].contains(where: { guest.reaches($0, matter.scope, today: today) }) {
                    html.link(PageLink(matter.number, Paths.supervised(matter.dossier)))
                } else if [.review, .decide].contains(where: { guest.reaches($0, matter.scope, today: today) }) {
                    html.link(PageLink(matter.number, Paths.office(matter.dossier)))
                } else {
                    html.text(matter.number)
                }
            }
            html.fact(words["column.body"]) { $0.text(names.body(matter.body)) }
            html.fact(words["supervision.place"]) { $0.text(names.place(matter.region)) }
        }
    }

    private func event(_ step: OrderTable.Step) -> TimelineEvent {
        let who =
            step.actor == .platform ? words["order.platform"] : step.actor.staff.flatMap { staff[$0] } ?? "\u{2014}"
        return TimelineEvent(
            .at(step.at), "\(title(step.event)) \u{00B7} \(who)", state: .done, detail: detail(step))
    }

    private func title(_ event: OrderEvent) -> String {
        switch event {
        case .issued: words["order.issued"]
        case .answered: words["order.answered"]
        case .accepted: words["order.accepted"]
        case .sentBack(let day, _): words("order.sent-back", ["day": words.date(day)])
        case .appealed: words["order.appealed"]
        case .upheld(let day, _): words("order.upheld", ["day": words.date(day)])
        case .withdrawn: words["order.withdrawn"]
        case .escalated(let step):
            words("order.escalated", ["place": names.place(step.region)])
        }
    }

    private func detail(_ step: OrderTable.Step) -> String {
        if case .escalated(let up) = step.event {
            return up.next.map { words("order.escalates-again", ["day": words.date($0)]) } ?? words["order.top"]
        }
        guard let said = step.event.words else {
            return words[step.actor == .platform ? "order.by-rule" : "order.forgotten"]
        }
        return said.done.map { words("order.said-and-done", ["text": said.text, "done": $0]) } ?? said.text
    }

    private func deeds(_ html: inout HTML) {
        let today = site.hall.time.now().day
        let may = { (powers: [Power]) in powers.contains { guest.reaches($0, matter.scope, today: today) } }
        let (isOfBody, isSupervisor) = (may([.lead, .decide, .review]), may([.supervise]))
        for deed in OrderDeed.allCases where deed.isOpen(on: order) && (deed.isOfBody ? isOfBody : isSupervisor) {
            // Whoever issued it does not rule where somebody else can.
            if deed == .rulings, opened.isRulingOfOthers {
                html.note(words["order.other-rules"])
                continue
            }
            let form = DeedForm(deed.rawValue, refused, site, words)
            html.unfold(words[deed.word], isOpen: deed == first || form.refused != nil) { html in
                write(&html, deed, form)
            }
        }
    }

    /// The deed that the order waits for.
    private var first: OrderDeed? {
        switch order.stage.name {
        case .open: .answers
        case .answered: .acceptances
        case .appealed: .rulings
        case .closed: nil
        }
    }

    private func write(_ html: inout HTML, _ deed: OrderDeed, _ form: DeedForm) {
        html.form("\(Paths.order(order.id))/\(deed.rawValue)", tokens()) { html in
            html.hidden("seen", "\(order.sequence)")
            if deed == .rulings {
                html.field(
                    form.field(
                        "ruling", words["order.ruling"],
                        .choice(OrderRuling.allCases.map { Option($0.rawValue, words[$0.word]) })))
            }
            html.field(form.field("text", words[label(deed)], .multiline(max: Limits.textCharactersMax)))
            if deed == .answers {
                html.field(form.field("done", words["order.done"], .multiline(max: Limits.textCharactersMax)))
            }
            html.button(words[deed.word], deed == first ? .primary : .secondary)
        }
    }

    private func label(_ deed: OrderDeed) -> Word {
        switch deed {
        case .answers: Word("order.answer-text")
        case .appeals: Word("order.appeal-text")
        case .acceptances, .returns, .rulings, .withdrawals: Word("order.words")
        }
    }
}
