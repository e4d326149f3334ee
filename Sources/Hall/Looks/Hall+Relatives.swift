package import Accounts
import Certificates
import Store
import Vocabulary

/// Relatives whom the staff declared. The head of the body enters them, or the administrator.
extension Hall {
    /// A member of staff with the relatives that she declared.
    package struct Declared: Sendable {
        package let staff: Staff
        package let relatives: [Relative]
    }

    /// What a member of staff declared. Refuses whoever neither leads her body nor administers her place, and oneself.
    package func relatives(of number: EmployeeNumber, for guest: Guest) async throws -> Declared {
        try await store.read { tx in
            let staff = try declaring(number, guest, in: tx)
            return Declared(staff: staff, relatives: try RelativeTable.relatives(of: staff.id, in: tx))
        }
    }

    /// Enters a relative under her name; the name is kept nowhere.
    package func declare(
        _ kind: Relative.Kind, named name: FullName, of number: EmployeeNumber, by guest: Guest, attempt: Attempt
    ) async throws {
        guard let nameKey else { throw Fault.misconfigured("no key for names") }
        let (id, stamp) = (RelativeID(ids.next()), stamp(of: guest.session.holder.actor))
        let folded = HolderNames.folded(name.text)
        _ = try await once(attempt, by: stamp.actor, "relative \(number) \(kind) \(folded)", stamp) { tx in
            let staff = try declaring(number, guest, in: tx)
            let relative = Relative(id, of: staff.id, kind, declaredAt: stamp.now)
            let deed = Deed(by: stamp.actor, now: stamp.now, entropy: stamp.entropy)
            let digest = nameKey.relativeDigest(of: folded, to: staff.id)
            try RelativeTable.declare(relative, name: digest, by: deed, in: tx)
            return id.subject
        }
    }

    /// Takes a declaration back.
    package func withdraw(
        _ relative: RelativeID, of number: EmployeeNumber, by guest: Guest, attempt: Attempt
    ) async throws {
        let stamp = stamp(of: guest.session.holder.actor)
        _ = try await once(attempt, by: stamp.actor, "no relative \(relative)", stamp) { tx in
            let staff = try declaring(number, guest, in: tx)
            let deed = Deed(by: stamp.actor, now: stamp.now, entropy: stamp.entropy)
            try RelativeTable.withdraw(relative, of: staff.id, by: deed, in: tx)
            return relative.subject
        }
    }

    private func declaring(_ number: EmployeeNumber, _ guest: Guest, in tx: Transaction) throws -> Staff {
        guard let staff = try StaffTable.staff(number, in: tx) else { throw AccountRefusal.staffNotFound }
        let today = time.now().day
        guard guest.session.holder.actor != .staff(staff.id) else { throw PerformerRefusal.notAllowed }
        let bodies = try grants(of: staff.id, today: today, in: tx).compactMap(\.extent.department)
        let leads = bodies.contains { body in
            guest.reaches(.lead, Scope(department: body, itemCode: "", region: staff.region), today: today)
        }
        let administers = guest.places.contains { place in
            Permits.reach(.administer, grants: place.grants, today: today).contains {
                $0.regionRange.contains(staff.region.code)
            }
        }
        guard leads || administers else { throw PerformerRefusal.notAllowed }
        return staff
    }
}
