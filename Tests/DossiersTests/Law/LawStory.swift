import Dossiers
import Testing
import Vocabulary

/// Deeds of the special procedures, told as short as those of `Story`.
extension Story {
    static let chair = Actor.staff(StaffID(Subject(high: 2, low: 5)))
    static let head = Actor.staff(StaffID(Subject(high: 2, low: 6)))
    static let two = [StaffID(Subject(high: 2, low: 7)), StaffID(Subject(high: 2, low: 8))]

    /// A story of an item with these procedures, accepted on 20 November 2018.
    static func examined(
        _ procedure: ProcedureTerms? = nil, mode: ServiceMode = .fullyOnline, statutory: TimeLimit? = nil,
        promised: TimeLimit? = nil
    ) throws -> Story {
        try Story(mode, statutory: statutory, promised: promised, procedure: procedure).submit("11-19").accept("11-20")
    }

    func begin(_ procedure: SpecialProcedure, days: Int, _ day: String) throws -> Story {
        try perform(.special(.begin(procedure, days: days, note: "需要现场核查")), day, by: Self.reviewer)
    }
    func end(
        _ procedure: SpecialProcedure, _ day: String, isFavourable: Bool = true, staff: [StaffID] = two,
        standard: String? = nil
    ) throws -> Story {
        let finding = SpecialRecord.Finding(isFavourable: isFavourable, staff: staff, standard: standard)
        return try perform(.special(.end(procedure, finding, note: "核查记录")), day, by: Self.reviewer)
    }
    func tellHearing(_ day: String) throws -> Story {
        try perform(.hearing(.tell(note: "涉及申请人与他人重大利益")), day, by: Self.reviewer)
    }
    func requestHearing(_ day: String) throws -> Story {
        try perform(.hearing(.request), day, by: .person(Self.applicant))
    }
    func schedule(_ held: String, _ day: String, chair: Actor = chair) throws -> Story {
        guard case .staff(let staff) = chair else { preconditionFailure("a chair is somebody of the staff") }
        let plan = Hearing.Plan(day: Self.day(held), minute: 570, place: "第一听证室", chair: staff)
        return try perform(.hearing(.schedule(plan)), day, by: Self.reviewer)
    }
    func record(_ day: String, by actor: Actor = chair) throws -> Story {
        try perform(.hearing(.record(note: "听证笔录")), day, by: actor)
    }
    func extend(_ value: Int, _ day: String, by authority: Extension.Authority = .head) throws -> Story {
        try perform(.extend(.approve(value: value, by: authority, note: "情况复杂")), day, by: Self.head)
    }
    func tolerate(_ lagging: [String], days: Int, _ day: String) throws -> Story {
        try perform(
            .tolerance(.accept(lagging: lagging, days: days, undertaking: .paper)), day, by: Self.clerk)
    }
    func supply(_ material: String, _ day: String) throws -> Story {
        try perform(
            .tolerance(.supply([HandedIn(material, .paper)])), day, by: .person(Self.applicant))
    }
    func verify(isKept: Bool, _ day: String, staff: [StaffID] = two) throws -> Story {
        try perform(
            .commitment(.verify(isKept: isKept, staff: staff, note: "现场核查")), day, by: Self.reviewer)
    }
    func endLicence(_ end: LicenceEnd, _ day: String, spares: Bool = true) throws -> Story {
        try perform(
            .licence(.end(end, sparesPublicInterest: spares, note: "查明的事实")), day, by: Self.decider)
    }

    func handle(_ command: HandlingCommand, _ day: String, by actor: Actor) throws -> Story {
        try perform(.handling(command), day, by: actor)
    }
    func take(_ day: String, by actor: Actor = reviewer) throws -> Story { try handle(.take, day, by: actor) }
    func pass(_ opinion: String, _ day: String, by actor: Actor = reviewer) throws -> Story {
        try handle(.pass(opinion: opinion), day, by: actor)
    }
    func sendBack(
        to step: String, _ day: String, note: String = "请补充核查", by actor: Actor = reviewer
    ) throws -> Story {
        try handle(.sendBack(step: step, note: note), day, by: actor)
    }
    func ask(
        _ respondents: [Respondent], until: String, _ day: String, by actor: Actor = reviewer
    ) throws -> Story {
        try handle(
            .ask(respondents: respondents, until: Self.day(until), question: "是否符合条件"), day, by: actor)
    }
    func answer(
        _ respondent: Respondent, _ answer: OpinionAnswer, _ day: String, by actor: Actor, text: String = "意见"
    ) throws -> Story {
        try handle(.answer(respondent: respondent, answer, text: text), day, by: actor)
    }

    /// The kinds of the events, without the room's name.
    var kinds: [String] { events.map { String($0.kind.dropFirst(8)) } }
    var pauses: [Pause] { dossier.map(rules.pauses) ?? [] }
    var light: Light? { dossier.flatMap(rules.light) }
    var breaches: [Breach] { dossier.map(rules.breaches) ?? [] }
}
