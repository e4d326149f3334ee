package import Store

/// The room's tables.
package enum SupervisionShape {
    package static let migrations =
        FigureTable.migrations + [
            FindingTable.migration, OrderTable.migration, EvaluationTable.migration, RectificationTable.migration,
            VisitTable.migration, FileReviewTable.migration, CourseTable.migration, LookPatternTable.migration,
            LookInquiryTable.migration, OrderTable.ordinalMigration, VisitTable.recountMigration,
        ]
}
