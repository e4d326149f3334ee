package import Vocabulary

/// 预约: a place of half an hour at a hall, under a real name.
package struct Appointment: Hashable, Sendable {
    package let id: AppointmentID
    package let hall: HallCode
    package let slot: Slot
    package let person: PersonID
    /// The catalogue code of the item.
    package let itemCode: String
    package let bookedAt: Instant
    package let state: State

    package enum State: String, Sendable, CaseIterable {
        case booked, cancelled
        /// She came and has a ticket.
        case arrived
        /// 爽约: she did not come.
        case missed
    }

    package init(
        _ id: AppointmentID, at hall: HallCode, _ slot: Slot, for person: PersonID, itemCode: String,
        bookedAt: Instant, state: State = .booked
    ) {
        (self.id, self.hall, self.slot, self.person) = (id, hall, slot, person)
        (self.itemCode, self.bookedAt, self.state) = (itemCode, bookedAt, state)
    }
}

/// A half hour of a day.
package struct Slot: Hashable, Comparable, Sendable {
    /// Minutes of a slot.
    package static let minutes = 30

    package let day: CivilDate
    /// The minute of the day at which it begins.
    package let minute: Int

    package init(_ day: CivilDate, minute: Int) { (self.day, self.minute) = (day, minute) }

    package var begins: Instant { Instant(day, minute: minute) }
    package var ends: Instant { begins.advanced(bySeconds: Int64(Self.minutes) * 60) }

    package static func < (left: Slot, right: Slot) -> Bool { (left.day, left.minute) < (right.day, right.minute) }
}

/// How booking works, as a city may set it (domain section 7, 预约取号).
package struct AppointmentParameters: Hashable, Sendable {
    /// For how many of the next working days one can book; today is not among them.
    package var daysAhead = 5
    /// Minutes before the beginning until which one can cancel.
    package var cancelMinutesMin = 120
    /// Minutes before the beginning from which one can take the ticket.
    package var arriveMinutesMax = 30
    /// How often somebody may stay away within `missedDays` before she cannot book for a while.
    package var missedMax = 3
    /// Days for which it is remembered that somebody stayed away.
    package var missedDays = 90

    package init() {}
}

/// Why nothing is booked, cancelled or redeemed.
package enum AppointmentRefusal: String, Refusal, CaseIterable {
    case notFound = "appointment.not-found"
    /// The day is not one of the next working days, or the hall has no such half hour on it.
    case noSuchSlot = "appointment.no-such-slot"
    /// All places of the half hour are taken.
    case slotFull = "appointment.slot-full"
    /// The item is one that is not booked ahead (element E41).
    case notOffered = "appointment.not-offered"
    /// The item's places of the day are taken, in all halls together.
    case quotaFull = "appointment.quota-full"
    /// She has booked something on that day already.
    case oneADay = "appointment.one-a-day"
    /// She stayed away too often.
    case blocked = "appointment.blocked"
    /// It begins too soon to be cancelled.
    case tooLateToCancel = "appointment.too-late-to-cancel"
    /// It was cancelled, redeemed or missed already.
    case over = "appointment.over"
    /// Her half hour has not come yet.
    case tooEarly = "appointment.too-early"
    /// Her half hour is over.
    case tooLate = "appointment.too-late"
    /// Nothing is booked for her here today.
    case noneToday = "appointment.none-today"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound, .noneToday: .notFound
        case .noSuchSlot: .invalid
        case .blocked: .forbidden
        case .slotFull, .notOffered, .quotaFull, .oneADay, .tooLateToCancel, .over, .tooEarly, .tooLate: .conflict
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}

/// What may be booked, and when it counts.
package enum AppointmentRules {
    /// The days that can be booked on `today`: the next working days, not today.
    package static func days(
        after today: CivilDate, _ calendar: WorkCalendar, _ parameters: AppointmentParameters = .init()
    ) -> [CivilDate] {
        (1...parameters.daysAhead).map { calendar.day(WorkingDays($0), after: today) }
    }

    /// The half hours of a day on which the hall is open; none on another day. What is left over of a span that does
    /// not divide is not given out.
    package static func slots(of day: CivilDate, _ calendar: WorkCalendar) -> [Slot] {
        guard let hours = calendar.officeHours(on: day) else { return [] }
        return hours.spans.flatMap { span in
            stride(from: span.opens, through: span.closes - Slot.minutes, by: Slot.minutes).map {
                Slot(day, minute: $0)
            }
        }
    }

    /// Refuses an item that is not booked ahead, a half hour that cannot be booked now, and somebody who stayed away
    /// too often.
    package static func check(
        _ slot: Slot, of item: BookableItem, missed: Int, at now: Instant, _ calendar: WorkCalendar,
        _ parameters: AppointmentParameters = .init()
    ) throws(AppointmentRefusal) {
        guard item.isOffered else { throw .notOffered }
        if missed >= parameters.missedMax { throw .blocked }
        guard days(after: now.day, calendar, parameters).contains(slot.day),
            slots(of: slot.day, calendar).contains(slot)
        else { throw .noSuchSlot }
    }

    /// Refuses to cancel what is over or begins too soon.
    package static func checkCancelling(
        _ appointment: Appointment, at now: Instant, _ parameters: AppointmentParameters = .init()
    ) throws(AppointmentRefusal) {
        guard appointment.state == .booked else { throw .over }
        let latest = appointment.slot.begins.advanced(bySeconds: -Int64(parameters.cancelMinutesMin) * 60)
        guard now <= latest else { throw .tooLateToCancel }
    }

    /// Refuses to redeem what is over, and anybody who comes before the last half hour or after the end.
    package static func checkArriving(
        _ appointment: Appointment, at now: Instant, _ parameters: AppointmentParameters = .init()
    ) throws(AppointmentRefusal) {
        guard appointment.state == .booked else { throw .over }
        let earliest = appointment.slot.begins.advanced(bySeconds: -Int64(parameters.arriveMinutesMax) * 60)
        guard now >= earliest else { throw .tooEarly }
        guard now < appointment.slot.ends else { throw .tooLate }
    }
}
