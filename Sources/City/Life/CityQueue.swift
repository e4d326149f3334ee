import Accounts
import Hall
import Vocabulary
import Windows

/// A queue of a simulated hall: who waits in it, and the windows that call from it.
struct CityQueue: Sendable {
    /// What is waited for, and where.
    struct Key: Hashable, Comparable, Sendable {
        let hall: HallCode
        let need: Capability

        static func < (left: Self, right: Self) -> Bool {
            (left.hall, left.need.rawValue) < (right.hall, right.need.rawValue)
        }
    }

    /// A window with who sits there every working day.
    struct Seat: Sendable {
        let window: Int
        let member: CityStaff.Member
        var isOpen = false
        /// Somebody is called, or stands there.
        var isTaken = false
        /// Who stands there.
        var visitor: Visitor?
        /// The minute in which she leaves; nil while she is served.
        var leavesAt: Int?

        var isFree: Bool { isOpen && !isTaken }
    }

    /// Somebody who is in a hall: she has one number at a time there.
    struct Presence: Hashable, Sendable {
        let hall: HallCode
        let citizen: CitizenID
    }

    /// Who came with a ticket, and for which case.
    struct Visitor: Sendable {
        let citizen: CitizenID
        let number: Int
    }

    /// What somebody at a window does.
    enum Deed: String, Sendable {
        case open, call, finish, close
    }

    var seats: [Seat]
    var waiting = 0
    var visitors: [TicketID: Visitor] = [:]
    /// Tickets whose holders do not hear their numbers when they are called.
    var absent: Set<TicketID> = []

    init(_ seats: [Seat]) { self.seats = seats }

    /// What is done at the windows in a minute, by the places of their seats. `officeMinutes` is from opening to
    /// closing; nil on a day off.
    mutating func deeds(at minute: Int, ofDay: Int, officeMinutes: ClosedRange<Int>?) -> [(place: Int, deed: Deed)] {
        guard let officeMinutes else { return [] }
        var deeds: [(Int, Deed)] = []
        for place in seats.indices {
            let seat = seats[place]
            if ofDay == officeMinutes.lowerBound - Self.openedBefore, !seat.isOpen {
                deeds.append((place, .open))
            } else if let leavesAt = seat.leavesAt, leavesAt <= minute {
                seats[place].leavesAt = nil
                deeds.append((place, .finish))
            } else if seat.isFree, waiting > 0 {
                waiting -= 1
                seats[place].isTaken = true
                deeds.append((place, .call))
            } else if seat.isFree, ofDay > officeMinutes.upperBound {
                deeds.append((place, .close))
            }
        }
        return deeds
    }

    /// Minutes before the hall opens in which whoever sits at a window comes.
    static let openedBefore = 10

    /// How many windows are needed for so many visits a working day, each taking so many minutes: as many as are at
    /// work all the time, and a quarter more, so that people wait for minutes and not for hours.
    static func windows(visits: Double, minutes: Double) -> Int {
        max(1, Int((visits * minutes / CityRates.windowMinutes * CityRates.windowsBeyond).rounded(.up)))
    }
}
