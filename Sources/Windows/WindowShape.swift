package import Store

/// What this room brings to a database.
package enum WindowShape {
    /// The migrations of this room, in order.
    package static let migrations = [
        HallTable.migration, TicketTable.migration, AppointmentTable.migration, ServedTable.migration,
        EffortTable.migration, LoadTable.migration, AppointmentQuota.migration,
    ]
}
