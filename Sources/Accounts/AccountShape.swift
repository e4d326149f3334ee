package import Store

/// What this room brings to a database.
package enum AccountShape {
    /// The migrations of this room, in order.
    package static let migrations = [
        PersonTable.migration, StaffTable.migration, GrantTable.migration, SessionTable.migration,
        ThrottleTable.migration, AccountTable.migration, AgencyTable.migration, AccountKeyTable.migration,
        AbsenceTable.migration, StaffTable.numberMigration, AssistanceTable.migration, PartnerTable.migration,
        PartnerTokenTable.migration, IdentityLinkTable.migration, SessionTable.levelMigration,
        RelativeTable.migration,
    ]
}
