package import Vocabulary

/// Why a record is not one of the exchange's.
package enum RecordRefusal: String, Refusal, CaseIterable {
    /// No object of family, number and values.
    case malformed = "record.malformed"
    case familyUnknown = "record.family-unknown"
    /// A column that the family has not: the other side's tables have changed, or ours have.
    case fieldUnknown = "record.field-unknown"
    case fieldMissing = "record.field-missing"
    /// Too long, of another type, or no moment.
    case valueUnfit = "record.value-unfit"

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }

    package static let codes = allCases.map(\.rawValue)
}

/// The same with its place: `family`, or `family.column`.
package struct RecordUnfit: Refusal, Equatable {
    package let reason: RecordRefusal
    package let place: String

    package init(_ reason: RecordRefusal, _ place: String) { (self.reason, self.place) = (reason, place) }

    package var code: String { reason.code }
    package var kind: RefusalKind { reason.kind }
}
