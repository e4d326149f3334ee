import Accounts
import Catalogue
import Delivery
import Dossiers
import Hall
import Store
import Vocabulary

/// Puts deeds into words: who does it, and which command it is. Nothing is done here.
struct CityDesk: Sendable {
    let staff: CityStaff
    let people: CityPeople
    /// A page that stands for whatever was scanned or uploaded.
    let scan: BlobRef
    /// By which days of hearings and visits are set.
    let calendar: WorkCalendar

    /// A command with whoever gives it.
    typealias Order = (command: DossierCommand, performer: Performer)

    /// What is handed in with an application, and by whom.
    func submission(
        of one: CityCase, _ terms: Terms, _ numbers: DossierNumbers, _ hall: Hall, _ dice: inout CityDice
    ) throws -> (submission: Submission, performer: Performer, applicant: CityPeople.Applicant) {
        let (choice, applicant) = (one.choice, try people.applicant(one.applicant))
        let isCourier = choice.delivery.carrier == .courier
        let door = isCourier ? try people.door(of: applicant, in: choice.guide.body.region, &dice) : nil
        let price = hall.priceOfResult(filedOnline: choice.hall == nil)?.cents
        let materials = choice.materials.filter { $0.id != one.leftOut }.map { material in
            HandedIn(material.id, material.isTheForm ? .answers : source(choice))
        }
        let submission = Submission(
            terms: terms,
            way: Submission.Way(
                mode: choice.mode, delivery: choice.delivery, situation: choice.situation, hall: choice.hall,
                isCommitted: choice.isCommitted, agreedCents: isCourier && choice.hall != nil ? price : nil),
            parties: Submission.Parties(applicant: applicant.person.id, agent: applicant.agent?.id),
            numbers: numbers,
            contents: Submission.Contents(
                materials: materials,
                personal: Submission.Personal(
                    applicant: (applicant.person.name.text, applicant.person.number.text),
                    agentName: applicant.agent?.name.text, contactMobile: applicant.citizen.mobile?.number ?? "",
                    answers: choice.answers(of: applicant), files: ([:], hall.queryPassword())
                ).signing(
                    Submission.Signed(commitment: choice.isCommitted ? "本人已知悉全部条件，承诺符合并愿承担后果（示例）。" : nil)
                ).delivered(to: door)))
        let clerk = try choice.hall.map { try one.visit?.clerk ?? staff.member(.clerk, at: $0, &dice) }
        return (submission, clerk?.performer(on: hall.time.now().day) ?? applicant.performer, applicant)
    }

    private func source(_ choice: CityItems.Choice) -> MaterialSource { choice.hall == nil ? .files([scan]) : .paper }

    /// The command of a deed that is done to a dossier; nil for what is no command to it.
    func order(_ deed: CityDeed, of one: inout CityCase, at now: Instant, _ dice: inout CityDice) throws -> Order? {
        switch deed {
        case .returnForPreReview, .passPreReview, .receive, .requestCorrection, .decline, .accept, .acceptTolerant:
            return (try intake(deed, one), try clerk(one, now, &dice))
        case .resubmit, .supplyCorrection, .supplyLagging, .withdraw, .requestHearing:
            return (try fromApplicant(deed, one), try people.applicant(one.applicant).performer)
        case .beginSpecial, .endSpecial, .tellHearing, .scheduleHearing, .review, .announceVisit, .verify:
            let examiner = try examiner(one, &dice)
            return (try examination(deed, &one, at: now, &dice), examiner.performer(on: now.day))
        case .recordHearing:
            return (.hearing(.record(note: "听证会已举行，笔录经各方签字（示例）。")), try chair(one, now, &dice))
        case .returnToReviewer:
            let decider = try decider(one, &dice)
            return (.returnToReviewer(note: "请补充核实情况（示例）"), decider.performer(on: now.day))
        case .collect:
            let place = one.choice.hall ?? one.choice.guide.body.region
            let hall = place == .fujian ? .fuzhou : place
            let issuer = try one.visit?.clerk ?? staff.member(.issuingClerk, at: hall, &dice)
            let taker = try people.applicant(one.applicant).citizen.name.text
            return (.handOver(.pickUpCode, recipient: taker), issuer.performer(on: now.day))
        case .decide: return try decision(one, at: now, &dice)
        case .takeNumber, .file, .pickedUp, .delivered, .judge, .callBack, .appeal, .ruleOnAppeal, .mend, .check,
            .revisit, .publish:
            return nil
        }
    }

    private func decision(_ one: CityCase, at now: Instant, _ dice: inout CityDice) throws -> Order {
        let decider = try decider(one, &dice).performer(on: now.day)
        if one.fate.refuses { return (.refuse(grounds: "申请材料所示情况不符合法定条件（示例）。", standard: ""), decider) }
        // The certificate's id is made where it is granted, from the dice of the deed.
        return (.grant(grounds: "申请符合法定条件，准予（示例）。", certificate: nil), decider)
    }

    private func intake(_ deed: CityDeed, _ one: CityCase) throws -> DossierCommand {
        let first = one.choice.materials.first?.id ?? ""
        switch deed {
        case .returnForPreReview:
            return .returnForPreReview([MaterialDefect(first, .incomplete, .overlooked)], note: "申请表缺少签章")
        case .passPreReview: return .passPreReview
        case .receive: return .receive
        case .requestCorrection:
            let defect = MaterialDefect(one.leftOut ?? first, .missing, cause(of: one, one.leftOut ?? first))
            return .requestCorrection([defect], note: "请一次性补齐所列材料")
        case .decline: return .decline(.notNeeded, authority: "", note: "该事项依法不需要取得许可（示例）。")
        case .acceptTolerant:
            return .tolerance(.accept(lagging: [one.leftOut].compactMap(\.self), days: 2, undertaking: .paper))
        default: return .accept
        }
    }

    /// Half of those who forgot something were misled by the guide, the others overlooked it. Judgement.
    private func cause(of one: CityCase, _ material: String) -> CorrectionCause {
        one.number % 2 == 0 ? .guide(.material(material, .sample)) : .overlooked
    }

    private func fromApplicant(_ deed: CityDeed, _ one: CityCase) throws -> DossierCommand {
        let handedIn = [one.leftOut].compactMap(\.self).map { HandedIn($0, source(one.choice)) }
        switch deed {
        case .resubmit: return .resubmit([HandedIn(one.choice.materials.first?.id ?? "", .answers)])
        case .supplyCorrection: return .supplyCorrection(handedIn)
        case .supplyLagging: return .tolerance(.supply(handedIn))
        case .requestHearing: return .hearing(.request)
        default: return .withdraw(note: "情况有变，不再申请（示例）")
        }
    }

    private func examination(
        _ deed: CityDeed, _ one: inout CityCase, at now: Instant, _ dice: inout CityDice
    ) throws -> DossierCommand {
        let body = one.choice.guide.body
        let two = staff.examiners(of: body.code, in: body.region).map(\.staff.id)
        switch (deed, one.fate.procedure) {
        case (.beginSpecial, .special(let procedure)):
            return .special(.begin(procedure, days: 10, note: "需要\(procedure.label)（示例）"))
        case (.endSpecial, .special(let procedure)):
            let finding = SpecialRecord.Finding(isFavourable: true, staff: two)
            return .special(.end(procedure, finding, note: "结果符合要求（示例）"))
        case (.tellHearing, _): return .hearing(.tell(note: "该申请涉及他人重大利益，可以要求听证（示例）。"))
        case (.scheduleHearing, _):
            let day = calendar.day(WorkingDays(dice.number(9...14)), after: now.day)
            one.appointment = Instant(day, hour: 9, minute: 30)
            let chair = try decider(one, &dice).staff.id
            return .hearing(.schedule(Hearing.Plan(day: day, minute: 570, place: "第二会议室（示例）", chair: chair)))
        case (.announceVisit, _):
            let day = calendar.day(WorkingDays(dice.number(3...8)), after: now.day)
            one.appointment = Instant(day, hour: 10, minute: 0)
            return .commitment(.announce(Verification.Visit(day: day, minute: 600, place: "申请人经营场所（示例）", staff: two)))
        case (.verify, _):
            let note = one.fate.keepsCommitment ? "现场核查，承诺属实（示例）。" : "现场核查，承诺不实（示例）。"
            return .commitment(.verify(isKept: one.fate.keepsCommitment, staff: two, note: note))
        default:
            return .passReview(one.fate.refuses ? .refuse : .grant, opinion: one.fate.refuses ? "不符合条件" : "符合条件")
        }
    }

    private func chair(_ one: CityCase, _ now: Instant, _ dice: inout CityDice) throws -> Performer {
        try decider(one, &dice).performer(on: now.day)
    }

    private func clerk(_ one: CityCase, _ now: Instant, _ dice: inout CityDice) throws -> Performer {
        if let clerk = one.visit?.clerk { return clerk.performer(on: now.day) }
        let body = one.choice.guide.body.region
        let hall = one.choice.hall ?? (body == .fujian ? .fuzhou : body)
        return try staff.member(.clerk, at: hall, &dice).performer(on: now.day)
    }

    private func examiner(_ one: CityCase, _ dice: inout CityDice) throws -> CityStaff.Member {
        try staff.examiner(of: one.choice.guide.body.code, in: one.choice.guide.body.region, &dice)
    }

    private func decider(_ one: CityCase, _ dice: inout CityDice) throws -> CityStaff.Member {
        try staff.decider(of: one.choice.guide.body.code, in: one.choice.guide.body.region, &dice)
    }
}
