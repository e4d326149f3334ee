import Accounts
import Certificates
import Delivery
import Dossiers
package import Notices
package import Store
package import Vocabulary

/// What was tried often enough, or what nobody takes: tasks for a person.
extension Hall {
    /// A spent effect, and the notice that it should have delivered, if it was one.
    package struct Undelivered: Sendable {
        package let spent: SpentEffect
        package let notice: Notice?
        package let delivery: NoticeDelivery?

        /// The effect's own name, as addresses carry it.
        package var id: String { spent.id.description }
        /// The effect's kind, `room.verb`.
        package var kind: String { spent.effect.kind }
        /// Why the last try failed: a `GatewayFailure`, a refusal's code, or a fault.
        package var failure: String { spent.failure }
        package var attempts: Int { spent.attempts }
        package var at: Instant { spent.at }

        /// Reads `id`; nil for anything else.
        package static func id(_ text: String) -> EffectID? { EffectID(text) }
    }

    /// The short number of the dossier, or the number of the certificate, that a task is about; empty when it is about
    /// none.
    package func shortNumber(of task: Undelivered) async throws -> String {
        if let notice = task.notice, notice.kind.isAboutCertificate {
            return try await certificate(notice.matter.certificate)?.reservation.identifier.serial ?? ""
        }
        if ParcelErrand.allCases.map(\.kind).contains(task.kind) {
            let id = ParcelID(task.spent.id.subject)
            return try await store.read { tx in
                let dossier = try ParcelTable.load(id, in: tx).ordered.dossier
                return try DossierTable.load(dossier, in: tx)?.submitted.numbers.short ?? ""
            }
        }
        let id = task.notice?.matter.dossier ?? DossierID(task.spent.id.subject)
        return try await store.read { tx in try DossierTable.load(id, in: tx)?.submitted.numbers.short ?? "" }
    }

    /// LIMIT: tasks on one page.
    package static let undeliveredMax = 50

    /// One page of what is undelivered, the oldest subject first, after one of them.
    package func undelivered(after last: EffectID? = nil) async throws -> [Undelivered] {
        try await store.read { tx in
            try Outbox.spent(after: last, limit: Self.undeliveredMax, in: tx).map { spent in
                let found = try find(spent.id, spent.effect, in: tx)
                return Undelivered(spent: spent, notice: found?.notice, delivery: found?.delivery)
            }
        }
    }

    private func find(
        _ id: EffectID, _ effect: Effect, in tx: Transaction
    ) throws -> (notice: Notice, delivery: NoticeDelivery)? {
        guard effect.kind == NoticeErrand.kind else { return nil }
        let (errand, id) = (try NoticeErrand(effect), NoticeID(id.subject))
        guard let notice = try NoticeTable.notice(id, of: errand.addressee, in: tx),
            let delivery = try DeliveryTable.delivery(of: id, errand.channel, to: errand.addressee, in: tx)
        else { return nil }
        return (notice, delivery)
    }

    /// Gives a spent effect its tries back; nothing happens when somebody else did. The look at whose it is was taken
    /// when the page was opened.
    package func redeliver(_ id: EffectID) async throws {
        let now = time.now()
        try await store.write { tx in
            guard let effect = try Outbox.redeliver(id, now: now, in: tx) else { return }
            if let found = try find(id, effect, in: tx) { try DeliveryTable.again(found.delivery, now: now, in: tx) }
        }
    }

    /// Takes a notice off the list because somebody told the person otherwise. Refuses, as `NoticeRefusal.notFound`,
    /// whatever is not a notice that waits there: other work of the house is done, not set aside.
    package func settle(_ id: EffectID, by actor: Actor) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            guard let effect = try Outbox.dismiss(id, in: tx), let found = try find(id, effect, in: tx) else {
                throw NoticeRefusal.notFound
            }
            try DeliveryTable.settle(found.delivery, stamp: stamp, in: tx)
        }
    }
}
