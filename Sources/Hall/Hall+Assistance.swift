package import Accounts
package import Catalogue
package import Dossiers
import Papers
import Store
package import Vocabulary

/// 帮办代办: staff who file and follow for people who cannot do it alone, on their written authority.
extension Hall {
    /// What a letter says, before it is one.
    package struct LetterDraft: Sendable {
        package let principal: PersonID
        package let items: [ItemCodePrefix]
        package let until: CivilDate?
        /// The scan of the signed letter, as it was handed in; nil while there is none.
        package let letter: HandedIn?

        package init(principal: PersonID, items: [ItemCodePrefix], until: CivilDate?, letter: HandedIn?) {
            (self.principal, self.items, self.until, self.letter) = (principal, items, until, letter)
        }
    }

    /// A letter with the names of the two and of its items.
    package struct AssistanceLine: Sendable {
        package let authority: Assistance
        /// Nil once she was erased.
        package let principal: Person?
        package let staff: Staff?
        /// One line of the catalogue for each item that is still known.
        package let items: [ItemLine]
    }

    /// Takes the letter that somebody signed at the desk of this member of staff, from today on.
    package func giveAuthority(_ draft: LetterDraft, to guest: Guest) async throws -> AssistanceID {
        let (id, deed) = (AssistanceID(ids.next()), deed(of: guest))
        let staff = try assistant(guest)
        let term = try Term(from: deed.now.day, until: draft.until)
        let scan: BlobRef? = if case .files(let files)? = draft.letter?.source { files.first } else { nil }
        let authority = try Assistance(
            id, principal: draft.principal, staff: staff.id, scope: (draft.items, term), letter: scan)
        try await store.write { tx in
            for item in authority.items {
                let known = try ItemTable.items(catalogued: item.text, limit: 1, in: tx)
                guard !known.isEmpty else { throw CatalogueRefusal.itemNotFound }
            }
            try AssistanceTable.give(authority, by: deed, in: tx)
        }
        return id
    }

    /// Ends an authority at once, by the member of staff who has it.
    package func endAuthority(_ id: AssistanceID, of principal: PersonID, by guest: Guest) async throws {
        let (staff, deed) = (try assistant(guest), deed(of: guest))
        try await store.write { tx in
            guard try AssistanceTable.letter(id, of: principal, in: tx)?.staff == staff.id else {
                throw AssistanceRefusal.notFound
            }
            try AssistanceTable.end(id, of: principal, by: deed, in: tx)
        }
    }

    /// Ends an authority at once, by its principal or whoever acts for her in everything.
    package func endAuthority(_ id: AssistanceID, of principal: PersonID, by citizen: Citizen) async throws {
        let deed = Deed(by: .person(citizen.id), now: time.now(), entropy: Entropy(dice))
        guard try await principals(of: citizen, in: .everything).contains(where: { $0.id == principal }) else {
            throw AssistanceRefusal.notFound
        }
        try await store.write { tx in try AssistanceTable.end(id, of: principal, by: deed, in: tx) }
    }

    /// The letters that a member of staff got, the latest first.
    package func authorities(of guest: Guest) async throws -> [AssistanceLine] {
        let staff = try assistant(guest)
        return try await store.read { tx in
            try AssistanceTable.held(by: staff.id, in: tx).map { try line($0, in: tx) }
        }
    }

    /// One letter of hers with whom it is for: a look at that person, written down before the page is sent, once a day.
    package func authority(
        _ id: AssistanceID, of principal: PersonID, for guest: Guest
    ) async throws -> AssistanceLine {
        let (staff, now, look) = (try assistant(guest), time.now(), ids.next())
        return try await store.write { tx in
            guard let letter = try AssistanceTable.letter(id, of: principal, in: tx), letter.staff == staff.id else {
                throw AssistanceRefusal.notFound
            }
            try noteOfDay(Look(guest.looker, at: .person(principal), for: .assist, now), as: look, in: tx)
            return try line(letter, in: tx)
        }
    }

    /// The letters that somebody gave, the latest first, for her own page.
    package func authorities(of principal: PersonID) async throws -> [AssistanceLine] {
        try await store.read { tx in try AssistanceTable.given(by: principal, in: tx).map { try line($0, in: tx) } }
    }

    /// The dossiers of those who are helped, in the items of letters that stand today: what is due soonest first.
    package func assisted(by guest: Guest) async throws -> [DossierLine] {
        let (staff, today) = (try assistant(guest), time.now().day)
        return try await store.read { tx in
            var lines: [DossierLine] = []
            var seen: Set<DossierID> = []
            for letter in try AssistanceTable.held(by: staff.id, in: tx) where letter.stands(on: today) {
                lines += try DossierTable.of(applicant: letter.principal, before: nil, in: tx).filter {
                    letter.names($0.catalogCode) && seen.insert($0.id).inserted
                }
            }
            return lines.sorted {
                ($0.stage == .ended ? 1 : 0, $0.due?.daysSinceEpoch ?? .max, $0.id)
                    < ($1.stage == .ended ? 1 : 0, $1.due?.daysSinceEpoch ?? .max, $1.id)
            }
        }
    }

    /// Opens a dossier for the assistant whose authority covers it today; the look is written down first.
    package func openAssisted(
        _ id: DossierID, by guest: Guest, purpose: LookPurpose
    ) async throws -> (opened: Opened, performer: Performer) {
        let (staff, now, look) = (try assistant(guest), time.now(), ids.next())
        let (found, letter) = try await store.write { tx in
            guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
            let (applicant, item) = (dossier.submitted.applicant, dossier.submitted.terms.catalogCode)
            let authority = try standing(of: applicant, to: staff.id, item, today: now.day, in: tx)
            try note(Look(guest.looker, at: dossier.seen, for: purpose, now), as: look, in: tx)
            return (try opened(dossier, in: tx), authority)
        }
        return (found, assisting(letter, by: guest))
    }

    /// The assistant as one who gives the principal's commands. The authority itself is read again in the transaction
    /// of each command: it may have ended since.
    package func assisting(_ authority: Assistance, by guest: Guest) -> Performer {
        let (today, principal) = (time.now().day, authority.principal)
        let help = Assisting(applicant: principal, authority: authority.id)
        return Performer(.staff(authority.staff), assisting: help) { power, scope in
            guard power == .apply, scope.applicant == principal, case .staff(_, let grants) = guest.who else {
                throw PerformerRefusal.notAllowed
            }
            let place = Scope(department: scope.body, itemCode: scope.catalogCode, region: scope.region)
            try Permits.check(.assist, scope: place, grants: grants, today: today)
        }
    }

    /// Refuses what the authority under which an assistant acts does not cover now.
    func requireAuthority(
        _ performer: Performer, _ itemCode: String, today: CivilDate, in tx: Transaction
    ) throws {
        guard let help = performer.assisting else { return }
        guard let letter = try AssistanceTable.letter(help.authority, of: help.applicant, in: tx),
            performer.actor == .staff(letter.staff)
        else { throw AssistanceRefusal.notFound }
        try letter.check(itemCode, on: today)
    }

    /// The letter that covers an item today; refuses by what the latest one lacks.
    private func standing(
        of principal: PersonID, to staff: StaffID, _ itemCode: String, today: CivilDate, in tx: Transaction
    ) throws -> Assistance {
        let letters = try AssistanceTable.given(by: principal, to: staff, in: tx)
        if let standing = letters.first(where: { $0.stands(on: today) && $0.names(itemCode) }) { return standing }
        guard let latest = letters.first(where: { $0.names(itemCode) }) ?? letters.first else {
            throw AssistanceRefusal.notFound
        }
        try latest.check(itemCode, on: today)
        return latest
    }

    private func line(_ authority: Assistance, in tx: Transaction) throws -> AssistanceLine {
        AssistanceLine(
            authority: authority, principal: try PersonTable.remaining(authority.principal, in: tx),
            staff: try StaffTable.staff(authority.staff, in: tx),
            items: try authority.items.compactMap {
                try ItemTable.items(catalogued: $0.text, limit: 1, in: tx).first
            })
    }

    /// The member of staff, if assisting is her own work today.
    private func assistant(_ guest: Guest) throws -> Staff {
        guard case .staff(let staff, let grants) = guest.who else { throw PerformerRefusal.notAllowed }
        guard Permits.powers(grants: grants, today: time.now().day).contains(.assist) else {
            throw PermitRefusal.noPower
        }
        return staff
    }

    private func deed(of guest: Guest) -> Deed {
        Deed(by: guest.session.holder.actor, now: time.now(), entropy: Entropy(dice))
    }
}

extension Hall {
    /// Every body's item under one code of the catalogue.
    package func items(catalogued code: String) async throws -> [ItemLine] {
        try await store.read { tx in try ItemTable.items(catalogued: code, in: tx) }
    }

    /// The scan of a signed letter, as it was handed in.
    package func scan(of authority: Assistance) -> (digest: String, file: HandedIn) {
        (authority.letter.digest, HandedIn("letter", .files([authority.letter])))
    }
}
