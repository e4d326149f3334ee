import Catalogue
import Dossiers
import Store
import Vocabulary

/// What somebody wants, by chance: every command there is, with everything in it drawn too.
struct LifeCommands {
    typealias Deed = (command: DossierCommand, actor: Actor)

    static let staff = (1...9).map { StaffID(Subject(high: 2, low: $0)) }
    /// Who assists an applicant: mostly somebody who does nothing else.
    static let desk = [10, 10, 10, 11, 1, 5].map { StaffID(Subject(high: 2, low: $0)) }
    static let applicant = Actor.person(Story.applicant)
    static let everybody = staff.map(Actor.staff) + [applicant, .platform]

    let dice: LifeDice
    let today: CivilDate
    let dossier: Dossier

    private var terms: Terms { dossier.submitted.terms }
    private var clerk: Actor { .staff(Self.staff[0]) }
    private var reviewer: Actor { .staff(Self.staff[dice.pick([1, 1, 8])]) }
    private var decider: Actor { .staff(Self.staff[dice.pick([2, 2, 6])]) }
    private var colleague: StaffID { dice.pick(Self.staff) }
    private var note: String { dice.one(in: 20) ? "" : "理由" }
    private var papers: [HandedIn] { LifeTerms.materials.filter { _ in !dice.one(in: 4) }.map { HandedIn($0, .paper) } }
    private var defects: [MaterialDefect] {
        [
            MaterialDefect(
                dice.pick(LifeTerms.materials), dice.pick(MaterialDefect.Kind.allCases),
                dice.one(in: 20) ? nil : .overlooked)
        ]
    }
    private var asked: Respondent { .officer(staff: dice.pick([Self.staff[8], Self.staff[6]])) }

    /// Any command by whoever may give it, now and then by anybody.
    func any() -> Deed {
        spoiled(dice.pick([intake, acceptance, examination, examination, procedure, procedure, desk, ending, after])())
    }

    /// A command that makes sense where the dossier stands.
    func sensible() -> Deed {
        switch dossier.stage.name {
        case .preReview, .preReviewReturned, .awaitingOriginals: return spoiled(intake())
        case .received, .correctionRequested: return spoiled(acceptance())
        case .reviewed where dice.one(in: 2): return spoiled(decision())
        case .inReview, .reviewed:
            return spoiled(running() ?? dice.pick([examination, examination, procedure, desk])())
        default: return spoiled(dice.pick([ending, ending, after])())
        }
    }

    /// What something that runs waits for, every other time.
    private func running() -> Deed? {
        let proceedings = dossier.proceedings
        guard dice.one(in: 2) else { return nil }
        if let round = proceedings.handling.rounds.open, dice.one(in: 2), let asked = round.awaited.first,
            case .officer(let staff) = asked
        {
            return (
                .handling(.answer(respondent: asked, dice.pick(OpinionAnswer.allCases), text: note)), .staff(staff)
            )
        }
        if let hearing = proceedings.hearing, hearing.endedAt == nil, !dice.one(in: 4) { return self.hearing() }
        if let record = proceedings.special.running.first, dice.one(in: 2) {
            return (special(record.procedure, dice.below(3)), reviewer)
        }
        guard !proceedings.lagging.isEmpty, dice.one(in: 3) else { return nil }
        let paper = dice.pick(proceedings.lagging)
        return (.tolerance(.supply([HandedIn(paper, .paper)])), Self.applicant)
    }

    private func spoiled(_ deed: Deed) -> Deed {
        dice.one(in: 10) ? (deed.command, dice.pick(Self.everybody)) : deed
    }

    private func intake() -> Deed {
        dice.pick([
            (.returnForPreReview(defects, note: note), clerk), (.resubmit(papers), Self.applicant),
            (.passPreReview, clerk), (.receive, clerk), (.receive, clerk), (.tick, .platform),
        ])
    }

    private func acceptance() -> Deed {
        let lagging = dice.one(in: 3) ? ["plan"] : dossier.missingMaterials
        if !lagging.isEmpty, lagging.allSatisfy(terms.tolerable.contains), dice.one(in: 2) {
            return (.tolerance(.accept(lagging: lagging, days: dice.among(1...10), undertaking: .paper)), clerk)
        }
        return dice.pick([
            (.requestCorrection(defects, note: note), clerk), (.supplyCorrection(papers), Self.applicant),
            (.supplyCorrection(papers), Self.applicant), (.mend(papers), clerk), (.accept, clerk), (.accept, clerk),
            (.tolerance(.accept(lagging: lagging, days: dice.below(15), undertaking: .paper)), clerk),
            (
                .decline(dice.pick(DeclineGround.allCases), authority: "示例机关", note: note),
                dice.one(in: 3) ? clerk : .platform
            ),
        ])
    }

    private func examination() -> Deed {
        let grounds = dice.one(in: 20) ? "" : "依据"
        return dice.pick([
            (.passReview(dice.pick([.grant, .refuse]), opinion: note), reviewer),
            (.handling(.pass(opinion: note)), reviewer), (.returnToReviewer(note: note), decider),
            (.grant(grounds: grounds, certificate: terms.certificateType.map { _ in Story.certificate }), decider),
            (.refuse(grounds: grounds, standard: dice.pick(["", "GB 1"])), decider),
            (.tolerance(.supply(papers.filter { terms.tolerable.contains($0.material) })), Self.applicant),
            (.handling(.answer(respondent: asked, dice.pick(OpinionAnswer.allCases), text: note)), .staff(colleague)),
            (.tick, .platform),
        ])
    }

    private func decision() -> Deed {
        let certificate = terms.certificateType.map { _ in Story.certificate }
        let grant = DossierCommand.grant(grounds: "依据", certificate: certificate)
        return (dice.one(in: 4) ? .refuse(grounds: "依据", standard: "GB 1") : grant, decider)
    }

    private func special(_ procedure: SpecialProcedure, _ what: Int) -> DossierCommand {
        let days = dice.one(in: 15) ? 0 : dice.among(1...25)
        let finding = SpecialRecord.Finding(
            isFavourable: !dice.one(in: 4), staff: Array(Self.staff.suffix(dice.pick([2, 2, 1]))),
            standard: dice.pick([nil, "GB 1"]))
        switch what {
        case 0: return .special(.begin(procedure, days: days, note: note))
        case 1: return .special(.prolong(procedure, days: days, note: note))
        default: return .special(.end(procedure, finding, note: note))
        }
    }

    private func hearing() -> Deed {
        let plan = Hearing.Plan(
            day: today.advanced(byDays: dice.one(in: 4) ? dice.below(45) : dice.among(9...20)), minute: 570,
            place: "听证室", chair: dice.pick([Self.staff[4], Self.staff[4], Self.staff[6], colleague]))
        switch dossier.proceedings.hearing?.step {
        case nil: return (.hearing(.tell(note: note)), reviewer)
        case .told:
            return (dice.one(in: 5) ? .hearing(.waive) : .hearing(.request), Self.applicant)
        case .requested: return (.hearing(.schedule(plan)), reviewer)
        case .scheduled(_, let old):
            let record = (command: DossierCommand.hearing(.record(note: note)), actor: Actor.staff(old.chair))
            return dice.one(in: 5) ? (.hearing(.schedule(plan)), reviewer) : record
        case .held, .waived: return (.hearing(dice.pick([.request, .waive, .tell(note: note)])), Self.applicant)
        }
    }

    private func procedure() -> Deed {
        let value = dice.among(0...12)
        let authority = dice.one(in: 6) ? Extension.Authority.head : terms.extensionAuthority
        switch dice.below(4) {
        case 0: return (special(dice.pick(SpecialProcedure.allCases), dice.pick([0, 0, 0, 1, 2])), reviewer)
        case 1: return hearing()
        case 2:
            return dice.pick([
                (.extend(.request(value: value, note: note)), reviewer),
                (.extend(.approve(value: value, by: authority, note: note)), .staff(Self.staff[5])),
                (.extend(.deny(by: authority, note: note)), .staff(Self.staff[5])),
            ])
        default:
            return dice.pick([
                (.party(.inform(name: "邻居", matter: "通行")), reviewer),
                (.party(.hear(party: dice.below(2), statement: note)), reviewer),
            ])
        }
    }

    private func desk() -> Deed {
        let until = today.advanced(byDays: dice.among(0...8))
        return dice.pick([
            (.handling(.take), reviewer), (.handling(.take), decider), (.handling(.giveBack(note: note)), reviewer),
            (.handling(.assign(staff: colleague, note: note)), .staff(Self.staff[5])),
            (.handling(.delegate(staff: colleague, note: note)), reviewer),
            (.handling(.sendBack(step: dice.pick(["step1", "step2"]), note: note)), reviewer),
            (.handling(.urge(note: note)), Self.applicant),
            (.handling(.ask(respondents: [asked], until: until, question: note)), reviewer),
            (.handling(.recuse(note: note)), dice.one(in: 4) ? reviewer : .staff(Self.staff[7])),
            (.handling(.rule(staff: Self.staff[7], note: note)), .staff(Self.staff[5])),
        ])
    }

    private func ending() -> Deed {
        let isElectronic = dossier.submitted.delivery == .eCertificate
        return dice.pick([
            (.fileCertificate(Story.certificate), .platform), (.fileCertificate(Story.certificate), .platform),
            (.issue(pickUpCode: "1"), .platform), (.issue(pickUpCode: "1"), .platform),
            (.handOver(isElectronic ? .electronic : .pickUpCode, recipient: ""), .staff(Self.staff[3])),
            (.close, .platform), (.tolerance(.supply([HandedIn("plan", .paper)])), Self.applicant),
        ])
    }

    private func after() -> Deed {
        let two = Array(Self.staff.suffix(dice.pick([2, 2, 1])))
        let end = dice.pick([
            LicenceEnd.revoked(.fraud), .cancelled(.expired), .recalled(.lawChanged),
        ])
        let visit = Verification.Visit(
            day: today.advanced(byDays: dice.pick([0, 1, 3, 10, 40])), minute: 570, place: "经营场所", staff: two)
        return dice.pick([
            (.commitment(.verify(isKept: !dice.one(in: 3), staff: two, note: note)), reviewer),
            (.commitment(.announce(visit)), reviewer),
            (.overrun(.explain(dice.pick([.promised, .statutory]), text: note)), .staff(dice.pick(Self.staff))),
            (.licence(.end(end, sparesPublicInterest: !dice.one(in: 4), note: note)), decider),
            dice.one(in: 4) ? (.withdraw(note: note), Self.applicant) : (.tick, .platform),
            dice.one(in: 4) ? (.terminate(note: note), decider) : (.tick, .platform), (.tick, .platform),
        ])
    }
}
