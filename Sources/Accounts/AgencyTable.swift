package import Store
package import Vocabulary

/// The letters of authority, by principal and by agent.
package enum AgencyTable {
    static let migration = Migration(
        "accounts.007-agencies",
        tables: [
            Table(
                "agency", .distributed(by: "principal"),
                columns: """
                    principal BYTEA NOT NULL, id BYTEA NOT NULL, agent BYTEA NOT NULL, items TEXT,
                    from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, revoked_at BIGINT,
                    PRIMARY KEY (principal, id)
                    """),
            Table(
                "agency_by_agent", .distributed(by: "agent"),
                columns: """
                    agent BYTEA NOT NULL, id BYTEA NOT NULL, principal BYTEA NOT NULL, PRIMARY KEY (agent, id)
                    """),
        ])

    private static let columns: StaticString = "id, principal, agent, items, from_day, until_day, revoked_at"

    /// Gives a letter. Refuses a principal or agent who is not known or was erased, an agent who is no citizen, and
    /// more than `Agency.lettersMax` letters of one principal or to one agent.
    package static func give(_ agency: Agency, by deed: Deed, in tx: Transaction) throws {
        guard try PersonTable.person(agency.principal, in: tx) != nil,
            let agent = try PersonTable.person(agency.agent, in: tx)
        else { throw AccountRefusal.personNotFound }
        guard case .citizen = agent else { throw AccountRefusal.agentNotACitizen }
        let given = try tx.row("SELECT COUNT(*) FROM agency WHERE principal = \(agency.principal)")
        let held = try tx.row("SELECT COUNT(*) FROM agency_by_agent WHERE agent = \(agency.agent)")
        let most = max(try given?.integer(0) ?? 0, try held?.integer(0) ?? 0)
        guard most < Agency.lettersMax else { throw AccountRefusal.tooManyAgencies }
        try tx.execute(
            """
            INSERT INTO agency (principal, id, agent, items, from_day, until_day)
            VALUES (\(agency.principal), \(agency.id), \(agency.agent), \(agency.items.column), \(agency.term.from),
                \(agency.term.until))
            """)
        try tx.execute(
            """
            INSERT INTO agency_by_agent (agent, id, principal)
            VALUES (\(agency.agent), \(agency.id), \(agency.principal))
            """)
        try AccountEntry.agencyGiven.write(of: agency.principal.subject, Given(agency), by: deed, in: tx)
    }

    /// Takes a letter back, at once. Refuses one that the principal never gave or has taken back.
    package static func revoke(
        _ id: AgencyID, of principal: PersonID, by deed: Deed, in tx: Transaction
    ) throws {
        guard let agency = try agency(id, of: principal, in: tx) else { throw AccountRefusal.agencyNotFound }
        guard agency.revokedAt == nil else { throw AccountRefusal.agencyRevoked }
        try tx.execute("UPDATE agency SET revoked_at = \(deed.now) WHERE principal = \(principal) AND id = \(id)")
        try AccountEntry.agencyRevoked.write(of: principal.subject, Revoked(agency: id), by: deed, in: tx)
    }

    /// The letters that stand on the day between the two: what `Permits.checkActing` asks for.
    package static func agencies(
        of principal: PersonID, to agent: PersonID, on day: CivilDate, in tx: Transaction
    ) throws -> [Agency] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM agency
            WHERE principal = \(principal) AND agent = \(agent) AND revoked_at IS NULL
                AND from_day <= \(day) AND until_day >= \(day)
            ORDER BY id LIMIT \(Agency.lettersMax)
            """
        ).map(Agency.init)
    }

    /// The letters that a principal gave, in order, after one of them.
    package static func given(
        by principal: PersonID, after id: AgencyID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Agency] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM agency WHERE principal = \(principal) AND id > \(id?.subject.bytes ?? [])
            ORDER BY id LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).map(Agency.init)
    }

    /// The letters that an agent got, in order, after one of them.
    package static func held(
        by agent: PersonID, after id: AgencyID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Agency] {
        try tx.rows(
            """
            SELECT principal, id FROM agency_by_agent WHERE agent = \(agent) AND id > \(id?.subject.bytes ?? [])
            ORDER BY id LIMIT \(min(limit, Limits.pageRowsMax))
            """
        ).compactMap { try agency(row: $0, in: tx) }
    }

    private static func agency(row: Row, in tx: Transaction) throws -> Agency? {
        try agency(row.id(1), of: row.id(0), in: tx)
    }

    private static func agency(_ id: AgencyID, of principal: PersonID, in tx: Transaction) throws -> Agency? {
        try tx.row("SELECT \(raw: columns) FROM agency WHERE principal = \(principal) AND id = \(id)")
            .map(Agency.init)
    }

    private struct Given: Encodable {
        let agency: AgencyID
        let agent: PersonID
        let items: [ItemCodePrefix]?
        let from: CivilDate
        let until: CivilDate?

        init(_ agency: Agency) {
            (self.agency, agent) = (agency.id, agency.agent)
            items = if case .listed(let codes) = agency.items { codes } else { nil }
            (from, until) = (agency.term.from, agency.term.until)
        }
    }

    private struct Revoked: Encodable {
        let agency: AgencyID
    }
}

extension Agency.Items {
    /// The codes with commas between them; nil for all.
    fileprivate var column: String? {
        switch self {
        case .all: nil
        case .listed(let codes): codes.map(\.text).joined(separator: ",")
        }
    }

    fileprivate init(column: String?) throws {
        guard let column else {
            self = .all
            return
        }
        let texts = column.split(separator: ",", omittingEmptySubsequences: false)
        let codes = texts.compactMap { ItemCodePrefix(kept: String($0)) }
        guard codes.count == texts.count else { throw Fault.corrupt("the items of a letter of authority") }
        self = .listed(codes)
    }
}

extension Agency {
    fileprivate init(_ row: Row) throws {
        let (id, principal, agent): (AgencyID, PersonID, PersonID) = (try row.id(0), try row.id(1), try row.id(2))
        let items = try Items(column: row.optionalText(3))
        let term = try Term(row, 4, 5)
        let revokedAt = try row.optionalInstant(6)
        do throws(AccountRefusal) {
            let agency = try Agency(id, principal: principal, agent: agent, items: items, term: term)
            self.init(agency, revokedAt: revokedAt)
        } catch {
            throw Fault.corrupt("a letter of authority that lacks something")
        }
    }
}
