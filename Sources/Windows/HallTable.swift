package import Store
import Vocabulary

/// The halls and their windows.
package enum HallTable {
    static let migration = Migration(
        "windows.001-halls",
        tables: [
            Table(
                "service_hall", .reference,
                columns: """
                    code TEXT NOT NULL PRIMARY KEY, id BYTEA NOT NULL, name TEXT NOT NULL, name_english TEXT NOT NULL,
                    address TEXT NOT NULL, address_english TEXT NOT NULL, slot_places BIGINT NOT NULL
                    """),
            Table(
                "service_window", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, number BIGINT NOT NULL, id BYTEA NOT NULL, capabilities TEXT NOT NULL,
                    shift BYTEA, staff BYTEA, since BIGINT, paused_at BIGINT, PRIMARY KEY (hall, number)
                    """,
                indexes: ["service_window_sat_at ON service_window (since, hall, number)"]),
            Table(
                "window_seat", .distributed(by: "staff"),
                columns: "staff BYTEA NOT NULL PRIMARY KEY, hall TEXT NOT NULL, number BIGINT NOT NULL"),
            Table(
                "window_shift", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, id BYTEA NOT NULL, number BIGINT NOT NULL, staff BYTEA NOT NULL,
                    opened_at BIGINT NOT NULL, closed_at BIGINT, PRIMARY KEY (hall, id)
                    """),
            Table(
                "hall_kiosk", .distributed(by: "hall"),
                columns: """
                    hall TEXT NOT NULL, digest BYTEA NOT NULL, label TEXT NOT NULL, made_at BIGINT NOT NULL,
                    PRIMARY KEY (hall, digest)
                    """),
        ])

    private static let hallColumns: StaticString =
        "id, code, name, name_english, address, address_english, slot_places"

    /// Adds a hall. Refuses a code that is there already, and more than `ServiceHall.hallsMax`.
    package static func add(_ hall: ServiceHall, stamp: Stamp, in tx: Transaction) throws {
        let count = try tx.row("SELECT COUNT(*) FROM service_hall")?.integer(0) ?? 0
        guard count < ServiceHall.hallsMax else { throw WindowRefusal.tooManyHalls }
        let isNew = try tx.changes(
            """
            INSERT INTO service_hall (code, id, name, name_english, address, address_english, slot_places)
            VALUES (\(hall.code.text), \(hall.id), \(hall.name), \(hall.nameEnglish), \(hall.address),
                \(hall.addressEnglish), \(hall.slotPlaces))
            ON CONFLICT (code) DO NOTHING
            """)
        guard isNew == 1 else { throw WindowRefusal.hallKnown }
        try WindowEntry.hallAdded.write(of: hall.id.subject, HallPart(hall), stamp: stamp, in: tx)
    }

    /// Changes what is said of a hall; its code stays.
    package static func change(_ hall: ServiceHall, stamp: Stamp, in tx: Transaction) throws {
        let changed = try tx.changes(
            """
            UPDATE service_hall SET name = \(hall.name), name_english = \(hall.nameEnglish),
                address = \(hall.address), address_english = \(hall.addressEnglish), slot_places = \(hall.slotPlaces)
            WHERE code = \(hall.code.text)
            """)
        guard changed == 1 else { throw WindowRefusal.hallNotFound }
        try WindowEntry.hallChanged.write(of: hall.id.subject, HallPart(hall), stamp: stamp, in: tx)
    }

    /// The hall; refuses a code that no hall has.
    package static func hall(_ code: HallCode, in tx: Transaction) throws -> ServiceHall {
        let row = try tx.row("SELECT \(raw: hallColumns) FROM service_hall WHERE code = \(code.text)")
        guard let row else { throw WindowRefusal.hallNotFound }
        return try ServiceHall(row)
    }

    /// All halls, by their codes.
    package static func halls(in tx: Transaction) throws -> [ServiceHall] {
        try tx.rows("SELECT \(raw: hallColumns) FROM service_hall ORDER BY code LIMIT \(ServiceHall.hallsMax)")
            .map(ServiceHall.init)
    }

    private struct HallPart: Encodable {
        let hall: HallCode
        let slotPlaces: Int

        init(_ hall: ServiceHall) { (self.hall, slotPlaces) = (hall.code, hall.slotPlaces) }
    }
}

extension ServiceHall {
    fileprivate init(_ row: Row) throws {
        try self.init(
            try row.id(0), code: try row.value(1, HallCode.init), name: Bilingual(try row.text(2), try row.text(3)),
            address: Bilingual(try row.text(4), try row.text(5)), slotPlaces: try row.integer(6))
    }
}
