import Dossiers
import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/supervision/cases/{dossier}`: what was found in a case, with its clock and the orders about it, and one
/// click to give another. Nobody's name stands here but those of officials; that it was opened is written down.
struct SupervisedCasePage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    private func show(_ context: OverseerContext, refused: RefusedDeed?) async throws -> Response {
        let id = try context.dossierOnPage()
        let seen = try await site.hall.superviseCase(id, by: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let matter = seen.opened.dossier.supervised
        let names = try await SupervisionNames(site, words, of: [matter])
        let staff = try await site.hall.staff(Set(seen.attempts.values.flatMap { $0 }.compactMap(\.actor.staff)))
        let today = site.hall.time.now().day
        let view = SupervisedCaseView(
            seen: seen, matter: matter, names: names, staff: staff.mapValues(\.calledInLists),
            maySupervise: context.guest.reaches(.supervise, matter.scope, today: today), refused: refused, site: site,
            tokens: { site.tokens(context) }, words: words)
        return .page(
            visit.page(
                words("supervision.case", ["number": matter.number]),
                crumbs: [PageLink(words["supervision.title"], Paths.supervision)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(names.item(matter), over: matter.number)
                view.write(&html)
            }, status: refused?.status ?? .ok)
    }

    /// `POST …/orders` gives an order, `POST …/reviews` says that nothing more is to be done.
    func post(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.dossierOnPage()
        let deed = try context.parameters.require("deed")
        guard ["orders", "reviews"].contains(deed) else { throw DoorRefusal.noSuchPage }
        do {
            let rule: FindingRule? = try form.ifChosen("rule")
            guard deed == "orders" else {
                guard let rule else { throw DoorRefusal.malformedForm }
                try await site.hall.review(rule, of: id, text: form["text"], by: context.guest)
                return .seeOther(Paths.supervised(id))
            }
            guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
            let order = try await site.hall.issueOrder(
                about: id, rule, days: form.number("days"), text: form["text"], by: context.guest, attempt: attempt)
            return .seeOther(Paths.order(order))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            let name = form["rule"].isEmpty ? "case" : form["rule"]
            return try await show(
                context, refused: RefusedDeed(resource: "\(deed)-\(name)", form: form, refusal: refusal))
        }
    }
}

/// The parts of a case's page.
struct SupervisedCaseView {
    let seen: Hall.SupervisedDossier
    let matter: SupervisedCase
    let names: SupervisionNames
    let staff: [StaffID: String]
    let maySupervise: Bool
    let refused: RefusedDeed?
    let site: Site
    let tokens: () -> FormTokens
    let words: Words

    private var dossier: Dossier { seen.opened.dossier }

    func write(_ html: inout HTML) {
        facts(&html)
        html.heading(words["supervision.findings"])
        if seen.findings.isEmpty { html.note(words["finding.none-here"]) }
        for finding in seen.findings { card(&html, finding) }
        if maySupervise {
            html.unfold(words["order.about-case"], isOpen: refused?.resource == "orders-case") { html in
                order(&html, about: nil)
            }
        }
        html.heading(words["order.title"])
        if seen.orders.isEmpty { html.note(words["order.none-here"]) }
        html.element("ul") { html in
            for order in seen.orders {
                html.element("li") { html in
                    html.link(PageLink(order.issued.number, Paths.order(order.id)))
                    html.text(" ")
                    html.tag(words.stage(order.stage.name, isRed: order.isRed))
                }
            }
        }
        html.heading(words["ledger.title"])
        let sections = ClockText(seen.opened, in: site.hall, words).sections
        if sections.isEmpty { html.note(words["ledger.none"]) }
        for section in sections { html.section(section, today: site.hall.time.now().day) }
    }

    private func facts(_ html: inout HTML) {
        var ending: Dossier.Ending?
        if case .ended(let how, _, _) = dossier.stage { ending = how }
        let light = site.hall.rules(for: matter.region).light(of: dossier)
        html.facts { html in
            html.fact(words["column.light"]) { html in
                if let light { html.light(light.sign) } else { html.text(words["supervision.no-light"]) }
            }
            html.fact(words["column.state"]) { $0.tag(words.stage(dossier.stage.name, ending)) }
            html.fact(words["column.body"]) { $0.text(names.body(matter.body)) }
            html.fact(words["supervision.place"]) { $0.text(names.place(matter.region)) }
        }
        html.note(words["supervision.look"])
    }

    private func card(_ html: inout HTML, _ finding: Finding) {
        html.card(words[finding.rule.word]) { html in
            html.element("p") { html in
                if finding.rule.isSuspension {
                    html.tag(Tag(words["finding.suspension"], .bad))
                    html.text(" ")
                }
                html.tag(words.standing(finding))
                html.text(" ")
                html.tag(Tag(words[finding.state.word], finding.state == .open ? .waiting : .plain))
            }
            html.paragraph(words("finding.against", ["article": words[finding.rule.article]]))
            html.paragraph(
                words(
                    "finding.when",
                    [
                        "first": words.moment(finding.foundAt), "last": words.moment(finding.lastAt),
                        "n": words.number(finding.count),
                    ]))
            attempts(&html, finding)
            guard maySupervise else { return }
            if !isOrdered(finding) { order(&html, about: finding) }
            if finding.state == .open { review(&html, finding) }
        }
    }

    private func isOrdered(_ finding: Finding) -> Bool {
        seen.orders.contains { $0.issued.finding == finding.id && $0.stage.name != .closed }
    }

    /// Who tried it when: officials, by whom it is answered for.
    private func attempts(_ html: inout HTML, _ finding: Finding) {
        guard finding.rule.isTried, let attempts = seen.attempts[finding.id] else { return }
        html.unfold(words.count("finding.attempts", attempts.count)) { html in
            html.element("ul") { html in
                for attempt in attempts {
                    html.element("li") { html in
                        html.moment(attempt.at)
                        html.text(" · " + (attempt.actor.staff.flatMap { staff[$0] } ?? words["finding.partner"]))
                    }
                }
            }
        }
    }

    private func order(_ html: inout HTML, about finding: Finding?) {
        let form = DeedForm("orders-\(finding?.rule.rawValue ?? "case")", refused, site, words)
        let days = finding?.rule.isOrderedAtOnce == true ? OrderRules.statutoryDays : OrderRules.usualDays
        html.form("\(Paths.supervised(matter.dossier))/orders", tokens()) { html in
            if let finding { html.hidden("rule", finding.rule.rawValue) }
            html.field(
                form.field(
                    "text", words["order.text"], .multiline(max: Limits.textCharactersMax),
                    start: words["order.text-start"]))
            html.field(form.field("days", words["order.days"], .integer(OrderRules.days), start: "\(days)"))
            // One primary button a page: that of the first finding without an order.
            let isFirst = finding != nil && finding?.id == seen.findings.first { !isOrdered($0) }?.id
            html.button(words["order.issue"], isFirst ? .primary : .secondary)
        }
    }

    private func review(_ html: inout HTML, _ finding: Finding) {
        let form = DeedForm("reviews-\(finding.rule.rawValue)", refused, site, words)
        html.unfold(words["finding.review"], isOpen: form.refused != nil) { html in
            html.form("\(Paths.supervised(matter.dossier))/reviews", tokens()) { html in
                html.hidden("rule", finding.rule.rawValue)
                html.field(
                    form.field("text", words["finding.review-text"], .multiline(max: Limits.textCharactersMax)))
                html.button(words["finding.review"], .secondary)
            }
        }
    }
}
