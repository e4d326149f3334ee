package import Certificates
import Signing
import Store
package import Vocabulary

/// Seals: the ceremony, the register, and a body's seal at work.
extension Hall {
    /// What the key ceremony made; nil before it was held.
    package func ceremony() async throws -> CeremonyRecord? {
        try await store.read { tx in
            let roles: [KeyRole] = [.authority, .sealMaker, .p256Authority]
            let found = try roles.map { try KeyCertificateTable.current($0, in: tx)?.certificate }
            guard let authority = found[0], let maker = found[1], let document = found[2] else { return nil }
            return CeremonyRecord(authority: authority, maker: maker, documentAuthority: document)
        }
    }

    /// Makes the keys and certificates of the authority, the seal maker and the authority for documents.
    ///
    /// Refuses a second time (`SealRefusal.ceremonyHeld`) and a process without keys (`noKeys`).
    package func holdCeremony(organisation: String) async throws -> CeremonyRecord {
        guard let workshop = sealWorkshop else { throw SealRefusal.noKeys }
        let authority = try await store.read { tx in try KeyCertificateTable.all(.authority, in: tx).first }
        guard authority == nil else { throw SealRefusal.ceremonyHeld }
        let stamp = stamp(of: .platform)
        let dice = dice
        let record = try await signing.run {
            try workshop.ceremony(organisation: organisation, dice: dice, at: stamp.now)
        }
        let made: [(KeyRole, X509Certificate, KeyCertificateID)] = [
            (.authority, record.authority), (.sealMaker, record.maker), (.p256Authority, record.documentAuthority),
        ].map { ($0, $1, KeyCertificateID(ids.next())) }
        try await store.write { tx in
            try KeyCertificateTable.holdCeremony(at: stamp.now, in: tx)
            for (role, certificate, id) in made {
                try KeyCertificateTable.issue(certificate, for: role, as: id, stamp: stamp, in: tx)
            }
        }
        return record
    }

    /// Makes a body's seal, valid from now for so many days.
    ///
    /// Refuses a body that has one, and a real ring before its ceremony; a demonstration holds it by itself.
    package func makeSeal(
        for body: CreditCode, named name: String, days: Int64 = SealWorkshop.sealDays
    ) async throws -> Seal {
        let existing = try await store.read { tx in try SealTable.seal(of: body, in: tx) }
        guard existing.map({ $0.revokedAt != nil }) ?? true else { throw SealRefusal.alreadyMade }
        let bench = try await bench(for: body)
        let number = try await store.write { tx in try SealTable.nextNumber(in: body.regionCode, tx) }
        let (edition, stamp) = try await edition(for: body, named: name, number: number, days: days, at: bench)
        let event = try SealRules.make(edition, for: body, number: number, existing: existing, .established)
        let (id, certificates) = (SealID(ids.next()), issues(of: edition))
        let seal = try await store.write { tx in
            guard try SealTable.seal(of: body, in: tx)?.id == existing?.id else { throw SealRefusal.alreadyMade }
            for issue in certificates { try issue(stamp, tx) }
            return try SealTable.make(event, as: id, inPlaceOf: existing?.id, stamp: stamp, in: tx)
        }
        sealKeeper.forget(body)
        return seal
    }

    /// Gives a seal another period, with new certificates of the same keys.
    package func renewSeal(
        of body: CreditCode, named name: String? = nil, days: Int64 = SealWorkshop.sealDays, _ reason: SealReason
    ) async throws -> Seal {
        let seal = try await registeredSeal(of: body)
        let bench = try await bench(for: body)
        let (edition, stamp) = try await edition(
            for: body, named: name ?? seal.current.name, number: seal.number, days: days, at: bench)
        let certificates = issues(of: edition)
        return try await change(body, stamp) { seal, tx in
            let event = try SealRules.renew(edition, of: seal, reason)
            for issue in certificates { try issue(stamp, tx) }
            return event
        }
    }

    /// Lets a seal rest.
    package func suspendSeal(
        of body: CreditCode, _ reason: SealReason, remark: String? = nil
    ) async throws -> Seal {
        try await change(body, stamp(of: .platform)) { seal, _ in
            try SealRules.suspend(seal, reason, remark: remark)
        }
    }

    /// Lets a seal work again.
    package func resumeSeal(of body: CreditCode, _ reason: SealReason, remark: String? = nil) async throws -> Seal {
        try await change(body, stamp(of: .platform)) { seal, _ in
            try SealRules.resume(seal, reason, remark: remark)
        }
    }

    /// Takes a seal back from an instant on; with it the certificates of the body's keys when the reason is the key's.
    package func revokeSeal(
        of body: CreditCode, from: Instant? = nil, _ reason: SealReason, remark: String? = nil
    ) async throws -> Seal {
        let stamp = stamp(of: .platform)
        let from = from ?? stamp.now
        let revoked = try await change(body, stamp) { seal, tx in
            let event = try SealRules.revoke(seal, from: from, reason, remark: remark, at: stamp.now)
            guard reason.endsKey else { return event }
            for edition in seal.editions {
                for certificate in [edition.certificate, edition.documentCertificate] {
                    guard let kept = try KeyCertificateTable.certificate(certificate.fingerprint, in: tx),
                        kept.revokedAt == nil
                    else { continue }
                    let end = try kept.revoke(from: max(from, kept.issuedAt), reason, at: stamp.now)
                    try KeyCertificateTable.revoke(end, kept, stamp: stamp, in: tx)
                }
            }
            return event
        }
        // A key in hardware is replaced there, by hand, before the next seal.
        try await retireRevokedKeys(
            [.body(body), .bodyP256(body)].filter { !(sealWorkshop?.keys.isInHardware($0) ?? false) })
        return revoked
    }

    /// Takes one certificate of the house back.
    package func revokeKeyCertificate(
        _ fingerprint: String, from: Instant? = nil, _ reason: SealReason, remark: String? = nil
    ) async throws {
        let stamp = stamp(of: .platform)
        try await store.write { tx in
            guard let kept = try KeyCertificateTable.certificate(fingerprint, in: tx) else {
                throw SealRefusal.notFound
            }
            let event = try kept.revoke(from: from ?? stamp.now, reason, remark: remark, at: stamp.now)
            try KeyCertificateTable.revoke(event, kept, stamp: stamp, in: tx)
        }
        sealKeeper.forgetTrust()
    }

    /// So many seals after the one given, in the order in which they were made.
    package func seals(after id: SealID? = nil) async throws -> [Seal] {
        try await store.read { tx in try SealTable.page(after: id, in: tx) }
    }

    /// The seal that a body has, or had last. Refuses one that never had any.
    package func registeredSeal(of body: CreditCode) async throws -> Seal {
        guard let seal = try await store.read({ tx in try SealTable.seal(of: body, in: tx) }) else {
            throw SealRefusal.notFound
        }
        return seal
    }

    /// The body's seal ready for work. A demonstration makes it on first use; else it must be there.
    ///
    /// Refuses one that is suspended, revoked, over or not begun (`SealRefusal.notUsable`). What another process does
    /// to a seal counts here after half a second.
    package func seal(for body: CreditCode, named name: String) async throws -> BodySeal {
        guard let workshop = sealWorkshop else { throw SealRefusal.noKeys }
        let now = time.now()
        if let ready = sealKeeper.fresh(body, at: now), ready.seal.state(at: now) == .valid { return ready }
        let found = try await store.read { tx in
            (try SealTable.seal(of: body, in: tx), try KeyCertificateTable.current(.p256Authority, in: tx))
        }
        guard let seal = found.0 else {
            guard workshop.keys.isDemonstration else { throw SealRefusal.notFound }
            do {
                _ = try await makeSeal(for: body, named: name)
            } catch SealRefusal.alreadyMade {}
            return try await self.seal(for: body, named: name)
        }
        guard seal.state(at: now) == .valid, let authority = found.1?.certificate else {
            throw SealRefusal.notUsable
        }
        if let ready = sealKeeper.ready(seal, at: now) { return ready }
        let ready = try await signing.run { try workshop.ready(seal, documentAuthority: authority) }
        sealKeeper.keep(ready, at: now)
        return ready
    }
}
