package import Accounts
package import Catalogue
package import Certificates
import Dossiers
import Store
package import Vocabulary

/// What somebody holds that spares her a material, and what she holds that does not.
extension Hall {
    /// The certificates that matter to the materials of a guide, by the material's id.
    package struct Holdings: Sendable {
        /// In force, and what the material asks of its face.
        package var satisfied: [String: CertificateLine] = [:]
        /// Of the right type, and yet no use: where nothing satisfies the material.
        package var unfit: [String: Unfit] = [:]

        package init() {}
    }

    /// A certificate that is held and does not serve, with why.
    package struct Unfit: Sendable {
        package let line: CertificateLine
        package let standing: Certificate.Standing
        /// What the material asks of its face in vain; empty where it is not in force at all.
        package let unmet: [FaceCondition]
    }

    /// What these people hold today for materials of a guide: of several the first who holds it. `applicant` is whose
    /// matter it is; nil where that is not said yet, and each may be it.
    package func holdings(
        for materials: [MaterialSpec], of holders: [Person], applicant: PersonID? = nil
    ) async throws -> Holdings {
        let today = time.now().day
        let wanted = materials.filter { $0.certificateTypeCode != nil }
        guard !wanted.isEmpty else { return Holdings() }
        return try await store.read { tx in
            var holdings = Holdings()
            for holder in holders.map(\.id) {
                let belongs = belonging(of: holder, to: applicant, isActedFor: holders.count > 1)
                for material in wanted where holdings.satisfied[material.id] == nil {
                    guard let type = material.certificateTypeCode else { continue }
                    for line in try CertificateTable.held(by: holder, of: type, on: today, in: tx)
                    where holdings.satisfied[material.id] == nil {
                        try judge(line, for: material, belongs, on: today, into: &holdings, in: tx)
                    }
                }
            }
            return holdings
        }
    }

    private func belonging(
        of holder: PersonID, to applicant: PersonID?, isActedFor: Bool
    ) -> Set<FaceCondition.Holder> {
        guard let applicant, isActedFor else { return [.applicant, .agent] }
        return holder == applicant ? [.applicant] : [.agent]
    }

    private func judge(
        _ line: CertificateLine, for material: MaterialSpec, _ belongs: Set<FaceCondition.Holder>, on day: CivilDate,
        into holdings: inout Holdings, in tx: Transaction
    ) throws {
        let standing = line.days.standing(on: day)
        // One that is not signed yet, and one that another took the place of, is nobody's to mend.
        if standing == .reserved || line.days.state == .superseded { return }
        guard standing == .valid else {
            if holdings.unfit[material.id] == nil {
                holdings.unfit[material.id] = Unfit(line: line, standing: standing, unmet: [])
            }
            return
        }
        let conditions = material.conditions ?? []
        let face =
            conditions.contains { $0.field != nil } ? try CertificateTable.personal(of: line.id, in: tx)?.face : nil
        let facts = FaceCondition.Held(validUntil: line.validUntil, face: face ?? [:], belongsTo: belongs)
        let unmet = conditions.filter { !$0.isMet(by: facts, on: day) }
        guard unmet.isEmpty else {
            holdings.unfit[material.id] = Unfit(line: line, standing: standing, unmet: unmet)
            return
        }
        holdings.satisfied[material.id] = line
        holdings.unfit[material.id] = nil
    }

    /// Whether a certificate meets what a material asks of its face, on the day of the filing.
    func fits(
        _ certificate: Certificate, _ material: MaterialSpec?, of applicant: PersonID, agent: PersonID?,
        on day: CivilDate
    ) -> Bool {
        let facts = FaceCondition.Held(
            validUntil: certificate.reservation.validUntil, face: certificate.personal?.face ?? [:],
            belongsTo: belonging(of: certificate.reservation.holder, to: applicant, isActedFor: agent != nil))
        return (material?.conditions ?? []).allSatisfy { $0.isMet(by: facts, on: day) }
    }
}
