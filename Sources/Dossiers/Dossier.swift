package import Store
package import Vocabulary

/// 办件: one application, from submission to its end. It is the fold of its events and nothing else.
package struct Dossier: Sendable, Equatable {
    package let id: DossierID
    /// How many events it is the fold of.
    package private(set) var sequence: Int
    /// What it began with.
    package let submitted: DossierEvent.Submitted
    /// What can be forgotten; nil once it was.
    package let personal: Submission.Personal?
    package let submittedAt: Instant
    package private(set) var stage: Stage
    /// What is handed in by now, in the order of the guide.
    package private(set) var materials: [HandedIn]
    /// The instant of receipt (电子签名法 art. 11, or the originals at the window); nil before.
    package private(set) var receivedAt: Instant?
    /// When all that was asked for was there: the receipt, or the last correction. A limit that runs from the receipt
    /// begins here, not while the applicant is at work (建筑工程施工许可管理办法 art. 5). Nil before the receipt.
    package private(set) var completeAt: Instant?
    /// Whether a pre-review sent it back, which may happen once.
    package private(set) var wasReturned = false
    /// Whether a correction was asked for, which may happen once (行政许可法 art. 32(4)).
    package private(set) var wasCorrected = false
    /// What the last correction brought: a further notice may name nothing else.
    package private(set) var lastCorrected: [String] = []
    /// Every defect that a correction was asked for.
    package private(set) var namedDefects: [MaterialDefect] = []
    /// Staff who took it in; none of them may decide.
    package private(set) var receivers: [StaffID] = []
    /// Staff who examined it; none of them may conduct its hearing.
    package private(set) var reviewers: [StaffID] = []
    /// Officials of partners' systems who took it in over there; none of them may decide.
    package private(set) var receivingOfficers: [Actor] = []
    /// Officials of partners' systems who examined it over there; none of them may decide.
    package private(set) var reviewingOfficers: [Actor] = []
    /// The certificate that the grant made; nil before, and where the item makes none.
    package private(set) var certificate: CertificateID?
    /// What runs beside the stages.
    package private(set) var proceedings = Proceedings()
    private var halls = HallVisits()

    /// When somebody came to a hall for it, and what for.
    package var visits: [HallVisit] { halls.all }

    /// Acceptance: when the handling clock started, and by whom or by silence.
    package struct Acceptance: Hashable, Sendable {
        package let from: Instant
        package let recordedAt: Instant
        package let bySilence: Bool
    }

    /// An examination that is finished.
    package struct Review: Hashable, Sendable {
        package let proposal: ReviewProposal
        package let reviewer: StaffID?
        package let at: Instant
    }

    /// What was decided.
    package struct Decision: Hashable, Sendable {
        package let acceptance: Acceptance
        package let isGrant: Bool
        package let at: Instant
        package let decider: StaffID?
    }

    /// How it came to its end.
    package enum Ending: String, Sendable, CaseIterable {
        case closed, declined, withdrawn, terminated, lapsed
        /// What was to follow a tolerant acceptance did not come in time.
        case toleranceLapsed
    }

    /// Where it stands. A certificate exists only where a grant does; a decision only where there was an acceptance.
    package enum Stage: Hashable, Sendable {
        case preReview(since: Instant)
        case preReviewReturned(since: Instant)
        case awaitingOriginals(since: Instant)
        case received(since: Instant)
        case correctionRequested(since: Instant, [MaterialDefect])
        case inReview(Acceptance)
        case reviewed(Acceptance, Review)
        /// Granted; the certificate, if the item makes one, is being signed.
        case granted(Decision, certificate: CertificateID?)
        case certified(Decision, certificate: CertificateID)
        case refused(Decision)
        case issued(Decision, certificate: CertificateID?, pickUpCode: String?)
        case handedOver(Decision, certificate: CertificateID?)
        /// Over; with the decision when there was one.
        case ended(Ending, at: Instant, Decision? = nil)
    }

    /// Begins with the first event, which must be `submitted`.
    package init(_ id: DossierID, _ first: DossierEvent, at: Instant, by actor: Actor) throws {
        guard case .submitted(let submitted, let personal) = first else {
            throw Fault.corrupt("dossier \(id) does not begin with a submission")
        }
        self.id = id
        self.submitted = submitted
        self.personal = personal
        sequence = 1
        submittedAt = at
        materials = submitted.materials
        stage = submitted.mode.hasPreReview ? .preReview(since: at) : .awaitingOriginals(since: at)
        // Whoever files for somebody otherwise than at a window takes nothing in.
        if submitted.hall != nil { noteReceiver(actor) }
        halls.note(first, on: at.day, by: actor, of: submitted)
    }

    /// The dossier after one more event.
    package mutating func apply(_ event: DossierEvent, at: Instant, by actor: Actor) throws {
        sequence += 1
        try proceedings.apply(event, number: sequence, at: at, by: actor)
        // What is done for the applicant is hers: nobody came to a window with it, and nobody took it in there.
        let doer = proceedings.handling.isAssisted(sequence) ? Actor.person(submitted.applicant) : actor
        halls.note(event, on: at.day, by: doer, of: submitted)
        switch event {
        case .submitted: throw Fault.corrupt("dossier \(id) was submitted twice")
        case .preReviewReturned:
            wasReturned = true
            stage = .preReviewReturned(since: at)
        case .resubmitted(let handedIn):
            merge(handedIn)
            stage = .preReview(since: at)
        case .preReviewPassed: stage = .awaitingOriginals(since: at)
        case .received:
            (receivedAt, completeAt) = (at, at)
            stage = .received(since: at)
        case .correctionRequested(let defects, _):
            wasCorrected = true
            namedDefects += defects
            stage = .correctionRequested(since: at, defects)
        case .corrected(let handedIn):
            merge(handedIn)
            lastCorrected = handedIn.map(\.material)
            completeAt = at
            stage = .received(since: at)
        case .mended(let handedIn), .tolerance(.supplied(let handedIn)): merge(handedIn)
        case .accepted(let from, let bySilence):
            stage = .inReview(Acceptance(from: from, recordedAt: at, bySilence: bySilence))
        case .declined: stage = .ended(.declined, at: at)
        case .withdrawn: stage = .ended(.withdrawn, at: at)
        case .terminated: stage = .ended(.terminated, at: at)
        case .lapsed: stage = .ended(.lapsed, at: at)
        case .tolerance(.lapsed): stage = .ended(.toleranceLapsed, at: at, decision)
        case .clock(.renewed(let certificate)): renew(certificate, at: at)
        case .handling(.sentBack):
            if case .reviewed(let acceptance, _) = stage { stage = .inReview(acceptance) }
        case .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun, .handling,
            .clock:
            break
        default: try applyDecision(event, at: at, by: actor)
        }
        switch event {
        case .preReviewReturned, .resubmitted, .preReviewPassed, .received, .correctionRequested, .corrected, .mended,
            .accepted:
            noteReceiver(doer)
        case .reviewPassed, .handling(.passed):
            noteReviewer(actor)
            if actor.isPartnersOfficer, !reviewingOfficers.contains(actor) { reviewingOfficers.append(actor) }
        case .special: noteReviewer(actor)
        default: break
        }
    }

    private mutating func applyDecision(_ event: DossierEvent, at: Instant, by actor: Actor) throws {
        switch (event, stage) {
        case (.reviewPassed(let proposal, _), .inReview(let acceptance)):
            stage = .reviewed(acceptance, Review(proposal: proposal, reviewer: actor.staff, at: at))
        case (.returnedToReviewer, .reviewed(let acceptance, _)): stage = .inReview(acceptance)
        case (.granted(let certificate, _), .reviewed(let acceptance, _)),
            (.granted(let certificate, _), .inReview(let acceptance)):
            let decision = Decision(acceptance: acceptance, isGrant: true, at: at, decider: actor.staff)
            stage = .granted(decision, certificate: certificate)
            self.certificate = certificate
            if submitted.isCommitted == true { proceedings.awaitVerification() }
        case (.refused, .reviewed(let acceptance, _)), (.refused, .inReview(let acceptance)):
            stage = .refused(Decision(acceptance: acceptance, isGrant: false, at: at, decider: actor.staff))
        case (.certificateFiled(let certificate), .granted(let decision, _)):
            stage = .certified(decision, certificate: certificate)
        case (.issued(let pickUp), .granted(let decision, _)), (.issued(let pickUp), .refused(let decision)):
            stage = .issued(decision, certificate: nil, pickUpCode: pickUp?.code)
        case (.issued(let pickUp), .certified(let decision, let certificate)):
            stage = .issued(decision, certificate: certificate, pickUpCode: pickUp?.code)
        case (.handedOver, .issued(let decision, let certificate, _)):
            stage = .handedOver(decision, certificate: certificate)
        case (.closed, .handedOver(let decision, _)): stage = .ended(.closed, at: at, decision)
        default: throw Fault.corrupt("dossier \(id): \(event.kind) does not follow from where it stood")
        }
    }

    /// The fold of all entries of one dossier; nil when there are none.
    package static func folded(_ id: DossierID, _ entries: [JournalEntry]) throws -> Dossier? {
        guard let first = entries.first else { return nil }
        var dossier = try Dossier(id, DossierEvent(first), at: first.at, by: first.actor)
        for entry in entries.dropFirst() {
            guard entry.sequence == dossier.sequence + 1 else { throw Fault.corrupt("dossier \(id) has a gap") }
            try dossier.apply(DossierEvent(entry), at: entry.at, by: entry.actor)
        }
        return dossier
    }

    /// 延续: the licence ran out undecided, so the law decided for the applicant (art. 50).
    private mutating func renew(_ certificate: CertificateID?, at: Instant) {
        let accepted =
            acceptance ?? Acceptance(from: receivedAt ?? submittedAt, recordedAt: at, bySilence: true)
        stage = .granted(
            Decision(acceptance: accepted, isGrant: true, at: at, decider: nil), certificate: certificate)
        self.certificate = certificate
    }

    /// Materials that the signed commitment stands for; none where none was signed.
    package var replacedMaterials: [String] {
        submitted.isCommitted == true ? submitted.terms.procedure?.commitment?.materials ?? [] : []
    }

    /// Materials of the guide for this situation that nobody has handed in and no commitment stands for.
    package var missingMaterials: [String] {
        let present = Set(materials.map(\.material) + replacedMaterials)
        return submitted.terms.materials.filter { !present.contains($0) }
    }

    /// Whether the result can be made ready: it is there, and nothing that may follow is missing.
    package var awaitsIssue: Bool {
        guard proceedings.lagging.isEmpty else { return false }
        switch stage {
        case .granted(_, certificate: nil), .certified, .refused: return true
        default: return false
        }
    }

    /// Whether the applicant chose to fetch the result herself. Once it lies ready and she is told so, the authority
    /// has delivered what it can (行政许可法 art. 44): whether she comes is in her hands, and the time until she does is
    /// nobody's delay.
    package var isFetchedByApplicant: Bool { submitted.delivery.carrier == .hall }

    /// Whether nothing more can happen.
    package var hasEnded: Bool {
        if case .ended = stage { return true }
        return false
    }

    /// The decision, once there is one.
    package var decision: Decision? {
        switch stage {
        case .granted(let decision, _), .certified(let decision, _), .refused(let decision),
            .issued(let decision, _, _),
            .handedOver(let decision, _):
            decision
        case .ended(_, _, let decision): decision
        default: nil
        }
    }

    /// The acceptance, once there is one; after a decision, the one that it rests on.
    package var acceptance: Acceptance? {
        switch stage {
        case .inReview(let acceptance), .reviewed(let acceptance, _): acceptance
        default: decision?.acceptance
        }
    }

    private mutating func merge(_ handedIn: [HandedIn]) {
        for material in handedIn {
            if let index = materials.firstIndex(where: { $0.material == material.material }) {
                materials[index] = material
            } else {
                materials.append(material)
            }
        }
    }

    private mutating func noteReviewer(_ actor: Actor) {
        guard let staff = actor.staff, !reviewers.contains(staff) else { return }
        reviewers.append(staff)
    }

    private mutating func noteReceiver(_ actor: Actor) {
        if actor.isPartnersOfficer, !receivingOfficers.contains(actor) { receivingOfficers.append(actor) }
        guard let staff = actor.staff, !receivers.contains(staff) else { return }
        receivers.append(staff)
    }
}

extension Actor {
    /// Whether somebody of the house's own staff or an official of a partner.
    var isOfficial: Bool { staff != nil || isPartnersOfficer }

    /// Whether it is an official of a partner, by name; a system that files for somebody is none.
    var isPartnersOfficer: Bool {
        if case .partner(_, officer: .some) = self { return true }
        return false
    }
}
