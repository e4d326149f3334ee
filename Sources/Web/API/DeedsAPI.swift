import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/v1/dossiers/{id}/…`: one deed, one address, one JSON object, one `Idempotency-Key`. Each goes the way of
/// its page.
struct DeedsAPI {
    let site: Site

    /// What a deed came to; the same again for the same key.
    private struct Answer: Encodable {
        let dossier: DossierID
        /// How many events the dossier had afterwards.
        let sequence: Int
    }

    struct Acceptance: JSONBody {
        static let members: [JSONShape.Member] = []
    }

    struct CorrectionNotice: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("defects", .list(.body(Defect.members), min: 1)),
            .may("note", .words),
        ]
        let defects: [Defect]
        let note: String?

        /// `cause` is `overlooked`, `other`, or the code of a place of the guide.
        struct Defect: Decodable {
            static let members: [JSONShape.Member] = [
                .must("material", .words), .must("kind", .one(of: MaterialDefect.Kind.self)), .may("cause", .cause),
                .may("words", .words),
            ]

            let material: String
            let kind: MaterialDefect.Kind
            let cause: CorrectionCause?
            let words: String?
        }
    }

    struct NonAcceptance: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("ground", .one(of: DeclineGround.self)),
            .may("authority", .words),
            .must("note", .reason),
        ]
        let ground: DeclineGround
        let authority: String?
        let note: String
    }

    struct Review: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("proposal", .one(of: ReviewProposal.self)),
            .must("opinion", .reason),
        ]
        let proposal: ReviewProposal
        let opinion: String
    }

    struct Decision: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("decision", .one(of: ReviewProposal.self)),
            .must("grounds", .reason),
            .may("standard", .words),
        ]
        let decision: ReviewProposal
        let grounds: String
        let standard: String?
    }

    struct HandOver: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("proof", .one(of: [HandOverProof.pickUpCode.rawValue, HandOverProof.identityCard.rawValue])),
            .may("code", .words),
            .may("recipient", .words),
        ]
        let proof: HandOverProof
        let code: String?
        let recipient: String?
    }

    struct Withdrawal: CommandBody {
        static let members: [JSONShape.Member] = [.may("note", .words)]
        let note: String?

        func command(_ hall: Hall) -> DossierCommand { .withdraw(note: note ?? "") }
    }

    func accept(_ request: Request, _ context: DeedContext<ClerkRoles>) async throws -> Response {
        _ = try await Acceptance(request)
        return try await perform(.accept, request, context)
    }

    func requestCorrection(_ request: Request, _ context: DeedContext<ClerkRoles>) async throws -> Response {
        let notice = try await CorrectionNotice(request)
        // As on the form: one defect a material, in the order of their ids.
        guard Set(notice.defects.map(\.material)).count == notice.defects.count else { throw APIRefusal.materialTwice }
        let defects = notice.defects.sorted { $0.material < $1.material }.map {
            MaterialDefect($0.material, $0.kind, $0.cause, words: $0.words)
        }
        return try await perform(.requestCorrection(defects, note: notice.note ?? ""), request, context)
    }

    func decline(_ request: Request, _ context: DeedContext<ClerkRoles>) async throws -> Response {
        let refusal = try await NonAcceptance(request)
        let command = DossierCommand.decline(
            refusal.ground, authority: refusal.authority ?? "", note: refusal.note)
        return try await perform(command, request, context)
    }

    func review(_ request: Request, _ context: DeedContext<OfficerRoles>) async throws -> Response {
        let review = try await Review(request)
        return try await perform(.passReview(review.proposal, opinion: review.opinion), request, context)
    }

    func decide(_ request: Request, _ context: DeedContext<OfficerRoles>) async throws -> Response {
        let decision = try await Decision(request)
        let command: DossierCommand =
            switch decision.decision {
            case .grant: try await site.hall.grant(try context.dossier(), grounds: decision.grounds)
            case .refuse: .refuse(grounds: decision.grounds, standard: decision.standard ?? "")
            }
        return try await perform(command, request, context)
    }

    /// At the issuing window, against the code or the identity card. Looking whether the code fits is a look.
    func handOver(_ request: Request, _ context: IssuerContext) async throws -> Response {
        let handOver = try await HandOver(request)
        guard ![.electronic, .courier].contains(handOver.proof) else { throw APIRefusal.malformed }
        _ = try Attempt(onDossier: request)
        let id = try context.dossier()
        let opened = try await site.hall.open(id, by: context.guest, with: [.issue], purpose: .issuing)
        if handOver.proof == .pickUpCode {
            let isOpened = try await site.hall.opens(
                opened.dossier, with: handOver.code ?? "", from: context.site.peer, key: site.accountKey)
            guard isOpened else { throw APIRefusal.wrongPickUpCode }
        }
        return try await perform(.handOver(handOver.proof, recipient: handOver.recipient ?? ""), request, context)
    }

    /// A deed of staff whose body says the command by itself.
    func post<Body: CommandBody>(
        _ body: Body.Type, _ request: Request, _ context: some DeedGiver
    ) async throws -> Response {
        let attempt = try Attempt(onDossier: request)
        let command = try await Body(request).command(site.hall)
        return try await perform(command, on: try context.dossier(), by: try context.performer(site), attempt)
    }

    /// The same where the applicant says it herself, or for her a clerk, or the partner that filed it.
    func say<Body: CommandBody>(
        _ body: Body.Type, _ request: Request, _ context: AskerContext
    ) async throws -> Response {
        let attempt = try Attempt(onDossier: request)
        let command = try await Body(request).command(site.hall)
        let id = try context.dossier()
        return try await perform(command, on: id, by: try await context.applicant(of: id, site), attempt)
    }

    private func perform(
        _ command: DossierCommand, _ request: Request, _ context: some DeedGiver
    ) async throws -> Response {
        try await perform(
            command, on: try context.dossier(), by: try context.performer(site), try Attempt(onDossier: request))
    }

    func perform(
        _ command: DossierCommand, on id: DossierID, by performer: Performer, _ attempt: Attempt
    ) async throws -> Response {
        try Self.answer(try await site.hall.perform(command, on: id, by: performer, attempt: attempt))
    }

    /// What a deed came to, said anew where the same was asked before.
    static func answer(_ outcome: Outcome) throws -> Response {
        try .json(Answer(dossier: outcome.dossier, sequence: outcome.sequence))
    }
}
