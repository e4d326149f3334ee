package import Store
import Vocabulary

extension DossierEvent: JournalEvent {
    private struct Materials: Codable { let materials: [HandedIn] }
    private struct Silence: Codable { let bySilence: Bool }
    private struct Acceptance: Codable { let bySilence: Bool; let from: Instant }
    private struct Ground: Codable { let authority: String?; let ground: DeclineGround }
    private struct Standard: Codable { let standard: String? }
    private struct Proposal: Codable { let proposal: ReviewProposal }
    private struct Grant: Codable { let certificate: CertificateID? }
    private struct Filed: Codable { let certificate: CertificateID }
    private struct HandOver: Codable { let proof: HandOverProof }

    /// The version that is written today, of every kind.
    package static let version = 1

    /// `dossier.submitted` and so on: never renamed.
    package var kind: String {
        switch self {
        case .submitted: "dossier.submitted"
        case .preReviewReturned: "dossier.pre-review-returned"
        case .resubmitted: "dossier.resubmitted"
        case .preReviewPassed: "dossier.pre-review-passed"
        case .received: "dossier.received"
        case .correctionRequested: "dossier.correction-requested"
        case .corrected: "dossier.corrected"
        case .accepted: "dossier.accepted"
        case .declined: "dossier.declined"
        case .reviewPassed: "dossier.review-passed"
        case .returnedToReviewer: "dossier.returned-to-reviewer"
        case .granted: "dossier.granted"
        case .refused: "dossier.refused"
        case .certificateFiled: "dossier.certificate-filed"
        case .issued: "dossier.issued"
        case .handedOver: "dossier.handed-over"
        case .closed: "dossier.closed"
        case .withdrawn: "dossier.withdrawn"
        case .terminated: "dossier.terminated"
        case .lapsed: "dossier.lapsed"
        case .mended: "dossier.mended"
        case .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun, .handling,
            .clock:
            part?.kind ?? ""
        }
    }

    /// The public part as JSON.
    package func publicPart() throws -> [UInt8] {
        switch self {
        case .submitted(let submitted, _): try CanonicalJSON.bytes(of: submitted)
        case .preReviewReturned(let defects, _), .correctionRequested(let defects, _):
            try CanonicalJSON.bytes(of: NoticeDefects(defects: defects))
        case .resubmitted(let materials), .corrected(let materials), .mended(let materials):
            try CanonicalJSON.bytes(of: Materials(materials: materials))
        case .preReviewPassed(let bySilence): try CanonicalJSON.bytes(of: Silence(bySilence: bySilence))
        case .accepted(let from, let bySilence):
            try CanonicalJSON.bytes(of: Acceptance(bySilence: bySilence, from: from))
        case .declined(let ground, let authority, _):
            try CanonicalJSON.bytes(of: Ground(authority: authority, ground: ground))
        case .refused(let standard, _): try CanonicalJSON.bytes(of: Standard(standard: standard))
        case .reviewPassed(let proposal, _): try CanonicalJSON.bytes(of: Proposal(proposal: proposal))
        case .granted(let certificate, _): try CanonicalJSON.bytes(of: Grant(certificate: certificate))
        case .certificateFiled(let certificate): try CanonicalJSON.bytes(of: Filed(certificate: certificate))
        case .handedOver(let proof, _): try CanonicalJSON.bytes(of: HandOver(proof: proof))
        case .received, .returnedToReviewer, .issued, .closed, .withdrawn, .terminated, .lapsed:
            Array("{}".utf8)
        case .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun, .handling,
            .clock:
            try part.map { try CanonicalJSON.bytes(of: $0.open) } ?? []
        }
    }

    /// The personal part as JSON; nil where there is none.
    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .submitted(_, let personal): try personal.map { try CanonicalJSON.bytes(of: $0) }
        case .preReviewReturned(let defects, let note), .correctionRequested(let defects, let note):
            try NoticeWords(defects, note).map { try CanonicalJSON.bytes(of: $0) }
        case .declined(_, _, let note), .reviewPassed(_, let note), .returnedToReviewer(let note),
            .granted(_, let note),
            .refused(_, let note),
            .withdrawn(let note), .terminated(let note):
            try note.map { try CanonicalJSON.bytes(of: $0) }
        case .issued(let pickUp): try pickUp.map { try CanonicalJSON.bytes(of: $0) }
        case .handedOver(_, let recipient): try recipient.map { try CanonicalJSON.bytes(of: $0) }
        case .resubmitted, .preReviewPassed, .received, .corrected, .mended, .accepted, .certificateFiled, .closed,
            .lapsed:
            nil
        case .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun, .handling,
            .clock:
            try part?.personal.map { try CanonicalJSON.bytes(of: $0) }
        }
    }

    /// Reads what was written; throws `Fault.corrupt` for a kind or version that nobody ever wrote.
    package init(_ entry: JournalEntry) throws {
        guard entry.version == Self.version else { throw Fault.corrupt("\(entry.kind) version \(entry.version)") }
        func part<Value: Decodable>() throws -> Value { try CanonicalJSON.value(in: entry.body) }
        func personal<Value: Decodable>() throws -> Value? {
            try entry.personal.map { try CanonicalJSON.value(in: $0.bytes) }
        }
        switch entry.kind {
        case "dossier.submitted": self = .submitted(try part(), try personal())
        case "dossier.pre-review-returned":
            let (defects, words): (NoticeDefects, NoticeWords?) = (try part(), try personal())
            self = .preReviewReturned(words?.restored(to: defects.defects) ?? defects.defects, words?.note)
        case "dossier.resubmitted": self = .resubmitted((try part() as Materials).materials)
        case "dossier.pre-review-passed": self = .preReviewPassed(bySilence: (try part() as Silence).bySilence)
        case "dossier.received": self = .received
        case "dossier.correction-requested":
            let (defects, words): (NoticeDefects, NoticeWords?) = (try part(), try personal())
            self = .correctionRequested(words?.restored(to: defects.defects) ?? defects.defects, words?.note)
        case "dossier.corrected": self = .corrected((try part() as Materials).materials)
        case "dossier.accepted":
            let acceptance: Acceptance = try part()
            self = .accepted(from: acceptance.from, bySilence: acceptance.bySilence)
        case "dossier.mended": self = .mended((try part() as Materials).materials)
        case "dossier.declined":
            let ground: Ground = try part()
            self = .declined(ground.ground, authority: ground.authority, try personal())
        case "dossier.review-passed": self = .reviewPassed((try part() as Proposal).proposal, try personal())
        case "dossier.returned-to-reviewer": self = .returnedToReviewer(try personal())
        case "dossier.granted": self = .granted((try part() as Grant).certificate, try personal())
        case "dossier.refused": self = .refused(standard: (try part() as Standard).standard, try personal())
        case "dossier.certificate-filed": self = .certificateFiled((try part() as Filed).certificate)
        case "dossier.issued": self = .issued(try personal())
        case "dossier.handed-over": self = .handedOver((try part() as HandOver).proof, try personal())
        case "dossier.closed": self = .closed
        case "dossier.withdrawn": self = .withdrawn(try personal())
        case "dossier.terminated": self = .terminated(try personal())
        case "dossier.lapsed": self = .lapsed
        default: self = try Self.family(entry)
        }
    }
}

extension DossierEvent {
    /// The event as one of a family that writes itself; nil for those that are written here.
    private var part: (any DossierEventPart)? {
        switch self {
        case .special(let event): event
        case .hearing(let event): event
        case .extended(let event): event
        case .party(let event): event
        case .tolerance(let event): event
        case .commitment(let event): event
        case .licence(let event): event
        case .overrun(let event): event
        case .handling(let event): event
        case .clock(let event): event
        default: nil
        }
    }

    private static func family(_ entry: JournalEntry) throws -> DossierEvent {
        let (kind, parts) = (entry.kind, DossierEventParts(entry))
        if let event = try SpecialEvent(kind, parts) { return .special(event) }
        if let event = try HearingEvent(kind, parts) { return .hearing(event) }
        if let event = try ExtensionEvent(kind, parts) { return .extended(event) }
        if let event = try PartyEvent(kind, parts) { return .party(event) }
        if let event = try ToleranceEvent(kind, parts) { return .tolerance(event) }
        if let event = try CommitmentEvent(kind, parts) { return .commitment(event) }
        if let event = try LicenceEvent(kind, parts) { return .licence(event) }
        if let event = try OverrunEvent(kind, parts) { return .overrun(event) }
        if let event = try HandlingEvent(kind, parts) { return .handling(event) }
        if let event = try ClockEvent(kind, parts) { return .clock(event) }
        throw Fault.corrupt("no event is called \(kind)")
    }
}
