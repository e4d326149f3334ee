package import Store
package import Vocabulary

/// Who was shown a certificate, by certificate and by viewer.
package enum ShowingTable {
    /// Writes a look down, before anything is shown. `entry` is the subject of the journal whose first entry says the
    /// purpose.
    package static func add(_ showing: Showing, entry: Subject, in tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO certificate_showing (certificate, id, at, viewer, body, way, purpose, entry)
            VALUES (\(showing.certificate), \(showing.id), \(showing.at), \(showing.viewer), \(showing.body),
                \(showing.way.rawValue), \(showing.purpose), \(entry))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_showing_by_viewer (viewer, id, certificate)
            VALUES (\(showing.viewer), \(showing.id), \(showing.certificate))
            """)
    }

    /// Who was shown the certificate, the latest first.
    package static func showings(
        of certificate: CertificateID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Showing] {
        try tx.rows(
            """
            SELECT id, certificate, at, viewer, body, way, purpose FROM certificate_showing
            WHERE certificate = \(certificate) ORDER BY id DESC LIMIT \(limit)
            """
        ).map(showing)
    }

    /// What somebody was shown, the latest first.
    package static func showings(
        to viewer: Actor, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [Showing] {
        try tx.rows(
            """
            SELECT id, certificate FROM certificate_showing_by_viewer WHERE viewer = \(viewer)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).compactMap { try showing(try $0.id(0), of: try $0.id(1), in: tx) }
    }

    /// One look of somebody's own; nil when she had no such look.
    package static func showing(_ id: ShowingID, to viewer: Actor, in tx: Transaction) throws -> Showing? {
        let row = try tx.row(
            "SELECT certificate FROM certificate_showing_by_viewer WHERE viewer = \(viewer) AND id = \(id)")
        return try row.flatMap { try showing(id, of: try $0.id(0), in: tx) }
    }

    /// Erases the purposes of a certificate's looks, here and in the journal, when what can be forgotten of it is.
    static func forget(_ certificate: CertificateID, in tx: Transaction) throws {
        var last: [UInt8] = []
        while true {
            let page = try tx.rows(
                """
                SELECT id, entry FROM certificate_showing WHERE certificate = \(certificate) AND id > \(last)
                ORDER BY id LIMIT \(Limits.pageRowsMax)
                """)
            for row in page { try Journal.forget(try row.subject(1), sequence: 1, in: tx) }
            guard page.count == Limits.pageRowsMax, let end = page.last else { break }
            last = try end.bytes(0)
        }
        try tx.execute("UPDATE certificate_showing SET purpose = '' WHERE certificate = \(certificate)")
    }

    private static func showing(
        _ id: ShowingID, of certificate: CertificateID, in tx: Transaction
    ) throws -> Showing? {
        try tx.row(
            """
            SELECT id, certificate, at, viewer, body, way, purpose FROM certificate_showing
            WHERE certificate = \(certificate) AND id = \(id)
            """
        ).map(showing)
    }

    private static func showing(_ row: Row) throws -> Showing {
        let body = try row.optionalText(4)
        return Showing(
            try row.id(0), of: try row.id(1), at: try row.instant(2),
            by: (try row.value(3, Actor.init), body.flatMap { CreditCode($0) }),
            way: try row.value(5, Showing.Way.init),
            purpose: try row.text(6))
    }
}
