import Accounts
package import Catalogue
package import Certificates
package import Documents
package import Dossiers
import Store
package import Vocabulary

/// 证照闭环: what the library holds serves the next case, and its holder sees in which.
extension Hall {
    /// Authorises the uses of the certificates that an event hands in, in the event's transaction. Refuses, by
    /// `CertificateUseRefusal`, what is not the applicant's, satisfies no such material, is not in force, or does not
    /// have the face that the material asks for.
    func authorise(_ materials: [HandedIn], in dossier: Dossier, stamp: Stamp, _ tx: Transaction) throws {
        let submitted = dossier.submitted
        let holders = [submitted.applicant, submitted.agent].compactMap(\.self)
        var known: [CertificateUse]?
        for handedIn in materials {
            guard case .certificate(let id) = handedIn.source else { continue }
            let uses = try known ?? CertificateUseTable.of(dossier.id, in: tx)
            known = uses
            if uses.contains(where: { $0.material == handedIn.material && $0.certificate == id }) { continue }
            guard let certificate = try CertificateTable.load(id, in: tx) else { throw CertificateRefusal.notFound }
            let guide = try papers.guides.guide(
                submitted.terms.itemCode, version: submitted.terms.version, in: tx)
            let wanted = guide?.materials.first { $0.id == handedIn.material }
            let day = stamp.now.day
            let isFit = fits(certificate, wanted, of: submitted.applicant, agent: submitted.agent, on: day)
            try CertificateUseRules.authorise(
                certificate,
                for: CertificateUseRules.Demand(
                    type: wanted?.certificateTypeCode, holders: holders, isFit: isFit),
                on: day)
            let use = CertificateUse(
                of: id, in: dossier.id, item: submitted.terms.catalogCode, as: handedIn.material, stamp: stamp)
            try CertificateUseTable.authorise(use, stamp: stamp, in: tx)
        }
    }

    /// One use as the certificate's holder sees it.
    package struct UseSeen: Sendable {
        package let use: CertificateUse
        /// The case's short number, its item and the body that decides it.
        package let number: String
        package let itemName: String
        package let bodyName: String
        /// The name of the material in both languages; nil where the guide is gone.
        package let material: Bilingual?
        /// Whether the code still opens the certificate: the case runs and stands on it.
        package let isOpen: Bool
    }

    /// In which cases a certificate was used, the latest first; at most `CertificateUseTable.listedMax`.
    package func uses(of id: CertificateID) async throws -> [UseSeen] {
        try await store.read { tx in
            try CertificateUseTable.of(id, in: tx).map { use in
                let dossier = try load(use.dossier, in: tx)
                let terms = dossier.submitted.terms
                let guide = try papers.guides.guide(terms.itemCode, version: terms.version, in: tx)
                let material = guide?.materials.first { $0.id == use.material }?.name
                return UseSeen(
                    use: use, number: dossier.submitted.numbers.short, itemName: terms.itemName,
                    bodyName: terms.bodyName, material: material,
                    isOpen: dossier.standsOn(use) && !dossier.hasEnded)
            }
        }
    }

    /// A look of the staff at a certificate.
    package struct CertificateLook: Equatable, Sendable {
        package let at: Instant
        /// The short number of the case from which it was opened; nil for a look at the register.
        package let number: String?
    }

    /// When a certificate was looked at by the staff, the latest first.
    package func looks(at id: CertificateID) async throws -> [CertificateLook] {
        try await store.read { tx in
            try Looks.at(id.subject, in: tx).map {
                CertificateLook(at: $0.at, number: try caseNumber(of: $0, in: tx))
            }
        }
    }

    /// A material that a certificate satisfies, with what is true of the certificate now.
    package struct MaterialCheck: Sendable {
        package let material: String
        /// Nil where the case is older than the uses.
        package let use: CertificateUse?
        package let certificate: Certificate
        package let standing: Certificate.Standing
        /// What the verifier says of the sealed file today; nil where there is none.
        package let file: FileReport?

        /// In force, and its file genuine where it has one.
        package var isGood: Bool { standing == .valid && file.map { $0.verdict == .valid } ?? true }
    }

    /// What is true now of the certificates on which a case stands: the register is asked and each sealed file verified
    /// anew, so that a revocation shows at once.
    package func checks(of dossier: Dossier) async throws -> [MaterialCheck] {
        let ids = dossier.materials.compactMap { handedIn in
            if case .certificate(let id) = handedIn.source { (handedIn.material, id) } else { nil }
        }
        guard !ids.isEmpty else { return [] }
        let (uses, certificates) = try await store.read { tx in
            (
                try CertificateUseTable.of(dossier.id, in: tx),
                try ids.compactMap { material, id in try CertificateTable.load(id, in: tx).map { (material, $0) } }
            )
        }
        var checks: [MaterialCheck] = []
        for (material, certificate) in certificates {
            let use = uses.last { $0.material == material && $0.certificate == certificate.id }
            checks.append(try await check(of: certificate, as: material, use))
        }
        return checks
    }

    /// What is true now of the certificate of one use.
    package func check(of certificate: Certificate, in use: CertificateUse) async throws -> MaterialCheck {
        try await check(of: certificate, as: use.material, use)
    }

    private func check(
        of certificate: Certificate, as material: String, _ use: CertificateUse?
    ) async throws -> MaterialCheck {
        MaterialCheck(
            material: material, use: use, certificate: certificate,
            standing: certificate.standing(on: time.now().day), file: try await fileReport(of: certificate))
    }

    /// What the verifier says of a certificate's sealed file; nil where it has none.
    package func fileReport(of certificate: Certificate) async throws -> FileReport? {
        guard certificate.file != nil else { return nil }
        return try await report(on: try await file(of: certificate, as: .ofd))
    }

    /// Opens a certificate by its use code, for a member of staff who has one of the powers in the case; the look is
    /// written down with the case's number before the page is sent. Refuses everybody else, a code that is not this
    /// case's, and one whose time is past.
    package func open(
        _ code: UseCode, in id: DossierID, by staff: Guest, with powers: [Power]
    ) async throws -> (use: CertificateUse, opened: CertificateOpened) {
        let (now, look) = (time.now(), ids.next())
        return try await store.write { tx in
            let dossier = try load(id, in: tx)
            guard let looker = staff.looker(at: dossier, with: powers, today: now.day) else {
                throw PerformerRefusal.notAllowed
            }
            let use = try CertificateUseRules.opened(
                code, among: try CertificateUseTable.of(id, in: tx), isRunning: !dossier.hasEnded
            ) { dossier.standsOn($0) }
            let opened = try gathered(use.certificate, in: tx)
            let seen = Look.Seen.certificate(use.certificate, of: opened.holder, for: id)
            try note(Look(looker, at: seen, for: .handedIn, now), as: look, in: tx)
            return (use, opened)
        }
    }
}

extension Dossier {
    /// Whether the certificate of a use still serves as its material.
    fileprivate func standsOn(_ use: CertificateUse) -> Bool {
        materials.contains { $0.material == use.material && $0.source == .certificate(use.certificate) }
    }
}
