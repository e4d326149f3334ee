import Catalogue
import Dossiers
import Papers
import Vocabulary

/// The papers of what runs beside the stages, and of what comes after a grant.
extension PaperContents {
    func proceeding(_ event: DossierEvent, _ person: Submission.Personal) -> [PaperDraft] {
        switch event {
        case .special(.begun(let procedure, let told, let note)),
            .special(.prolonged(let procedure, let told, let note)):
            [make(.specialProcedure, special(procedure, told, note?.text))]
        case .hearing(.told(let note)): [make(.hearingRights, hearingRights(note?.text))]
        case .hearing(.scheduled(let plan)): [make(.hearing, hearing(plan))]
        case .hearing(.held(let note)): [make(.hearingRecord, record(note?.text, person))]
        case .extended(.approved(let value, let authority, let note)):
            [make(.extended, extended(value, authority, note?.text))]
        case .party(.informed(let who)): who.map { [make(.statement, statement($0))] } ?? []
        case .tolerance(.granted(let lagging, _, _)):
            [make(.tolerant, tolerant(lagging)), make(.tolerancePledge, pledge(lagging, person))]
        case .tolerance(.lapsed): [make(.termination, termination("@toleranceLapsed"))]
        case .commitment(.announced(let visit)): [make(.verification, verification(visit))]
        case .licence(.ended(let end, let note)): [make(end.paper, ended(end, note?.text))]
        default: []
        }
    }

    private func special(
        _ procedure: SpecialProcedure, _ told: WorkingDays, _ note: String?
    ) -> [String: PaperValue] {
        let due = rules.promisedDue(of: dossier)
        let term = procedure == .inspection ? "@siteInspection" : "@\(procedure.rawValue)"
        var values: [String: PaperValue] = [
            "procedure": .text(term), "basis": .text(LegalClock.specialArticle), "from": .day(now.day),
            "needed": .text(TimeLimit(told.count, .workingDays, article: "").words),
            "dueDay": .day(due?.day ?? now.day),
        ]
        values["reason"] = text(note)
        values["provisional"] = due?.isProvisional == true ? .text("@provisional") : nil
        return values
    }

    private func hearingRights(_ note: String?) -> [String: PaperValue] {
        [
            "matter": .text(terms.itemName), "facts": .list([note ?? ""]),
            "requestBy": .day(rules.clock.due(Hearing.requestWithin, after: now).day),
        ]
    }

    private func moment(_ at: Instant) -> String {
        let (year, month, day) = at.day.parts
        return "\(year)年\(month)月\(day)日 \(at.timeOfDay)"
    }

    private func hearing(_ plan: Hearing.Plan) -> [String: PaperValue] {
        [
            "matter": .text(terms.itemName), "heldAt": .text(moment(plan.at)), "place": .text(plan.place),
            "chair": .text(chairName ?? "@appointed"), "recorder": .text("@appointed"), "public": .text("@publicly"),
        ]
    }

    private func record(_ note: String?, _ person: Submission.Personal) -> [String: PaperValue] {
        guard case .held(_, _, let plan)? = dossier.proceedings.hearing?.step else { return [:] }
        return [
            "matter": .text(terms.itemName), "heldAt": .text(moment(plan.at)), "place": .text(plan.place),
            "chair": .text(chairName ?? "@appointed"), "recorder": .text("@appointed"),
            "present": .list([person.applicantName] + (chairName.map { [$0] } ?? [])),
            "record": .list([note ?? ""]),
        ]
    }

    private func extended(
        _ value: Int, _ authority: Extension.Authority, _ note: String?
    ) -> [String: PaperValue] {
        let length = TimeLimit(value, terms.statutory.unit, article: "").words
        let start = rules.start(of: terms.statutory, for: dossier) ?? now
        let former = rules.clock.due(terms.statutory, after: start, pauses: rules.pauses(of: dossier), today: start.day)
        return [
            "acceptedOn": .day(accepted), "days": .text(length), "reasons": .list([note ?? ""]),
            "approver": .text(staffName ?? "@\(authority.rawValue)"), "formerDue": .day(former.day),
            "dueDay": .day(rules.statutoryDue(of: dossier)?.day ?? former.day),
        ]
    }

    private func statement(_ who: PartyEvent.Informed) -> [String: PaperValue] {
        [
            "party": .text(who.name), "matter": .text(terms.itemName), "facts": .list([who.matter]),
            "speakBy": .day(rules.clock.due(InterestedParty.heardWithin, after: now).day),
        ]
    }

    private func lacking(_ lagging: [String]) -> PaperValue {
        .table(
            lagging.map { id in
                [name(id), guide?.materials.first { $0.id == id }?.acceptanceStandard.zh ?? "@standard"]
            })
    }

    private var supplyBy: CivilDate {
        rules.toleranceDue(of: dossier)?.day ?? now.day
    }

    private func tolerant(_ lagging: [String]) -> [String: PaperValue] {
        [
            "acceptedOn": .day(now.day), "lacking": lacking(lagging), "supplyBy": .day(supplyBy),
            "decideBy": .day(rules.promisedDue(of: dossier, acceptedAt: now).day),
        ]
    }

    private func pledge(_ lagging: [String], _ person: Submission.Personal) -> [String: PaperValue] {
        [
            "applicantNumber": .text(person.applicantNumber), "lacking": lacking(lagging), "supplyBy": .day(supplyBy),
        ]
    }

    /// 告知承诺书: the conditions of the guide, and that the applicant meets them.
    func commitment(_ person: Submission.Personal) -> [String: PaperValue] {
        let conditions = guide?.standard.acceptanceConditions.map(\.text.zh) ?? []
        let replaced = terms.procedure?.commitment?.materials.map(name) ?? []
        return [
            "applicantNumber": .text(person.applicantNumber), "basis": bases ?? .list([LegalClock.specialArticle]),
            "conditions": .list(conditions.isEmpty ? ["@conditions"] : conditions),
            "commitments": .list(["@meets", "@true"] + replaced), "verification": .text("@verification"),
            "consequence": .text("@consequence"),
        ]
    }

    /// 核查通知书: what was promised, and when, where and by whom it is looked at.
    private func verification(_ visit: Verification.Visit) -> [String: PaperValue] {
        let replaced = terms.procedure?.commitment?.materials.map(name) ?? []
        return [
            "scope": .list(["@meets"] + replaced), "method": .text("@onSite"),
            "heldAt": .text(moment(visit.at)), "place": .text(visit.place),
            "staff": .text(visitorNames.isEmpty ? "@appointed" : visitorNames.joined(separator: "、")),
        ]
    }

    private func ended(_ end: LicenceEnd, _ note: String?) -> [String: PaperValue] {
        let effect =
            switch end {
            case .recalled: "@compensation"
            case .revoked(.fraud), .revoked(.falseCommitment): "@noInterest"
            case .revoked, .cancelled: "@void"
            }
        return [
            "certificateName": .text(terms.certificateName ?? terms.itemName),
            "certificateNumber": .text(certificateNumber ?? dossier.submitted.numbers.short),
            "grantedOn": .day((dossier.decision?.at ?? now).day), "article": .text("@art\(end.article)"),
            "effect": .text(effect), "reasons": .list([end.groundLabel, note ?? ""]),
        ]
    }
}

extension LicenceEnd {
    fileprivate var paper: PaperKind {
        switch self {
        case .recalled: .withdrawal
        case .revoked: .revocation
        case .cancelled: .cancellation
        }
    }
}
