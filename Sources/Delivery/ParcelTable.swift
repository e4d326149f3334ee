package import Store
package import Vocabulary

/// One line of a list of parcels.
package struct ParcelLine: Hashable, Sendable {
    package let id: ParcelID
    package let dossier: DossierID
    package let direction: ParcelDirection
    package let stage: Parcel.Stage
    /// Nil before the carrier has answered.
    package let waybill: String?
    package let promisedDay: CivilDate?
}

/// The journal of parcels, and the rows by which they are found.
package enum ParcelTable {
    /// LIMIT: parcels of one dossier; one more is refused.
    package static let perDossierMax = 20

    package static let migration = Migration(
        "delivery.001-parcel",
        tables: [
            Table(
                "parcel", .distributed(by: "id"),
                columns: """
                    id BYTEA NOT NULL PRIMARY KEY, dossier BYTEA NOT NULL, direction TEXT NOT NULL,
                    stage TEXT NOT NULL, is_open BIGINT NOT NULL, is_trouble BIGINT NOT NULL, waybill TEXT,
                    promised_day BIGINT
                    """,
                indexes: [
                    "parcel_by_trouble ON parcel (is_trouble, id)",
                    "parcel_by_promise ON parcel (is_open, promised_day, id)",
                ]),
            Table(
                "parcel_by_dossier", .distributed(by: "dossier"),
                columns: "dossier BYTEA NOT NULL, parcel BYTEA NOT NULL, PRIMARY KEY (dossier, parcel)"),
            Table(
                "parcel_by_waybill", .distributed(by: "waybill"),
                columns: "waybill TEXT NOT NULL PRIMARY KEY, parcel BYTEA NOT NULL"),
            Table(
                "parcel_finished", .distributed(by: "month"),
                columns: """
                    month BIGINT NOT NULL, waybill TEXT NOT NULL, parcel BYTEA NOT NULL, fee_cents BIGINT NOT NULL,
                    PRIMARY KEY (month, waybill)
                    """),
        ])

    /// Writes a new parcel and answers it.
    package static func order(
        _ event: ParcelEvent, as id: ParcelID, stamp: Stamp, in tx: Transaction
    ) throws -> Parcel {
        let parcel = try Parcel(id, event, at: stamp.now)
        let ordered = parcel.ordered
        guard try of(ordered.dossier, in: tx).count < perDossierMax else { throw ParcelRefusal.tooManyParcels }
        try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
        try tx.execute(
            """
            INSERT INTO parcel (id, dossier, direction, stage, is_open, is_trouble)
            VALUES (\(id), \(ordered.dossier), \(ordered.direction.rawValue), \(parcel.stage.rawValue), 1, 0)
            """)
        try tx.execute("INSERT INTO parcel_by_dossier (dossier, parcel) VALUES (\(ordered.dossier), \(id))")
        return parcel
    }

    /// Writes what happened to a parcel and answers it as it stands then.
    package static func append(
        _ events: [ParcelEvent], to parcel: Parcel, stamp: Stamp, in tx: Transaction
    ) throws -> Parcel {
        guard !events.isEmpty else { return parcel }
        var after = parcel
        for event in events { try after.apply(event) }
        try Journal.append(events, to: parcel.id.subject, after: parcel.sequence, stamp: stamp, in: tx)
        let stage = after.stage
        try tx.execute(
            """
            UPDATE parcel SET stage = \(stage.rawValue), is_open = \(stage.isOpen), is_trouble = \(stage.isTrouble),
                waybill = \(after.booking?.waybill), promised_day = \(after.booking?.promisedDay)
            WHERE id = \(parcel.id)
            """)
        if parcel.booking == nil, let booking = after.booking { try register(booking, of: parcel.id, in: tx) }
        if parcel.stage.isOpen, [.delivered, .returned].contains(stage), let booking = after.booking,
            let last = after.scans.last
        {
            try tx.execute(
                """
                INSERT INTO parcel_finished (month, waybill, parcel, fee_cents)
                VALUES (\(month(of: last.scan.at.day)), \(booking.waybill), \(parcel.id), \(booking.feeCents))
                """)
        }
        return after
    }

    /// A waybill names one parcel for ever.
    private static func register(_ booking: ParcelBooking, of id: ParcelID, in tx: Transaction) throws {
        if let other = try find(booking.waybill, in: tx), other != id { throw ParcelRefusal.otherWaybill }
        try tx.execute("INSERT INTO parcel_by_waybill (waybill, parcel) VALUES (\(booking.waybill), \(id))")
    }

    /// The parcel as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: ParcelID, in tx: Transaction) throws -> Parcel {
        let entries = try Journal.entries(of: id.subject, in: tx)
        // An address may name anything that the journal is about.
        guard entries.first?.kind == ParcelEvent.orderedKind, let parcel = try Parcel.folded(id, entries) else {
            throw ParcelRefusal.notFound
        }
        return parcel
    }

    /// The parcel with a waybill; nil when there is none.
    package static func find(_ waybill: String, in tx: Transaction) throws -> ParcelID? {
        try tx.row("SELECT parcel FROM parcel_by_waybill WHERE waybill = \(waybill)")?.id(0)
    }

    /// The parcels of a dossier, the oldest first.
    package static func of(_ dossier: DossierID, in tx: Transaction) throws -> [ParcelID] {
        try tx.rows(
            """
            SELECT parcel FROM parcel_by_dossier WHERE dossier = \(dossier) ORDER BY parcel LIMIT \(perDossierMax)
            """
        ).map { try $0.id(0) }
    }

    /// What somebody of the house must see to: lost, refused, at a wrong address. The oldest first, after one of them.
    package static func troubled(
        after last: ParcelID? = nil, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ParcelLine] {
        let last = last?.subject ?? Subject(high: 0, low: 0)
        return try tx.rows(
            """
            SELECT \(raw: columns) FROM parcel WHERE is_trouble = 1 AND id > \(last) ORDER BY id LIMIT \(limit)
            """
        ).map(line)
    }

    /// What is on its way after its promised day, the longest late first.
    package static func late(
        on today: CivilDate, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [ParcelLine] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM parcel WHERE is_open = 1 AND promised_day < \(today)
            ORDER BY promised_day, id LIMIT \(limit)
            """
        ).map(line)
    }

    private static let columns: StaticString = "id, dossier, direction, stage, waybill, promised_day"

    private static func line(_ row: Row) throws -> ParcelLine {
        ParcelLine(
            id: try row.id(0), dossier: try row.id(1), direction: try row.value(2, ParcelDirection.init),
            stage: try row.value(3, Parcel.Stage.init), waybill: try row.optionalText(4),
            promisedDay: try row.optionalDay(5))
    }

    /// `202611` for a day of November 2026.
    package static func month(of day: CivilDate) -> Int { day.parts.year * 100 + day.parts.month }
}
