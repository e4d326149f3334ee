package import Vocabulary

/// What happened on the way of a dossier from desk to desk.
package enum HandlingEvent: Hashable, Sendable {
    case passed(step: String, next: String, DossierEvent.Note?)
    case sentBack(from: String, to: String, DossierEvent.Note?)
    case taken
    case assigned(StaffID, Way, DossierEvent.Note?)
    case givenBack(DossierEvent.Note?)
    case urged(Urger, DossierEvent.Note?)
    case recused(StaffID, isRuled: Bool, DossierEvent.Note?)
    case asked([Respondent], until: CivilDate, DossierEvent.Note?)
    case answered(Respondent, OpinionAnswer, DossierEvent.Note?)
    /// All have answered, or the day has passed; a step of opinions is passed with it, and goes on to `next`.
    case closed(silent: [Respondent], next: String?)
    /// One working day before the promise ends on that day, it is in everybody's view again.
    case fellBack(CivilDate)
    /// What follows in the same command is done by the actor in the place of somebody who is away.
    case actedFor(StaffID)
    /// 帮办代办: the deed beside it is the applicant's, done by the actor on her authority. It follows a submission and
    /// stands before anything else.
    case assisted(Assisting, deed: String)

    /// How it came to somebody.
    package enum Way: String, Sendable, Codable { case assigned, delegated }

    /// Who urges.
    package enum Urger: String, Sendable, Codable, CaseIterable { case applicant, office }
}

extension HandlingEvent: DossierEventPart {
    private struct Passed: Codable { let next: String; let step: String }
    private struct SentBack: Codable { let from: String; let to: String }
    private struct Assigned: Codable { let staff: StaffID; let way: Way }
    private struct Urged: Codable { let by: Urger }
    private struct Recused: Codable { let isRuled: Bool; let staff: StaffID }
    private struct Asked: Codable { let asked: [Respondent]; let until: CivilDate }
    private struct Answered: Codable { let answer: OpinionAnswer; let respondent: Respondent }
    private struct Closed: Codable { let next: String?; let silent: [Respondent] }
    private struct FellBack: Codable { let due: CivilDate }
    private struct ActedFor: Codable { let staff: StaffID }
    private struct Assisted: Codable { let applicant: PersonID; let authority: AssistanceID; let deed: String }

    static let kinds = [
        "dossier.step-passed", "dossier.step-sent-back", "dossier.taken", "dossier.assigned", "dossier.given-back",
        "dossier.urged", "dossier.recused", "dossier.opinions-asked", "dossier.opinion-given",
        "dossier.opinions-closed", "dossier.fell-back", "dossier.acted-for", "dossier.assisted",
    ]

    var kind: String {
        switch self {
        case .passed: Self.kinds[0]
        case .sentBack: Self.kinds[1]
        case .taken: Self.kinds[2]
        case .assigned: Self.kinds[3]
        case .givenBack: Self.kinds[4]
        case .urged: Self.kinds[5]
        case .recused: Self.kinds[6]
        case .asked: Self.kinds[7]
        case .answered: Self.kinds[8]
        case .closed: Self.kinds[9]
        case .fellBack: Self.kinds[10]
        case .actedFor: Self.kinds[11]
        case .assisted: Self.kinds[12]
        }
    }

    var open: any Encodable {
        switch self {
        case .passed(let step, let next, _): Passed(next: next, step: step)
        case .sentBack(let from, let to, _): SentBack(from: from, to: to)
        case .taken, .givenBack: Nothing()
        case .assigned(let staff, let way, _): Assigned(staff: staff, way: way)
        case .urged(let urger, _): Urged(by: urger)
        case .recused(let staff, let isRuled, _): Recused(isRuled: isRuled, staff: staff)
        case .asked(let asked, let until, _): Asked(asked: asked, until: until)
        case .answered(let respondent, let answer, _): Answered(answer: answer, respondent: respondent)
        case .closed(let silent, let next): Closed(next: next, silent: silent)
        case .fellBack(let day): FellBack(due: day)
        case .actedFor(let staff): ActedFor(staff: staff)
        case .assisted(let help, let deed):
            Assisted(applicant: help.applicant, authority: help.authority, deed: deed)
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .passed(_, _, let note), .sentBack(_, _, let note), .assigned(_, _, let note), .givenBack(let note),
            .urged(_, let note), .recused(_, _, let note), .asked(_, _, let note), .answered(_, _, let note):
            note
        case .taken, .closed, .fellBack, .actedFor, .assisted: nil
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        guard let index = Self.kinds.firstIndex(of: kind) else { return nil }
        self = try index < 6 ? Self.desk(index, parts) : Self.others(index, parts)
    }

    private static func desk(_ index: Int, _ parts: DossierEventParts) throws -> HandlingEvent {
        switch index {
        case 0:
            let passed: Passed = try parts.open()
            return .passed(step: passed.step, next: passed.next, try parts.personal())
        case 1:
            let sent: SentBack = try parts.open()
            return .sentBack(from: sent.from, to: sent.to, try parts.personal())
        case 2: return .taken
        case 3:
            let assigned: Assigned = try parts.open()
            return .assigned(assigned.staff, assigned.way, try parts.personal())
        case 4: return .givenBack(try parts.personal())
        default: return .urged((try parts.open() as Urged).by, try parts.personal())
        }
    }

    private static func others(_ index: Int, _ parts: DossierEventParts) throws -> HandlingEvent {
        switch index {
        case 6:
            let recused: Recused = try parts.open()
            return .recused(recused.staff, isRuled: recused.isRuled, try parts.personal())
        case 7:
            let asked: Asked = try parts.open()
            return .asked(asked.asked, until: asked.until, try parts.personal())
        case 8:
            let answered: Answered = try parts.open()
            return .answered(answered.respondent, answered.answer, try parts.personal())
        case 9:
            let closed: Closed = try parts.open()
            return .closed(silent: closed.silent, next: closed.next)
        case 10: return .fellBack((try parts.open() as FellBack).due)
        case 11: return .actedFor((try parts.open() as ActedFor).staff)
        default:
            let assisted: Assisted = try parts.open()
            return .assisted(
                Assisting(applicant: assisted.applicant, authority: assisted.authority), deed: assisted.deed)
        }
    }
}
