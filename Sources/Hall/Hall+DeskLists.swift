package import Accounts
package import Catalogue
package import Dossiers
import Store
package import Vocabulary

/// The ways in which an officer looks at her day.
package enum DeskView: String, Sendable, CaseIterable {
    /// What lies with nobody, in everybody's view, or with somebody who is away.
    case pool
    /// What lies with her.
    case mine
    /// What lies with those in whose place she acts.
    case deputised
    /// What her opinion is asked of.
    case asked
    /// 临期: what is due soon, whoever has it.
    case soon
}

extension Hall {
    /// One page of a list, what is urged first, then in the order of the time left.
    package func desk(
        _ view: DeskView, of guest: Guest, _ filter: DeskFilter, after cursor: DeskCursor = .start,
        limit: Int = Limits.pageRowsMax
    ) async throws -> [DeskLine] {
        let today = time.now().day
        return try await store.read { tx in
            try desk(view, of: guest, filter, after: cursor, limit: limit, today: today, in: tx)
        }
    }

    /// How many lines each list has; `DeskTable.countedMax` or more where a count stops.
    package func deskCounts(of guest: Guest, _ filter: DeskFilter) async throws -> [DeskView: Int] {
        let today = time.now().day
        return try await store.read { tx in
            var counts: [DeskView: Int] = [:]
            for view in DeskView.allCases {
                counts[view] = try desk(
                    view, of: guest, filter, after: .start, limit: DeskTable.countedMax, today: today, in: tx
                ).count
            }
            return counts
        }
    }

    private func desk(
        _ view: DeskView, of guest: Guest, _ filter: DeskFilter, after cursor: DeskCursor, limit: Int,
        today: CivilDate, in tx: Transaction
    ) throws -> [DeskLine] {
        let lines: [DeskLine]
        switch view {
        case .pool: lines = try pool(guest, filter, after: cursor, limit: limit, today: today, in: tx)
        case .mine:
            guard let own = guest.places.first else { return [] }
            lines = try DeskTable.held(by: own.staff.id, filter, after: cursor, limit: limit, tx: tx)
        case .deputised:
            lines = try guest.deputising.flatMap {
                try DeskTable.held(by: $0.staff.id, filter, after: cursor, limit: limit, tx: tx)
            }
        case .asked:
            let bodies = parts(.review, guest, today).map(\.bodies).filter { $0.lowerBound == $0.upperBound }
            let keys = guest.places.map { "staff:\($0.staff.id)" } + bodies.map { "body:\($0.lowerBound)" }
            lines = try Set(keys).sorted().flatMap {
                try DeskTable.asked(of: $0, filter, after: cursor, limit: limit, tx: tx)
            }
        case .soon:
            let powers: [Power] = [.review, .decide, .lead, .govern, .supervise]
            lines = try Set(powers.flatMap { parts($0, guest, today) }).sorted().flatMap {
                try DeskTable.soon(in: $0, filter, after: cursor, limit: limit, tx: tx)
            }
        }
        // Reaches may overlap: each dossier stands once.
        var seen: Set<DossierID> = []
        return Array(
            lines.filter { seen.insert($0.dossier.id).inserted }.sorted { $0.cursor < $1.cursor }.prefix(limit))
    }

    private func pool(
        _ guest: Guest, _ filter: DeskFilter, after cursor: DeskCursor, limit: Int, today: CivilDate,
        in tx: Transaction
    ) throws -> [DeskLine] {
        let away = try AbsenceTable.away(on: today, in: tx).map(\.staff)
        let desks: [(Power, Dossier.Stage.Name)] = [(.review, .inReview), (.decide, .reviewed)]
        return try desks.flatMap { (power, stage) in
            try parts(power, guest, today).flatMap {
                try DeskTable.pool(in: $0, at: stage, away: away, filter, after: cursor, limit: limit, tx: tx)
            }
        }
    }

    /// Where a power reaches, her own or that of those in whose place she acts.
    private func parts(_ power: Power, _ guest: Guest, _ today: CivilDate) -> [DossierTable.Part] {
        let grants = guest.places.flatMap(\.grants)
        return DossierTable.Part.reached(power, grants: grants, today: today)
    }
}

extension Hall {
    /// LIMIT: colleagues that a page offers.
    package static let colleaguesMax = 100

    /// The colleagues to whom a dossier may be given, by employee number: they have its desk's power and are there.
    package func colleagues(for dossier: Dossier) async throws -> [Staff] {
        let today = time.now().day
        guard let power = dossier.deskPower else { return [] }
        let scope = Scope(
            department: dossier.desk.body, itemCode: dossier.submitted.terms.catalogCode, region: dossier.desk.region)
        return try await store.read { tx in
            let away = Set(try AbsenceTable.away(on: today, in: tx).map(\.staff))
            let ids = try GrantTable.staff(with: power, in: scope, today: today, in: tx)
            return try ids.filter { !away.contains($0) }.prefix(Self.colleaguesMax).compactMap {
                try StaffTable.staff($0, in: tx)
            }.filter(\.serves).sorted { $0.employeeNumber < $1.employeeNumber }
        }
    }

    /// The members of staff with these ids, for their names.
    package func staff(_ ids: Set<StaffID>) async throws -> [StaffID: Staff] {
        guard !ids.isEmpty else { return [:] }
        return try await store.read { tx in
            var found: [StaffID: Staff] = [:]
            for id in ids.sorted() { found[id] = try StaffTable.staff(id, in: tx) }
            return found
        }
    }
}

extension Hall {
    /// What applicants are called in lists, which are read over shoulders: an organisation by its name, a person by her
    /// family name and stars. Whoever was erased has no name.
    package func namesInLists(of people: Set<PersonID>) async throws -> [PersonID: String] {
        guard !people.isEmpty else { return [:] }
        return try await store.read { tx in
            var names: [PersonID: String] = [:]
            for id in people.sorted() {
                switch try PersonTable.remaining(id, in: tx) {
                case .citizen(let citizen)?: names[id] = citizen.name.description
                case .legalPerson(let legal)?: names[id] = legal.name.text
                case nil: continue
                }
            }
            return names
        }
    }

    /// What a step of the examination is called in a version of an item; nil for a step that the version has not.
    package func stepName(_ step: String, item: String, version: Int) async throws -> Bilingual? {
        guard let guide = try await self.item(item, version: version)?.guide else { return nil }
        return guide.reviewSteps.first { $0.id == step }.map { Bilingual($0.name, $0.nameEnglish) }
    }
}
