import Accounts
import Certificates
import Dossiers
package import Store
import Supervision
import Vocabulary
import Windows

/// 查阅台账: every look of the staff and of partners at what is somebody's.
extension Hall {
    /// Who looks, and where she works.
    package typealias Looker = Look.Looker

    /// Writes a look down, before the page is sent, with what is unusual about it.
    func note(_ look: Look, as id: Subject, in tx: Transaction) throws {
        let taken = Looks.Taken(id, look)
        try Looks.record(look, id: id, in: tx)
        guard let staff = look.actor.staff else { return }
        let seen = try lookedAt(look, by: staff, in: tx)
        try LookPatternTable.note(LookPatternRules.patterns(of: seen), of: taken, in: tx)
    }

    /// Writes a look at somebody's own record down, unless the same person took one on the same day: to go on with whom
    /// one has found is no second look.
    func noteOfDay(_ look: Look, as id: Subject, in tx: Transaction) throws {
        if let holder = look.seen.holder {
            guard try !Looks.isTaken(at: holder, by: look.actor, since: Instant(look.at.day), in: tx) else { return }
        }
        try note(look, as: id, in: tx)
    }

    /// A look with everything by which it is judged, as it is now.
    private func lookedAt(_ look: Look, by staff: StaffID, in tx: Transaction) throws -> LookedAt {
        var seen = LookedAt(look.why, hasCase: look.seen.matter != nil, at: look.at)
        let region = look.by.region ?? .fuzhou
        seen.hours = rules(for: region).clock.calendar.officeHours(on: look.at.day)
        seen.sits = try WindowTable.seat(of: staff, in: tx) != nil
        seen.kinship = try kinship(of: staff, to: look.seen.holder, in: tx)
        seen.inHour = try LookPatternTable.count(look, in: tx)
        seen.body = look.by.body
        if look.by.body != nil, let matter = look.seen.matter {
            seen.concerned = try concerned(by: try load(matter, in: tx), in: tx)
        }
        return seen
    }

    /// The bodies whose staff have to do with a dossier: the one that decides, the one on whose desk it lies, those
    /// that were asked for an opinion, and those of officers who were asked by name.
    private func concerned(by dossier: Dossier, in tx: Transaction) throws -> [CreditCode] {
        var bodies = [dossier.submitted.terms.body, dossier.desk.body]
        for respondent in dossier.proceedings.handling.rounds.flatMap(\.asked) {
            switch respondent {
            case .body(let code, _): bodies.append(code)
            case .officer(let asked):
                bodies += try GrantTable.grants(of: asked, in: tx).compactMap(\.extent.department)
            }
        }
        return bodies
    }

    /// Whose record it is, seen from the one who looks.
    private func kinship(
        of staff: StaffID, to holder: PersonID?, in tx: Transaction
    ) throws -> LookedAt.Kinship {
        guard let holder, case .citizen(let citizen)? = try PersonTable.person(holder, in: tx) else {
            return .stranger
        }
        if let own = try StaffTable.staff(staff, in: tx)?.citizenID, own == citizen.number { return .herself }
        guard let nameKey else { return .stranger }
        let name = nameKey.relativeDigest(of: HolderNames.folded(citizen.name.text), to: staff)
        return try RelativeTable.bears(name, staff, in: tx) ? .relative : .stranger
    }

    /// Whose a certificate is; refuses one that nobody has.
    func holder(of certificate: CertificateID, in tx: Transaction) throws -> PersonID {
        guard let holder = try CertificateTable.load(certificate, in: tx)?.reservation.holder else {
            throw CertificateRefusal.notFound
        }
        return holder
    }

    /// The short number of the case for which a look was taken; nil where there was none.
    func caseNumber(of look: Look, in tx: Transaction) throws -> String? {
        if let matter = look.seen.matter { return try load(matter, in: tx).submitted.numbers.short }
        return look.olderCaseNumber
    }
}

extension Hall.Guest {
    /// As one who looks at somebody's record in her own place; a window, which works for all, has no body.
    package var looker: Hall.Looker { looker(of: places.first?.grants.compactMap(\.extent.department).first) }

    private func looker(of body: CreditCode?) -> Hall.Looker {
        Look.Looker(session.holder.actor, body: body, region: places.first?.staff.region)
    }

    /// As one who looks at a dossier by one of these powers, for the body for which she has it: her own, or that of a
    /// colleague in whose place she acts. Nil when none reaches the dossier and her opinion was not asked.
    func looker(at dossier: Dossier, with powers: [Power], today: CivilDate) -> Hall.Looker? {
        for power in powers {
            if let reach = reach(power, dossier, today: today) { return looker(of: reach.department) }
        }
        guard powers.contains(.review) else { return nil }
        let asked = dossier.proceedings.handling.rounds.flatMap(\.asked).first {
            mayAnswer($0, about: dossier, today: today)
        }
        switch asked {
        case .body(let code, _): return looker(of: code)
        case .officer(let officer):
            let place = places.first { $0.staff.id == officer }
            return looker(of: place?.grants.compactMap(\.extent.department).first)
        case nil: return nil
        }
    }
}

extension Dossier {
    /// The dossier as something that is looked at: its applicant's.
    var seen: Look.Seen { .dossier(id, of: submitted.applicant) }
}
