import Accounts
import Exchange
import Hall
import Hummingbird
import Vocabulary

/// `/office/exchange`: the systems of others that are told what happens, how far each is behind, and what they did not
/// take. Links have a page of their own, and their dead letters stand here.
struct ExchangePage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let all = try await site.hall.subscriptions()
        let told = all.filter { !$0.subscription.way.carriesRecords }
        let asked = SubscriptionID(request.asked("subscription"))
        let chosen = all.first { $0.subscription.id == asked } ?? told.first { $0.held.dead > 0 }
        let after = Int(request.asked("after")) ?? -1
        var letters: [Hall.DeadLetter] = []
        if let chosen { letters = try await site.hall.deadLetters(of: chosen.subscription.id, after: after) }
        let visit = site.visit(context, .office)
        let words = visit.words
        let dead = letters
        return .page(
            visit.page(words["exchange.title"]) { html in
                html.title(words["exchange.title"])
                html.exchangeTabs(current: Self.path)
                html.lead(words["exchange.lead"])
                html.subscriptions(told, site.tokens(context))
                guard let chosen, !dead.isEmpty else { return }
                html.heading(words("exchange.dead-of", ["partner": chosen.partner]))
                html.note(words["exchange.dead-help"])
                html.letters(dead, site.tokens(context))
                html.pager(
                    previous: nil, next: Self.next(after: dead, of: chosen.subscription.id))
            })
    }

    /// `POST /office/exchange/{subscription}/waking`: the receiver is tried at once.
    func wake(_ request: Request, _ context: KeeperContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let id = try context.subscription()
        try await site.hall.wake(id, by: .staff(context.staff.id))
        let isLink = try await site.hall.links().contains { $0.link.id == id }
        return .seeOther(isLink ? LinksPage.path(of: id) : Self.path)
    }

    /// `POST /office/exchange/{subscription}/events/{position}/redelivery`: a dead letter is tried once more.
    func redeliver(_ request: Request, _ context: KeeperContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        guard let position = Int(try context.parameters.require("position")) else { throw DoorRefusal.noSuchPage }
        let id = try context.subscription()
        try await site.hall.redeliver(position, of: id, by: .staff(context.staff.id))
        return .seeOther(Self.address(of: id))
    }

    static let path = "/office/exchange"

    static func address(of id: SubscriptionID) -> String { "\(path)?subscription=\(id)" }

    private static func next(after letters: [Hall.DeadLetter], of id: SubscriptionID) -> String? {
        guard letters.count == HeldTable.pageMax, let last = letters.last else { return nil }
        return "\(address(of: id))&after=\(last.held.position)"
    }
}

extension HTML {
    fileprivate mutating func subscriptions(_ all: [Hall.SubscriptionStanding], _ tokens: FormTokens) {
        table(
            words["exchange.title"],
            [
                Column(words["exchange.partner"]), Column(words["exchange.receiver"]), Column(words["exchange.state"]),
                Column(words["exchange.behind"]), Column(words["exchange.last"]),
                Column(words["exchange.held"]), Column(words["undelivered.deeds"]),
            ], all
        ) { html in
            html.empty(html.words["exchange.none"], html.words["exchange.none-help"])
        } row: { html, one in
            html.row { html in html.subscription(one, tokens) }
        }
    }

    private mutating func subscription(_ one: Hall.SubscriptionStanding, _ tokens: FormTokens) {
        let (subscription, words) = (one.subscription, words)
        headCell(one.partner)
        cell(subscription.address.host)
        cell { html in
            html.tag(Tag(words[subscription.standingWord], subscription.look))
            if let until = subscription.pausedUntil, subscription.state == .active {
                html.element("p", text: words("exchange.paused-until", ["time": words.moment(until)]))
            }
        }
        cell { html in
            html.element("p", text: words("exchange.entries", ["n": words.number(one.behind)]))
            if let since = one.since {
                html.element("p", text: words("exchange.since", ["time": words.moment(since)]))
            }
        }
        cell { html in
            guard let last = subscription.last else { return html.text(words["exchange.no-answer-yet"]) }
            html.element("p", text: words.answer(last))
            html.moment(last.at)
        }
        cell { html in
            html.element("p", text: words("exchange.waiting", ["n": words.number(one.held.waiting)]))
            let dead = words("exchange.dead", ["n": words.number(one.held.dead)])
            if one.held.dead == 0 {
                html.element("p", text: dead)
            } else {
                html.link(PageLink(dead, ExchangePage.address(of: subscription.id)))
            }
        }
        cell { html in
            guard subscription.pausedUntil != nil && subscription.state == .active || subscription.state == .asleep
            else { return }
            html.deed("\(ExchangePage.path)/\(subscription.id)/waking", tokens) { html in
                html.button(html.words["exchange.wake"], .secondary)
            }
        }
    }

    fileprivate mutating func letters(_ letters: [Hall.DeadLetter], _ tokens: FormTokens) {
        table(
            words["exchange.letters"],
            [
                Column(words["column.number"]), Column(words["exchange.event"]), Column(words["exchange.last"]),
                Column(words["undelivered.tries"], isNumeric: true), Column(words["undelivered.deeds"]),
            ], letters
        ) { html in
            html.note(html.words["exchange.no-letters"])
        } row: { html, letter in
            html.row { html in
                let held = letter.held
                html.headCell(letter.number)
                html.cell(held.kind)
                html.cell { html in
                    guard let last = held.last else { return }
                    html.element("p", text: html.words.answer(last))
                    html.moment(last.at)
                }
                html.cell("\(held.tries)", isNumeric: true)
                html.cell { html in
                    let path = "\(ExchangePage.path)/\(held.subscription)/events/\(held.position)/redelivery"
                    html.deed(path, tokens) { html in
                        html.button(html.words["exchange.redeliver"], .secondary)
                    }
                }
            }
        }
    }
}

extension Subscription {
    var standingWord: Word {
        switch state {
        case .active where pausedUntil != nil: Word("exchange.paused")
        case .active: Word("exchange.active")
        case .asleep: Word("exchange.asleep")
        case .ended: Word("exchange.ended")
        }
    }

    var look: Tag.Look {
        switch state {
        case .active where pausedUntil != nil: .waiting
        case .active: .good
        case .asleep: .bad
        case .ended: .plain
        }
    }
}

extension Words {
    /// What a receiver said last.
    func answer(_ last: Subscription.Last) -> String {
        let said = self[Self.word(of: last.name)]
        return last.status.map { self("exchange.with-status", ["said": said, "status": "\($0)"]) } ?? said
    }

    private static func word(of name: String) -> Word {
        switch name {
        case "accepted": Word("exchange.accepted")
        case "refused": Word("exchange.refused")
        case "unanswered": Word("exchange.unanswered")
        case "unreachable": Word("exchange.unreachable")
        case "overloaded": Word("exchange.overloaded")
        default: Word("exchange.gone")
        }
    }
}
