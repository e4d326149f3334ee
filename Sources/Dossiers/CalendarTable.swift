package import Store
package import Vocabulary

/// The editions of the calendar. Rows are appended and never changed.
package enum CalendarTable {
    package static let migrations = [
        Migration(
            "dossiers.008-calendar",
            tables: [
                Table(
                    "calendar_edition", .reference,
                    columns: """
                        number BIGINT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, announced_on BIGINT NOT NULL,
                        known_from BIGINT NOT NULL, source TEXT NOT NULL, content BYTEA NOT NULL, subject BYTEA NOT NULL
                        """)
            ] + RecountTable.tables)
    ]

    /// LIMIT: editions read at once.
    static let pageMax = 500

    /// The number of the last edition; nought when there is none.
    package static func lastNumber(in tx: Transaction) throws -> Int {
        try tx.row("SELECT COALESCE(MAX(number), 0) FROM calendar_edition")?.integer(0) ?? 0
    }

    /// The editions after a number, in order.
    package static func editions(after number: Int, in tx: Transaction) throws -> [CalendarEdition] {
        var (editions, last) = ([CalendarEdition](), number)
        while true {
            let page = try tx.rows(
                """
                SELECT number, kind, announced_on, known_from, source, content FROM calendar_edition
                WHERE number > \(last) ORDER BY number LIMIT \(pageMax)
                """
            ).map(edition)
            editions += page
            guard page.count == pageMax, let next = page.last else { return editions }
            last = next.number
        }
    }

    /// Writes an edition; `subject` is what its entry in the journal is about. Another one of the same number means
    /// that another writer was first: the transaction is replayed.
    package static func append(_ edition: CalendarEdition, as subject: Subject, in tx: Transaction) throws {
        let content: [UInt8] =
            switch edition.content {
            case .schedule(let schedule): try CanonicalJSON.bytes(of: schedule)
            case .closures(let closures): try CanonicalJSON.bytes(of: closures)
            case .hours(let hours): try CanonicalJSON.bytes(of: hours)
            }
        try tx.execute(
            """
            INSERT INTO calendar_edition (number, kind, announced_on, known_from, source, content, subject)
            VALUES (\(edition.number), \(edition.content.kind.rawValue), \(edition.announcedOn), \(edition.knownFrom),
                \(edition.source), \(content), \(subject))
            """)
    }

    private static func edition(_ row: Row) throws -> CalendarEdition {
        let bytes = try row.bytes(5)
        let content: CalendarEdition.Content =
            switch try row.value(1, CalendarDraft.Kind.init) {
            case .schedule: .schedule(try CanonicalJSON.value(in: bytes))
            case .closures: .closures(try CanonicalJSON.value(in: bytes))
            case .hours: .hours(try CanonicalJSON.value(in: bytes))
            }
        return CalendarEdition(
            number: try row.integer(0), knownFrom: try row.instant(3), announcedOn: try row.day(2),
            source: try row.text(4), content: content)
    }
}

/// What the journal says of an edition. Its paper is named in the part that can be forgotten: it is free text.
package struct CalendarImported: Codable, Hashable, Sendable {
    package let edition: Int
    package let content: String
    package let lines: Int
    package let announcedOn: CivilDate
    package let source: String

    /// The entry of an edition.
    package init(_ edition: CalendarEdition) {
        self.edition = edition.number
        content = edition.content.kind.rawValue
        lines =
            switch edition.content {
            case .schedule(let schedule): schedule.days.count
            case .closures(let closures): closures.count
            case .hours(let hours): hours.count
            }
        (announcedOn, source) = (edition.announcedOn, edition.source)
    }

    private struct Public: Codable {
        let announcedOn: CivilDate
        let content: String
        let edition: Int
        let lines: Int
    }
}

extension CalendarImported: JournalEvent {
    package var kind: String { "calendar.imported" }
    package static var version: Int { 1 }

    package func publicPart() throws -> [UInt8] {
        try CanonicalJSON.bytes(of: Public(announcedOn: announcedOn, content: content, edition: edition, lines: lines))
    }

    package func personalPart() throws -> [UInt8]? { try CanonicalJSON.bytes(of: ["source": source]) }
}
