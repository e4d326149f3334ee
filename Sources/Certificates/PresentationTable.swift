package import Store
package import Vocabulary

/// The codes by which holders show certificates, by digest and by certificate.
package enum PresentationTable {
    /// LIMIT: rows forgotten in one transaction.
    package static let pruneMax = 500
    /// How long a code that is over is told apart from one that never was.
    package static let keptSeconds: Int64 = 86_400

    static let migration = Migration(
        "certificates.008-presentation",
        tables: [
            Table(
                "certificate_presentation", .distributed(by: "digest"),
                columns: """
                    digest BYTEA NOT NULL PRIMARY KEY, id BYTEA NOT NULL, certificate BYTEA NOT NULL,
                    made_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, is_once BIGINT NOT NULL, shown_at BIGINT,
                    ended_at BIGINT
                    """,
                indexes: ["certificate_presentation_by_end ON certificate_presentation (expires_at)"]),
            Table(
                "certificate_presentation_of", .distributed(by: "certificate"),
                columns: """
                    certificate BYTEA NOT NULL, id BYTEA NOT NULL, digest BYTEA NOT NULL,
                    PRIMARY KEY (certificate, id)
                    """),
            Table(
                "certificate_showing", .distributed(by: "certificate"),
                columns: """
                    certificate BYTEA NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, viewer TEXT NOT NULL,
                    body TEXT, way TEXT NOT NULL, purpose TEXT NOT NULL, entry BYTEA NOT NULL,
                    PRIMARY KEY (certificate, id)
                    """),
            Table(
                "certificate_showing_by_viewer", .distributed(by: "viewer"),
                columns: """
                    viewer TEXT NOT NULL, id BYTEA NOT NULL, certificate BYTEA NOT NULL, PRIMARY KEY (viewer, id)
                    """),
        ])

    private static let columns: StaticString = "id, certificate, made_at, expires_at, is_once, shown_at, ended_at"

    /// Writes a new code, of which only the digest stands here.
    package static func add(
        _ presentation: Presentation, digest: [UInt8], stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append(
            [PresentationEvent.made(presentation)], to: presentation.id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO certificate_presentation (digest, id, certificate, made_at, expires_at, is_once)
            VALUES (\(digest), \(presentation.id), \(presentation.certificate), \(presentation.madeAt),
                \(presentation.expiresAt), \(presentation.isOnce))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_presentation_of (certificate, id, digest)
            VALUES (\(presentation.certificate), \(presentation.id), \(digest))
            """)
    }

    /// The presentation behind a code; nil when there is none any more.
    package static func find(_ digest: [UInt8], in tx: Transaction) throws -> Presentation? {
        try tx.row("SELECT \(raw: columns) FROM certificate_presentation WHERE digest = \(digest)").map(presentation)
    }

    /// The codes of a certificate that are kept, the latest first.
    package static func presentations(of certificate: CertificateID, in tx: Transaction) throws -> [Presentation] {
        try tx.rows(
            """
            SELECT digest FROM certificate_presentation_of WHERE certificate = \(certificate)
            ORDER BY id DESC LIMIT \(Limits.pageRowsMax)
            """
        ).compactMap { try find(try $0.bytes(0), in: tx) }
    }

    /// Writes down that somebody looks by a code now. Of two who use a code for one look at once, one is refused.
    package static func show(
        _ presentation: Presentation, _ showing: Showing, stamp: Stamp, in tx: Transaction
    ) throws {
        guard let digest = try digest(of: presentation, in: tx) else { throw PresentationRefusal.unknownCode }
        let taken = try tx.changes(
            """
            UPDATE certificate_presentation SET shown_at = \(showing.at)
            WHERE digest = \(digest) AND ended_at IS NULL AND (is_once = 0 OR shown_at IS NULL)
            """)
        guard taken == 1 else { throw PresentationRefusal.used }
        // Under the look's own id: the presentation is forgotten after a day, the look is not.
        let event = PresentationEvent.shown(presentation, purpose: showing.purpose)
        try Journal.append([event], to: showing.id.subject, after: 0, stamp: stamp, in: tx)
        try ShowingTable.add(showing, entry: showing.id.subject, in: tx)
    }

    /// Ends a code before its time; one that is over already stays as it is.
    package static func end(_ presentation: Presentation, stamp: Stamp, in tx: Transaction) throws {
        guard presentation.lives(at: stamp.now), let digest = try digest(of: presentation, in: tx) else { return }
        try tx.execute("UPDATE certificate_presentation SET ended_at = \(stamp.now) WHERE digest = \(digest)")
        try Journal.append(
            [PresentationEvent.ended(presentation.certificate)], to: presentation.id.subject, after: 1, stamp: stamp,
            in: tx)
    }

    /// Forgets codes that have been over for a day; answers how many.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT digest, certificate, id FROM certificate_presentation
            WHERE expires_at <= \(now.advanced(bySeconds: -keptSeconds)) ORDER BY expires_at, digest LIMIT \(pruneMax)
            """)
        for row in rows {
            let (certificate, id): (CertificateID, PresentationID) = (try row.id(1), try row.id(2))
            try tx.execute("DELETE FROM certificate_presentation WHERE digest = \(try row.bytes(0))")
            try tx.execute(
                "DELETE FROM certificate_presentation_of WHERE certificate = \(certificate) AND id = \(id)")
        }
        return rows.count
    }

    private static func digest(of presentation: Presentation, in tx: Transaction) throws -> [UInt8]? {
        try tx.row(
            """
            SELECT digest FROM certificate_presentation_of
            WHERE certificate = \(presentation.certificate) AND id = \(presentation.id)
            """)?.bytes(0)
    }

    private static func presentation(_ row: Row) throws -> Presentation {
        Presentation(
            try row.id(0), of: try row.id(1), from: try row.instant(2), until: try row.instant(3),
            isOnce: try row.bool(4), shownAt: try row.optionalInstant(5), endedAt: try row.optionalInstant(6))
    }
}
