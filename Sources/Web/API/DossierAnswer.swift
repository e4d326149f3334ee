import Dossiers
import Hall
import Papers
import Vocabulary

/// One dossier on a list.
struct DossierSummary: Encodable {
    let id: DossierID
    let number: String
    let short: String
    let item: String
    let stage: String
    let ending: String?
    let submittedAt: String
    let receivedAt: String?
    let due: CivilDate?
    let statutoryDue: CivilDate?
    let isProvisional: Bool

    init(_ line: DossierLine) {
        (id, number, short, item) = (line.id, line.number, line.short, line.itemCode)
        (stage, ending) = (line.stage.rawValue, line.ending?.rawValue)
        (submittedAt, receivedAt) = (line.submittedAt.description, line.receivedAt?.description)
        (due, statutoryDue, isProvisional) = (line.due, line.statutoryDue, line.isProvisional)
    }
}

/// One dossier as it stands: its state, its dates, and the public part of everything that happened.
struct DossierAnswer: Encodable {
    let id: DossierID
    /// How many events it is the fold of.
    let sequence: Int
    let number: String
    let short: String
    let item: Item
    let mode: String
    let delivery: String
    let stage: String
    let ending: String?
    let submittedAt: String
    let receipt: Receipt?
    /// When acceptance took effect.
    let acceptedAt: String?
    let isAcceptedBySilence: Bool?
    let decision: Decision?
    let due: Dates
    let missingMaterials: [String]
    let trips: Trips
    /// What runs or ran beside the stages.
    let proceedings: ProceedingsAnswer
    /// The papers of the law, the oldest first.
    let papers: [PaperAnswer]
    let events: [Event]

    /// How often somebody was to come to a hall, and did.
    struct Trips: Encodable {
        struct Visit: Encodable {
            let day: CivilDate
            /// `filing`, `originals`, `mending`, `corrections`, `result`.
            let purposes: [String]
        }

        let promised: Int
        let made: Int
        let visits: [Visit]

        init(_ dossier: Dossier) {
            (promised, made) = (dossier.tripsPromised, dossier.tripsMade)
            visits = dossier.visits.map { Visit(day: $0.day, purposes: $0.purposes.map(\.rawValue)) }
        }
    }

    struct PaperAnswer: Encodable {
        let id: PaperID
        let kind: String
        let title: String
        let number: String
        let day: CivilDate
        let isServed: Bool
        let isVoided: Bool

        init(_ line: PaperLine) {
            (id, kind, title, number) = (line.id, line.kind.id, line.title, line.number)
            (day, isServed, isVoided) = (line.day, line.isServed, line.isVoided)
        }
    }

    struct Item: Encodable {
        let code: String
        let version: Int
        let name: String
        let body: CreditCode
        let bodyName: String
        let region: Region
    }

    /// Which instant counts as the receipt (电子签名法 art. 11), and which event made it so.
    struct Receipt: Encodable {
        let at: String
        let event: Int
        /// `submission` where that instant is the receipt, `originals` where paper came later.
        let by: String
    }

    struct Decision: Encodable {
        let isGrant: Bool
        let at: String
    }

    struct Date: Encodable {
        let day: CivilDate
        /// It rests on a year whose holidays are not published yet.
        let isProvisional: Bool
    }

    /// By when who must act; what does not run is missing.
    struct Dates: Encodable {
        let authority: Date?
        let statutory: Date?
        let applicant: Date?
    }

    struct Event: Encodable {
        let sequence: Int
        let at: String
        /// `person`, `staff`, `partner` or `platform`.
        let by: String
        let kind: String
        /// As it stands in the journal.
        let body: JSONValue
    }

    init(_ opened: Hall.Opened, _ rules: DossierRules) throws {
        let dossier = opened.dossier
        let submitted = dossier.submitted
        let terms = submitted.terms
        (id, sequence) = (dossier.id, dossier.sequence)
        (number, short) = (submitted.numbers.number, submitted.numbers.short)
        item = Item(
            code: terms.itemCode, version: terms.version, name: terms.itemName, body: terms.body,
            bodyName: terms.bodyName, region: terms.region)
        (mode, delivery) = (submitted.mode.id, submitted.delivery.id)
        (stage, ending) = (dossier.stage.name.rawValue, dossier.ending?.rawValue)
        submittedAt = dossier.submittedAt.description
        receipt = opened.history.last { $0.event == .received }.map { line in
            Receipt(
                at: line.at.description, event: line.sequence,
                by: submitted.mode.receipt == .originals ? "originals" : "submission")
        }
        acceptedAt = dossier.acceptance?.from.description
        isAcceptedBySilence = dossier.acceptance?.bySilence
        decision = dossier.decision.map { Decision(isGrant: $0.isGrant, at: $0.at.description) }
        func date(_ due: Due?) -> Date? { due.map { Date(day: $0.day, isProvisional: $0.isProvisional) } }
        due = Dates(
            authority: date(rules.due(of: dossier)), statutory: date(rules.statutoryDue(of: dossier)),
            applicant: date(rules.correctionDue(of: dossier)))
        missingMaterials = dossier.missingMaterials
        trips = Trips(dossier)
        proceedings = ProceedingsAnswer(dossier, rules)
        papers = opened.papers.map(PaperAnswer.init)
        events = try opened.history.filter(\.event.concernsApplicant).map { line in
            Event(
                sequence: line.sequence, at: line.at.description,
                by: String(line.actor.description.prefix { $0 != ":" }), kind: line.event.kind,
                body: try CanonicalJSON.value(in: line.event.publicPart()))
        }
    }
}
