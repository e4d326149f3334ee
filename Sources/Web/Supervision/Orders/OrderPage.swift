import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/orders/{order}`: a supervision order with its history, and the deed that is the reader's.
struct OrderPage {
    let site: Site

    func get(_ request: Request, _ context: OrderContext) async throws -> Response {
        try await show(context, refused: nil)
    }

    private func show(_ context: OrderContext, refused: RefusedDeed?) async throws -> Response {
        let opened = try await site.hall.order(try context.orderOnPage(), for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let matter = opened.order.issued.matter
        let names = try await SupervisionNames(site, words, of: [matter])
        let staff = try await site.hall.staff(Set(opened.history.compactMap(\.actor.staff)))
        let view = OrderView(
            opened: opened, guest: context.guest, names: names, staff: staff.mapValues(\.calledInLists),
            refused: refused, site: site, tokens: { site.tokens(context) }, words: words)
        return .page(
            visit.page(
                words("order.page", ["number": opened.order.issued.number]),
                crumbs: [PageLink(words["order.title"], Paths.orders)], hasErrors: refused != nil
            ) { html in
                html.refused(refused, site)
                html.title(words("order.page", ["number": opened.order.issued.number]), over: names.item(matter))
                view.write(&html)
            }, status: refused?.status ?? .ok)
    }

    /// `POST …/{deed}`.
    func post(_ request: Request, _ context: OrderContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.orderOnPage()
        let resource = try context.parameters.require("deed")
        guard let deed = OrderDeed(rawValue: resource) else { throw DoorRefusal.noSuchPage }
        guard let attempt = Attempt(form: form["token"]) else { throw DoorRefusal.malformedForm }
        let seen = try form.seen()
        do {
            try await site.hall.perform(
                try deed.command(form), on: id, by: context.guest, attempt: attempt.expecting(seen))
            return .seeOther(Paths.order(id))
        } catch let refusal as any Refusal where refusal.belongsToAForm {
            return try await show(context, refused: RefusedDeed(resource: resource, form: form, refusal: refusal))
        }
    }
}

extension OrderContext {
    /// The order that a page's address names.
    fileprivate func orderOnPage() throws -> OrderID {
        guard let id = OrderID(try parameters.require("order")) else { throw OrderRefusal.notFound }
        return id
    }
}

/// What is done on an order's page, by the last part of its address.
enum OrderDeed: String, CaseIterable {
    case answers, appeals, acceptances, returns, rulings, withdrawals

    /// Who does it: somebody of the body, or of the supervisor's office.
    var isOfBody: Bool { self == .answers || self == .appeals }

    /// Whether it can be done where the order stands.
    func isOpen(on order: SupervisionOrder) -> Bool {
        switch (self, order.stage.name) {
        case (.answers, .open), (.acceptances, .answered), (.returns, .answered), (.rulings, .appealed): true
        case (.appeals, .open): !order.hasAppealed && order.escalations == 0
        case (.withdrawals, .open), (.withdrawals, .answered): true
        default: false
        }
    }

    var word: Word {
        switch self {
        case .answers: Word("order.answer")
        case .appeals: Word("order.appeal")
        case .acceptances: Word("order.accept")
        case .returns: Word("order.send-back")
        case .rulings: Word("order.rule")
        case .withdrawals: Word("order.withdraw")
        }
    }

    fileprivate func command(_ form: PostedForm) throws -> OrderCommand {
        switch self {
        case .answers: return .answer(text: form["text"], done: form["done"])
        case .appeals: return .appeal(reasons: form["text"])
        case .acceptances: return .accept(text: form["text"])
        case .returns: return .sendBack(text: form["text"])
        case .rulings:
            let ruling: OrderRuling = try form.chosen("ruling")
            return .rule(isUpheld: ruling == .upheld, text: form["text"])
        case .withdrawals: return .withdraw(text: form["text"])
        }
    }
}

/// What the supervisor's office says of an appeal.
enum OrderRuling: String, CaseIterable {
    case upheld, withdrawn

    var word: Word {
        switch self {
        case .upheld: Word("order.ruling-upheld")
        case .withdrawn: Word("order.ruling-withdrawn")
        }
    }
}
