package import Store
package import Vocabulary

/// What the guide of an item says of booking (element E41, 是否支持预约办理, with its daily quota).
package struct BookableItem: Hashable, Sendable {
    package let code: String
    package let isOffered: Bool
    /// 每日名额: how many a day in all halls; nil for any number.
    package let perDay: Int?

    package init(_ code: String, isOffered: Bool, perDay: Int?) {
        (self.code, self.isOffered, self.perDay) = (code, isOffered, perDay)
    }
}

/// How many of an item are booked on a day, in whatever hall: the quota is the item's.
package enum AppointmentQuota {
    static let migration = Migration(
        "windows.007-appointment-quota",
        tables: [
            Table(
                "appointment_of_item", .distributed(by: "item"),
                columns: "item TEXT NOT NULL, day BIGINT NOT NULL, taken BIGINT NOT NULL, PRIMARY KEY (item, day)")
        ],
        statements: [
            """
            INSERT INTO appointment_of_item (item, day, taken)
            SELECT item, day, COUNT(*) FROM appointment WHERE state <> 'cancelled' GROUP BY item, day
            """
        ])

    /// Takes one of the day's. Refuses when all are taken: of those who book at the same instant exactly as many get
    /// one as there are.
    static func take(_ item: BookableItem, on day: CivilDate, in tx: Transaction) throws {
        let perDay = item.perDay ?? Int(Int32.max)
        guard perDay > 0 else { throw AppointmentRefusal.quotaFull }
        let isTaken = try tx.changes(
            """
            INSERT INTO appointment_of_item (item, day, taken) VALUES (\(item.code), \(day), 1)
            ON CONFLICT (item, day) DO UPDATE SET taken = appointment_of_item.taken + 1
            WHERE appointment_of_item.taken < \(perDay)
            """)
        guard isTaken == 1 else { throw AppointmentRefusal.quotaFull }
    }

    /// Gives one of the day's back.
    static func giveBack(_ code: String, on day: CivilDate, in tx: Transaction) throws {
        try tx.execute(
            "UPDATE appointment_of_item SET taken = taken - 1 WHERE item = \(code) AND day = \(day)")
    }

    /// How many of an item are left on a day; nil for any number.
    package static func left(_ item: BookableItem, on day: CivilDate, in tx: Transaction) throws -> Int? {
        guard let perDay = item.perDay else { return nil }
        let taken = try tx.row(
            "SELECT taken FROM appointment_of_item WHERE item = \(item.code) AND day = \(day)")?.integer(0)
        return max(0, perDay - (taken ?? 0))
    }
}
