package import Accounts
import Store
package import Vocabulary

/// People and what they may do, as the doors see them.
extension Hall {
    /// Somebody who is signed in: a person who is known, or a member of staff who serves, with the grants in force
    /// today.
    package struct Guest: Sendable {
        package let session: Session
        /// The person or the member of staff.
        package let who: Who
        /// How many notices wait to be read, her own and those of whom she acts for; `NoticeTable.unreadMax` or more.
        package var unread = 0
        /// Those in whose place she acts today, with their grants in force.
        package var deputising: [Deputising] = []

        /// A colleague who is away.
        package struct Deputising: Sendable {
            package let staff: Staff
            package let grants: [Grant]
        }

        package enum Who: Sendable {
            case person(Person)
            case staff(Staff, [Grant])
        }

        init(session: Session, who: Who) { (self.session, self.who) = (session, who) }

        /// A member of staff who came through no door: for what is done in her name where there is no browser.
        package init(atWork staff: Staff, grants: [Grant], at now: Instant) {
            self.init(session: Session(ofNoDoor: .staff(staff.id), at: now), who: .staff(staff, grants))
        }
    }

    /// The guest behind a session's secret; nil when there is no such session any more, or when its holder left or was
    /// erased: a sign-in that ran beside her leaving may have left a session behind.
    package func guest(_ token: SessionToken) async throws -> Guest? {
        let now = time.now()
        let found = try await store.read { tx -> Guest? in
            let session: Session
            do {
                session = try SessionTable.session(token, now: now, in: tx)
            } catch LoginRefusal.sessionEnded {
                return nil
            }
            var guest =
                switch session.holder {
                case .person(let id): try person(id, of: session, in: tx)
                case .staff(let id): try staff(id, of: session, today: now.day, in: tx)
                }
            guest?.unread = try unread(for: session.holder, today: now.day, in: tx)
            return guest
        }
        if let session = found?.session, session.wantsRenewal(at: now) {
            _ = try await store.write { tx in try SessionTable.renew(session, now: now, in: tx) }
        }
        return found
    }

    private func person(_ id: PersonID, of session: Session, in tx: Transaction) throws -> Guest? {
        try PersonTable.remaining(id, in: tx).map { Guest(session: session, who: .person($0)) }
    }

    private func staff(_ id: StaffID, of session: Session, today: CivilDate, in tx: Transaction) throws -> Guest? {
        guard let staff = try StaffTable.staff(id, in: tx), staff.serves else { return nil }
        var guest = Guest(session: session, who: .staff(staff, try grants(of: id, today: today, in: tx)))
        guest.deputising = try AbsenceTable.deputised(by: id, on: today, in: tx).compactMap { absence in
            guard let away = try StaffTable.staff(absence.staff, in: tx), away.serves else { return nil }
            return Guest.Deputising(staff: away, grants: try grants(of: away.id, today: today, in: tx))
        }
        return guest
    }

    func grants(of staff: StaffID, today: CivilDate, in tx: Transaction) throws -> [Grant] {
        try GrantTable.grants(of: staff, in: tx).filter { $0.isInForce(on: today) }
    }

    /// Ends a session.
    package func signOut(_ session: Session) async throws {
        try await store.write { tx in try SessionTable.end(session, in: tx) }
    }
}

extension Performer {
    /// A member of staff with what was granted, as far as it stands today.
    package static func staff(
        _ staff: Staff, grants: [Grant], inPlaceOf absent: [Hall.Guest.Deputising] = [], today: CivilDate
    ) -> Performer {
        let places = absent.map { away in
            Place(of: away.staff.id) { try check($0, $1, away.grants, today) }
        }
        return Performer(.staff(staff.id), inPlaceOf: places) { try check($0, $1, grants, today) }
    }

    private static func check(_ power: Power, _ scope: Scope, _ grants: [Grant], _ today: CivilDate) throws {
        let place = Accounts.Scope(department: scope.body, itemCode: scope.catalogCode, region: scope.region)
        try Permits.check(power, scope: place, grants: grants, today: today)
    }
}

extension Hall {
    /// Whether a look-up by number and password may be tried: it is counted like a sign-in, per number and per address.
    package func mayLookUp(_ number: String, from address: String, key: AccountKey) async throws -> Bool {
        let attempt = LoginAttempt(login: "lookup:\(number)", address: address, key: key)
        let now = time.now()
        return try await store.write { tx in
            do {
                try ThrottleTable.begin(attempt, now: now, in: tx)
                return true
            } catch LoginRefusal.wait {
                return false
            }
        }
    }

    /// The password was right: the count begins anew.
    package func lookedUp(_ number: String, from address: String, key: AccountKey) async throws {
        let attempt = LoginAttempt(login: "lookup:\(number)", address: address, key: key)
        try await store.write { tx in try ThrottleTable.succeeded(attempt, in: tx) }
    }
}

extension Hall {
    /// Registers a citizen from her identity card, at a window.
    package func register(
        citizen name: FullName, number: CitizenID, mobile: MobileNumber, by clerk: Guest, key: AccountKey
    ) async throws {
        let fresh = PersonID(ids.next())
        let deed = Deed(by: clerk.session.holder.actor, now: time.now(), entropy: Entropy(dice))
        try await store.write { tx in
            let id = try PersonTable.newID(of: .citizen(number), fresh: fresh, key: key, in: tx)
            let citizen = Citizen(id, name: name, number: number, mobile: mobile)
            try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
        }
    }
}
