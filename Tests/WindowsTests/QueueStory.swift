import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

/// Tickets and windows for tests: a hall on Saturday, 2018-11-24 would be closed, so the day is Monday the 26th.
enum QueueStory {
    static let day = CivilDate(daysSinceEpoch: 17_861)
    static let hall = HallCode(.fuzhou)
    /// A place at the end of the queue.
    static let end = Ticket.Place(at(23), of: TicketID(Sample.subject(9999)))

    static func at(_ hour: Int, _ minute: Int = 0, seconds: Int64 = 0) -> Instant {
        Instant(day, hour: hour, minute: minute).advanced(bySeconds: seconds)
    }

    static func stamp(_ instant: Instant, _ seed: UInt8 = 7) -> Stamp {
        Stamp(now: instant, actor: .platform, entropy: Entropy(seed: Array(repeating: seed, count: 32)))
    }

    /// The n-th ticket, taken n minutes after nine.
    static func ticket(
        _ number: Int, _ need: Capability = .comprehensive, priority: PriorityGround? = nil, begins: Instant? = nil,
        reservedFor: Int? = nil
    ) -> Ticket {
        var taking = TicketTaking(at: hall, for: need, by: .kiosk)
        taking.priority = priority
        taking.booking = begins.map { Ticket.Booking(AppointmentID(Sample.subject(900 + number)), begins: $0) }
        var ticket = taking.ticket(TicketID(Sample.subject(number)), serial: number, at: at(9, number))
        ticket.reservedFor = reservedFor
        return ticket
    }

    static func window(
        _ number: Int, _ capabilities: [Capability] = [.comprehensive], isOpen: Bool = true
    ) throws -> Window {
        let sitting = Window.Sitting(
            ShiftID(Sample.subject(500 + number)), StaffID(Sample.subject(600 + number)), since: at(9))
        return try Window(
            WindowID(Sample.subject(400 + number)), of: hall, number: number, capabilities: capabilities,
            sitting: isOpen ? sitting : nil)
    }

    /// Something done on the n-th dossier.
    static func served(_ number: Int, item: String = "350100", _ deed: ServedDeed = .intake) -> ServedDossier {
        ServedDossier(DossierID(Sample.subject(700 + number)), item: item, deed)
    }

    static func numbers(_ tickets: [Ticket]) -> [Int] { tickets.map(\.serial) }
}
