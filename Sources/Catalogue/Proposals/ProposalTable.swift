package import Store
import Vocabulary

/// The proposals of other houses.
package enum ProposalTable {
    static let migration = Migration(
        "catalogue.013-proposal",
        tables: [
            Table(
                "catalogue_proposal", .reference,
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, partner BYTEA NOT NULL, family TEXT NOT NULL, key TEXT NOT NULL,
                    code TEXT NOT NULL, content BYTEA NOT NULL, state TEXT NOT NULL, arrived_at BIGINT NOT NULL,
                    ended_at BIGINT, editor TEXT, reason TEXT NOT NULL
                    """,
                indexes: [
                    "catalogue_proposal_by_source ON catalogue_proposal (partner, family, key, id)",
                    "catalogue_proposal_by_state ON catalogue_proposal (state, id)",
                    "catalogue_proposal_by_code ON catalogue_proposal (code, state)",
                ])
        ])

    /// LIMIT: proposals that are open at a time; a further one waits where it came in.
    package static let openMax = 10_000

    /// What is kept of what a proposal says.
    fileprivate struct Kept: Codable {
        let values: [String: JSONValue]
        let before: [String: JSONValue]?
    }

    private static let columns: StaticString =
        "id, partner, family, key, code, content, state, arrived_at, ended_at, editor, reason"

    /// Keeps a proposal in the place of what the same source said before. One that said the same as the sheet is
    /// forgotten then; one that was open is replaced.
    package static func add(
        _ proposal: CatalogueProposal, as state: CatalogueProposal.State, in tx: Transaction
    ) throws {
        let (source, at) = (proposal.source, proposal.arrivedAt)
        try tx.execute(
            """
            DELETE FROM catalogue_proposal WHERE partner = \(source.partner) AND family = \(source.family)
                AND key = \(source.key) AND state = \(CatalogueProposal.State.same.rawValue)
            """)
        try tx.execute(
            """
            UPDATE catalogue_proposal SET state = \(CatalogueProposal.State.replaced.rawValue), ended_at = \(at)
            WHERE partner = \(source.partner) AND family = \(source.family) AND key = \(source.key)
                AND state = \(CatalogueProposal.State.open.rawValue)
            """)
        let content = Kept(values: proposal.values, before: proposal.before)
        try tx.execute(
            """
            INSERT INTO catalogue_proposal (id, partner, family, key, code, content, state, arrived_at, reason)
            VALUES (\(proposal.id), \(source.partner), \(source.family), \(source.key), \(proposal.code.code),
                \(try CanonicalJSON.bytes(of: content)), \(state.rawValue), \(at), '')
            """)
    }

    /// Ends an open proposal. Throws `CatalogueRefusal.proposalSettled` for one that is over.
    package static func end(
        _ id: ProposalID, as state: CatalogueProposal.State, _ end: CatalogueProposal.End, in tx: Transaction
    ) throws {
        let changed = try tx.changes(
            """
            UPDATE catalogue_proposal SET state = \(state.rawValue), ended_at = \(end.at),
                editor = \(end.editor?.description), reason = \(end.reason)
            WHERE id = \(id) AND state = \(CatalogueProposal.State.open.rawValue)
            """)
        guard changed == 1 else { throw CatalogueRefusal.proposalSettled }
    }

    /// A proposal; nil where there is none.
    package static func proposal(_ id: ProposalID, in tx: Transaction) throws -> CatalogueProposal? {
        try tx.row("SELECT \(raw: columns) FROM catalogue_proposal WHERE id = \(id)").map(CatalogueProposal.init)
    }

    /// What a source said last; nil where it said nothing.
    package static func last(of source: CatalogueProposal.Source, in tx: Transaction) throws -> CatalogueProposal? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM catalogue_proposal
            WHERE partner = \(source.partner) AND family = \(source.family) AND key = \(source.key)
            ORDER BY id DESC LIMIT 1
            """
        ).map(CatalogueProposal.init)
    }

    /// Those in a state before one, the latest first.
    package static func proposals(
        _ state: CatalogueProposal.State, before id: ProposalID?, in tx: Transaction
    ) throws -> [CatalogueProposal] {
        guard let id else {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM catalogue_proposal WHERE state = \(state.rawValue)
                ORDER BY id DESC LIMIT \(Limits.pageRowsMax)
                """
            ).map(CatalogueProposal.init)
        }
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM catalogue_proposal WHERE state = \(state.rawValue) AND id < \(id)
            ORDER BY id DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map(CatalogueProposal.init)
    }

    /// How many are open.
    package static func openCount(in tx: Transaction) throws -> Int {
        let open = CatalogueProposal.State.open.rawValue
        return try tx.row("SELECT COUNT(*) FROM catalogue_proposal WHERE state = \(open)")?.integer(0) ?? 0
    }

    /// The open ones about items with these basic codes, the latest first.
    package static func open(of codes: [CatalogCode], in tx: Transaction) throws -> [CatalogueProposal] {
        guard !codes.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM catalogue_proposal
            WHERE code IN \(list: codes.map(\.code)) AND state = \(CatalogueProposal.State.open.rawValue)
            ORDER BY id DESC LIMIT \(Limits.pageRowsMax)
            """
        ).map(CatalogueProposal.init)
    }
}

extension CatalogueProposal {
    fileprivate init(_ row: Row) throws {
        let content: ProposalTable.Kept = try CanonicalJSON.value(in: try row.bytes(5))
        let end = try row.optionalInstant(8).map { at in
            End(at: at, editor: try row.optionalText(9).flatMap(StaffID.init), reason: try row.text(10))
        }
        self.init(
            try row.id(0), from: Source(partner: try row.id(1), family: try row.text(2), key: try row.text(3)),
            about: try row.value(4, CatalogCode.init), (content.values, content.before),
            (try row.instant(7), try row.value(6, State.init), end))
    }
}
