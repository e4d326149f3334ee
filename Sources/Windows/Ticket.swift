package import Vocabulary

/// 号: somebody's place in the queue of a hall.
package struct Ticket: Hashable, Sendable {
    package let id: TicketID
    package let hall: HallCode
    package let day: CivilDate
    /// The running number of its letter on the day, from 1.
    package let serial: Int
    /// What kind of window it is for; a transfer changes it, the number stays.
    package internal(set) var need: Capability
    /// The letter of the number, that of the first need.
    package let letter: String
    /// How it was taken.
    package let origin: Origin
    /// The catalogue code of the item that was chosen; nil for "I don't know".
    package let itemCode: String?
    /// Whose it is, where a real name was given.
    package let person: PersonID?
    /// Why the law favours her; nil where it does not.
    package let priority: PriorityGround?
    /// The appointment that it redeems, with the beginning of its half hour.
    package let booking: Booking?
    package let takenAt: Instant
    /// Its place among the others: that of its taking, unless it joined the queue again further back.
    package internal(set) var place: Place
    package internal(set) var state: State
    /// The only window that may call it, after a transfer there.
    package internal(set) var reservedFor: Int?
    /// How often it was called.
    package internal(set) var calls: Int
    /// Whether it has joined the queue again after it was passed.
    package internal(set) var hasRejoined: Bool
    /// When its turn came: the first call to the window where it is or was.
    package internal(set) var turnAt: Instant?
    /// Whether it went before others then.
    package internal(set) var wasFavoured: Bool?
    /// When it was called last.
    package internal(set) var calledAt: Instant?
    /// When somebody first came to the window.
    package internal(set) var startedAt: Instant?
    package internal(set) var endedAt: Instant?
    /// How many entries of the journal it has.
    package internal(set) var revision: Int

    /// A place in a queue, before all later ones.
    package struct Place: Hashable, Comparable, Sendable {
        /// An instant: when the ticket that has this place, or had it first, was taken.
        package let at: Instant
        /// That ticket, since many are taken in one millisecond.
        package let ticket: TicketID
        /// Whether it is the place behind that ticket, not its own.
        package let isBehind: Bool

        package init(_ at: Instant, of ticket: TicketID, isBehind: Bool = false) {
            (self.at, self.ticket, self.isBehind) = (at, ticket, isBehind)
        }

        package static func < (left: Place, right: Place) -> Bool {
            (left.at, left.ticket, left.isBehind ? 1 : 0) < (right.at, right.ticket, right.isBehind ? 1 : 0)
        }
    }

    /// An appointment that a ticket redeems.
    package struct Booking: Hashable, Sendable {
        package let appointment: AppointmentID
        package let begins: Instant

        package init(_ appointment: AppointmentID, begins: Instant) {
            (self.appointment, self.begins) = (appointment, begins)
        }
    }

    /// How a ticket was taken.
    package enum Origin: String, Sendable, Codable, CaseIterable {
        case kiosk, phone, triage, appointment
    }

    /// Where a ticket is.
    package enum State: Hashable, Sendable {
        /// Nobody has called it, or it was sent on.
        case waiting
        /// Called to a window; nobody has come yet.
        case called(Int)
        /// Somebody stands at the window.
        case serving(Int)
        /// She went to fetch something and comes back to the window without a new ticket.
        case interrupted(Int)
        /// 过号: called as often as it must be, and nobody came.
        case passed
        /// Done.
        case served(Int)
        /// Given back by its holder.
        case cancelled
        /// The hall closed.
        case lapsed
    }

    /// `A007`.
    package var number: String {
        letter + String(repeating: "0", count: max(0, 3 - "\(serial)".count)) + "\(serial)"
    }

    /// The window where it is or was; nil while it waits.
    package var window: Int? { state.window }

    /// Whether nothing more happens to it.
    package var isOver: Bool {
        switch state {
        case .served, .cancelled, .lapsed: true
        case .waiting, .called, .serving, .interrupted, .passed: false
        }
    }

    /// Whether it goes before others now: by law, or because its half hour has begun. Whoever was called and did not
    /// come has had her turn.
    package func isFavoured(at now: Instant) -> Bool {
        guard !hasRejoined else { return false }
        return priority != nil || booking.map { $0.begins <= now } ?? false
    }
}

extension Ticket.State {
    /// The name under which it is kept.
    package var name: String {
        switch self {
        case .waiting: "waiting"
        case .called: "called"
        case .serving: "serving"
        case .interrupted: "interrupted"
        case .passed: "passed"
        case .served: "served"
        case .cancelled: "cancelled"
        case .lapsed: "lapsed"
        }
    }

    /// The window that it names.
    package var window: Int? {
        switch self {
        case .called(let window), .serving(let window), .interrupted(let window), .served(let window): window
        case .waiting, .passed, .cancelled, .lapsed: nil
        }
    }

    init?(_ name: String, window: Int?) {
        switch (name, window) {
        case ("waiting", nil): self = .waiting
        case ("called", let window?): self = .called(window)
        case ("serving", let window?): self = .serving(window)
        case ("interrupted", let window?): self = .interrupted(window)
        case ("passed", nil): self = .passed
        case ("served", let window?): self = .served(window)
        case ("cancelled", nil): self = .cancelled
        case ("lapsed", nil): self = .lapsed
        default: return nil
        }
    }
}

/// 依法优先: whom the law favours in a queue. Which articles say so is to be confirmed by a lawyer (待核); the grounds
/// that a hall honours are its parameters.
package enum PriorityGround: String, Sendable, Codable, CaseIterable {
    /// 残疾人 (残疾人保障法, 无障碍环境建设法).
    case disabled
    /// 老年人: from sixty years on (老年人权益保障法 art. 2 says who is one).
    case elderly
    /// 现役军人及其家属 (军人地位和权益保障法).
    case military
    /// 退役军人和其他优抚对象 (退役军人保障法).
    case veteran
    /// 消防救援人员.
    case firefighter
    /// 孕妇和携带婴幼儿的人.
    case expecting
}
