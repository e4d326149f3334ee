import Hummingbird
import Vocabulary
import Windows

/// The addresses of a hall.
extension Paths {
    static let halls = "/halls"
    static func hall(_ code: HallCode) -> String { "/halls/\(code)" }
    static func board(_ code: HallCode) -> String { "\(hall(code))/board" }
    static func boardEvents(_ code: HallCode) -> String { "\(hall(code))/board/events" }
    static func display(_ code: HallCode, _ window: Int) -> String { "\(hall(code))/windows/\(window)" }
    static func displayEvents(_ code: HallCode, _ window: Int) -> String { "\(display(code, window))/events" }
    static func kiosk(_ code: HallCode) -> String { "\(hall(code))/kiosk" }
    static func ticket(_ code: HallCode, _ id: TicketID) -> String { "\(hall(code))/tickets/\(id)" }
    static func appointments(_ code: HallCode) -> String { "\(hall(code))/appointments" }
    static func hallDesk(_ code: HallCode) -> String { "/office/halls/\(code)" }
    static func minutes(_ code: HallCode) -> String { "\(hallDesk(code))/minutes" }
    static func trace(_ code: HallCode, _ id: TicketID) -> String { "\(hallDesk(code))/tickets/\(id)" }
    static let queue = "/window/queue"
    static let triage = "/window/triage"
}

extension RequestContext {
    /// The hall that a page's address names.
    func hallOnPage() throws -> HallCode {
        guard let code = HallCode(try parameters.require("hall")) else { throw DoorRefusal.noSuchPage }
        return code
    }

    /// The ticket that a page's address names.
    func ticketOnPage() throws -> TicketID {
        guard let id = TicketID(try parameters.require("ticket")) else { throw DoorRefusal.noSuchPage }
        return id
    }
}

extension Words {
    /// The hall's name.
    func name(of hall: ServiceHall) -> String { pick(hall.name, hall.nameEnglish) }

    /// Where it is.
    func address(of hall: ServiceHall) -> String { pick(hall.address, hall.addressEnglish) }

    /// `约15分钟`, or that nobody is at work who could be waited for.
    func wait(_ seconds: Int64?) -> String {
        guard let seconds else { return self["queue.wait-unknown"] }
        return count("queue.wait", max(1, Int((seconds + 59) / 60)))
    }
}

extension Capability {
    /// What people call such a window.
    var word: Word {
        switch self {
        case .comprehensive: Word("capability.comprehensive")
        case .issuing: Word("capability.issuing")
        case .special: Word("capability.special")
        }
    }

    /// What somebody wants who goes there.
    var wish: Word {
        switch self {
        case .comprehensive: Word("capability.comprehensive-wish")
        case .issuing: Word("capability.issuing-wish")
        case .special: Word("capability.special-wish")
        }
    }
}

extension PriorityGround {
    var word: Word {
        switch self {
        case .disabled: Word("priority.disabled")
        case .elderly: Word("priority.elderly")
        case .military: Word("priority.military")
        case .veteran: Word("priority.veteran")
        case .firefighter: Word("priority.firefighter")
        case .expecting: Word("priority.expecting")
        }
    }
}

extension Ticket.State {
    var word: Word {
        switch self {
        case .waiting: Word("ticket.waiting")
        case .called: Word("ticket.called")
        case .serving: Word("ticket.serving")
        case .interrupted: Word("ticket.interrupted")
        case .passed: Word("ticket.passed")
        case .served: Word("ticket.served")
        case .cancelled: Word("ticket.cancelled")
        case .lapsed: Word("ticket.lapsed")
        }
    }
}
