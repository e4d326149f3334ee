package import Vocabulary

/// A dossier as figures see it: where it belongs, the days of its life, and what is counted of it. It follows from the
/// dossier's sealed entries alone, so that counting again gives the same.
package struct CountedCase: Hashable, Sendable {
    /// Where it belongs.
    package struct Place: Hashable, Comparable, Sendable {
        package let region: Region
        package let body: CreditCode
        /// 31 characters: who implements which item.
        package let item: String
        /// The region of the hall that took it in; empty for one that was filed online.
        package let hall: String
        /// `O0` to `O6`.
        package let mode: String

        package init(region: Region, body: CreditCode, item: String, hall: Region?, mode: ServiceMode) {
            (self.region, self.body, self.item) = (region, body, item)
            (self.hall, self.mode) = (hall?.code ?? "", mode.id)
        }

        init(region: Region, body: CreditCode, item: String, hall: String, mode: String) {
            (self.region, self.body, self.item) = (region, body, item)
            (self.hall, self.mode) = (hall, mode)
        }

        package static func < (left: Place, right: Place) -> Bool {
            (left.region.code, left.body.code, left.item, left.hall, left.mode)
                < (right.region.code, right.body.code, right.item, right.hall, right.mode)
        }
    }

    /// The days of its life; nil for what has not come.
    package struct Days: Hashable, Sendable {
        package let filed: CivilDate
        package let received: CivilDate?
        package let accepted: CivilDate?
        package let decided: CivilDate?
        package let ended: CivilDate?

        package init(
            filed: CivilDate, received: CivilDate?, accepted: CivilDate?, decided: CivilDate?, ended: CivilDate?
        ) {
            (self.filed, self.received, self.accepted) = (filed, received, accepted)
            (self.decided, self.ended) = (decided, ended)
        }
    }

    /// How the decision stood to its limits.
    package enum Standing: Int, Sendable, CaseIterable {
        case undecided
        /// Before the promised day.
        case early
        /// On the promised day.
        case inTime
        /// After the promise, within the law.
        case late
        /// After the limit of the law.
        case unlawful
    }

    /// How it came to its end.
    package enum Ending: Int, Sendable, CaseIterable {
        case open
        /// 办结 with its result handed over.
        case closed
        /// 不予受理.
        case declined
        /// Withdrawn by the applicant, or terminated.
        case withdrawn
        /// What was asked for did not come in time.
        case lapsed
    }

    /// The limits and what was taken of them, in `DayParts`, so that sums lose nothing.
    package struct Times: Hashable, Sendable {
        /// Nought where the law sets no limit.
        package let statutory: Int
        /// Nought for what is decided on the spot.
        package let promised: Int
        /// From the start of the limit to the decision, days that do not count left out (行政许可法 art. 45).
        package let taken: Int

        package init(statutory: Int, promised: Int, taken: Int) {
            (self.statutory, self.promised, self.taken) = (statutory, promised, taken)
        }
    }

    /// What the applicant was spared, and what it took her.
    package struct Burden: Hashable, Sendable {
        package let tripsPromised: Int
        package let tripsMade: Int
        /// Materials of the case, and those of them for which a certificate of the library stood.
        package let materials: Int
        package let reused: Int
        /// Materials for which a commitment stood (告知承诺制).
        package let committed: Int
        /// Whether a correction was asked for, or the pre-review sent it back.
        package let isCorrected: Bool
        /// Whether the result came by courier.
        package let isExpress: Bool

        package init(
            trips: (promised: Int, made: Int), materials: (all: Int, reused: Int, committed: Int), isCorrected: Bool,
            isExpress: Bool
        ) {
            (tripsPromised, tripsMade) = trips
            (self.materials, reused, committed) = materials
            (self.isCorrected, self.isExpress) = (isCorrected, isExpress)
        }
    }

    package let dossier: DossierID
    /// How many of its entries were sealed when it was counted.
    package let sequence: Int
    package let place: Place
    package let days: Days
    package let isGranted: Bool
    package let standing: Standing
    package let ending: Ending
    package let times: Times
    package let burden: Burden

    package init(
        _ dossier: DossierID, sequence: Int, place: Place, days: Days,
        end: (isGranted: Bool, standing: Standing, ending: Ending, times: Times, burden: Burden)
    ) {
        (self.dossier, self.sequence, self.place, self.days) = (dossier, sequence, place, days)
        (isGranted, standing, ending, times, burden) = end
    }

    /// Whether it was filed online.
    package var isOnline: Bool { place.hall.isEmpty }
}
