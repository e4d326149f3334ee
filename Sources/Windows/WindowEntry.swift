import Store
import Vocabulary

/// What this room writes into the journal. Kinds are never renamed; a changed meaning is a new version. Nothing of it
/// is personal: whose a ticket is stands there as an id.
package enum WindowEntry: String, Sendable, CaseIterable {
    case hallAdded = "windows.hall-added"
    case hallChanged = "windows.hall-changed"
    case windowAdded = "windows.window-added"
    case windowChanged = "windows.window-changed"
    case windowRemoved = "windows.window-removed"
    case windowOpened = "windows.window-opened"
    case windowPaused = "windows.window-paused"
    case windowResumed = "windows.window-resumed"
    case windowClosed = "windows.window-closed"
    case kioskAdded = "windows.kiosk-added"
    case kioskEnded = "windows.kiosk-ended"
    case ticketTaken = "windows.ticket-taken"
    case ticketCalled = "windows.ticket-called"
    case ticketRecalled = "windows.ticket-recalled"
    case ticketStarted = "windows.ticket-started"
    case ticketPassed = "windows.ticket-passed"
    case ticketRejoined = "windows.ticket-rejoined"
    case ticketInterrupted = "windows.ticket-interrupted"
    case ticketResumed = "windows.ticket-resumed"
    case ticketTransferred = "windows.ticket-transferred"
    case ticketServedDossier = "windows.ticket-served-dossier"
    case ticketFinished = "windows.ticket-finished"
    case ticketCancelled = "windows.ticket-cancelled"
    case ticketLapsed = "windows.ticket-lapsed"
    case loadForecast = "windows.load-forecast"
    case appointmentBooked = "windows.appointment-booked"
    case appointmentCancelled = "windows.appointment-cancelled"
    case appointmentArrived = "windows.appointment-arrived"
    case appointmentMissed = "windows.appointment-missed"

    static let version = 1

    /// Writes the entry as the subject's next one, or as the one with the number: another writer who was first there
    /// makes the transaction run again.
    func write(
        of subject: Subject, _ publicPart: some Encodable, numbered sequence: Int? = nil, stamp: Stamp,
        in tx: Transaction
    ) throws {
        let sequence = try sequence ?? Journal.lastSequence(of: subject, in: tx) + 1
        let place = JournalEntry.Place(subject, sequence: sequence, at: stamp.now, actor: stamp.actor)
        let entry = JournalEntry(
            place, kind: rawValue, version: Self.version, body: try CanonicalJSON.bytes(of: publicPart), personal: nil)
        try Journal.append([entry], in: tx)
    }
}

extension TicketDeed {
    var entry: WindowEntry {
        switch self {
        case .call: .ticketCalled
        case .recall: .ticketRecalled
        case .start: .ticketStarted
        case .pass: .ticketPassed
        case .rejoin: .ticketRejoined
        case .interrupt: .ticketInterrupted
        case .resume: .ticketResumed
        case .transfer: .ticketTransferred
        case .serve: .ticketServedDossier
        case .finish: .ticketFinished
        case .cancel: .ticketCancelled
        case .lapse: .ticketLapsed
        }
    }
}
