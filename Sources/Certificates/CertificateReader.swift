import Store
import Vocabulary

/// Reads one page along a way. Every way answers in its own order, which is total, and never sorts.
struct CertificateReader {
    private let conditions: CertificateSearch.Conditions
    private let limit: Int
    private let tx: Transaction
    private var book = CertificateCodes.Book()

    init(_ conditions: CertificateSearch.Conditions, limit: Int, in tx: Transaction) {
        (self.conditions, self.limit, self.tx) = (conditions, limit, tx)
    }

    private static let columns: StaticString =
        "c.id, c.kind, c.issuer, c.serial, c.version, c.state, c.valid_from, c.valid_until, c.dossier, c.holder"

    private mutating func line(_ row: Row) throws -> CertificateLine {
        guard let state = Certificate.State(rawValue: try row.integer(5)) else {
            throw Fault.corrupt("a certificate in no state")
        }
        return CertificateLine(
            id: try row.id(0),
            identifier: try book.identifier(
                kind: try row.integer(1), issuer: try row.integer(2), serial: try row.text(3),
                version: try row.integer(4), in: tx),
            holder: try row.id(9),
            days: CertificateDays(state, from: try row.day(6), until: try row.optionalDay(7)),
            dossier: try row.optionalBytes(8) == nil ? nil : try row.id(8))
    }

    private mutating func page(_ rows: [Row]) throws -> CertificateSearch.Page {
        var lines: [CertificateLine] = []
        for row in rows { lines.append(try line(row)) }
        var next: CertificateSearch.Cursor?
        if rows.count == limit, let last = rows.last {
            var cursor = CertificateSearch.Cursor()
            cursor.kind = try last.integer(1)
            (cursor.day, cursor.certificate) = (try last.day(6), try last.id(0))
            next = cursor
        }
        return CertificateSearch.Page(lines: lines, next: next)
    }

    /// Everything with a number: few, so there is one page. `only` is the one that is meant.
    mutating func numbered(_ number: String, only: CertificateIdentifier?) throws -> CertificateSearch.Page {
        let rows = try tx.rows(
            """
            SELECT \(raw: Self.columns) FROM certificate_by_serial s JOIN certificate c ON c.id = s.certificate
            WHERE s.serial = \(number) AND \(part: conditions.sql)
            ORDER BY s.kind, s.issuer, s.version LIMIT \(Limits.pageRowsMax)
            """)
        var page = try page(rows)
        page.next = nil
        if let only { page.lines = page.lines.filter { $0.identifier == only } }
        return page
    }

    /// What somebody holds, by type and then the newest first.
    mutating func held(
        by holder: PersonID, after cursor: CertificateSearch.Cursor?
    ) throws -> CertificateSearch.Page {
        let start = CertificateSearch.HolderPlace.start
        let (kind, last) = cursor.map { ($0.kind, $0.certificate) } ?? (start.kind, start.certificate)
        return try page(
            tx.rows(
                """
                SELECT \(raw: Self.columns) FROM certificate_of_holder h JOIN certificate c ON c.id = h.certificate
                WHERE h.holder = \(holder) AND (h.kind, h.certificate) < (\(kind), \(last))
                    AND \(part: conditions.sql)
                ORDER BY h.kind DESC, h.certificate DESC LIMIT \(limit)
                """))
    }

    /// What people hold in whose names the words stand, in the order of the holders.
    mutating func named(_ name: String, after cursor: CertificateSearch.Cursor?) throws -> CertificateSearch.Page {
        var (lines, left): ([CertificateLine], Int) = ([], CertificateSearch.holdersMax)
        var (place, inside): (PersonID?, CertificateSearch.Cursor?) = (nil, nil)
        if let cursor {
            place = cursor.holder
            // The page before ended within what one holder has.
            if cursor.kind > 0 {
                let rest = try rest(of: cursor.holder, after: cursor, wanted: limit, &lines)
                if let rest { return CertificateSearch.Page(lines: lines, next: rest) }
            }
        }
        while left > 0 {
            let batch = min(left, limit)
            let (found, read) = try HolderNames.holders(named: name, after: place, limit: batch, in: tx)
            left -= batch
            for holder in found {
                inside = try rest(of: holder, after: nil, wanted: limit, &lines)
                if let inside { return CertificateSearch.Page(lines: lines, next: inside) }
            }
            guard let read else { return CertificateSearch.Page(lines: lines, next: nil) }
            place = read
        }
        var next = CertificateSearch.Cursor()
        if let place { next.holder = place }
        return CertificateSearch.Page(lines: lines, next: next)
    }

    /// Adds what one holder has until the page is full; answers where the next page begins when it is.
    private mutating func rest(
        of holder: PersonID, after cursor: CertificateSearch.Cursor?, wanted: Int,
        _ lines: inout [CertificateLine]
    ) throws -> CertificateSearch.Cursor? {
        var reader = CertificateReader(conditions, limit: wanted - lines.count, in: tx)
        reader.book = book
        let page = try reader.held(by: holder, after: cursor)
        book = reader.book
        lines += page.lines
        guard lines.count == wanted else { return nil }
        var next = page.next ?? CertificateSearch.Cursor()
        next.holder = holder
        return next
    }

    /// An issuer's certificates in a state that few have, the newest first.
    mutating func rare(
        _ issuer: Int, _ state: Certificate.State, after cursor: CertificateSearch.Cursor?
    ) throws -> CertificateSearch.Page {
        let (day, last) = Self.newest(cursor)
        return try page(
            tx.rows(
                """
                SELECT \(raw: Self.columns) FROM certificate_in_state w JOIN certificate c ON c.id = w.certificate
                WHERE w.issuer = \(issuer) AND w.state = \(state.rawValue)
                    AND (w.day, w.certificate) < (\(day), \(last))
                    AND w.day BETWEEN \(conditions.days.lowerBound) AND \(conditions.days.upperBound)
                    AND \(part: conditions.sql)
                ORDER BY w.day DESC, w.certificate DESC LIMIT \(limit)
                """))
    }

    /// An issuer's certificates of one type, the newest first.
    mutating func issued(
        _ issuer: Int, kind: Int, after cursor: CertificateSearch.Cursor?
    ) throws -> CertificateSearch.Page {
        let (day, last) = Self.newest(cursor)
        return try page(
            tx.rows(
                """
                SELECT \(raw: Self.columns) FROM certificate_of_issuer w JOIN certificate c ON c.id = w.certificate
                WHERE w.issuer = \(issuer) AND w.kind = \(kind) AND (w.day, w.certificate) < (\(day), \(last))
                    AND w.day BETWEEN \(conditions.days.lowerBound) AND \(conditions.days.upperBound)
                    AND \(part: conditions.sql)
                ORDER BY w.day DESC, w.certificate DESC LIMIT \(limit)
                """))
    }

    /// An issuer's certificates, the newest first.
    mutating func issued(
        _ issuer: Int, after cursor: CertificateSearch.Cursor?
    ) throws -> CertificateSearch.Page {
        let (day, last) = Self.newest(cursor)
        return try page(
            tx.rows(
                """
                SELECT \(raw: Self.columns) FROM certificate_of_issuer w JOIN certificate c ON c.id = w.certificate
                WHERE w.issuer = \(issuer) AND (w.day, w.certificate) < (\(day), \(last))
                    AND w.day BETWEEN \(conditions.days.lowerBound) AND \(conditions.days.upperBound)
                    AND \(part: conditions.sql)
                ORDER BY w.day DESC, w.certificate DESC LIMIT \(limit)
                """))
    }

    private static func newest(_ cursor: CertificateSearch.Cursor?) -> (CivilDate, CertificateID) {
        cursor.map { ($0.day, $0.certificate) }
            ?? (CivilDate(daysSinceEpoch: Int(Int32.max)), CertificateID(Subject(high: .max, low: .max)))
    }
}
