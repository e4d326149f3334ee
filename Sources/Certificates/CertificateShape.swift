import Store

/// The tables of the library. Rows are narrow, because there are more than ten million: codes of types and of bodies
/// are numbers, and each way to a certificate is a table of its own.
enum CertificateShape {
    /// The tables as they were until there were many. What they hold moves to `library`.
    static let first = Migration(
        "certificates.002-certificate",
        tables: [
            Table(
                "certificate", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, identifier TEXT NOT NULL, holder BYTEA NOT NULL,
                    dossier BYTEA, is_filed BIGINT NOT NULL, valid_from BIGINT NOT NULL, valid_until BIGINT
                    """),
            Table(
                "certificate_by_identifier", .distributed(by: "identifier"),
                columns: "identifier TEXT NOT NULL PRIMARY KEY, certificate BYTEA NOT NULL"),
            Table(
                "certificate_by_holder", .distributed(by: "holder"),
                columns: """
                    holder BYTEA NOT NULL, type TEXT NOT NULL, certificate BYTEA NOT NULL,
                    PRIMARY KEY (holder, type, certificate)
                    """),
        ])

    static let ending = Migration(
        "certificates.003-ending",
        statements: ["ALTER TABLE certificate ADD COLUMN has_ended BIGINT NOT NULL DEFAULT 0"])

    /// Codes as numbers, states, and the ways by number, holder, issuer and state. The texts of an identifier stand at
    /// fixed places: root 1...15, type 16...36, issuer 38...55, serial from 57, version and check at the end. An
    /// ending is told by the length of its event's body, which says nothing else: revoked, recalled, cancelled, or
    /// changed with its successor.
    static let library = Migration(
        "certificates.004-library", tables: codes + ways,
        statements: [
            """
            INSERT INTO certificate_code (code, number)
            SELECT code, ROW_NUMBER() OVER (ORDER BY code) FROM (
                SELECT DISTINCT substr(identifier, 16, 21) AS code FROM certificate
                UNION SELECT DISTINCT substr(identifier, 38, 18) FROM certificate) known
            """,
            "ALTER TABLE certificate ADD COLUMN kind BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE certificate ADD COLUMN issuer BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE certificate ADD COLUMN serial TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE certificate ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
            "ALTER TABLE certificate ADD COLUMN state BIGINT NOT NULL DEFAULT 0",
            """
            UPDATE certificate SET
                kind = (SELECT number FROM certificate_code WHERE code = substr(identifier, 16, 21)),
                issuer = (SELECT number FROM certificate_code WHERE code = substr(identifier, 38, 18)),
                serial = substr(identifier, 57, length(identifier) - 62),
                version = CAST(substr(identifier, length(identifier) - 4, 3) AS BIGINT),
                state = CASE
                    WHEN has_ended = 1 THEN CASE (
                        SELECT length(body) FROM journal
                        WHERE subject = certificate.id AND kind = 'certificate.ended' ORDER BY sequence DESC LIMIT 1)
                        WHEN 20 THEN 7 WHEN 21 THEN 8 WHEN 22 THEN 6 ELSE 5 END
                    WHEN is_filed = 1 THEN 2 ELSE 0 END
            """,
            """
            INSERT INTO certificate_by_serial (serial, kind, issuer, version, certificate)
            SELECT serial, kind, issuer, version, id FROM certificate
            """,
            """
            INSERT INTO certificate_of_holder (holder, kind, certificate) SELECT holder, kind, id FROM certificate
            """,
            """
            INSERT INTO certificate_of_issuer (issuer, kind, day, certificate)
            SELECT issuer, kind, valid_from, id FROM certificate
            """,
            """
            INSERT INTO certificate_in_state (issuer, state, day, certificate)
            SELECT issuer, state, valid_from, id FROM certificate WHERE state > 2
            """,
            """
            INSERT INTO certificate_wake (day, certificate)
            SELECT CASE WHEN valid_until - 30 <= valid_from THEN valid_until + 1 ELSE valid_until - 30 END, id
            FROM certificate WHERE state = 2 AND valid_until IS NOT NULL
            """,
            "ALTER TABLE certificate DROP COLUMN identifier", "ALTER TABLE certificate DROP COLUMN is_filed",
            "ALTER TABLE certificate DROP COLUMN has_ended",
            "DROP TABLE certificate_by_identifier", "DROP TABLE certificate_by_holder",
        ])

    /// Half the room for numbers that are small, where a database keeps a number in the room of its type.
    static let narrow = Migration(
        "certificates.012-narrow",
        own: [
            .postgres: [
                ("certificate", ["valid_from", "valid_until", "kind", "issuer", "version", "state"]),
                ("certificate_by_serial", ["kind", "issuer", "version"]),
                ("certificate_of_holder", ["kind"]), ("certificate_of_issuer", ["issuer", "kind", "day"]),
                ("certificate_in_state", ["issuer", "state", "day"]), ("certificate_wake", ["day"]),
            ].map { table, columns in
                "ALTER TABLE \(table) "
                    + columns.map { "ALTER COLUMN \($0) TYPE INTEGER" }.joined(separator: ", ")
            }
        ])

    private static let codes = [
        Table(
            "certificate_code", .reference,
            columns: "code TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL",
            indexes: ["UNIQUE certificate_code_by_number ON certificate_code (number)"])
    ]

    private static let ways = [
        Table(
            "certificate_by_serial", .distributed(by: "serial"),
            columns: """
                serial TEXT NOT NULL, kind BIGINT NOT NULL, issuer BIGINT NOT NULL, version BIGINT NOT NULL,
                certificate BYTEA NOT NULL, PRIMARY KEY (serial, kind, issuer, version)
                """),
        Table(
            "certificate_of_holder", .distributed(by: "holder"),
            columns: """
                holder BYTEA NOT NULL, kind BIGINT NOT NULL, certificate BYTEA NOT NULL,
                PRIMARY KEY (holder, kind, certificate)
                """),
        Table(
            "certificate_of_issuer", .distributed(by: "issuer"),
            columns: """
                issuer BIGINT NOT NULL, kind BIGINT NOT NULL, day BIGINT NOT NULL, certificate BYTEA NOT NULL,
                PRIMARY KEY (issuer, kind, day, certificate)
                """,
            indexes: ["certificate_of_issuer_by_day ON certificate_of_issuer (issuer, day, certificate)"]),
        Table(
            "certificate_in_state", .distributed(by: "issuer"),
            columns: """
                issuer BIGINT NOT NULL, state BIGINT NOT NULL, day BIGINT NOT NULL, certificate BYTEA NOT NULL,
                PRIMARY KEY (issuer, state, day, certificate)
                """),
        Table(
            "certificate_wake", .distributed(by: "certificate"),
            columns: "day BIGINT NOT NULL, certificate BYTEA NOT NULL, PRIMARY KEY (day, certificate)"),
        Table(
            "certificate_holder_name", .distributed(by: "holder"),
            columns: "holder BYTEA NOT NULL, name TEXT NOT NULL, PRIMARY KEY (holder, name)"),
        Table(
            "certificate_name_token", .distributed(by: "holder"),
            columns: """
                token BIGINT NOT NULL, holder BYTEA NOT NULL, is_first BIGINT NOT NULL, PRIMARY KEY (token, holder)
                """),
    ]
}
