import Accounts
package import Certificates
import Notices
import Store
package import Vocabulary

/// What the issuing bodies do to their certificates, and what the days do.
extension Hall {
    /// Does something to a certificate: loads, permits, decides, writes down, tells the holder. The same token answers
    /// the same. Refuses whoever has no power at the body that issued it, and to end what a case made: a licence ends
    /// in its case.
    @discardableResult
    package func perform(
        _ command: CertificateCommand, on id: CertificateID, by performer: Performer, attempt: Attempt
    ) async throws -> Certificate {
        let stamp = stamp(of: performer.actor)
        let mark = try Array("certificate \(id) ".utf8) + CanonicalJSON.bytes(of: command)
        return try await store.write { tx in
            guard let certificate = try CertificateTable.load(id, in: tx) else { throw CertificateRefusal.notFound }
            if try Tokens.answer(to: attempt.token, by: performer.actor, command: mark, in: tx) != nil {
                return certificate
            }
            _ = try performer.principal(for: command.powers, Self.scope(of: certificate), holder: nil)
            if case .end = command, certificate.reservation.dossier != nil {
                throw CertificateRefusal.endsWithItsCase
            }
            let after = try apply(command, to: certificate, stamp: stamp, in: tx)
            try Tokens.keep([], for: attempt.token, by: performer.actor, command: mark, now: stamp.now, in: tx)
            return after
        }
    }

    private func apply(
        _ command: CertificateCommand, to certificate: Certificate, stamp: Stamp, in tx: Transaction
    ) throws -> Certificate {
        let kind = try CertificateKindTable.kind(certificate.reservation.identifier.type, in: tx)
        let events = try CertificateRules.decide(
            command, on: certificate, at: stamp.now, hasAnnualCheck: kind?.handling.annualCheck ?? false)
        let after = try CertificateTable.append(events, to: certificate, stamp: stamp, in: tx)
        if events.isEmpty { try CertificateTable.rest(certificate, on: stamp.now.day, in: tx) }
        for (offset, event) in events.enumerated() {
            try notify(of: event, numbered: certificate.sequence + offset + 1, on: certificate, stamp: stamp, in: tx)
        }
        return after
    }

    /// To which body's business a certificate belongs.
    static func scope(of certificate: Certificate) -> Performer.Scope {
        let (reservation, issuer) = (certificate.reservation, certificate.reservation.identifier.issuer)
        return Performer.Scope(
            body: issuer, catalogCode: reservation.catalogCode ?? "", region: Region(issuer.regionCode) ?? .fuzhou,
            applicant: reservation.holder, agent: nil)
    }

    /// LIMIT: certificates that one round of the days looks at.
    package static let certificateDaysMax = 1000

    /// Writes down what the days bring by now: who must be told that the end is near, and what is over. Answers how
    /// many certificates were looked at, and what stood against others; those are tried again in the next round.
    package func noteCertificateDays() async throws -> (done: Int, failed: [CertificateID: String]) {
        let today = time.now().day
        let due = try await store.read { tx in
            try CertificateTable.due(by: today, limit: Self.certificateDaysMax, in: tx)
        }
        return try await each(due) { id in
            try await perform(.tick, on: id, by: .platform, attempt: Attempt(CommandToken.of(ids.next())))
        }
    }
}

extension Hall {
    /// LIMIT: certificates that are rebuilt in one transaction.
    private static let rebuiltCertificatesMax = 500

    /// Writes states, days to come and the ways by name of every certificate again from the journal; answers how many
    /// there were. Safe beside a house that runs.
    package func rebuildLibrary(onProgress: @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        var (last, count) = (CertificateID(Subject(high: 0, low: 0)), 0)
        while true {
            let after = last
            let page = try await store.write { tx in
                let ids = try CertificateTable.ids(after: after, limit: Self.rebuiltCertificatesMax, in: tx)
                for id in ids { try CertificateTable.rebuild(id, in: tx) }
                return ids
            }
            guard let next = page.last else { return count }
            (last, count) = (next, count + page.count)
            onProgress(count)
        }
    }
}

/// What holders are told.
extension Hall {
    private func notify(
        of event: CertificateEvent, numbered sequence: Int, on certificate: Certificate, stamp: Stamp,
        in tx: Transaction
    ) throws {
        let end = certificate.reservation.validUntil.map { ["day": NoticeValue.day($0)] } ?? [:]
        switch event {
        case .restricted: try tell(.certificateRestricted, Self.way("限制使用", "restricted"), about: certificate)
        case .suspended: try tell(.certificateRestricted, Self.way("暂扣", "suspended"), about: certificate)
        case .lifted: try tell(.certificateLifted, [:], about: certificate)
        case .checked(let check, _) where check.passed: try tell(.certificateChecked, [:], about: certificate)
        case .terminated(let ending, _, _): try tell(.certificateEnded, ending.way, about: certificate)
        case .nearing: try tell(.certificateNearing, end, about: certificate)
        case .expired: try tell(.certificateExpired, end, about: certificate)
        // The case tells what it does itself.
        case .reserved, .imported, .made, .filed, .pressed, .ended, .checked, .archived: break
        }

        func tell(_ kind: NoticeKind, _ values: [String: NoticeValue], about certificate: Certificate) throws {
            try self.tell(kind, values, about: certificate, because: sequence, stamp: stamp, in: tx)
        }
    }

    fileprivate static func way(_ zh: String, _ en: String) -> [String: NoticeValue] {
        ["way": .phrase(zh: zh, en: en)]
    }

    /// Tells the holder something about a certificate, in the portal and by the ways that she wants. Nobody is told of
    /// one whose personal data were erased.
    private func tell(
        _ kind: NoticeKind, _ values: [String: NoticeValue], about certificate: Certificate, because sequence: Int,
        stamp: Stamp, in tx: Transaction
    ) throws {
        guard let personal = certificate.personal else { return }
        let (reservation, holder) = (certificate.reservation, certificate.reservation.holder)
        let about: [String: NoticeValue] = [
            "item": .text(String(personal.typeName.prefix(NoticeValue.charactersMax))),
            "number": .text(reservation.identifier.serial),
        ]
        let notice = try Notice(
            .made(
                for: "\(certificate.id)-\(sequence) \(kind.id) \(holder)", order: sequence, stamp: stamp), kind,
            to: .person(holder), about: NoticeMatter(certificate.id, catalogCode: reservation.catalogCode ?? ""),
            values: values.merging(about) { _, about in about }, now: stamp.now)
        var addresses: [NoticeAddress] = []
        if !post.gateways.isEmpty {
            let preference = try PreferenceTable.preference(of: holder.subject, in: tx)
            addresses = NoticeRules.addresses(
                for: kind, mobile: try mobile(of: holder, in: tx), preference, post.means)
        }
        try NoticeTable.create(
            notice, to: addresses, notBefore: NoticeRules.waits(kind, at: stamp.now, post.means), stamp: stamp, in: tx)
    }

    private func mobile(of holder: PersonID, in tx: Transaction) throws -> MobileNumber? {
        guard case .citizen(let citizen)? = try PersonTable.remaining(holder, in: tx) else { return nil }
        return citizen.mobile
    }
}

extension Certificate.Ending {
    fileprivate var way: [String: NoticeValue] {
        switch self {
        case .recalled: Hall.way("撤回", "recalled")
        case .revoked: Hall.way("撤销", "revoked")
        case .cancelled: Hall.way("注销", "cancelled")
        case .changed: Hall.way("变更", "replaced")
        }
    }
}
