package import Accounts
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
        let reaches = Permits.reach(power, grants: grants, today: time.now().day)
        return try await store.read { tx in
            var lines: [DossierLine] = []
            for reach in reaches {
                let part = DossierTable.Part(
                    bodies: reach.departmentRange, items: reach.itemRange, regions: reach.regionRange)
                lines += try DossierTable.waiting(for: wait, in: part, limit: limit, tx: tx)
            }
            var seen: Set<DossierID> = []
            return Array(
                lines.filter { seen.insert($0.id).inserted }
                    .sorted { ($0.due?.daysSinceEpoch ?? .max, $0.id) < ($1.due?.daysSinceEpoch ?? .max, $1.id) }
                    .prefix(limit))
        }
    }
}
