package import Certificates
import Documents
package import Signing
import Store
import Vocabulary

/// How changes of seals are written, and the list that verifiers take along.
extension Hall {
    /// Who stands behind a demonstration's seals.
    private static let demonstrationOrganisation = "一窗示例电子印章机构"
    /// Days after which a trust list is too old, unless told otherwise.
    package static let trustListDays: Int64 = 7

    /// The workshop and the ceremony's certificates, once the body's keys may be certified. A demonstration holds the
    /// ceremony by itself.
    func bench(for body: CreditCode) async throws -> (SealWorkshop, CeremonyRecord) {
        guard let workshop = sealWorkshop else { throw SealRefusal.noKeys }
        let record = try await standingCeremony(workshop)
        guard record.maker.isValid(at: time.now().wholeSecond) else { throw SealRefusal.noCeremony }
        try await retireRevokedKeys([.body(body), .bodyP256(body)])
        return (workshop, record)
    }

    /// A new edition, valid from now for so many days.
    func edition(
        for body: CreditCode, named name: String, number: String, days: Int64,
        at bench: (workshop: SealWorkshop, record: CeremonyRecord)
    ) async throws -> (Seal.Edition, Stamp) {
        guard (1...SealWorkshop.sealDaysMax).contains(days) else { throw SealRefusal.shorterPeriod }
        let stamp = stamp(of: .platform)
        let start = stamp.now.wholeSecond
        let order = SealOrder(body: body, name: name, valid: start...start.advanced(bySeconds: days * 86_400))
        let (workshop, record, dice) = (bench.workshop, bench.record, dice)
        let edition = try await signing.run {
            try workshop.edition(of: order, number: number, under: record, dice: dice)
        }
        return (edition, stamp)
    }

    private func standingCeremony(_ workshop: SealWorkshop) async throws -> CeremonyRecord {
        if let record = try await ceremony() { return record }
        guard workshop.keys.isDemonstration else { throw SealRefusal.noCeremony }
        do {
            return try await holdCeremony(organisation: Self.demonstrationOrganisation)
        } catch SealRefusal.ceremonyHeld {
            guard let record = try await ceremony() else { throw SealRefusal.noCeremony }
            return record
        }
    }

    /// Lets go of the keys whose certificates were taken back, so that no new one is given out for them. Refuses one in
    /// hardware (`HardwareRefusal.mustBeReplaced`): whoever holds the token replaces it there.
    func retireRevokedKeys(_ roles: [KeyRole]) async throws {
        guard let workshop = sealWorkshop else { return }
        for role in roles {
            let revoked = try await store.read { tx in
                try KeyCertificateTable.all(role, in: tx).filter { $0.revokedAt != nil }
            }
            guard !revoked.isEmpty else { continue }
            let key = try workshop.keys.publicKey(of: role)
            let ends = revoked.filter { $0.certificate.publicKey == key }.compactMap(\.revokedAt)
            guard let end = ends.min() else { continue }
            guard !workshop.keys.isInHardware(role) else { throw HardwareRefusal.mustBeReplaced }
            try workshop.keys.retire(role, countsUntil: end)
        }
    }

    /// Gives the seal maker a new certificate, and a new key when the reason is the key's.
    ///
    /// Then its old certificate is taken back from now on, and seals that the old key made must be made again.
    /// Otherwise both certificates count, each in its time.
    package func replaceSealMaker(_ reason: SealReason, remark: String? = nil) async throws -> X509Certificate {
        guard let workshop = sealWorkshop else { throw SealRefusal.noKeys }
        guard ![.established, .settled].contains(reason) else { throw SealRefusal.unfitReason }
        let known = try await store.read { tx in
            (try KeyCertificateTable.current(.authority, in: tx), try KeyCertificateTable.current(.sealMaker, in: tx))
        }
        guard let authority = known.0?.certificate else { throw SealRefusal.noCeremony }
        if reason.endsKey, let maker = known.1?.certificate {
            try await revokeKeyCertificate(maker.fingerprint, reason, remark: remark)
        }
        try await retireRevokedKeys([.sealMaker])
        let (stamp, dice, id) = (stamp(of: .platform), dice, KeyCertificateID(ids.next()))
        let made = try await signing.run { try workshop.maker(under: authority, dice: dice, at: stamp.now) }
        try await store.write { tx in
            try KeyCertificateTable.issue(made, for: .sealMaker, as: id, stamp: stamp, in: tx)
        }
        return made
    }

    /// What enters the certificates of an edition's body into the register.
    func issues(of edition: Seal.Edition) -> [@Sendable (Stamp, Transaction) throws -> Void] {
        [(edition.certificate, false), (edition.documentCertificate, true)].map { certificate, isDocument in
            let id = KeyCertificateID(ids.next())
            return { stamp, tx in
                guard let code = certificate.bodyCode else { throw Fault.corrupt("a seal without a body") }
                try KeyCertificateTable.issue(
                    certificate, for: isDocument ? .bodyP256(code) : .body(code), as: id, stamp: stamp, in: tx)
            }
        }
    }

    /// Decides on a seal as it stands, and writes what was decided.
    func change(
        _ body: CreditCode, _ stamp: Stamp, _ decide: @escaping @Sendable (Seal, Transaction) throws -> SealEvent
    ) async throws -> Seal {
        let after = try await store.write { tx in
            guard let seal = try SealTable.seal(of: body, in: tx) else { throw SealRefusal.notFound }
            return try SealTable.append(try decide(seal, tx), to: seal, stamp: stamp, in: tx)
        }
        sealKeeper.forget(body)
        return after
    }

    /// Whom to trust and what was taken back, for verifiers in this house: what the registers said at most half a
    /// second ago. Refuses as `trustList` does.
    package func trust() async throws -> TrustList { try await trust(asOf: .lately) }

    func trust(asOf age: TrustAge) async throws -> TrustList {
        let now = time.now()
        if age == .lately, let list = sealKeeper.trust(at: now) { return list }
        let changes = try await store.read { tx in try SealTable.changes(in: tx) }
        if let list = sealKeeper.trust(after: changes, at: now) { return list }
        let list = try TrustList(reading: try await trustList())
        sealKeeper.keep(list, after: changes, at: now)
        return list
    }

    /// The signed list of authorities, revocations and seals, for verifiers that cannot ask; valid for so many days.
    ///
    /// Refuses before the ceremony, which a demonstration holds by itself. Reads every seal: for a few hundred some
    /// tens of milliseconds.
    package func trustList(days: Int64 = trustListDays) async throws -> [UInt8] {
        guard let workshop = sealWorkshop else { throw SealRefusal.noKeys }
        let current = try await store.read { tx in try KeyCertificateTable.current(.authority, in: tx) }
        let standing = current == nil ? try await standingCeremony(workshop).authority : current?.certificate
        guard let authority = standing else { throw SealRefusal.noCeremony }
        let now = time.now()
        let content = try await trustContent(
            valid: (now, now.advanced(bySeconds: days * 86_400)), isDemonstration: workshop.keys.isDemonstration)
        return try await signing.run {
            try TrustList.signed(content, by: try workshop.keys.signer(of: .authority), authority: authority)
        }
    }

    private func trustContent(
        valid: (issuedAt: Instant, nextUpdate: Instant), isDemonstration: Bool
    ) async throws -> TrustList.Content {
        try await store.read { tx in
            var spans: [TrustList.SealSpan] = []
            var last: SealID?
            repeat {
                let page = try SealTable.page(after: last, in: tx)
                spans += page.map(\.span)
                last = page.count == Limits.pageRowsMax ? page.last?.id : nil
            } while last != nil
            var revoked: [TrustList.RevokedCertificate] = []
            var fingerprint: String? = ""
            while let after = fingerprint {
                let page = try KeyCertificateTable.revoked(after: after, in: tx)
                revoked += page
                fingerprint = page.count == Limits.pageRowsMax ? page.last?.fingerprint : nil
            }
            let authorities = try [KeyRole.authority, .p256Authority].flatMap { role in
                try KeyCertificateTable.all(role, in: tx).filter { $0.revokedAt == nil }.map(\.certificate)
            }
            return TrustList.Content(
                authorities: authorities, revoked: revoked, seals: spans, valid: valid,
                isDemonstration: isDemonstration)
        }
    }
}
