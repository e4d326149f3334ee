package import Accounts
package import Catalogue
import Certificates
package import Dossiers
import Store
package import Vocabulary

/// What the procedures of dossiers need of other rooms.
extension Hall {
    /// Those with these employee numbers, in the order of the numbers, blank ones left out. Refuses, by
    /// `AccountRefusal.staffNotFound` and `.staffLeft`, a number that nobody has or whose holder left.
    package func staff(numbered numbers: [String]) async throws -> [StaffID] {
        let said = numbers.filter { !$0.allSatisfy(\.isWhitespace) }
        // LIMIT: members of staff that one form names.
        guard said.count <= Self.namedStaffMax else { throw AccountRefusal.staffNotFound }
        return try await store.read { tx in
            try said.map { text in
                guard let number = EmployeeNumber(text), let staff = try StaffTable.staff(number, in: tx) else {
                    throw AccountRefusal.staffNotFound
                }
                guard staff.serves else { throw AccountRefusal.staffLeft }
                return staff.id
            }
        }
    }

    /// LIMIT: members of staff that one form names.
    package static let namedStaffMax = 20

    /// Members of staff by their ids, as papers and pages name them; those that nobody knows are left out.
    package func staff(_ ids: [StaffID]) async throws -> [Staff] {
        try await store.read { tx in
            try ids.prefix(Self.namedStaffMax).compactMap { try StaffTable.staff($0, in: tx) }
        }
    }

    /// One page of the dossiers that wait for something beside their stage, within what a power gives somebody, the
    /// longest due first.
    package func waiting(
        for wait: Dossier.Wait, grants: [Grant], power: Power, limit: Int = Limits.pageRowsMax
    ) async throws -> [DossierLine] {
        try await lines(within: [power], of: grants, limit: limit) { part, tx in
            try DossierTable.waiting(for: wait, in: part, limit: limit, tx: tx)
        }
    }
}

extension Hall {
    /// The licence that an application renews: its situation says so, and the applicant holds a valid certificate of
    /// the item's own type that runs out; nil for any other application.
    package func renewal(
        by applicant: PersonID, of guide: Guide, situation: [String: String]
    ) async throws -> Renewal? {
        guard situation.values.contains(Self.renewalChoice), let type = guide.standard.certificateTypeCode else {
            return nil
        }
        let today = time.now().day
        let ending = try await certificates(of: applicant)
            .filter { $0.identifier.type == type && $0.isValid(on: today) }
            .compactMap { line in line.validUntil.map { Renewal(certificate: line.id, validUntil: $0) } }
        return ending.min { ($0.validUntil, $0.certificate) < ($1.validUntil, $1.certificate) }
    }

    /// The answer by which every guide says that a licence is renewed.
    private static let renewalChoice = "renewal"
}

extension Hall {
    /// The last day on which a person may sign no commitment, because one of hers was false; nil when she may.
    package func barredFromCommitments(_ person: PersonID) async throws -> CivilDate? {
        let today = time.now().day
        return try await store.read { tx in try CommitmentRegister.barredUntil(person, today: today, in: tx) }
    }
}

extension Guide {
    /// What the guide lays down for the way to the decision; nil where the Licensing Law says it all.
    func procedure(for situation: [String: String]) -> ProcedureTerms? {
        let tolerable = materials(for: situation).filter { $0.necessity == .mayFollow }.map(\.id)
        let longer = standard.statutoryLimit.extension.flatMap { longer in
            // A number in another unit than the limit's cannot be added to it: then the law's own figure stands.
            longer.unit == standard.statutoryLimit.unit ? longer.value : nil
        }
        let isJoint = standard.jointHandling == true && !standard.jointAgencies.isEmpty
        let usual = isJoint ? 15 : 10
        let terms = ProcedureTerms(
            authority: isJoint ? .government : nil, extensionMax: longer == usual ? nil : longer,
            tolerable: tolerable.isEmpty ? nil : tolerable, commitment: commitment(for: situation),
            isLimited: standard.quantityLimit == nil ? nil : true,
            steps: reviewSteps.isEmpty ? nil : reviewSteps)
        return terms == ProcedureTerms() ? nil : terms
    }

    private func commitment(for situation: [String: String]) -> ProcedureTerms.CommitmentTerms? {
        guard let offer = commitmentOffer(for: situation) else { return nil }
        let asked = Set(materials(for: situation).map(\.id))
        return ProcedureTerms.CommitmentTerms(
            materials: offer.materials.filter(asked.contains), verifyWithin: WorkingDays(offer.verifyDays))
    }
}
