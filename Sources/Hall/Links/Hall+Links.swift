package import Accounts
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// Links to other houses, over which records go and come.
extension Hall {
    /// A new link of a partner, from a cursor on, or from now. Refuses an address that the way has not, one that the
    /// partner has, and one too many.
    package func link(
        _ clientID: AccessID, by way: LinkWay, to address: String, from cursor: EventCursor? = nil
    ) async throws -> Subscription {
        guard way.carriesRecords else { throw LinkRefusal.addressUnfit }
        let place = (try ReceiverAddress(address, way: way, mayBeHere: deliversHere), way)
        let (id, stamp) = (SubscriptionID(ids.next()), stamp(of: .platform))
        return try await store.write { tx in
            guard let partner = try PartnerTable.partner(clientID, in: tx), partner.revokedAt == nil else {
                throw PartnerRefusal.unknown
            }
            let size = try SealedLog.size(in: tx)
            guard cursor?.next ?? size <= size else { throw ExchangeRefusal.cursorAhead }
            let link = Subscription(
                id, of: partner.id, to: place, kinds: .all, from: (cursor ?? EventCursor(next: size), stamp.now))
            try SubscriptionTable.add(link, stamp: stamp, in: tx)
            return link
        }
    }

    /// Takes a link away with all that is known of it.
    package func unlink(_ id: SubscriptionID) async throws {
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            guard let link = try SubscriptionTable.read(id, in: tx), link.way.carriesRecords else {
                throw ExchangeRefusal.notFound
            }
            try SubscriptionTable.remove(link, stamp: stamp, in: tx)
        }
    }

    /// Gives a link its next secret; the one before counts too for a day.
    package func renewLink(_ id: SubscriptionID) async throws -> Subscription {
        let stamp = stamp(of: .platform)
        return try await store.write { tx in
            guard let link = try SubscriptionTable.read(id, in: tx), link.way.carriesRecords else {
                throw ExchangeRefusal.notFound
            }
            return try SubscriptionTable.renew(link, stamp: stamp, in: tx)
        }
    }

    /// How a link stands, both ways.
    package struct LinkReport: Sendable {
        package let link: Subscription
        package let partner: Partner
        package let sent: [SentRecord.State: Int]
        package let received: [ReceivedRecord.State: Int]
        package let standing: LinkStanding
    }

    /// All links, the oldest first.
    package func links() async throws -> [LinkReport] {
        try await store.read { tx in
            try SubscriptionTable.all(in: tx).filter(\.way.carriesRecords).compactMap { link in
                guard let partner = try PartnerTable.partner(link.partner, in: tx) else { return nil }
                return LinkReport(
                    link: link, partner: partner, sent: try SentRecordTable.counts(of: link.id, in: tx),
                    received: try ReceivedRecordTable.counts(of: link.id, in: tx),
                    standing: try LinkTable.standing(of: link.id, in: tx))
            }
        }
    }

    /// The carrier of a link: its way, its address, and the secret that follows from the key.
    package func carrier(of link: Subscription, key: AccountKey) throws -> any LinkCarrier {
        let (store, time, ids) = (store, time, ids)
        switch link.way {
        case .webhook: throw LinkRefusal.addressUnfit
        case .web:
            guard let postman else { throw ExchangeRefusal.noPost }
            return WebCarrier(
                to: link.address, by: postman, families: families, world: (time, { "\(ids.next())" })
            ) {
                let standing = try await store.read { tx in try SubscriptionTable.read(link.id, in: tx) } ?? link
                return standing.editions(at: time.now()).map {
                    key.subscriptionSecret(of: link.id.subject, edition: $0)
                }
            }
        case .tables: return try TablesCarrier(at: link.address.description, families: families)
        case .folder: return try FolderCarrier(at: link.address.description, families: families, time: time)
        }
    }

    /// Keeps a link for as long as this process has its lane: reads what comes, has it done, tells what came of it.
    func attend(_ link: Subscription, key: AccountKey) async throws {
        let carrier = try await linkCarriers.carrier(of: link) { try self.carrier(of: $0, key: key) }
        if let folder = carrier as? FolderCarrier {
            do { try await folder.prepare() } catch is LinkTrouble {}
        }
        let reader = LinkReader(
            link.id, in: store, by: carrier, families: families, world: (time, dice, .usual)
        ) { record, mark in
            try await take(record, from: link.partner, at: "\(link.id)-\(mark)") { try await carrier.file($0) }
        }
        defer { Task { await linkCarriers.drop(link.id) } }
        try await reader.run()
    }

    /// Sends what an event has to say to whoever follows it: as a webhook, or as records.
    func carry(
        _ event: OutgoingEvent, to subscription: Subscription, _ secrets: [[UInt8]],
        _ house: (key: AccountKey, postman: Postman)
    ) async -> DeliveryAnswer {
        let (key, postman) = house
        guard subscription.way.carriesRecords else {
            return await postman.post(event.body, id: event.id, to: subscription.address, secrets: secrets)
        }
        do {
            let carrier = try await linkCarriers.carrier(of: subscription) { try self.carrier(of: $0, key: key) }
            return await carry(event, over: subscription, by: carrier)
        } catch {
            return .unreachable
        }
    }

    /// Sends what an event has to say over a link, and writes down what came of it.
    func carry(_ event: OutgoingEvent, over link: Subscription, by carrier: any LinkCarrier) async -> DeliveryAnswer {
        do {
            let batch = try await batch(of: event)
            guard !batch.records.isEmpty else { return .accepted(200) }
            return try await send(batch, of: event.dossier, over: link, by: carrier)
        } catch let trouble as LinkTrouble {
            return trouble.answer
        } catch {
            // A fault of this house with one dossier: it is tried again and holds up no other.
            return .unanswered
        }
    }

    /// The records that an event makes due. Its name is the same however often it is sent.
    private func batch(of event: OutgoingEvent) async throws -> LinkBatch {
        let id = String(event.id.dropFirst("evt_".count).map { $0 == "_" ? "-" : $0 })
        guard !event.kind.hasPrefix("certificate.") else { return LinkBatch(id, []) }
        let due = try await records(of: event.dossier, in: families, batch: id).filter { $0.event == event.id }
        guard !due.isEmpty else { return LinkBatch(id, []) }
        let number = try await number(of: event.dossier)
        return LinkBatch(id, due.map { LinkRecord($0.record, number: number) })
    }

    private func number(of id: DossierID) async throws -> String {
        try await store.read { tx in try DossierTable.facts(of: [id], in: tx)[id]?.number ?? "" }
    }

    /// Brings the files that records name, sends the records, and writes down what came of each.
    func send(
        _ batch: LinkBatch, of dossier: DossierID, over link: Subscription, by carrier: any LinkCarrier
    ) async throws -> DeliveryAnswer {
        for record in batch.records {
            guard let digest = record.record.values["file_digest"]?.text else { continue }
            try await carrier.bring(digest) { try await keptBytes(digest) }
        }
        let answer = try await carrier.push(batch)
        var verdicts: [LinkKey: LinkVerdict] = [:]
        if case .verdicts(let said) = answer {
            for record in batch.records {
                verdicts[record.key] =
                    said[record.key] ?? LinkVerdict(.refused, code: LinkRefusal.verdictMissing.code)
            }
        }
        let (told, now) = (verdicts, time.now())
        try await store.write { tx in
            try SentRecordTable.write(batch, of: dossier, to: link.id, told, now: now, in: tx)
        }
        return verdicts.values.contains { $0.outcome == .refused } ? .refused(200) : .accepted(200)
    }

    private func keptBytes(_ digest: String) async throws -> [UInt8] {
        guard let file = try await store.read({ tx in try Blobs.ref(of: digest, in: tx) }),
            let bytes = try await bytes(of: file)
        else { throw LinkTrouble(.fileMissing) }
        return bytes
    }
}
