import Delivery
import Dossiers
import Notices
import Store
import Vocabulary

/// What does the work of an effect. Delivery is at least once, so a handler answers with a command under the effect's
/// own token: the second time changes nothing.
struct EffectHandlers: Sendable {
    typealias Handler = @Sendable (Hall, Lease) async throws -> Void

    /// One entry a kind; a test fails when a kind has none.
    static let all: [String: Handler] = [
        Effect.signCertificate.kind: { try await $0.makeCertificate($1) },
        Effect.issueResult.kind: { try await $0.issueResult($1) },
        Effect.deliverElectronically.kind: { hall, lease in
            try await hall.answer(lease, .handOver(.electronic, recipient: ""))
        },
        Effect.closeDossier.kind: { try await $0.answer($1, .close) },
        NoticeErrand.kind: { try await $0.deliverNotice($1) },
        ParcelErrand.book.kind: { try await $0.run(.book, $1) },
        ParcelErrand.cancel.kind: { try await $0.run(.cancel, $1) },
        ParcelErrand.readdress.kind: { try await $0.run(.readdress, $1) },
    ]
}

extension Hall {
    func answer(_ lease: Lease, _ command: DossierCommand) async throws {
        _ = try await perform(
            command, on: DossierID(lease.id.subject), by: .platform, attempt: .answering(lease))
    }

    /// 取件码: as many digits as people read out at a counter without a mistake.
    static let pickUpDigits = 6

    /// Makes the result ready, with a pick-up code when it is fetched at a window.
    func issueResult(_ lease: Lease) async throws {
        // Drawn, so that nobody who knows the dossier knows the code; of two deliveries the first one's stands.
        let digits = dice.bytes(Self.pickUpDigits).map { "\($0 % 10)" }
        try await answer(lease, .issue(pickUpCode: digits.joined()))
    }
}
