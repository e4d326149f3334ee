package import Accounts
import Catalogue
import Store
package import Vocabulary
package import Windows

/// 预约取号: booking ahead, and coming.
extension Hall {
    /// A half hour with the places that are left.
    package struct SlotLine: Sendable {
        package let slot: Slot
        package let left: Int
    }

    /// A day that can be booked.
    package struct BookableDay: Sendable {
        package let day: CivilDate
        package let slots: [SlotLine]
        /// How many of the item are left, in all halls together; nil for any number.
        package let left: Int?
    }

    /// What an item's guide says of booking; an item that is nowhere is not booked.
    package func bookable(_ code: String) async throws -> BookableItem {
        let offer = try await item(code)?.guide.standard.appointment
        return BookableItem(code, isOffered: offer?.supported ?? false, perDay: offer?.dailyQuota)
    }

    /// The days on which an item can be booked at a hall now, with their half hours.
    package func slots(
        at code: HallCode, for item: BookableItem
    ) async throws -> (hall: ServiceHall, days: [BookableDay]) {
        let (now, calendar) = (time.now(), calendar(at: code))
        return try await store.read { tx in
            let hall = try HallTable.hall(code, in: tx)
            let days = try AppointmentRules.days(after: now.day, calendar).map { day in
                let taken = try AppointmentTable.taken(at: code, on: day, in: tx)
                let left = try AppointmentQuota.left(item, on: day, in: tx)
                let lines = AppointmentRules.slots(of: day, calendar).map { slot in
                    let places = max(0, hall.slotPlaces - (taken[slot.minute] ?? 0))
                    return SlotLine(slot: slot, left: min(places, left ?? places))
                }
                return BookableDay(day: day, slots: lines, left: left)
            }
            return (hall, days)
        }
    }

    /// Books a half hour for somebody who is signed in. Refuses what `AppointmentRules` refuses, a full half hour, an
    /// item whose quota of the day is taken, and a second appointment on one day. The same attempt books once.
    package func book(
        _ slot: Slot, at code: HallCode, itemCode: String, for person: PersonID, attempt: Attempt
    ) async throws -> AppointmentID {
        let (stamp, id, calendar) = (stamp(of: .person(person)), AppointmentID(ids.next()), calendar(at: code))
        let item = try await bookable(itemCode)
        let mark = "book \(code) \(slot.day) \(slot.minute) \(itemCode)"
        return AppointmentID(
            try await once(attempt, by: .person(person), mark, stamp) { tx in
                let hall = try HallTable.hall(code, in: tx)
                let since = stamp.now.day.advanced(byDays: -AppointmentParameters().missedDays)
                let missed = try AppointmentTable.missed(by: person, since: since, in: tx)
                try AppointmentRules.check(slot, of: item, missed: missed, at: stamp.now, calendar)
                let appointment = Appointment(
                    id, at: code, slot, for: person, itemCode: itemCode, bookedAt: stamp.now)
                try AppointmentTable.book(appointment, of: item, places: hall.slotPlaces, stamp: stamp, in: tx)
                return id.subject
            })
    }

    /// What somebody has booked from today on, with the halls.
    package func appointments(of person: PersonID) async throws -> [(appointment: Appointment, hall: ServiceHall)] {
        let today = time.now().day
        return try await store.read { tx in
            try AppointmentTable.appointments(of: person, from: today, in: tx).map {
                ($0, try HallTable.hall($0.hall, in: tx))
            }
        }
    }

    /// Cancels an appointment of hers, until two hours before. Strangers' are not found.
    package func cancel(_ id: AppointmentID, at hall: HallCode, by person: PersonID) async throws {
        let stamp = stamp(of: .person(person))
        try await store.write { tx in
            let appointment = try own(id, at: hall, of: person, in: tx)
            try AppointmentRules.checkCancelling(appointment, at: stamp.now)
            try AppointmentTable.end(appointment, as: .cancelled, stamp: stamp, in: tx)
        }
    }

    /// Redeems an appointment of hers for a ticket, from half an hour before it begins. The same attempt gets the same
    /// ticket.
    package func arrive(
        for id: AppointmentID, at hall: HallCode, by person: PersonID, attempt: Attempt
    ) async throws -> TicketID {
        let (stamp, ticket) = (stamp(of: .person(person)), TicketID(ids.next()))
        return TicketID(
            try await once(attempt, by: .person(person), "arrive \(id)", stamp) { tx in
                try redeem(try own(id, at: hall, of: person, in: tx), as: ticket, age: nil, stamp: stamp, in: tx)
            })
    }

    /// The same at a kiosk, by the identity card: what she has booked here for today.
    package func arrive(
        by card: CitizenID, at hall: HallCode, kiosk: KioskKey?, key: AccountKey, attempt: Attempt
    ) async throws -> TicketID {
        let (stamp, ticket) = (stamp(of: .platform), TicketID(ids.next()))
        let person = PersonTable.expectedID(of: .citizen(card), key: key)
        return TicketID(
            try await once(attempt, by: .platform, "arrive \(hall) \(person)", stamp) { tx in
                try KioskTable.check(kiosk, at: hall, in: tx)
                let known = try PersonTable.find(.citizen(card), key: key, in: tx) ?? person
                let today = try AppointmentTable.appointments(of: known, from: stamp.now.day, in: tx)
                guard let appointment = today.first(where: { $0.slot.day == stamp.now.day && $0.hall == hall }) else {
                    throw AppointmentRefusal.noneToday
                }
                let age = card.age(on: stamp.now.day)
                return try redeem(appointment, as: ticket, age: age, stamp: stamp, in: tx)
            })
    }

    private func own(
        _ id: AppointmentID, at hall: HallCode, of person: PersonID, in tx: Transaction
    ) throws -> Appointment {
        let appointment = try AppointmentTable.appointment(id, at: hall, in: tx)
        guard appointment.person == person else { throw AppointmentRefusal.notFound }
        return appointment
    }

    private func redeem(
        _ appointment: Appointment, as id: TicketID, age: Int?, stamp: Stamp, in tx: Transaction
    ) throws -> Subject {
        try AppointmentRules.checkArriving(appointment, at: stamp.now)
        var taking = TicketTaking(at: appointment.hall, for: .comprehensive, by: .appointment)
        (taking.itemCode, taking.person) = (appointment.itemCode, appointment.person)
        taking.booking = Ticket.Booking(appointment.id, begins: appointment.slot.begins)
        if let age, age >= QueueParameters().elderlyYears { taking.priority = .elderly }
        try requireWindow(for: taking, in: tx)
        try requireNoOther(taking, on: stamp.now.day, in: tx)
        _ = try TicketTable.touch(appointment.hall, in: tx)
        try AppointmentTable.end(appointment, as: .arrived, stamp: stamp, in: tx)
        return try TicketTable.add(taking, as: id, stamp: stamp, in: tx).id.subject
    }
}
