import Dossiers
import Vocabulary

/// What runs beside the stages of a dossier, without anything that can be forgotten.
struct ProceedingsAnswer: Encodable {
    let special: [Special]
    let hearing: HearingAnswer?
    let `extension`: ExtensionAnswer?
    /// How many third parties were informed, and how many of them were heard.
    let thirdParties: Parties
    let tolerance: ToleranceAnswer?
    let commitment: Commitment?
    let licenceEnds: [Ending]
    /// The limits that passed and are explained in public.
    let overruns: [OverrunAnswer]
    /// Days that do not count for the authority: from each up to, not including, the other (行政许可法 art. 45).
    let pauses: [PauseAnswer]
    /// `green`, `yellow`, `red` or `statutory`; missing when no limit of the authority runs.
    let light: String?
    /// The rules that were not kept.
    let breaches: [String]

    struct Special: Encodable {
        let procedure: String
        let begunAt: String
        /// Working days that were told in writing.
        let told: Int
        let endedAt: String?
        let isFavourable: Bool?
    }

    struct OverrunAnswer: Encodable {
        /// `promised` or `statutory`.
        let limit: String
        let due: CivilDate
        /// Missing while nobody has explained it.
        let explainedAt: String?
        let explanation: String?
    }

    struct HearingAnswer: Encodable {
        /// `told`, `requested`, `scheduled`, `held`, `waived`.
        let step: String
        let toldAt: String
        let day: CivilDate?
        let due: CivilDate?
    }

    struct ExtensionAnswer: Encodable {
        /// In the unit of the statutory limit; missing while nothing was approved.
        let approved: Int?
        /// What waits for the head's answer.
        let requested: Int?
        let authority: String
    }

    struct Parties: Encodable {
        let informed: Int
        let heard: Int
    }

    struct ToleranceAnswer: Encodable {
        let lagging: [String]
        let due: CivilDate?
    }

    struct Commitment: Encodable {
        /// `signed` before the decision, then `due`, `kept` or `broken`.
        let standing: String
        let due: CivilDate?
    }

    struct Ending: Encodable {
        let kind: String
        let ground: String
    }

    struct PauseAnswer: Encodable {
        let from: CivilDate
        /// Missing while its end is not known.
        let to: CivilDate?
    }

    init(_ dossier: Dossier, _ rules: DossierRules) {
        let proceedings = dossier.proceedings
        special = proceedings.special.map { record in
            Special(
                procedure: record.procedure.rawValue, begunAt: record.begunAt.description, told: record.told.count,
                endedAt: record.endedAt?.description, isFavourable: record.finding?.isFavourable)
        }
        hearing = proceedings.hearing.map { hearing in
            HearingAnswer(
                step: hearing.step.name, toldAt: hearing.toldAt.description, day: hearing.plan?.day,
                due: rules.hearingDue(of: dossier)?.day)
        }
        let isAsked = proceedings.extended != nil || proceedings.extensionRequest != nil
        `extension` =
            isAsked
            ? ExtensionAnswer(
                approved: proceedings.extended?.value, requested: proceedings.extensionRequest,
                authority: dossier.submitted.terms.extensionAuthority.rawValue) : nil
        thirdParties = Parties(
            informed: proceedings.parties.count, heard: proceedings.parties.count { $0.heardAt != nil })
        tolerance = proceedings.tolerance.map {
            ToleranceAnswer(lagging: $0.lagging, due: rules.toleranceDue(of: dossier)?.day)
        }
        commitment =
            dossier.submitted.isCommitted == true
            ? Commitment(
                standing: proceedings.verification?.name ?? "signed", due: rules.verificationDue(of: dossier)?.day)
            : nil
        licenceEnds = proceedings.licenceEnds.map { Ending(kind: $0.kind.rawValue, ground: $0.ground) }
        overruns = rules.overruns(of: dossier).map {
            OverrunAnswer(
                limit: $0.limit.rawValue, due: $0.due, explainedAt: $0.explanation?.at.description,
                explanation: $0.explanation?.text)
        }
        pauses = rules.pauses(of: dossier).map { PauseAnswer(from: $0.from, to: $0.to) }
        light = rules.light(of: dossier)?.name
        breaches = rules.breaches(of: dossier).map(\.rawValue)
    }
}

extension Hearing.Step {
    fileprivate var name: String {
        switch self {
        case .told: "told"
        case .requested: "requested"
        case .scheduled: "scheduled"
        case .held: "held"
        case .waived: "waived"
        }
    }
}

extension Verification {
    fileprivate var name: String {
        switch self {
        case .due: "due"
        case .kept: "kept"
        case .broken: "broken"
        }
    }
}

extension Light {
    /// As programs read it.
    fileprivate var name: String {
        switch self {
        case .green: "green"
        case .yellow: "yellow"
        case .red: "red"
        case .statutory: "statutory"
        }
    }
}
