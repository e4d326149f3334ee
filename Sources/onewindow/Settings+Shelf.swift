import Delivery
import Store
import Vocabulary

/// 逾期未领: after how many days an applicant is reminded of a result, and when it goes to the archive.
extension Settings {
    /// `ONEWINDOW_UNCOLLECTED_DAYS`: three numbers of calendar days since the result was ready: the first reminder, the
    /// second, the archive. `15,30,90` where it is not set: no law says so, the figures are ours.
    static var uncollectedDays: String? { value("ONEWINDOW_UNCOLLECTED_DAYS") }

    /// The days as they are set. Refuses what cannot be, as `Fault.misconfigured`.
    static func shelfTerms() throws -> ShelfTerms {
        guard let uncollectedDays else { return .usual }
        let days = uncollectedDays.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard days.count == 3, let first = days[0], let second = days[1], let third = days[2],
            let terms = ShelfTerms(remind: first, again: second, archive: third)
        else {
            throw Fault.misconfigured(
                "ONEWINDOW_UNCOLLECTED_DAYS is three rising numbers of days up to \(ShelfTerms.daysMax)")
        }
        return terms
    }

    /// The days for those who look.
    static func shelfLine() throws -> String {
        let terms = try shelfTerms()
        return "uncollected results: reminded after \(terms.remindAfterDays) and \(terms.remindAgainAfterDays) days, "
            + "archived after \(terms.archiveAfterDays)"
    }
}
