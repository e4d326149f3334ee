package import Store
package import Vocabulary

/// The partners, what they may do, and their officials.
package enum PartnerTable {
    static let migration = Migration(
        "accounts.012-partners",
        tables: [
            Table(
                "partner", .reference,
                columns: """
                    client_id TEXT NOT NULL PRIMARY KEY, id BYTEA NOT NULL, name TEXT NOT NULL, body TEXT,
                    per_minute BIGINT NOT NULL, edition BIGINT NOT NULL, revoked_at BIGINT
                    """,
                indexes: ["UNIQUE partner_by_id ON partner (id)"]),
            Table(
                "partner_grant", .reference,
                columns: """
                    partner BYTEA NOT NULL, id BYTEA NOT NULL, scope TEXT NOT NULL, department TEXT, items TEXT,
                    region TEXT, PRIMARY KEY (partner, id)
                    """),
            Table(
                "partner_officer", .reference,
                columns: """
                    partner BYTEA NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, citizen_id TEXT NOT NULL,
                    PRIMARY KEY (partner, code)
                    """,
                indexes: ["UNIQUE partner_officer_by_number ON partner_officer (partner, citizen_id)"]),
        ])

    private static let columns: StaticString = "id, client_id, name, body, per_minute, edition, revoked_at"

    /// Takes a partner in. Refuses a client id that another has, and one partner too many.
    package static func add(_ partner: Partner, by deed: Deed, in tx: Transaction) throws {
        let count = try tx.row("SELECT COUNT(*) FROM partner")?.integer(0) ?? 0
        guard count < Partner.perHouseMax else { throw PartnerRefusal.tooManyPartners }
        let isNew = try tx.changes(
            """
            INSERT INTO partner (client_id, id, name, body, per_minute, edition)
            VALUES (\(partner.clientID.description), \(partner.id), \(partner.name), \(partner.body),
                \(partner.perMinute), \(partner.edition))
            ON CONFLICT (client_id) DO NOTHING
            """)
        guard isNew == 1 else { throw PartnerRefusal.clientIDTaken }
        let entry = Added(clientID: partner.clientID.description, body: partner.body, perMinute: partner.perMinute)
        try AccountEntry.partnerAdded.write(
            of: partner.id.subject, entry, personal: Named(name: partner.name), by: deed, in: tx)
    }

    /// The partner with the client id; nil when there is none.
    package static func partner(_ clientID: AccessID, in tx: Transaction) throws -> Partner? {
        try tx.row("SELECT \(raw: columns) FROM partner WHERE client_id = \(clientID.description)").map(Partner.init)
    }

    /// The partner; nil when the id is not known.
    package static func partner(_ id: PartnerID, in tx: Transaction) throws -> Partner? {
        try tx.row("SELECT \(raw: columns) FROM partner WHERE id = \(id)").map(Partner.init)
    }

    /// One page of the partners, by client id, after one of them.
    package static func page(
        after clientID: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Partner] {
        try tx.rows(
            "SELECT \(raw: columns) FROM partner WHERE client_id > \(clientID) ORDER BY client_id LIMIT \(limit)"
        ).map(Partner.init)
    }

    /// Gives a partner its next secret: the one before and all tokens count no more.
    package static func renew(_ partner: Partner, by deed: Deed, in tx: Transaction) throws -> Partner {
        let changed = try tx.changes(
            """
            UPDATE partner SET edition = \(partner.edition + 1)
            WHERE client_id = \(partner.clientID.description) AND edition = \(partner.edition) AND revoked_at IS NULL
            """)
        guard changed == 1 else { throw PartnerRefusal.shutOut }
        try PartnerTokenTable.endAll(of: partner.id, in: tx)
        try AccountEntry.partnerSecretRenewed.write(
            of: partner.id.subject, Edition(edition: partner.edition + 1), by: deed, in: tx)
        guard let renewed = try self.partner(partner.clientID, in: tx) else { throw PartnerRefusal.unknown }
        return renewed
    }

    /// Shuts a partner out for good: its secret and its tokens count no more.
    package static func revoke(_ partner: Partner, by deed: Deed, in tx: Transaction) throws {
        let changed = try tx.changes(
            "UPDATE partner SET revoked_at = \(deed.now) WHERE id = \(partner.id) AND revoked_at IS NULL")
        guard changed == 1 else { throw PartnerRefusal.shutOut }
        try PartnerTokenTable.endAll(of: partner.id, in: tx)
        try AccountEntry.partnerRevoked.write(of: partner.id.subject, by: deed, in: tx)
    }

    /// Gives a grant. Refuses one too many, and any to whom was shut out.
    package static func give(_ grant: PartnerGrant, to partner: Partner, by deed: Deed, in tx: Transaction) throws {
        guard partner.revokedAt == nil else { throw PartnerRefusal.shutOut }
        let count = try grants(of: partner.id, in: tx).count
        guard count < PartnerGrant.perPartnerMax else { throw PartnerRefusal.tooManyGrants }
        let extent = grant.extent
        try tx.execute(
            """
            INSERT INTO partner_grant (partner, id, scope, department, items, region)
            VALUES (\(partner.id), \(grant.id), \(grant.scope.rawValue), \(extent.department), \(extent.items?.text),
                \(extent.region))
            """)
        try AccountEntry.partnerGranted.write(of: partner.id.subject, Given(grant), by: deed, in: tx)
    }

    /// Takes a grant back, at once: tokens that live have it no more.
    package static func take(_ id: PartnerGrantID, from partner: Partner, by deed: Deed, in tx: Transaction) throws {
        let changed = try tx.changes("DELETE FROM partner_grant WHERE partner = \(partner.id) AND id = \(id)")
        guard changed == 1 else { throw PartnerRefusal.grantNotFound }
        try AccountEntry.partnerGrantTaken.write(of: partner.id.subject, Taken(grant: id), by: deed, in: tx)
    }

    /// What a partner may do, in the order in which it was given.
    package static func grants(of partner: PartnerID, in tx: Transaction) throws -> [PartnerGrant] {
        try tx.rows(
            """
            SELECT id, scope, department, items, region FROM partner_grant WHERE partner = \(partner)
            ORDER BY id LIMIT \(PartnerGrant.perPartnerMax)
            """
        ).map(PartnerGrant.init)
    }

    /// Writes down who an official is. Nothing is written where it is known already; another name may follow. Refuses
    /// one official too many, another identity number under a code, and a second code for somebody: whoever received
    /// is known when she decides.
    package static func name(
        _ officer: PartnerOfficer, of partner: PartnerID, by deed: Deed, in tx: Transaction
    ) throws {
        let known = try self.officer(officer.code, of: partner, in: tx)
        guard known != officer else { return }
        let other = try tx.row(
            """
            SELECT code FROM partner_officer
            WHERE partner = \(partner) AND citizen_id = \(officer.citizenID.number)
                AND code <> \(officer.code.description)
            """)
        guard other == nil, known == nil || known?.citizenID == officer.citizenID else {
            throw PartnerRefusal.officerTaken
        }
        let count = try tx.row("SELECT COUNT(*) FROM partner_officer WHERE partner = \(partner)")?.integer(0) ?? 0
        guard count < PartnerOfficer.perPartnerMax else { throw PartnerRefusal.tooManyOfficers }
        try tx.execute(
            """
            INSERT INTO partner_officer (partner, code, name, citizen_id)
            VALUES (\(partner), \(officer.code.description), \(officer.name.text), \(officer.citizenID.number))
            ON CONFLICT (partner, code) DO UPDATE SET name = excluded.name
            """)
        try AccountEntry.partnerOfficerNamed.write(
            of: partner.subject, Officer(officer: officer.code.description),
            personal: Who(name: officer.name, citizenID: officer.citizenID.number), by: deed, in: tx)
    }

    /// An official of a partner; nil when it never named her.
    package static func officer(
        _ code: OfficerCode, of partner: PartnerID, in tx: Transaction
    ) throws -> PartnerOfficer? {
        try tx.row(
            """
            SELECT code, name, citizen_id FROM partner_officer
            WHERE partner = \(partner) AND code = \(code.description)
            """
        ).map(PartnerOfficer.init)
    }

    /// LIMIT: officials of one name that are read: who has a name alone, and that she has not, is all that counts.
    private static let namesakesMax = 2

    /// The only official of a partner who has a name; nil where it named none so, or several. Among the at most
    /// `PartnerOfficer.perPartnerMax` of one partner.
    package static func officer(
        named name: FullName, of partner: PartnerID, in tx: Transaction
    ) throws -> PartnerOfficer? {
        let rows = try tx.rows(
            """
            SELECT code, name, citizen_id FROM partner_officer
            WHERE partner = \(partner) AND name = \(name.text) ORDER BY code LIMIT \(namesakesMax)
            """)
        guard rows.count == 1 else { return nil }
        return try rows.first.map(PartnerOfficer.init)
    }

    private struct Added: Encodable {
        let clientID: String
        let body: CreditCode?
        let perMinute: Int
    }
    private struct Named: Encodable { let name: String }
    private struct Edition: Encodable { let edition: Int }
    private struct Taken: Encodable { let grant: PartnerGrantID }
    private struct Officer: Encodable { let officer: String }
    private struct Who: Encodable {
        let name: FullName
        let citizenID: String
    }

    private struct Given: Encodable {
        let grant: PartnerGrantID
        let scope: PartnerScope
        let department: CreditCode?
        let items: ItemCodePrefix?
        let region: Region?

        init(_ grant: PartnerGrant) {
            (self.grant, scope) = (grant.id, grant.scope)
            (department, items, region) = (grant.extent.department, grant.extent.items, grant.extent.region)
        }
    }
}

extension Partner {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.id(0), clientID: try row.value(1, AccessID.init), name: try row.text(2),
            body: try row.optional(3, CreditCode.init), perMinute: try row.integer(4), edition: try row.integer(5),
            revokedAt: try row.optionalInstant(6))
    }
}

extension PartnerOfficer {
    fileprivate init(_ row: Row) throws {
        self.init(
            try row.value(0, OfficerCode.init), name: try row.value(1, FullName.init),
            citizenID: try row.value(2, CitizenID.init))
    }
}

extension PartnerGrant {
    fileprivate init(_ row: Row) throws {
        let extent = Grant.Extent(
            department: try row.optional(2, CreditCode.init), items: try row.optional(3, ItemCodePrefix.init(kept:)),
            region: try row.optional(4, Region.init))
        self.init(try row.id(0), try row.value(1, PartnerScope.init), extent)
    }
}
