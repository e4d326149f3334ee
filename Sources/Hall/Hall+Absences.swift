package import Accounts
import Store
package import Vocabulary

/// Who is away, and who acts for her.
extension Hall {
    /// An absence as a page shows it.
    package struct AbsenceLine: Sendable {
        package let absence: Absence
        package let staff: Staff
        package let deputy: Staff
    }

    /// Enters an absence: one's own, or anybody's by an administrator. Answers the absence.
    package func enterAbsence(
        of staff: EmployeeNumber, deputy: EmployeeNumber, days: (from: CivilDate, until: CivilDate), by guest: Guest
    ) async throws -> Absence {
        let (id, deed) = (AbsenceID(ids.next()), deed(of: guest))
        return try await store.write { tx in
            guard let staff = try StaffTable.staff(staff, in: tx), let deputy = try StaffTable.staff(deputy, in: tx)
            else { throw AccountRefusal.staffNotFound }
            try requireOwn(staff.id, guest)
            let absence = try Absence(id, of: staff.id, deputy: deputy.id, from: days.from, until: days.until)
            try AbsenceTable.enter(absence, by: deed, in: tx)
            return absence
        }
    }

    /// Ends an absence: one's own, or anybody's by an administrator.
    package func endAbsence(_ id: AbsenceID, by guest: Guest) async throws {
        let deed = deed(of: guest)
        try await store.write { tx in
            guard let absence = try AbsenceTable.absence(id, in: tx) else { throw AccountRefusal.absenceNotFound }
            try requireOwn(absence.staff, guest)
            try AbsenceTable.end(id, by: deed, in: tx)
        }
    }

    /// The absences that somebody sees: her own and those in which she is the deputy; an administrator sees everybody's
    /// that are not over.
    package func absences(for guest: Guest) async throws -> [AbsenceLine] {
        let today = time.now().day
        guard let own = guest.places.first?.staff.id else { return [] }
        return try await store.read { tx in
            var found = try AbsenceTable.absences(of: own, limit: Limits.pageRowsMax, in: tx)
            found += try AbsenceTable.deputised(by: own, on: today, in: tx)
            if guest.administers { found += try AbsenceTable.upcoming(from: today, in: tx) }
            var seen: Set<AbsenceID> = []
            return try found.filter { seen.insert($0.id).inserted }.compactMap { absence in
                guard let staff = try StaffTable.staff(absence.staff, in: tx),
                    let deputy = try StaffTable.staff(absence.deputy, in: tx)
                else { return nil }
                return AbsenceLine(absence: absence, staff: staff, deputy: deputy)
            }
        }
    }

    private func requireOwn(_ staff: StaffID, _ guest: Guest) throws {
        guard guest.places.first?.staff.id == staff || guest.administers else { throw PerformerRefusal.notAllowed }
    }

    private func deed(of guest: Guest) -> Deed {
        Deed(by: guest.session.holder.actor, now: time.now(), entropy: Entropy(dice))
    }
}

extension Hall.Guest {
    /// Whether she administers the house.
    package var administers: Bool {
        guard case .staff(_, let grants) = who else { return false }
        return grants.contains { $0.role == .administrator }
    }
}
