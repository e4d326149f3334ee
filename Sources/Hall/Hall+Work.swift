package import Accounts
package import Dossiers
package import Papers
package import Store
package import Vocabulary

/// What the people who work here see.
extension Hall {
    /// A dossier as its own page shows it.
    package struct Opened: Sendable {
        package let dossier: Dossier
        package let history: [DossierTable.HistoryLine]
        /// The papers that were issued, the oldest first.
        package let papers: [PaperLine]
        /// The staff who did something in it for the applicant (帮办代办).
        package let assistants: [Staff]
    }

    /// Opens a dossier for its applicant or for whoever holds its slip: no entry is left.
    package func open(_ id: DossierID) async throws -> Opened {
        try await store.read { tx in
            guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
            return try opened(dossier, in: tx)
        }
    }

    /// A dossier with what its page shows beside it.
    func opened(_ dossier: Dossier, in tx: Transaction) throws -> Opened {
        Opened(
            dossier: dossier, history: try DossierTable.history(of: dossier.id, in: tx),
            papers: try PaperTable.of(dossier.id, in: tx),
            assistants: try dossier.proceedings.handling.assistants.compactMap { try StaffTable.staff($0, in: tx) })
    }

    /// Opens a dossier for a member of staff who has one of the powers there; the look is written down before the page
    /// is sent.
    package func open(
        _ id: DossierID, by staff: Guest, with powers: [Power], purpose: LookPurpose
    ) async throws -> Opened {
        let now = time.now()
        let look = ids.next()
        return try await store.write { tx in
            let (dossier, looker) = try looker(at: id, staff, with: powers, today: now.day, in: tx)
            try note(Look(looker, at: dossier.seen, for: purpose, now), as: look, in: tx)
            return try opened(dossier, in: tx)
        }
    }

    private func looker(
        at id: DossierID, _ staff: Guest, with powers: [Power], today: CivilDate, in tx: Transaction
    ) throws -> (Dossier, Looker) {
        guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
        guard let looker = staff.looker(at: dossier, with: powers, today: today) else {
            throw PerformerRefusal.notAllowed
        }
        return (dossier, looker)
    }

    /// A member of staff as one who may look at a dossier by one of these powers, and its short number. Refuses like
    /// opening it; nothing of it is shown, and no look is written down.
    package func looker(
        at id: DossierID, by staff: Guest, with powers: [Power]
    ) async throws -> (looker: Looker, short: String) {
        let today = time.now().day
        return try await store.read { tx in
            let (dossier, looker) = try looker(at: id, staff, with: powers, today: today, in: tx)
            return (looker, dossier.submitted.numbers.short)
        }
    }

    /// Who looked at a dossier, the latest first.
    package func looks(at id: DossierID) async throws -> [Look] {
        try await store.read { tx in try Looks.at(id.subject, in: tx) }
    }

    /// The short number of a dossier, under which people find it; nil when there is none.
    package func shortNumber(of id: DossierID) async throws -> String? {
        try await store.read { tx in try DossierTable.load(id, in: tx)?.submitted.numbers.short }
    }

    /// The dossier with a long or short number; nil when there is none.
    package func dossier(numbered number: String) async throws -> DossierID? {
        try await store.read { tx in try DossierTable.id(number: number, in: tx) }
    }

    /// One page of the work that a power gives somebody at these stages, in the order of the time left.
    package func work(
        for grants: [Grant], power: Power, at stages: [Dossier.Stage.Name], limit: Int = Limits.pageRowsMax
    ) async throws -> [DossierLine] {
        try await lines(within: [power], of: grants, limit: limit) { part, tx in
            try stages.flatMap { try DossierTable.work(in: part, at: $0, limit: limit, tx: tx) }
        }
    }

    /// One page of lines within what these powers give somebody, the longest due first: `read` answers those of a part
    /// of the city's business.
    func lines(
        within powers: [Power], of grants: [Grant], limit: Int,
        _ read: @escaping @Sendable (DossierTable.Part, Transaction) throws -> [DossierLine]
    ) async throws -> [DossierLine] {
        let today = time.now().day
        let parts = powers.flatMap { DossierTable.Part.reached($0, grants: grants, today: today) }
        return try await store.read { tx in
            let lines = try parts.flatMap { try read($0, tx) }
                .sorted { ($0.due?.daysSinceEpoch ?? .max, $0.id) < ($1.due?.daysSinceEpoch ?? .max, $1.id) }
            // Parts may overlap: each dossier stands once.
            var seen: Set<DossierID> = []
            return Array(lines.filter { seen.insert($0.id).inserted }.prefix(limit))
        }
    }
}

extension DossierTable.Part {
    /// Where a power reaches that these grants give today.
    static func reached(_ power: Power, grants: [Grant], today: CivilDate) -> [DossierTable.Part] {
        Permits.reach(power, grants: grants, today: today).map {
            DossierTable.Part(bodies: $0.departmentRange, items: $0.itemRange, regions: $0.regionRange)
        }
    }
}

extension Hall.Guest {
    /// Whether a power reaches a dossier today, at the body that decides or at the desk on which it lies: one's own
    /// power, or that of a colleague in whose place one acts.
    package func may(_ power: Power, _ dossier: Dossier, today: CivilDate) -> Bool {
        reach(power, dossier, today: today) != nil
    }

    /// By what a power reaches a dossier today; what is her own before what is a colleague's.
    func reach(_ power: Power, _ dossier: Dossier, today: CivilDate) -> Reach? {
        let terms = dossier.submitted.terms
        for (body, region) in [(terms.body, terms.region), dossier.desk] {
            let scope = Scope(department: body, itemCode: terms.catalogCode, region: region)
            if let reach = reach(power, scope, today: today) { return reach }
        }
        return nil
    }

    /// Whether she may answer for a respondent.
    package func mayAnswer(_ respondent: Respondent, about dossier: Dossier, today: CivilDate) -> Bool {
        switch respondent {
        case .officer(let asked): places.contains { $0.staff.id == asked }
        case .body(let code, let region):
            reaches(
                .review,
                Scope(department: code, itemCode: dossier.submitted.terms.catalogCode, region: region), today: today)
        }
    }

    /// Herself first, then those in whose place she acts.
    package var places: [Deputising] {
        guard case .staff(let staff, let grants) = who else { return [] }
        return [Deputising(staff: staff, grants: grants)] + deputising
    }

    /// Whether a power reaches what belongs to the scope today: her own power, or that of a colleague in whose place
    /// she acts.
    package func reaches(_ power: Power, _ scope: Scope, today: CivilDate) -> Bool {
        reach(power, scope, today: today) != nil
    }

    private func reach(_ power: Power, _ scope: Scope, today: CivilDate) -> Reach? {
        for place in places {
            let reaches = Permits.reach(power, grants: place.grants, today: today)
            if let reach = reaches.first(where: { $0.covers(scope) }) { return reach }
        }
        return nil
    }

    /// The guest as one who gives commands.
    package func performer(today: CivilDate) -> Performer {
        switch who {
        case .person(let person): .person(person.id)
        case .staff(let staff, let grants):
            .staff(staff, grants: grants, inPlaceOf: deputising, today: today)
        }
    }
}

extension Attempt {
    /// The attempt of a form's token; nil for a text that is none.
    package init?(form text: String) {
        guard let token = CommandToken(text) else { return nil }
        self.init(token)
    }
}

extension Hall {
    /// A token for a form that is being made.
    package func newToken() -> String { CommandToken.of(ids.next()).text }
}

extension Hall {
    /// The command that grants a dossier, with a certificate of its own where the item makes one.
    package func grant(_ id: DossierID, grounds: String) async throws -> DossierCommand {
        let dossier = try await store.read { tx in try DossierTable.load(id, in: tx) }
        guard let dossier else { throw DossierRefusal.notFound }
        return grant(dossier, grounds: grounds)
    }

    func grant(_ dossier: Dossier, grounds: String) -> DossierCommand {
        let makesOne = dossier.submitted.terms.certificateType != nil
        return .grant(grounds: grounds, certificate: makesOne ? CertificateID(ids.next()) : nil)
    }

    /// The same command with what only the hall can give it: a grant has the id of its certificate.
    package func completed(_ command: DossierCommand, on id: DossierID) async throws -> DossierCommand {
        guard case .grant(let grounds, nil) = command else { return command }
        return try await grant(id, grounds: grounds)
    }
}
