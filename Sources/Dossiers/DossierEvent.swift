package import Store
package import Vocabulary

/// What happened to a dossier. Events are for ever: never renamed, never reinterpreted.
package enum DossierEvent: Hashable, Sendable, JournalEvent {
    case submitted(Submitted, Submission.Personal?)
    case preReviewReturned([MaterialDefect], Note?)
    case resubmitted([HandedIn])
    case preReviewPassed(bySilence: Bool)
    /// The five working days of art. 32(4) start here.
    case received
    case correctionRequested([MaterialDefect], Note?)
    case corrected([HandedIn])
    /// `from` is the instant at which acceptance takes effect: now, or the receipt when silence accepted.
    case accepted(from: Instant, bySilence: Bool)
    case declined(DeclineGround, Note?)
    case reviewPassed(ReviewProposal, Note?)
    case returnedToReviewer(Note?)
    case granted(CertificateID?, Note?)
    case refused(Note?)
    case certificateFiled(CertificateID)
    case issued(PickUp?)
    case handedOver(HandOverProof, Recipient?)
    case closed
    case withdrawn(Note?)
    case terminated(Note?)
    /// The corrections did not come in time.
    case lapsed

    /// The public part of `submitted`.
    package struct Submitted: Hashable, Sendable, Codable {
        package let terms: Terms
        package let mode: ServiceMode
        package let delivery: DeliveryMode
        package let situation: [String: String]
        package let applicant: PersonID
        package let agent: PersonID?
        package let numbers: DossierNumbers
        package let materials: [HandedIn]
        package let hall: Region?
    }

    /// Free text.
    package struct Note: Hashable, Sendable, Codable {
        package let text: String
    }

    /// The code that opens the result at the issuing window.
    package struct PickUp: Hashable, Sendable, Codable {
        package let code: String
    }

    /// Who took the result.
    package struct Recipient: Hashable, Sendable, Codable {
        package let name: String
    }

    /// Whether the law or the platform acted, not the person who gave the command.
    package var isByLaw: Bool {
        switch self {
        case .preReviewPassed(let bySilence): bySilence
        case .accepted(_, let bySilence): bySilence
        case .lapsed: true
        default: false
        }
    }
}

extension DossierEvent {
    private struct Defects: Codable { let defects: [MaterialDefect] }
    private struct Materials: Codable { let materials: [HandedIn] }
    private struct Silence: Codable { let bySilence: Bool }
    private struct Acceptance: Codable { let bySilence: Bool; let from: Instant }
    private struct Ground: Codable { let ground: DeclineGround }
    private struct Proposal: Codable { let proposal: ReviewProposal }
    private struct Grant: Codable { let certificate: CertificateID? }
    private struct Filed: Codable { let certificate: CertificateID }
    private struct HandOver: Codable { let proof: HandOverProof }
    private struct Nothing: Codable {}

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
        }
    }

    /// The public part as JSON.
    package func publicPart() throws -> [UInt8] {
        switch self {
        case .submitted(let submitted, _): try CanonicalJSON.bytes(of: submitted)
        case .preReviewReturned(let defects, _), .correctionRequested(let defects, _):
            try CanonicalJSON.bytes(of: Defects(defects: defects))
        case .resubmitted(let materials), .corrected(let materials):
            try CanonicalJSON.bytes(of: Materials(materials: materials))
        case .preReviewPassed(let bySilence): try CanonicalJSON.bytes(of: Silence(bySilence: bySilence))
        case .accepted(let from, let bySilence):
            try CanonicalJSON.bytes(of: Acceptance(bySilence: bySilence, from: from))
        case .declined(let ground, _): try CanonicalJSON.bytes(of: Ground(ground: ground))
        case .reviewPassed(let proposal, _): try CanonicalJSON.bytes(of: Proposal(proposal: proposal))
        case .granted(let certificate, _): try CanonicalJSON.bytes(of: Grant(certificate: certificate))
        case .certificateFiled(let certificate): try CanonicalJSON.bytes(of: Filed(certificate: certificate))
        case .handedOver(let proof, _): try CanonicalJSON.bytes(of: HandOver(proof: proof))
        case .received, .returnedToReviewer, .refused, .issued, .closed, .withdrawn, .terminated, .lapsed:
            Array("{}".utf8)
        }
    }

    /// The personal part as JSON; nil where there is none.
    package func personalPart() throws -> [UInt8]? {
        switch self {
        case .submitted(_, let personal): try personal.map { try CanonicalJSON.bytes(of: $0) }
        case .preReviewReturned(_, let note), .correctionRequested(_, let note), .declined(_, let note),
            .reviewPassed(_, let note), .returnedToReviewer(let note), .granted(_, let note), .refused(let note),
            .withdrawn(let note), .terminated(let note):
            try note.map { try CanonicalJSON.bytes(of: $0) }
        case .issued(let pickUp): try pickUp.map { try CanonicalJSON.bytes(of: $0) }
        case .handedOver(_, let recipient): try recipient.map { try CanonicalJSON.bytes(of: $0) }
        case .resubmitted, .preReviewPassed, .received, .corrected, .accepted, .certificateFiled, .closed, .lapsed: nil
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
            self = .preReviewReturned((try part() as Defects).defects, try personal())
        case "dossier.resubmitted": self = .resubmitted((try part() as Materials).materials)
        case "dossier.pre-review-passed": self = .preReviewPassed(bySilence: (try part() as Silence).bySilence)
        case "dossier.received": self = .received
        case "dossier.correction-requested":
            self = .correctionRequested((try part() as Defects).defects, try personal())
        case "dossier.corrected": self = .corrected((try part() as Materials).materials)
        case "dossier.accepted":
            let acceptance: Acceptance = try part()
            self = .accepted(from: acceptance.from, bySilence: acceptance.bySilence)
        case "dossier.declined": self = .declined((try part() as Ground).ground, try personal())
        case "dossier.review-passed": self = .reviewPassed((try part() as Proposal).proposal, try personal())
        case "dossier.returned-to-reviewer": self = .returnedToReviewer(try personal())
        case "dossier.granted": self = .granted((try part() as Grant).certificate, try personal())
        case "dossier.refused": self = .refused(try personal())
        case "dossier.certificate-filed": self = .certificateFiled((try part() as Filed).certificate)
        case "dossier.issued": self = .issued(try personal())
        case "dossier.handed-over": self = .handedOver((try part() as HandOver).proof, try personal())
        case "dossier.closed": self = .closed
        case "dossier.withdrawn": self = .withdrawn(try personal())
        case "dossier.terminated": self = .terminated(try personal())
        case "dossier.lapsed": self = .lapsed
        default: throw Fault.corrupt("no event is called \(entry.kind)")
        }
    }
}
