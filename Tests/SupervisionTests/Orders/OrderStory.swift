import Store
import Supervision
import Testing
import Vocabulary

/// A supervision order told in one line: `try OrderStory().issue("11-19").answer("11-21").accept("11-22")`. Days are
/// those of 2018, at nine in the morning, unless an hour is given.
struct OrderStory: Sendable {
    static let supervisor = Actor.staff(StaffID(Subject(high: 2, low: 1)))
    static let colleague = Actor.staff(StaffID(Subject(high: 2, low: 2)))
    static let head = Actor.staff(StaffID(Subject(high: 2, low: 3)))
    static let id = OrderID(Subject(high: 9, low: 1))
    static let findingID = FindingID(Subject(high: 8, low: 1))

    let rules: OrderRules
    let matter: SupervisedCase
    private(set) var order: SupervisionOrder?
    private(set) var events: [OrderEvent] = []

    init(region: String = "350100") throws {
        rules = OrderRules(calendar: try .shipped())
        matter = try Self.matter(region: region)
    }

    static func matter(
        _ dossier: UInt64 = 1, region: String = "350100", body: String = "11350100MADEM002X0"
    ) throws -> SupervisedCase {
        SupervisedCase(
            DossierID(Subject(high: 4, low: dossier)), number: "201811\(1000 + dossier)",
            item: ("11350100MADEM002X03000114111003", "000114111003"), body: try #require(CreditCode(body)),
            region: try #require(Region(region)))
    }

    func finding(_ rule: FindingRule, stands: Bool = true) -> Finding {
        Finding(Self.findingID, matter, rule, at: Self.at("11-19"), stands: stands)
    }

    static func at(_ day: String, _ hour: Int = 9) -> Instant {
        guard let day = CivilDate("2018-\(day)") else { preconditionFailure("not a day: \(day)") }
        return Instant(day, hour: hour)
    }

    func issue(
        _ day: String, about rule: FindingRule? = .promisePassed, days: Int? = nil, text: String? = "请说明原因并尽快办结",
        by actor: Actor = supervisor
    ) throws -> OrderStory {
        let draft = OrderRules.Draft(matter, finding: rule.map { finding($0) }, days: days, text: text)
        let event = try rules.issue(draft, after: [], at: Self.at(day))
        return try told([event], at: Self.at(day), by: actor)
    }

    func perform(
        _ command: OrderCommand, _ day: String, _ hour: Int = 9, by actor: Actor, hasOtherRuler: Bool = true
    ) throws -> OrderStory {
        let order = try #require(order)
        let events = try rules.decide(
            command, on: order, by: actor, at: Self.at(day, hour), hasOtherRuler: hasOtherRuler)
        return try told(events, at: Self.at(day, hour), by: actor)
    }

    private func told(_ new: [OrderEvent], at now: Instant, by actor: Actor) throws -> OrderStory {
        var story = self
        story.events += new
        story.order = try SupervisionOrder.folded(Self.id, try story.entries(at: now, by: actor))
        return story
    }

    /// The events as the journal has them, so that every story is read back as well.
    private func entries(at now: Instant, by actor: Actor) throws -> [JournalEntry] {
        try events.enumerated().map { index, event in
            JournalEntry(
                JournalEntry.Place(
                    Self.id.subject, sequence: index + 1, at: now, actor: index == 0 ? Self.supervisor : actor),
                kind: event.kind, version: OrderEvent.version, body: try event.publicPart(),
                personal: try event.personalPart().map { JournalEntry.Personal(salt: [1], bytes: $0) })
        }
    }

    func answer(_ day: String, _ hour: Int = 9) throws -> OrderStory {
        try perform(.answer(text: "系统故障", done: "已于今日办结"), day, hour, by: Self.head)
    }
    func accept(_ day: String) throws -> OrderStory { try perform(.accept(text: "同意"), day, by: Self.supervisor) }
    func sendBack(_ day: String) throws -> OrderStory {
        try perform(.sendBack(text: "未说明原因"), day, by: Self.supervisor)
    }
    func appeal(_ day: String, _ hour: Int = 9) throws -> OrderStory {
        try perform(.appeal(reasons: "期限计算有误"), day, hour, by: Self.head)
    }
    func rule(_ isUpheld: Bool, _ day: String, by actor: Actor = colleague, hasOther: Bool = true) throws -> OrderStory
    {
        try perform(.rule(isUpheld: isUpheld, text: "经复核"), day, by: actor, hasOtherRuler: hasOther)
    }
    func tick(_ day: String, _ hour: Int = 9) throws -> OrderStory { try perform(.tick, day, hour, by: .platform) }

    var stage: SupervisionOrder.Stage.Name? { order?.stage.name }
    var due: CivilDate? { order?.due }
    var outcome: SupervisionOrder.Outcome? {
        if case .closed(let outcome, _)? = order?.stage { return outcome }
        return nil
    }
}
