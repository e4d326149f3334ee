package import Catalogue
import Certificates
package import Dossiers
import Store
package import Vocabulary

/// 变更 (行政许可法 art. 49): where applications meet the certificates that they change.
extension Hall {
    /// The answer by which every guide says that a licence is changed.
    private static let changeChoice = "change"

    /// The licence that an application changes: its situation says so, and the applicant holds a certificate of the
    /// item's own type that is in force, of the body of the guide before those of others; nil for any other
    /// application. Refuses, by `ChangeRefusal.nothingToChange`, whoever holds none.
    package func change(
        by applicant: PersonID, of guide: Guide, situation: [String: String]
    ) async throws -> LicenceChange? {
        guard situation.values.contains(Self.changeChoice), let type = guide.standard.certificateTypeCode else {
            return nil
        }
        let today = time.now().day
        let held = try await certificates(of: applicant).filter {
            $0.identifier.type == type && $0.isValid(on: today)
        }
        guard let found = held.first(where: { $0.identifier.issuer == guide.body.code }) ?? held.first else {
            throw ChangeRefusal.nothingToChange
        }
        return LicenceChange(certificate: found.id)
    }

    /// Refuses a change of what is not the applicant's, not in force or of another type, and one of what another
    /// authority granted, with its name.
    func requireChangeable(
        _ change: LicenceChange?, of applicant: PersonID, _ terms: Terms, today: CivilDate, in tx: Transaction
    ) throws {
        guard let change else { return }
        guard let certificate = try CertificateTable.load(change.certificate, in: tx),
            certificate.reservation.holder == applicant, certificate.standing(on: today) == .valid,
            certificate.reservation.identifier.type == terms.certificateType
        else { throw ChangeRefusal.nothingToChange }
        guard certificate.reservation.identifier.issuer == terms.body else {
            throw ChangeRefusal.grantedElsewhere(
                certificate.personal?.issuerName ?? certificate.reservation.identifier.issuer.code)
        }
    }

    /// The same once more when the change is granted: what ended meanwhile is not changed.
    func requireChangeable(_ command: DossierCommand, _ dossier: Dossier, today: CivilDate, in tx: Transaction) throws {
        guard case .grant = command else { return }
        let submitted = dossier.submitted
        try requireChangeable(submitted.change, of: submitted.applicant, submitted.terms, today: today, in: tx)
    }

    /// Ends the certificate that a grant changes, in favour of the new one, and says so in public.
    func supersede(
        _ old: Certificate, by new: CertificateID, stamp: Stamp, in tx: Transaction
    ) throws {
        try CertificateTable.end(old.id, .changed, successor: new, stamp: stamp, in: tx)
        guard let dossier = old.reservation.dossier else { return }
        try PublicGrantTable.end(dossier, PublicGrant.End(.changed, on: stamp.now.day), in: tx)
    }
}
