import Catalogue
import Certificates
import Dossiers
package import Notices
import Store
import Vocabulary

/// Brings notices out of the house.
extension Hall {
    /// One try to deliver a notice on one way. Before a gateway is asked the row says so, and after a try whose end
    /// nobody knows the gateway is asked first whether it has the message already.
    func deliverNotice(_ lease: Lease) async throws {
        let errand = try NoticeErrand(lease.effect)
        let now = time.now()
        guard let (notice, delivery, language) = try await take(errand, lease, at: now) else { return }
        guard let gateway = post.gateways[errand.channel] else {
            return try await give(.noGateway, delivery, lease)
        }
        guard let message = try await message(notice, delivery, language) else {
            return try await give(.unwritable, delivery, lease)
        }
        do {
            // What a first try found is what nobody has tried before.
            let known = delivery.attempts > 0 ? try await gateway.find(delivery.key) : nil
            let name: String
            if let known { name = known } else { name = try await gateway.send(message) }
            let stamp = stamp(of: .platform)
            try await store.write { tx in
                guard try Outbox.complete(lease, in: tx) else { throw LeaseLost() }
                try DeliveryTable.sent(delivery, as: name, stamp: stamp, in: tx)
            }
        } catch let failure as GatewayFailure {
            try await give(failure, delivery, lease)
        }
    }

    /// The notice and its delivery, marked as under way; nil when there is nothing to do now.
    private func take(
        _ errand: NoticeErrand, _ lease: Lease, at now: Instant
    ) async throws -> (Notice, NoticeDelivery, NoticeLanguage)? {
        let id = NoticeID(lease.id.subject)
        let means = post.means
        return try await store.write { tx in
            guard let notice = try NoticeTable.notice(id, of: errand.addressee, in: tx),
                let delivery = try DeliveryTable.delivery(of: id, errand.channel, to: errand.addressee, in: tx),
                delivery.state != .sent, delivery.state != .settled
            else {
                _ = try Outbox.complete(lease, in: tx)
                return nil
            }
            if let morning = NoticeRules.waits(notice.kind, at: now, means) {
                try Outbox.postpone(lease, until: morning, in: tx)
                return nil
            }
            try DeliveryTable.begin(delivery, now: now, in: tx)
            return (notice, delivery, try PreferenceTable.preference(of: errand.addressee, in: tx).language)
        }
    }

    /// The message in the addressee's language; nil when it may not or cannot be written.
    private func message(
        _ notice: Notice, _ delivery: NoticeDelivery, _ language: NoticeLanguage
    ) async throws -> OutgoingMessage? {
        var notice = notice
        if language == .en, let name = try await englishItem(of: notice) {
            notice = notice.saying("item", name)
        }
        do {
            return try post.message(notice, delivery, language)
        } catch is NoticeRefusal {
            return nil
        }
    }

    /// The name in English of the item, or of the type of certificate, that a notice is about; nil where there is none.
    package func englishItem(of notice: Notice) async throws -> String? {
        guard !notice.kind.isAboutCertificate else {
            let found = try await certificate(notice.matter.certificate)
            guard let type = found?.reservation.identifier.type else { return nil }
            return try await certificateKind(type)?.nameEnglish
        }
        if notice.kind.isAboutBadReview || notice.kind.isAboutInquiry { return nil }
        let id = notice.matter.dossier
        let terms = try await store.read { tx in try DossierTable.load(id, in: tx)?.submitted.terms }
        guard let terms, let name = try await item(terms.itemCode, version: terms.version)?.guide.title.en else {
            return nil
        }
        return name.isEmpty ? nil : name
    }

    /// Puts the errand back for a later try, or makes it a task for a person.
    private func give(_ failure: GatewayFailure, _ delivery: NoticeDelivery, _ lease: Lease) async throws {
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            let isGivenUp =
                failure.isFinal
                ? try Outbox.setAside(lease, failure: failure.rawValue, now: stamp.now, in: tx)
                : try Outbox.fail(lease, failure: failure.rawValue, now: stamp.now, in: tx)
            // A lease that was lost is another's, and so is what the row says.
            if failure.isFinal, !isGivenUp { throw LeaseLost() }
            try DeliveryTable.failed(delivery, failure, isGivenUp: isGivenUp, stamp: stamp, in: tx)
        }
    }
}
