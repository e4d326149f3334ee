import Store
package import Vocabulary

/// The days in which a grant or an agency is in force, both included.
package struct Term: Hashable, Sendable {
    package let from: CivilDate
    /// The last day; nil for no end.
    package let until: CivilDate?

    /// Refuses an end before the beginning.
    package init(from: CivilDate, until: CivilDate?) throws(AccountRefusal) {
        if let until, until < from { throw .termInverted }
        self.from = from
        self.until = until
    }

    /// Whether the day is one of them.
    package func contains(_ day: CivilDate) -> Bool {
        from <= day && until.map { day <= $0 } ?? true
    }

    init(_ row: Row, _ from: Int, _ until: Int) throws {
        do {
            self = try Term(from: row.day(from), until: row.optionalDay(until))
        } catch is AccountRefusal {
            throw Fault.corrupt("a term that ends before it begins")
        }
    }
}
