package import Store
package import Vocabulary

/// The notices, by whose they are, and the ways by which they left.
package enum NoticeTable {
    /// LIMIT: notices on one page.
    package static let pageMax = 30
    /// LIMIT: notices that a count of what is unread looks at.
    package static let unreadMax = 100
    /// LIMIT: notices of one dossier that its page shows.
    package static let perDossierMax = 100

    package static let migrations = [
        Migration(
            "notices.001-notice",
            tables: [
                Table(
                    "notice", .distributed(by: "addressee"),
                    columns: """
                        addressee BYTEA NOT NULL, id BYTEA NOT NULL, kind TEXT NOT NULL, edition BIGINT NOT NULL,
                        dossier BYTEA NOT NULL, catalog_code TEXT NOT NULL, content BYTEA, created_at BIGINT NOT NULL,
                        read_at BIGINT, is_read BIGINT NOT NULL, PRIMARY KEY (addressee, id)
                        """,
                    indexes: ["notice_by_unread ON notice (addressee, is_read, id)"]),
                Table(
                    "notice_by_dossier", .distributed(by: "dossier"),
                    columns: """
                        dossier BYTEA NOT NULL, notice BYTEA NOT NULL, addressee BYTEA NOT NULL,
                        PRIMARY KEY (dossier, notice)
                        """),
                Table(
                    "notice_delivery", .distributed(by: "addressee"),
                    columns: """
                        addressee BYTEA NOT NULL, notice BYTEA NOT NULL, channel TEXT NOT NULL, address TEXT,
                        state TEXT NOT NULL, attempts BIGINT NOT NULL, message TEXT NOT NULL, failure TEXT NOT NULL,
                        changed_at BIGINT NOT NULL, PRIMARY KEY (addressee, notice, channel)
                        """),
                Table(
                    "notice_preference", .distributed(by: "addressee"),
                    columns: """
                        addressee BYTEA NOT NULL PRIMARY KEY, wants_sms BIGINT NOT NULL, mail TEXT,
                        language TEXT NOT NULL, changed_at BIGINT NOT NULL
                        """),
            ])
    ]

    /// Writes a notice, its entry in the journal, and the errands that bring it to these addresses, not before an
    /// instant. A notice that is there already, because the transaction is replayed, is a conflict like any other.
    package static func create(
        _ notice: Notice, to addresses: [NoticeAddress] = [], notBefore: Instant? = nil, stamp: Stamp,
        in tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO notice
                (addressee, id, kind, edition, dossier, catalog_code, content, created_at, read_at, is_read)
            VALUES (\(notice.addressee), \(notice.id), \(notice.kind.id), \(notice.edition), \(notice.matter.dossier),
                \(notice.matter.catalogCode), \(try notice.values.map { try CanonicalJSON.bytes(of: $0) }),
                \(notice.createdAt), \(notice.readAt), 0)
            """)
        try tx.execute(
            """
            INSERT INTO notice_by_dossier (dossier, notice, addressee)
            VALUES (\(notice.matter.dossier), \(notice.id), \(notice.addressee))
            """)
        for address in addresses {
            try tx.execute(
                """
                INSERT INTO notice_delivery
                    (addressee, notice, channel, address, state, attempts, message, failure, changed_at)
                VALUES (\(notice.addressee), \(notice.id), \(address.channel.rawValue), \(address.text),
                    \(NoticeDelivery.State.waiting.rawValue), 0, '', '', \(stamp.now))
                """)
        }
        let channels = addresses.map(\.channel)
        try NoticeEntry.created(notice, channels: channels, addresses: addresses)
            .write(of: notice.id.subject, stamp: stamp, in: tx)
        try Outbox.enqueue(
            try channels.map { try NoticeErrand(addressee: notice.addressee, channel: $0).effect },
            of: notice.id.subject, sequence: 1, now: stamp.now, notBefore: notBefore, in: tx)
    }

    /// One notice; nil when the addressee has none with this id.
    package static func notice(_ id: NoticeID, of addressee: Subject, in tx: Transaction) throws -> Notice? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM notice WHERE addressee = \(addressee) AND id = \(id)
            """
        ).map(read)
    }

    /// One page of what lies in a box, the newest first, before one of them.
    package static func page(
        of box: NoticeBox, before last: NoticeID? = nil, limit: Int = pageMax, in tx: Transaction
    ) throws -> [Notice] {
        let last = last?.subject ?? Subject(high: .max, low: .max)
        guard let items = box.items else {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM notice WHERE addressee = \(box.addressee) AND id < \(last)
                ORDER BY id DESC LIMIT \(limit)
                """
            ).map(read)
        }
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM notice
            WHERE addressee = \(box.addressee) AND id < \(last) AND catalog_code IN \(list: items)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map(read)
    }

    /// How many notices of a box are unread, among the oldest `unreadMax` that are.
    package static func unread(in box: NoticeBox, in tx: Transaction) throws -> Int {
        try tx.rows(
            """
            SELECT catalog_code FROM notice WHERE addressee = \(box.addressee) AND is_read = 0
            ORDER BY id LIMIT \(unreadMax)
            """
        ).count { box.holds(try $0.text(0)) }
    }

    /// Marks a notice as read; the first time counts. False when it was read before or is not there.
    @discardableResult
    package static func markRead(_ id: NoticeID, of addressee: Subject, now: Instant, in tx: Transaction) throws -> Bool
    {
        try tx.changes(
            """
            UPDATE notice SET is_read = 1, read_at = \(now)
            WHERE addressee = \(addressee) AND id = \(id) AND is_read = 0
            """) == 1
    }

    /// The notices about a dossier, the newest first.
    package static func about(_ dossier: DossierID, in tx: Transaction) throws -> [Notice] {
        let places = try tx.rows(
            """
            SELECT notice, addressee FROM notice_by_dossier WHERE dossier = \(dossier)
            ORDER BY notice DESC LIMIT \(perDossierMax)
            """)
        return try places.compactMap { try notice($0.id(0), of: $0.subject(1), in: tx) }
    }

    /// Erases what somebody's notices say and where they went, when its retention has ended: rows, addresses, and the
    /// personal parts of the journal. Answers how many; at most `limit` at once, so that it is asked again until 0.
    package static func erase(_ addressee: Subject, limit: Int = 500, in tx: Transaction) throws -> Int {
        let ids = try tx.rows(
            """
            SELECT id FROM notice WHERE addressee = \(addressee) AND content IS NOT NULL ORDER BY id LIMIT \(limit)
            """
        ).map { try $0.subject(0) }
        for id in ids {
            try tx.execute("UPDATE notice SET content = NULL WHERE addressee = \(addressee) AND id = \(id)")
            try tx.execute(
                "UPDATE notice_delivery SET address = NULL WHERE addressee = \(addressee) AND notice = \(id)")
            try Journal.forget(id, sequence: 1, in: tx)
        }
        try tx.execute("DELETE FROM notice_preference WHERE addressee = \(addressee)")
        try NoticeEntry.forget(addressee, in: tx)
        return ids.count
    }

    private static let columns: StaticString =
        "addressee, id, kind, edition, dossier, catalog_code, content, created_at, read_at"

    private static func read(_ row: Row) throws -> Notice {
        guard let kind = NoticeKind.named(try row.text(2)) else { throw Fault.corrupt("a notice of no kind") }
        let content = try row.optionalBytes(6)
        return Notice(
            try row.id(1), kind, edition: try row.integer(3), addressee: try row.subject(0),
            matter: NoticeMatter(DossierID(try row.subject(4)), catalogCode: try row.text(5)),
            row: (
                try content.map { try CanonicalJSON.value(in: $0) }, try row.instant(7), try row.optionalInstant(8)
            ))
    }
}
