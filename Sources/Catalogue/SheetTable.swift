package import Store
package import Vocabulary

/// 底稿状态: where a sheet stands between its editor, its reviewer and the public.
package enum SheetState: String, Sendable, CaseIterable {
    case draft, submitted, approved, published

    package var label: Bilingual {
        switch self {
        case .draft: Bilingual("草稿", "Draft")
        case .submitted: Bilingual("待审核", "Waiting for review")
        case .approved: Bilingual("已审核", "Reviewed")
        case .published: Bilingual("已发布", "Published")
        }
    }
}

/// A sheet as it is kept.
package struct KeptSheet: Hashable, Sendable {
    package let sheet: ItemSheet
    package let state: SheetState
    /// +1 at every change; a change must name the one that it was made on.
    package let revision: Int
    /// Who changed it last; nil for an import.
    package let editor: StaffID?
    /// The subject of what the journal says of it.
    package let id: Subject
}

/// One line of the list of sheets.
package struct SheetLine: Hashable, Sendable {
    package let slug: String
    package let name: String
    package let department: String
    package let state: SheetState
    /// How many of the required elements are missing.
    package let missing: Int
}

/// The sheets that the catalogue's editors work on.
package enum SheetTable {
    package static let migration = Migration(
        "catalogue.003-sheet",
        tables: [
            Table(
                "item_sheet", .reference,
                columns: """
                    slug TEXT NOT NULL PRIMARY KEY, id BYTEA NOT NULL, name TEXT NOT NULL, department TEXT NOT NULL,
                    state TEXT NOT NULL,
                    revision BIGINT NOT NULL, editor TEXT NOT NULL, missing BIGINT NOT NULL, at BIGINT NOT NULL,
                    content BYTEA NOT NULL
                    """,
                indexes: ["item_sheet_by_state ON item_sheet (state, slug)"]),
            Table(
                "item_code", .reference,
                columns: """
                    code TEXT NOT NULL PRIMARY KEY, item_type TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
                    main_item TEXT NOT NULL
                    """),
        ])

    /// Keeps a sheet that is new. Throws `CatalogueRefusal.sheetExists`.
    package static func add(
        _ sheet: ItemSheet, as id: Subject, state: SheetState = .draft, by editor: StaffID?, now: Instant,
        in tx: Transaction
    ) throws {
        let added = try tx.changes(
            """
            INSERT INTO item_sheet (slug, id, name, department, state, revision, editor, missing, at, content)
            VALUES (\(sheet.slug), \(id), \(sheet.name.zh), \(sheet.department), \(state.rawValue), 1,
                \(editor?.description ?? ""), \(sheet.missing.count), \(now), \(try CanonicalJSON.bytes(of: sheet)))
            ON CONFLICT (slug) DO NOTHING
            """)
        guard added == 1 else { throw CatalogueRefusal.sheetExists(sheet.slug) }
    }

    /// Keeps a sheet in place of the revision it was made on. Throws `CatalogueRefusal.sheetChanged` when somebody was
    /// quicker.
    package static func replace(
        _ kept: KeptSheet, with sheet: ItemSheet, state: SheetState, by editor: StaffID?, now: Instant,
        in tx: Transaction
    ) throws {
        let changed = try tx.changes(
            """
            UPDATE item_sheet SET name = \(sheet.name.zh), department = \(sheet.department),
                state = \(state.rawValue), revision = revision + 1, editor = \(editor?.description ?? ""),
                missing = \(sheet.missing.count), at = \(now), content = \(try CanonicalJSON.bytes(of: sheet))
            WHERE slug = \(kept.sheet.slug) AND revision = \(kept.revision)
            """)
        guard changed == 1 else { throw CatalogueRefusal.sheetChanged }
    }

    /// A sheet by its item's name in addresses; nil when there is none.
    package static func sheet(_ slug: String, in tx: Transaction) throws -> KeptSheet? {
        try tx.row("SELECT state, revision, editor, content, id FROM item_sheet WHERE slug = \(slug)").map { row in
            KeptSheet(
                sheet: try CanonicalJSON.value(in: try row.bytes(3)), state: try row.value(0, SheetState.init),
                revision: try row.integer(1), editor: StaffID(try row.text(2)), id: try row.subject(4))
        }
    }

    /// The lines of sheets after a name, all states when none is given.
    package static func lines(
        _ state: SheetState? = nil, after slug: String = "", limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [SheetLine] {
        let states = state.map { [$0] } ?? SheetState.allCases
        return try tx.rows(
            """
            SELECT slug, name, department, state, missing FROM item_sheet
            WHERE state IN \(list: states.map(\.rawValue)) AND slug > \(slug) ORDER BY slug LIMIT \(limit)
            """
        ).map { row in
            SheetLine(
                slug: try row.text(0), name: try row.text(1), department: try row.text(2),
                state: try row.value(3, SheetState.init), missing: try row.integer(4))
        }
    }

    /// Which sheet has each basic code: a sheet made here is called by it, any other says it.
    package static func owners(in tx: Transaction) throws -> [String: String] {
        var (owners, last): ([String: String], String) = ([:], "")
        while true {
            let slugs = try lines(after: last, limit: codesMax, in: tx).map(\.slug)
            for slug in slugs {
                owners[slug] = CatalogCode(slug) == nil ? nil : slug
                guard CatalogCode(slug) == nil, let kept = try sheet(slug, in: tx) else { continue }
                for power in kept.sheet.powers { owners[power.catalogCode.code] = slug }
            }
            guard slugs.count == codesMax, let next = slugs.last else { return owners }
            last = next
        }
    }

    /// The sheets that are not called by a code that was given here, by type and name: nobody gives their items a
    /// second code.
    package static func named(in tx: Transaction) throws -> [String: ItemSheet] {
        var (named, last): ([String: ItemSheet], String) = ([:], "")
        while true {
            let page = try lines(after: last, in: tx)
            for line in page where CatalogCode(line.slug) == nil {
                guard let sheet = try sheet(line.slug, in: tx)?.sheet, let type = sheet.values["itemType"]?.text else {
                    continue
                }
                named[type + sheet.name.zh] = sheet
            }
            guard let next = page.last else { return named }
            last = next.slug
        }
    }

    /// The codes that were given so far.
    package static func codes(in tx: Transaction) throws -> [CodeAllotment.Entry] {
        try tx.rows(
            """
            SELECT code, item_type, number, name, main_item FROM item_code ORDER BY code LIMIT \(codesMax)
            """
        ).map { row in
            CodeAllotment.Entry(
                code: try row.value(0, CatalogCode.init), type: try row.value(1, ItemType.init),
                number: try row.text(2), name: try row.text(3), mainItem: try row.text(4))
        }
    }

    /// LIMIT: codes of one catalogue.
    static let codesMax = 100_000

    /// Writes down codes that were given now.
    package static func give(_ entries: [CodeAllotment.Entry], in tx: Transaction) throws {
        for entry in entries {
            try tx.execute(
                """
                INSERT INTO item_code (code, item_type, number, name, main_item)
                VALUES (\(entry.code.code), \(entry.type.rawValue), \(entry.number), \(entry.name), \(entry.mainItem))
                """)
        }
    }
}
