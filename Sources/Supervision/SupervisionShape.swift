package import Store

/// The room's tables.
package enum SupervisionShape {
    package static let migrations: [Migration] = [EvaluationTable.migration, RectificationTable.migration]
}
