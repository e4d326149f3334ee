import Store
package import Vocabulary

/// Something that is counted of dossiers (domain section 4.4): in the month of which day, and how much of each. A new
/// figure is a new value here, and a column.
package struct CaseFigure: Sendable {
    /// The day of a dossier's life in whose month something counts.
    package enum Day: String, Sendable, CaseIterable {
        case filed = "filed_on"
        case received = "received_on"
        case accepted = "accepted_on"
        case decided = "decided_on"
        case ended = "ended_on"
    }

    /// Its column, and its name on the web.
    package let id: String
    package let day: Day
    /// How much a dossier adds that has the day; 0 for nothing.
    package let amount: @Sendable (CountedCase) -> Int
    /// Which dossiers it counts, in SQL, for the list behind it; nil where it counts days or things and not dossiers.
    let condition: SQL?

    private init(
        _ id: String, _ day: Day, where condition: SQL?, _ amount: @escaping @Sendable (CountedCase) -> Int
    ) {
        (self.id, self.day, self.condition, self.amount) = (id, day, condition, amount)
    }

    private static func cases(
        _ id: String, _ day: Day, where condition: SQL, _ isCounted: @escaping @Sendable (CountedCase) -> Bool
    ) -> CaseFigure {
        CaseFigure(id, day, where: condition) { isCounted($0) ? 1 : 0 }
    }

    /// Whether a list of dossiers stands behind it.
    package var hasCases: Bool { condition != nil }

    // What comes in.

    package static let filed = cases("filed", .filed, where: "1 = 1") { _ in true }
    package static let online = cases("online", .filed, where: "hall = ''") { $0.isOnline }
    package static let received = cases("received", .received, where: "1 = 1") { _ in true }
    /// 补正: asked to correct, or sent back by the pre-review.
    package static let corrected = cases("corrected", .received, where: "is_corrected = 1") { $0.burden.isCorrected }
    package static let accepted = cases("accepted", .accepted, where: "1 = 1") { _ in true }
    /// 一次性通过: accepted without anything to correct.
    package static let firstTimeRight = cases("first_time_right", .accepted, where: "is_corrected = 0") {
        !$0.burden.isCorrected
    }

    // What is decided, and how fast.

    package static let decided = cases("decided", .decided, where: "1 = 1") { _ in true }
    package static let granted = cases("granted", .decided, where: "is_granted = 1") { $0.isGranted }
    package static let refused = cases("refused", .decided, where: "is_granted = 0") { !$0.isGranted }
    package static let early = cases("early", .decided, where: "standing = 1") { $0.standing == .early }
    /// On time: early ones among them.
    package static let onTime = cases("on_time", .decided, where: "standing IN (1, 2)") {
        $0.standing == .early || $0.standing == .inTime
    }
    /// Past the promise; those past the law among them.
    package static let late = cases("late", .decided, where: "standing >= 3") {
        $0.standing.rawValue >= CountedCase.Standing.late.rawValue
    }
    package static let unlawful = cases("unlawful", .decided, where: "standing = 4") { $0.standing == .unlawful }
    /// 即办: decided on the day on which the limit began.
    package static let immediate = cases("immediate", .decided, where: "taken_parts = 0") { $0.times.taken == 0 }
    /// With a limit of the law: what compression is counted over.
    package static let limited = cases("limited", .decided, where: "statutory_parts > 0") { $0.times.statutory > 0 }
    package static let statutoryParts = CaseFigure("statutory_sum", .decided, where: nil) { $0.times.statutory }
    package static let promisedParts = CaseFigure("promised_sum", .decided, where: nil) {
        $0.times.statutory > 0 ? $0.times.promised : 0
    }
    package static let takenParts = CaseFigure("taken_sum", .decided, where: nil) {
        $0.times.statutory > 0 ? $0.times.taken : 0
    }

    // How it ends, and what it took the applicant.

    package static let ended = cases("ended", .ended, where: "1 = 1") { _ in true }
    package static let closed = cases("closed", .ended, where: "ending = 1") { $0.ending == .closed }
    package static let declined = cases("declined", .ended, where: "ending = 2") { $0.ending == .declined }
    package static let withdrawn = cases("withdrawn", .ended, where: "ending = 3") { $0.ending == .withdrawn }
    package static let lapsed = cases("lapsed", .ended, where: "ending = 4") { $0.ending == .lapsed }
    package static let express = cases("express", .ended, where: "ending = 1 AND is_express = 1") {
        $0.ending == .closed && $0.burden.isExpress
    }
    package static let zeroTrip = cases("zero_trip", .ended, where: "ending = 1 AND trips_made = 0") {
        $0.ending == .closed && $0.burden.tripsMade == 0
    }
    /// 最多跑一趟; those without a trip among them.
    package static let atMostOneTrip = cases("one_trip", .ended, where: "ending = 1 AND trips_made <= 1") {
        $0.ending == .closed && $0.burden.tripsMade <= 1
    }
    package static let overPromise = cases(
        "over_promise", .ended, where: "ending = 1 AND trips_made > trips_promised"
    ) { $0.ending == .closed && $0.burden.tripsMade > $0.burden.tripsPromised }
    package static let tripsPromised = CaseFigure("trips_promised_sum", .ended, where: nil) {
        $0.ending == .closed ? $0.burden.tripsPromised : 0
    }
    package static let tripsMade = CaseFigure("trips_made_sum", .ended, where: nil) {
        $0.ending == .closed ? $0.burden.tripsMade : 0
    }

    // How far what was filed in a month has come by now: the flow from step to step.

    package static let flowReceived = cases("flow_received", .filed, where: "received_on IS NOT NULL") {
        $0.days.received != nil
    }
    package static let flowAccepted = cases("flow_accepted", .filed, where: "accepted_on IS NOT NULL") {
        $0.days.accepted != nil
    }
    package static let flowDecided = cases("flow_decided", .filed, where: "decided_on IS NOT NULL") {
        $0.days.decided != nil
    }
    package static let flowClosed = cases("flow_closed", .filed, where: "ending = 1") { $0.ending == .closed }
    /// Over before the receipt, before the acceptance, before the decision.
    package static let leftUnreceived = cases(
        "left_unreceived", .filed, where: "ending > 1 AND received_on IS NULL"
    ) { $0.hasLeft && $0.days.received == nil }
    package static let leftUnaccepted = cases(
        "left_unaccepted", .filed, where: "ending > 1 AND received_on IS NOT NULL AND accepted_on IS NULL"
    ) { $0.hasLeft && $0.days.received != nil && $0.days.accepted == nil }
    package static let leftUndecided = cases(
        "left_undecided", .filed, where: "ending > 1 AND accepted_on IS NOT NULL AND decided_on IS NULL"
    ) { $0.hasLeft && $0.days.accepted != nil && $0.days.decided == nil }

    // What nobody asked for.

    package static let materials = CaseFigure("materials_sum", .accepted, where: nil) { $0.burden.materials }
    package static let reused = CaseFigure("reused_sum", .accepted, where: nil) { $0.burden.reused }
    package static let spared = CaseFigure("spared_sum", .accepted, where: nil) {
        $0.burden.reused + $0.burden.committed
    }
    /// Cases in which a certificate of the library stood for a material.
    package static let reusing = cases("reusing", .accepted, where: "reused > 0") { $0.burden.reused > 0 }

    /// In the order of their columns.
    package static let all = [
        filed, online, received, corrected, accepted, firstTimeRight, decided, granted, refused, early, onTime, late,
        unlawful, immediate, limited, statutoryParts, promisedParts, takenParts, ended, closed, declined, withdrawn,
        lapsed, express, zeroTrip, atMostOneTrip, overPromise, tripsPromised, tripsMade, materials, reused, spared,
        reusing, flowReceived, flowAccepted, flowDecided, flowClosed, leftUnreceived, leftUnaccepted, leftUndecided,
    ]

    /// The figure with the name; nil when there is none.
    package static func named(_ id: String) -> CaseFigure? { all.first { $0.id == id } }

    /// In which month a dossier counts, and how much; nil where it has not come to the day.
    func counted(of dossier: CountedCase) -> (month: Month, amount: Int)? {
        dossier.day(day).map { (Month(of: $0), amount(dossier)) }
    }
}

extension CountedCase {
    /// Over without a result that was handed over.
    fileprivate var hasLeft: Bool { ending != .open && ending != .closed }

    /// The day on which a figure counts it.
    package func day(of figure: CaseFigure) -> CivilDate? { day(figure.day) }

    func day(_ day: CaseFigure.Day) -> CivilDate? {
        switch day {
        case .filed: days.filed
        case .received: days.received
        case .accepted: days.accepted
        case .decided: days.decided
        case .ended: days.ended
        }
    }
}
