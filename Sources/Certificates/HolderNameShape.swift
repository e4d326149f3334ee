import Store

/// How the names of holders lie in the databases, so that a part of a name is found among millions.
///
/// The words of a name stand beside it with spaces between them. PostgreSQL has an index over them of its own kind
/// (GIN: a twentieth of the room of rows); SQLite has none, and gets a table of words.
enum HolderNameShape {
    /// Brings the pairs of before forward. A pair was a number: its first character times 2²¹, and the second or 0.
    static let migration = Migration(
        "certificates.011-name-word",
        tables: [
            Table(
                "certificate_name_word", .distributed(by: "holder"),
                columns: "word TEXT NOT NULL, holder BYTEA NOT NULL, PRIMARY KEY (word, holder)",
                stand: Table.Stand(
                    on: .sqlite,
                    filling: """
                        INSERT INTO certificate_name_word (word, holder)
                        SELECT DISTINCT word.value, source.holder FROM certificate_holder_name source, \(split) word
                        WHERE source.words <> '' ORDER BY 1, 2
                        """))
        ],
        own: [
            .sqlite: [
                """
                INSERT INTO certificate_name_word (word, holder)
                SELECT char(token >> 21) || CASE token & 2097151 WHEN 0 THEN '' ELSE char(token & 2097151) END, holder
                FROM certificate_name_token
                UNION SELECT char(token >> 21), holder FROM certificate_name_token
                """,
                column,
                """
                UPDATE certificate_holder_name SET words = w.words FROM (
                    SELECT holder, group_concat(word, ' ') AS words FROM certificate_name_word GROUP BY holder) w
                WHERE w.holder = certificate_holder_name.holder
                """,
            ],
            .postgres: [
                column,
                """
                UPDATE certificate_holder_name SET words = w.words FROM (
                    SELECT holder, string_agg(word, ' ') AS words FROM (
                        SELECT holder, chr((token >> 21)::int)
                            || CASE token & 2097151 WHEN 0 THEN '' ELSE chr((token & 2097151)::int) END AS word
                        FROM certificate_name_token
                        UNION SELECT holder, chr((token >> 21)::int) FROM certificate_name_token) t
                    GROUP BY holder) w
                WHERE w.holder = certificate_holder_name.holder
                """,
                """
                CREATE INDEX certificate_holder_name_by_word
                ON certificate_holder_name USING gin (string_to_array(words, ' '))
                """,
            ],
        ],
        statements: [
            "ALTER TABLE certificate_import_name ADD COLUMN words TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE certificate_import DROP COLUMN part", "DROP TABLE certificate_name_token",
        ])

    private static let column = "ALTER TABLE certificate_holder_name ADD COLUMN words TEXT NOT NULL DEFAULT ''"

    /// The words of `source`, split at their spaces by way of a list in JSON.
    static let split: StaticString = """
        json_each(
            '["' || replace(replace(replace(source.words, '\\', '\\\\'), '"', '\\"'), ' ', '","') || '"]')
        """
}
