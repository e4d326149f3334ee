import Signing
package import Store
package import Vocabulary

/// The callers of the sharing service and what they may ask for.
package enum SharingTable {
    /// LIMIT: callers of one house.
    package static let callersMax = 10_000

    static let migration = Migration(
        "certificates.009-sharing",
        tables: [
            Table(
                "sharing_caller", .reference,
                columns: """
                    access_id TEXT NOT NULL PRIMARY KEY, id BYTEA NOT NULL, name TEXT NOT NULL, body TEXT,
                    network TEXT NOT NULL, public_key BYTEA, per_minute BIGINT NOT NULL, edition BIGINT NOT NULL,
                    revoked_at BIGINT
                    """,
                indexes: ["UNIQUE sharing_caller_by_id ON sharing_caller (id)"]),
            Table(
                "sharing_permission", .reference,
                columns: "access_id TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (access_id, type)"),
            Table(
                "sharing_nonce", .distributed(by: "access_id"),
                columns: """
                    access_id TEXT NOT NULL, nonce TEXT NOT NULL, forget_at BIGINT NOT NULL,
                    PRIMARY KEY (access_id, nonce)
                    """,
                indexes: ["sharing_nonce_by_end ON sharing_nonce (forget_at)"]),
            Table(
                "sharing_minute", .distributed(by: "access_id"),
                columns: """
                    access_id TEXT NOT NULL, minute BIGINT NOT NULL, calls BIGINT NOT NULL,
                    PRIMARY KEY (access_id, minute)
                    """),
            Table(
                "sharing_link", .distributed(by: "digest"),
                columns: """
                    digest BYTEA NOT NULL PRIMARY KEY, id BYTEA NOT NULL, certificate BYTEA NOT NULL,
                    access_id TEXT NOT NULL, cause TEXT NOT NULL, expires_at BIGINT NOT NULL, opened BIGINT NOT NULL
                    """,
                indexes: ["sharing_link_by_end ON sharing_link (expires_at)"]),
        ])

    private static let columns: StaticString =
        "id, access_id, name, body, network, public_key, per_minute, edition, revoked_at"

    /// Writes a new caller. Refuses an access id that another has.
    package static func add(_ caller: SharingCaller, stamp: Stamp, in tx: Transaction) throws {
        guard try self.caller(caller.accessID, in: tx) == nil else { throw SharingRefusal.accessIDTaken }
        try append(.added(caller), to: caller, stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO sharing_caller (access_id, id, name, body, network, public_key, per_minute, edition)
            VALUES (\(caller.accessID.description), \(caller.id), \(caller.name), \(caller.body),
                \(caller.network.rawValue), \(caller.publicKey?.point), \(caller.perMinute), \(caller.edition))
            """)
    }

    /// The caller with the access id; nil when there is none.
    package static func caller(_ accessID: AccessID, in tx: Transaction) throws -> SharingCaller? {
        try tx.row(
            "SELECT \(raw: columns) FROM sharing_caller WHERE access_id = \(accessID.description)"
        ).map(caller)
    }

    /// The caller with the id; nil when there is none.
    package static func caller(_ id: CallerID, in tx: Transaction) throws -> SharingCaller? {
        try tx.row("SELECT \(raw: columns) FROM sharing_caller WHERE id = \(id)").map(caller)
    }

    /// One page of the callers, by access id, after one of them.
    package static func callers(
        after accessID: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [SharingCaller] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM sharing_caller WHERE access_id > \(accessID) ORDER BY access_id LIMIT \(limit)
            """
        ).map(caller)
    }

    /// The codes of the types for which a caller has a permission, in order, after one of them.
    package static func types(
        of caller: SharingCaller, after type: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [String] {
        try tx.rows(
            """
            SELECT type FROM sharing_permission WHERE access_id = \(caller.accessID.description) AND type > \(type)
            ORDER BY type LIMIT \(limit)
            """
        ).map { try $0.text(0) }
    }

    /// Whether a caller has a permission for a type.
    package static func isPermitted(_ caller: SharingCaller, _ type: String, in tx: Transaction) throws -> Bool {
        try tx.row(
            """
            SELECT type FROM sharing_permission WHERE access_id = \(caller.accessID.description) AND type = \(type)
            """) != nil
    }

    /// Permits types to a caller. Refuses a type that nobody knows.
    package static func permit(
        _ types: [String], to caller: SharingCaller, stamp: Stamp, in tx: Transaction
    ) throws {
        for type in types {
            guard try CertificateKindTable.kind(type, in: tx) != nil else { throw SharingRefusal.unknownType }
            try tx.execute(
                """
                INSERT INTO sharing_permission (access_id, type) VALUES (\(caller.accessID.description), \(type))
                ON CONFLICT (access_id, type) DO NOTHING
                """)
        }
        try append(.permitted(types: types), to: caller, stamp, in: tx)
    }

    /// Takes permissions back.
    package static func forbid(
        _ types: [String], to caller: SharingCaller, stamp: Stamp, in tx: Transaction
    ) throws {
        for type in types {
            try tx.execute(
                """
                DELETE FROM sharing_permission WHERE access_id = \(caller.accessID.description) AND type = \(type)
                """)
        }
        try append(.forbidden(types: types), to: caller, stamp, in: tx)
    }

    /// Gives a caller the next secret: the one before counts no more.
    package static func renew(_ caller: SharingCaller, stamp: Stamp, in tx: Transaction) throws -> SharingCaller {
        try tx.execute(
            """
            UPDATE sharing_caller SET edition = \(caller.edition + 1)
            WHERE access_id = \(caller.accessID.description) AND edition = \(caller.edition)
            """)
        try append(.renewed(edition: caller.edition + 1), to: caller, stamp, in: tx)
        guard let renewed = try self.caller(caller.accessID, in: tx) else { throw SharingRefusal.unknownCaller }
        return renewed
    }

    /// Shuts a caller out for good; its row stays, so that its name is known.
    package static func revoke(_ caller: SharingCaller, stamp: Stamp, in tx: Transaction) throws {
        guard caller.revokedAt == nil else { return }
        try tx.execute(
            """
            UPDATE sharing_caller SET revoked_at = \(stamp.now) WHERE access_id = \(caller.accessID.description)
            """)
        try append(.revoked, to: caller, stamp, in: tx)
    }

    private static func append(
        _ event: SharingEvent, to caller: SharingCaller, _ stamp: Stamp, in tx: Transaction
    ) throws {
        let subject = caller.id.subject
        try Journal.append(
            [event], to: subject, after: try Journal.lastSequence(of: subject, in: tx), stamp: stamp, in: tx)
    }

    private static func caller(_ row: Row) throws -> SharingCaller {
        let body = try row.optionalText(3)
        let point = try row.optionalBytes(5)
        return SharingCaller(
            try row.id(0), accessID: try row.value(1, AccessID.init), name: try row.text(2),
            body: body.flatMap { CreditCode($0) }, network: try row.value(4, SharingCaller.Network.init),
            publicKey: try point.map { try SM2PublicKey(point: $0) }, perMinute: try row.integer(6),
            edition: try row.integer(7), revokedAt: try row.optionalInstant(8))
    }
}
