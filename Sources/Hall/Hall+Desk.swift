import Accounts
import Dossiers
import Notices
import Store
import Vocabulary

/// Who may have a dossier on her desk: where the staff's room and the dossiers' meet.
extension Hall {
    /// Whether whoever has the dossier is away today.
    func isHolderAway(_ dossier: Dossier, today: CivilDate, in tx: Transaction) throws -> Bool {
        guard let holder = dossier.proceedings.handling.holder else { return false }
        return try AbsenceTable.isAway(holder, on: today, in: tx)
    }

    /// What the staff's room knows against a command: a conflict of interest, a colleague who is away or has not the
    /// power.
    func requireColleagues(
        _ command: DossierCommand, _ step: DossierStep, by actor: Actor, today: CivilDate, in tx: Transaction
    ) throws {
        let dossier = step.dossier
        if command.isJudgement, case .staff(let staff) = actor {
            try requireNoInterest(of: staff, in: dossier, tx)
            if let principal = step.principal { try requireNoInterest(of: principal, in: dossier, tx) }
        }
        if command.isJudgement, case .partner = actor {
            try requireNoInterest(of: try citizenID(of: actor, in: tx), in: dossier, tx)
        }
        try requireOtherPerson(command, dossier, by: actor, in: tx)
        switch command {
        case .handling(.assign(let staff, _)), .handling(.delegate(let staff, _)):
            try requireColleague(staff, for: dossier, today: today, in: tx)
        case .handling(.ask(let respondents, _, _)):
            for case .officer(let staff) in respondents {
                guard try StaffTable.staff(staff, in: tx)?.serves == true else {
                    throw DossierRefusal.colleagueWithoutPower
                }
                if try AbsenceTable.isAway(staff, on: today, in: tx) { throw DossierRefusal.colleagueAway }
            }
        default: break
        }
    }

    /// Whoever received or examined does not decide, wherever she sits: where officials of partners had a hand in it,
    /// the identity numbers say whether it is the same person (domain section 3.4). Whoever is excused does nothing
    /// more.
    private func requireOtherPerson(
        _ command: DossierCommand, _ dossier: Dossier, by actor: Actor, in tx: Transaction
    ) throws {
        let officers = dossier.receivingOfficers + dossier.reviewingOfficers
        let isPartner = if case .partner = actor { true } else { false }
        guard command.isJudgement, isPartner || !officers.isEmpty, let own = try citizenID(of: actor, in: tx) else {
            return
        }
        let isOwn = { (others: [Actor]) in try others.contains { try citizenID(of: $0, in: tx) == own } }
        let handling = dossier.proceedings.handling
        if try isOwn(handling.excused.map(Actor.staff)) { throw DossierRefusal.excused }
        guard command.isDecision else { return }
        if try isOwn(dossier.receivers.map(Actor.staff) + dossier.receivingOfficers) {
            throw DossierRefusal.receiverMayNotDecide
        }
        if try isOwn((dossier.reviewers + handling.examiners).map(Actor.staff) + dossier.reviewingOfficers) {
            throw DossierRefusal.reviewerMayNotDecide
        }
    }

    private func citizenID(of actor: Actor, in tx: Transaction) throws -> CitizenID? {
        switch actor {
        case .staff(let staff): try StaffTable.staff(staff, in: tx)?.citizenID
        case .partner(let partner, let code?): try PartnerTable.officer(code, of: partner, in: tx)?.citizenID
        case .partner, .person, .caller, .platform: nil
        }
    }

    /// 回避: nobody examines or decides what is her own, or her firm's, or what she filed for somebody (公务员法 art. 76).
    private func requireNoInterest(of staff: StaffID, in dossier: Dossier, _ tx: Transaction) throws {
        try requireNoInterest(of: try StaffTable.staff(staff, in: tx)?.citizenID, in: dossier, tx)
    }

    private func requireNoInterest(of number: CitizenID?, in dossier: Dossier, _ tx: Transaction) throws {
        guard let own = number else { return }
        for id in [dossier.submitted.applicant, dossier.submitted.agent].compactMap(\.self) {
            switch try PersonTable.remaining(id, in: tx) {
            case .citizen(let citizen)? where citizen.number == own: throw DossierRefusal.conflictOfInterest
            case .legalPerson(let legal)? where legal.representative.number == own:
                throw DossierRefusal.conflictOfInterest
            default: continue
            }
        }
    }

    /// A colleague to whom a dossier is given serves, is there, has the power of the desk, and has no interest in it.
    private func requireColleague(
        _ id: StaffID, for dossier: Dossier, today: CivilDate, in tx: Transaction
    ) throws {
        guard let power = dossier.deskPower, let staff = try StaffTable.staff(id, in: tx), staff.serves else {
            throw DossierRefusal.colleagueWithoutPower
        }
        let scope = Scope(
            department: dossier.desk.body, itemCode: dossier.submitted.terms.catalogCode, region: dossier.desk.region)
        let reaches = Permits.reach(power, grants: try grants(of: id, today: today, in: tx), today: today)
        guard reaches.contains(where: { $0.covers(scope) }) else { throw DossierRefusal.colleagueWithoutPower }
        if try AbsenceTable.isAway(id, on: today, in: tx) { throw DossierRefusal.colleagueAway }
        try requireNoInterest(of: id, in: dossier, tx)
    }

    /// What follows on desks: what is asked of whom, and who of the staff is told.
    func followDesk(
        _ event: DossierEvent, _ dossier: Dossier, after sequence: Int, _ stamp: Stamp, in tx: Transaction
    ) throws {
        let handling = dossier.proceedings.handling
        switch event {
        case .handling(.asked(let asked, let until, _)):
            try DeskTable.ask(asked, until: until, about: dossier.id, in: tx)
            for case .officer(let staff) in asked {
                try tell(.opinionAsked, staff, dossier, ["day": .day(until)], sequence, stamp, in: tx)
            }
        case .handling(.answered(let respondent, _, _)):
            try DeskTable.settle([respondent], about: dossier.id, in: tx)
        case .handling(.closed(let silent, _)): try DeskTable.settle(silent, about: dossier.id, in: tx)
        case .handling(.assigned(let staff, _, _)): try tell(.delegated, staff, dossier, [:], sequence, stamp, in: tx)
        case .handling(.urged):
            for staff in try holders(handling.holder, on: stamp.now.day, in: tx) {
                try tell(.urged, staff, dossier, [:], sequence, stamp, in: tx)
            }
        case .handling(.fellBack(let day)):
            for staff in try holders(handling.holder, on: stamp.now.day, in: tx) {
                try tell(.dueSoon, staff, dossier, ["day": .day(day)], sequence, stamp, in: tx)
            }
        case .withdrawn, .terminated, .tolerance(.lapsed), .clock(.renewed):
            guard let round = handling.rounds.open else { return }
            try DeskTable.settle(round.awaited, about: dossier.id, in: tx)
        default: break
        }
    }

    /// Whoever has it, and who acts in her place while she is away.
    private func holders(_ holder: StaffID?, on day: CivilDate, in tx: Transaction) throws -> [StaffID] {
        guard let holder else { return [] }
        return [holder]
            + (try AbsenceTable.absences(of: holder, in: tx).filter { $0.isInForce(on: day) }.map(\.deputy))
    }

    private func tell(
        _ kind: NoticeKind, _ staff: StaffID, _ dossier: Dossier, _ values: [String: NoticeValue], _ sequence: Int,
        _ stamp: Stamp, in tx: Transaction
    ) throws {
        try tell(
            kind, to: .staff(staff), about: dossier, values, because: (dossier.id.subject, sequence + 1),
            stamp: stamp, in: tx)
    }
}
