package import Store
package import Vocabulary

/// The rows of the licences that were granted: one a dossier, written in the transaction of the grant. They can be
/// rebuilt from the journal. Names of people never stand in them.
package enum PublicGrantTable {
    static let migration = Migration(
        "dossiers.010-public-grant",
        tables: [
            Table(
                "public_grant", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL PRIMARY KEY, number TEXT NOT NULL, certificate_number TEXT NOT NULL,
                    item TEXT NOT NULL, catalog_code TEXT NOT NULL, item_name TEXT NOT NULL, body TEXT NOT NULL,
                    body_name TEXT NOT NULL, region TEXT NOT NULL, decided_on BIGINT NOT NULL, holder TEXT NOT NULL,
                    holder_code TEXT NOT NULL, valid_until BIGINT, ending TEXT NOT NULL, ended_on BIGINT
                    """,
                indexes: [
                    "public_grant_by_day ON public_grant (decided_on, dossier)",
                    "public_grant_by_item ON public_grant (catalog_code, decided_on, dossier)",
                    "public_grant_by_body ON public_grant (body, decided_on, dossier)",
                    "public_grant_by_holder ON public_grant (holder_code, decided_on, dossier)",
                ]),
            Table(
                "public_grant_by_number", .distributed(by: "number"),
                columns: "number TEXT NOT NULL, dossier BYTEA NOT NULL, PRIMARY KEY (number, dossier)"),
            PublicNameTable.table,
        ])

    /// Whether the grant of a dossier stands in the public list.
    package static func holds(_ dossier: DossierID, in tx: Transaction) throws -> Bool {
        try tx.row("SELECT number FROM public_grant WHERE dossier = \(dossier)") != nil
    }

    /// Writes a grant down; the same again takes the place of what stood there.
    package static func put(_ grant: PublicGrant, in tx: Transaction) throws {
        let (end, code) = (grant.end, grant.holderCode?.code ?? "")
        try tx.execute(
            """
            INSERT INTO public_grant (dossier, number, certificate_number, item, catalog_code, item_name, body,
                body_name, region, decided_on, holder, holder_code, valid_until, ending, ended_on)
            VALUES (\(grant.dossier), \(grant.number), \(grant.certificateNumber), \(grant.itemCode),
                \(grant.catalogCode), \(grant.itemName), \(grant.body), \(grant.bodyName), \(grant.region),
                \(grant.decidedOn), \(grant.holder), \(code), \(grant.validUntil), \(end?.kind.rawValue ?? ""),
                \(end?.day))
            ON CONFLICT (dossier) DO UPDATE SET number = excluded.number,
                certificate_number = excluded.certificate_number, decided_on = excluded.decided_on,
                holder = excluded.holder, holder_code = excluded.holder_code, valid_until = excluded.valid_until,
                ending = excluded.ending, ended_on = excluded.ended_on
            """)
        for number in [grant.number, grant.certificateNumber] where !number.isEmpty {
            try tx.execute(
                """
                INSERT INTO public_grant_by_number (number, dossier) VALUES (\(number), \(grant.dossier))
                ON CONFLICT (number, dossier) DO NOTHING
                """)
        }
        try PublicNameTable.note(.item, grant.catalogCode, grant.itemName, in: tx)
        try PublicNameTable.note(.body, grant.body.code, grant.bodyName, in: tx)
        if !code.isEmpty { try PublicNameTable.note(.holder, code, grant.holder, in: tx) }
    }

    /// Marks the grant of a dossier as ended; of two ends the later one counts. Nothing for one that is not public.
    package static func end(_ dossier: DossierID, _ end: PublicGrant.End, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE public_grant SET ending = \(end.kind.rawValue), ended_on = \(end.day) WHERE dossier = \(dossier)
            """)
    }

    /// Which grants are asked for: those of an item, a body, an organisation, within some days.
    package struct Filter: Hashable, Sendable {
        package var days: ClosedRange<CivilDate>
        /// 12 characters.
        package var item: String?
        package var body: CreditCode?
        package var holder: CreditCode?

        package init(_ days: ClosedRange<CivilDate>) {
            self.days = days
        }
    }

    /// Where a page begins: after the last line of the page before.
    package struct Cursor: Hashable, Sendable {
        package let decidedOn: CivilDate
        package let dossier: DossierID

        package init(decidedOn: CivilDate, dossier: DossierID) {
            (self.decidedOn, self.dossier) = (decidedOn, dossier)
        }
    }

    /// The grants that fit, the latest first. Read along the index of what is asked for most narrowly: the
    /// organisation, the item, the body, the day.
    package static func lines(
        _ filter: Filter, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [PublicGrant] {
        let end =
            cursor
            ?? Cursor(
                decidedOn: filter.days.upperBound.advanced(byDays: 1), dossier: DossierID(Subject(high: 0, low: 0)))
        let first = filter.days.lowerBound
        let (item, body) = (filter.item ?? "", filter.body?.code ?? "")
        if let holder = filter.holder {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM public_grant WHERE holder_code = \(holder)
                    AND (decided_on, dossier) < (\(end.decidedOn), \(end.dossier)) AND decided_on >= \(first)
                    AND (\(item) = '' OR catalog_code = \(item)) AND (\(body) = '' OR body = \(body))
                ORDER BY decided_on DESC, dossier DESC LIMIT \(limit)
                """
            ).map(line)
        }
        if filter.item != nil {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM public_grant WHERE catalog_code = \(item)
                    AND (decided_on, dossier) < (\(end.decidedOn), \(end.dossier)) AND decided_on >= \(first)
                    AND (\(body) = '' OR body = \(body))
                ORDER BY decided_on DESC, dossier DESC LIMIT \(limit)
                """
            ).map(line)
        }
        if filter.body != nil {
            return try tx.rows(
                """
                SELECT \(raw: columns) FROM public_grant WHERE body = \(body)
                    AND (decided_on, dossier) < (\(end.decidedOn), \(end.dossier)) AND decided_on >= \(first)
                ORDER BY decided_on DESC, dossier DESC LIMIT \(limit)
                """
            ).map(line)
        }
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM public_grant
            WHERE (decided_on, dossier) < (\(end.decidedOn), \(end.dossier)) AND decided_on >= \(first)
            ORDER BY decided_on DESC, dossier DESC LIMIT \(limit)
            """
        ).map(line)
    }

    /// The grants with this number, of the decision or of the certificate, the latest first.
    package static func lines(
        number: String, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [PublicGrant] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM public_grant
            WHERE dossier IN (SELECT dossier FROM public_grant_by_number WHERE number = \(number)
                ORDER BY dossier DESC LIMIT \(limit))
            ORDER BY decided_on DESC, dossier DESC LIMIT \(limit)
            """
        ).map(line)
    }

    private static let columns: StaticString = """
        dossier, number, certificate_number, item, item_name, body, body_name, region, decided_on, holder, holder_code,
        valid_until, ending, ended_on
        """

    private static func line(_ row: Row) throws -> PublicGrant {
        let (code, ending) = (try row.text(10), try row.text(12))
        let end =
            ending.isEmpty
            ? nil : PublicGrant.End(try row.value(12, PublicGrant.End.Kind.init), on: try row.day(13))
        return PublicGrant(
            try row.id(0), numbers: (try row.text(1), try row.text(2)), item: (try row.text(3), try row.text(4)),
            body: (try row.value(5, CreditCode.init), try row.text(6), try row.value(7, Region.init)),
            holder: (try row.text(9), code.isEmpty ? nil : try row.value(10, CreditCode.init)),
            days: (try row.day(8), try row.optionalDay(11), end))
    }
}

extension PublicGrant {
    /// Where the page after this line begins.
    package var cursor: PublicGrantTable.Cursor {
        PublicGrantTable.Cursor(decidedOn: decidedOn, dossier: dossier)
    }
}
