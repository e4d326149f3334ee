import Catalogue
import Certificates
package import Dossiers
import Papers
import Store
import Vocabulary

/// Licences that were granted are public (行政许可法 art. 40): where dossiers, their papers and certificates meet.
extension Hall {
    /// Writes a grant down with the number of its written decision, in their transaction; with its end where the same
    /// events bring that too.
    func publishGrant(
        _ number: PaperNumber, of dossier: Dossier, because events: [DossierEvent], day: CivilDate, in tx: Transaction
    ) throws {
        let end = events.compactMap(\.publicEnd).last.map { PublicGrant.End($0, on: day) }
        try PublicGrantTable.put(
            PublicGrant(
                dossier, number: number.description, on: day, certificate: try certificateOfGrant(dossier, in: tx),
                end: end), in: tx)
    }

    /// Marks a grant whose licence ended.
    func publishEnd(_ event: DossierEvent, of dossier: Dossier, day: CivilDate, in tx: Transaction) throws {
        guard let kind = event.publicEnd, dossier.decision?.isGrant == true else { return }
        try PublicGrantTable.end(dossier.id, PublicGrant.End(kind, on: day), in: tx)
    }

    /// Writes the grant of a dossier down again as the journal has it.
    func rebuildGrant(of dossier: Dossier, in tx: Transaction) throws {
        guard dossier.decision?.isGrant == true else { return }
        let terms = dossier.submitted.terms
        let guide = try papers.guides.guide(terms.itemCode, version: terms.version, in: tx)
        let decisions = try PaperTable.of(dossier.id, in: tx).filter { $0.kind == .grant }
        guard guide.map({ $0.standard.itemType == .licence }) ?? true, let decision = decisions.first else { return }
        let ends = try DossierTable.history(of: dossier.id, in: tx).compactMap { line in
            line.event.publicEnd.map { PublicGrant.End($0, on: line.at.day) }
        }
        let changed = try dossier.certificate.flatMap { try CertificateTable.changedOn($0, in: tx) }
        let last = (changed.map { [PublicGrant.End(.changed, on: $0)] } ?? []) + ends
        try PublicGrantTable.put(
            PublicGrant(
                dossier, number: decision.number, on: decision.day,
                certificate: try certificateOfGrant(dossier, in: tx), end: last.last), in: tx)
    }

    private func certificateOfGrant(_ dossier: Dossier, in tx: Transaction) throws -> (String, CivilDate?)? {
        guard let id = dossier.certificate, let certificate = try CertificateTable.load(id, in: tx) else { return nil }
        return (certificate.reservation.identifier.serial, certificate.reservation.validUntil)
    }

    /// A page of the grants that fit, the latest first.
    package func publicGrants(
        _ filter: PublicGrantTable.Filter, after cursor: PublicGrantTable.Cursor? = nil,
        limit: Int = Limits.pageRowsMax
    ) async throws -> [PublicGrant] {
        try await store.read { tx in try PublicGrantTable.lines(filter, after: cursor, limit: limit, in: tx) }
    }

    /// The grants with this number, of the decision or of the certificate.
    package func publicGrants(numbered number: String) async throws -> [PublicGrant] {
        try await store.read { tx in try PublicGrantTable.lines(number: number, in: tx) }
    }

    /// What the list of grants can be narrowed to by these words.
    package func publicNames(matching words: String) async throws -> [PublicNameTable.Name] {
        try await store.read { tx in try PublicNameTable.names(matching: words, in: tx) }
    }

    /// The name to a code that the list is narrowed to; nil for a code that no grant has.
    package func publicName(_ kind: PublicNameTable.Kind, _ code: String) async throws -> String? {
        try await store.read { tx in try PublicNameTable.name(kind, code, in: tx) }
    }
}

extension DossierEvent {
    /// How a licence ends with it; nil for any other event.
    fileprivate var publicEnd: PublicGrant.End.Kind? {
        switch self {
        case .licence(.ended(let end, _)): end.kind.publicKind
        case .tolerance(.lapsed): .revoked
        default: nil
        }
    }
}
