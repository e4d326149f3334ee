import Delivery
import Dossiers
import Vocabulary

/// One step of the way, as 办件过程信息 tells it.
struct RecordStep: Sendable {
    let line: DossierTable.HistoryLine
    let name: String
    let action: RecordCodes.Action
    /// When the step before it was over.
    let begunAt: Instant
    let words: String

    /// The steps of a history, in their order. What only moves a dossier from desk to desk is none. `own` are the steps
    /// of the item's examination.
    static func all(of history: [DossierTable.HistoryLine], _ own: [ReviewStep]) -> [RecordStep] {
        var steps: [RecordStep] = []
        var before = history.first?.at
        for line in history {
            guard let (name, action) = title(line.event, own), let begun = before else { continue }
            steps.append(
                RecordStep(
                    line: line, name: name, action: action, begunAt: begun, words: line.event.recordedNote ?? name))
            before = line.at
        }
        return steps
    }

    private static func title(_ event: DossierEvent, _ own: [ReviewStep]) -> (String, RecordCodes.Action)? {
        switch event {
        case .preReviewReturned: (RecordStepName.preReviewReturn, .sentBack)
        case .preReviewPassed: (RecordStepName.preReview, .passed)
        case .received: (RecordStepName.receipt, .passed)
        case .correctionRequested: (RecordStepName.correctionNotice, .sentBack)
        case .corrected: (RecordStepName.correction, .other)
        case .accepted: (RecordStepName.acceptance, .passed)
        case .declined: (RecordStepName.nonAcceptance, .sentBack)
        case .reviewPassed(let proposal, _): (RecordStepName.review, proposal == .grant ? .passed : .sentBack)
        case .returnedToReviewer: (RecordStepName.reviewReturn, .sentBack)
        case .granted: (RecordStepName.decision, .passed)
        case .refused: (RecordStepName.decision, .sentBack)
        case .certificateFiled: (RecordStepName.certificate, .passed)
        case .issued: (RecordStepName.issue, .passed)
        case .handedOver: (RecordStepName.handOver, .passed)
        case .closed: (RecordStepName.closing, .passed)
        case .withdrawn: (RecordStepName.withdrawal, .other)
        case .terminated: (RecordStepName.termination, .other)
        case .lapsed, .tolerance(.lapsed): (RecordStepName.lapse, .sentBack)
        case .tolerance(.granted): (RecordStepName.tolerance, .other)
        case .tolerance(.supplied): (RecordStepName.toleratedMaterial, .other)
        case .special(let event): title(event)
        case .hearing(.told): (RecordStepName.hearingNotice, .other)
        case .hearing(.held): (RecordStepName.hearing, .other)
        case .extended(.approved): (RecordStepName.prolongedTerm, .other)
        case .handling(.passed(let step, _, _)): (own.name(of: step), .passed)
        case .handling(.sentBack(let step, _, _)): (own.name(of: step), .sentBack)
        default: nil
        }
    }

    private static func title(_ event: SpecialEvent) -> (String, RecordCodes.Action) {
        switch event {
        case .begun(let procedure, _, _): (RecordStepName.begun(procedure), .other)
        case .prolonged(let procedure, _, _): (RecordStepName.prolonged(procedure), .other)
        case .ended(let procedure, let finding, _):
            (RecordStepName.ended(procedure), finding.isFavourable ? .passed : .sentBack)
        }
    }
}

extension [ReviewStep] {
    /// What a step of the item is called; the id of one that is none of these.
    fileprivate func name(of id: String) -> String { first { $0.id == id }?.name ?? id }
}

/// One special procedure that is over, or an extension, as 特别程序信息 tells it. One that still runs stands among the
/// steps: the family has no record without an end.
struct RecordSpecial: Sendable {
    /// The event that began it, which names the record.
    let begun: DossierTable.HistoryLine
    let ended: DossierTable.HistoryLine
    let name: String
    let isExtension: Bool
    /// What came out of it.
    let result: String

    /// Those of a dossier, in the order in which they began.
    static func all(of facts: CaseFacts) -> [RecordSpecial] {
        let lines = Dictionary(uniqueKeysWithValues: facts.history.map { ($0.sequence, $0) })
        var specials: [RecordSpecial] = facts.dossier.proceedings.special.compactMap { record in
            guard let begun = lines[record.event], record.endedAt != nil,
                let ended = facts.history.first(where: { ends(record, $0) })
            else { return nil }
            return RecordSpecial(
                begun: begun, ended: ended, name: record.procedure.label, isExtension: false,
                result: record.finding?.isFavourable == true
                    ? RecordFinding.favourable : RecordFinding.unfavourable)
        }
        if let hearing = facts.dossier.proceedings.hearing, let begun = lines[hearing.event],
            let ended = facts.history.first(where: { $0.event.endsHearing })
        {
            specials.append(
                RecordSpecial(
                    begun: begun, ended: ended, name: RecordStepName.hearing, isExtension: false,
                    result: ended.event.isHearingHeld ? "已举行听证" : "未举行听证"))
        }
        if let extended = facts.dossier.proceedings.extended, let line = lines[extended.event] {
            specials.append(
                RecordSpecial(
                    begun: line, ended: line, name: RecordStepName.prolongedTerm, isExtension: true, result: "同意延长"))
        }
        return specials.sorted { $0.begun.sequence < $1.begun.sequence }
    }

    private static func ends(_ record: SpecialRecord, _ line: DossierTable.HistoryLine) -> Bool {
        guard line.sequence > record.event, case .special(.ended(let procedure, _, _)) = line.event else {
            return false
        }
        return procedure == record.procedure && line.at == record.endedAt
    }
}

/// One file of a material.
struct RecordAttachment: Sendable {
    let material: RecordMaterial
    let digest: String
    let name: String

    /// The files of a material, in their order there.
    static func all(of material: RecordMaterial, _ personal: Submission.Personal) -> [RecordAttachment] {
        material.handedIn.keptFiles.map { file in
            RecordAttachment(
                material: material, digest: file.digest,
                name: String((personal.fileNames[file.digest] ?? file.digest).prefix(charactersMax)))
        }
    }

    /// LIMIT: characters of a file's name in a record.
    private static let charactersMax = 200
}

/// One report of the carrier's.
struct RecordScan: Sendable {
    let parcel: Parcel
    /// The number of the parcel's event.
    let sequence: Int
    let scan: ParcelScan
    let place: String?
}

/// One material as it came last, as 材料目录信息 tells it.
struct RecordMaterial: Sendable {
    let handedIn: HandedIn
    /// The event that brought it.
    let sequence: Int

    /// The materials of a dossier, in their order there.
    static func all(of facts: CaseFacts) -> [RecordMaterial] {
        var brought: [String: Int] = [:]
        for line in facts.history {
            for handedIn in line.event.brought { brought[handedIn.material] = line.sequence }
        }
        return facts.dossier.materials.map { RecordMaterial(handedIn: $0, sequence: brought[$0.material] ?? 1) }
    }
}

extension DossierEvent {
    fileprivate var endsHearing: Bool {
        switch self {
        case .hearing(.held), .hearing(.waived): true
        default: false
        }
    }

    fileprivate var isHearingHeld: Bool {
        if case .hearing(.held) = self { return true }
        return false
    }

    fileprivate var brought: [HandedIn] {
        switch self {
        case .submitted(let submitted, _): submitted.materials
        case .resubmitted(let handedIn), .corrected(let handedIn), .mended(let handedIn),
            .tolerance(.supplied(let handedIn)):
            handedIn
        default: []
        }
    }

    /// What was written with it; nil where nothing was.
    fileprivate var recordedNote: String? {
        switch self {
        case .preReviewReturned(_, let note), .correctionRequested(_, let note), .declined(_, _, let note),
            .reviewPassed(_, let note), .returnedToReviewer(let note), .granted(_, let note), .refused(_, let note),
            .withdrawn(let note), .terminated(let note), .special(.begun(_, _, let note)),
            .special(.prolonged(_, _, let note)), .special(.ended(_, _, let note)), .hearing(.told(let note)),
            .hearing(.held(let note)), .extended(.approved(_, _, let note)), .handling(.passed(_, _, let note)),
            .handling(.sentBack(_, _, let note)):
            note?.text
        default: nil
        }
    }
}

extension DossierTable.HistoryLine {
    /// What was written with what happened here.
    var note: String? { event.recordedNote }
}
