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
                // Reaches may overlap: each dossier counts once.
                let ids = try lists(view, of: guest, today, in: tx).flatMap { try DeskTable.ids($0, filter, tx: tx) }
                counts[view] = min(Set(ids).count, DeskTable.countedMax)
            }
            return counts
        }
    }

    private func desk(
        _ view: DeskView, of guest: Guest, _ filter: DeskFilter, after cursor: DeskCursor, limit: Int,
        today: CivilDate, in tx: Transaction
    ) throws -> [DeskLine] {
        let lines = try lists(view, of: guest, today, in: tx).flatMap {
            try DeskTable.lines($0, filter, after: cursor, limit: limit, tx: tx)
        }
        // Reaches may overlap: each dossier stands once.
        var seen: Set<DossierID> = []
        return Array(
            lines.filter { seen.insert($0.dossier.id).inserted }.sorted { $0.cursor < $1.cursor }.prefix(limit))
    }

    /// What a view is put together from.
    private func lists(_ view: DeskView, of guest: Guest, _ today: CivilDate, in tx: Transaction) throws -> [DeskList] {
        switch view {
        case .pool:
            let away = try AbsenceTable.away(on: today, in: tx).map(\.staff)
            let desks: [(Power, Dossier.Stage.Name)] = [(.review, .inReview), (.decide, .reviewed)]
            return desks.flatMap { power, stage in
                parts(power, guest, today).map { .pool($0, stage, away: away) }
            }
        case .mine: return guest.places.first.map { [.held($0.staff.id)] } ?? []
        case .deputised: return guest.deputising.map { .held($0.staff.id) }
        case .asked:
            let bodies = parts(.review, guest, today).map(\.bodies).filter { $0.lowerBound == $0.upperBound }
            let keys = guest.places.map { "staff:\($0.staff.id)" } + bodies.map { "body:\($0.lowerBound)" }
            return Set(keys).sorted().map { .asked($0) }
        case .soon:
            let powers: [Power] = [.review, .decide, .lead, .govern, .supervise]
            return Set(powers.flatMap { parts($0, guest, today) }).sorted().map { .soon($0) }
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

    /// What steps of the examination are called in versions of items; without those that a version has not.
    package func stepNames(_ steps: Set<GuideStep>) async throws -> [GuideStep: Bilingual] {
        guard !steps.isEmpty else { return [:] }
        return try await store.read { [papers] tx in
            var names: [GuideStep: Bilingual] = [:]
            for wanted in steps {
                let guide = try papers.guides.guide(wanted.item, version: wanted.version, in: tx)
                let step = guide?.reviewSteps.first { $0.id == wanted.step }
                names[wanted] = step.map { Bilingual($0.name, $0.nameEnglish) }
            }
            return names
        }
    }
}

/// A step of the examination, as a version of an item has it.
package struct GuideStep: Hashable, Sendable {
    package let item: String
    package let version: Int
    package let step: String

    package init(_ step: String, item: String, version: Int) {
        (self.step, self.item, self.version) = (step, item, version)
    }
}
