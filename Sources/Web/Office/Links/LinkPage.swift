import Accounts
import Exchange
import Hall
import Hummingbird
import Vocabulary

/// `/office/exchange/links/{subscription}`: one link: its figures, both sides day by day, and what was refused; here it
/// is mended.
struct LinkPage {
    let site: Site

    func get(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let (id, hall) = (try context.subscription(), site.hall)
        let view = try await hall.linkView(id)
        let comparisons = try await hall.comparisons(of: id)
        let asked = CivilDate(request.asked("day"))
        let day = asked ?? comparisons.first { $0.differences > 0 }?.day
        var differences: [Reconciliation.Difference] = []
        if let day { differences = try await hall.differences(of: id, on: day) }
        let refused = try await hall.refused(over: id)
        let visit = site.visit(context, .office)
        let words = visit.words
        let crumbs = [
            PageLink(words["exchange.title"], ExchangePage.path), PageLink(words["links.title"], LinksPage.path),
        ]
        let part = LinkParts(
            desk: LinkDesk(site: site, words: words), view: view, tokens: site.tokens(context))
        let shown = differences
        return .page(
            visit.page(view.report.partner.name, crumbs: crumbs) { html in
                html.title(view.report.partner.name, over: words["links.one"])
                part.figures(&html)
                part.comparisons(&html, comparisons, day: day ?? hall.time.now().day)
                if let day, comparisons.contains(where: { $0.day == day }) {
                    part.differences(&html, shown, on: day)
                }
                part.sent(&html, refused.sent)
                part.received(&html, refused.received)
            })
    }

    /// `POST …/comparisons`: both sides are compared for a day.
    func compare(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, day) = (try context.subscription(), try Self.day(form))
        try await asking { _ = try await site.hall.reconcile(id, on: day, key: site.accountKey) }
        return .seeOther(Self.address(of: id, on: day))
    }

    /// `POST …/healings`: one difference of a day is mended, or all that can be.
    func mend(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, day) = (try context.subscription(), try Self.day(form))
        let wanted = form["all"].isEmpty ? try Self.difference(form) : nil
        let actor = Actor.staff(context.staff.id)
        try await asking {
            try await site.hall.mend(wanted, of: id, on: day, by: actor, key: site.accountKey)
        }
        return .seeOther(Self.address(of: id, on: day))
    }

    /// `POST …/sendings`: a record that was refused there is sent once more.
    func sendAgain(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, record) = (try context.subscription(), LinkKey(form["family"], form["key"]))
        let actor = Actor.staff(context.staff.id)
        try await asking {
            try await site.hall.sendAgain(record, over: id, by: actor, key: site.accountKey)
        }
        return .seeOther(LinksPage.path(of: id))
    }

    /// `POST …/repetitions`: something that came and was refused is done once more.
    func doAgain(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        guard let arrival = Int(form["arrival"]) else { throw DoorRefusal.malformedForm }
        let id = try context.subscription()
        try await site.hall.doAgain(arrival, of: id, by: .staff(context.staff.id))
        return .seeOther(LinksPage.path(of: id))
    }

    static func address(of id: SubscriptionID, on day: CivilDate) -> String { "\(LinksPage.path(of: id))?day=\(day)" }

    /// What the other side did not answer is refused with its reason.
    private func asking(_ deed: () async throws -> Void) async throws {
        do { try await deed() } catch let trouble as LinkTrouble { throw trouble.reason }
    }

    private static func day(_ form: PostedForm) throws -> CivilDate {
        guard let day = CivilDate(form["day"]) else { throw FormRefusal.dayMalformed("day") }
        return day
    }

    private static func difference(_ form: PostedForm) throws -> Reconciliation.Difference {
        guard let kind = Reconciliation.Kind(rawValue: form["kind"]) else { throw DoorRefusal.malformedForm }
        return Reconciliation.Difference(kind, LinkKey(form["family"], form["key"]), number: form["number"])
    }
}
