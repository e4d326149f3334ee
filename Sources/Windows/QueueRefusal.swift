package import Vocabulary

/// Why a ticket cannot be taken, called or moved as asked.
package enum QueueRefusal: String, Refusal, CaseIterable {
    case ticketNotFound = "queue.ticket-not-found"
    /// The hall is closed, or closes before anybody could be called.
    case hallClosed = "queue.hall-closed"
    /// No window of the hall does this.
    case nobodyDoesThis = "queue.nobody-does-this"
    /// She has a ticket of this hall already.
    case hasTicket = "queue.has-ticket"
    /// LIMIT reached: `Queue.ticketsPerDayMax`.
    case tooManyTickets = "queue.too-many-tickets"
    /// Nobody waits for this window.
    case nobodyWaits = "queue.nobody-waits"
    /// The window has somebody already.
    case windowBusy = "queue.window-busy"
    /// The window pauses.
    case windowPaused = "queue.window-paused"
    /// The ticket is at another window, or at none.
    case otherWindow = "queue.other-window"
    /// Another window has called it already.
    case calledElsewhere = "queue.called-elsewhere"
    /// It was called a moment ago.
    case calledJustNow = "queue.called-just-now"
    /// It must be called more often before it is passed.
    case callsTooFew = "queue.calls-too-few"
    /// It was not passed.
    case notPassed = "queue.not-passed"
    /// It has joined the queue again already.
    case rejoinedBefore = "queue.rejoined-before"
    /// It is over.
    case over = "queue.over"
    /// Somebody stands at the window with it.
    case beingServed = "queue.being-served"
    /// Nothing would change by the transfer.
    case sameWindow = "queue.same-window"
    /// The window to which it should go does not do this, or is closed.
    case windowCannot = "queue.window-cannot"

    /// The number does not stand at the window where something was done for it: it was finished or sent on meanwhile.
    case notServedHere = "queue.not-served-here"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .ticketNotFound: .notFound
        case .tooManyTickets: .tooMany
        case .hallClosed, .nobodyDoesThis, .hasTicket, .nobodyWaits, .windowBusy, .windowPaused, .otherWindow,
            .calledElsewhere, .calledJustNow, .callsTooFew, .notPassed, .rejoinedBefore, .over, .beingServed,
            .sameWindow, .windowCannot, .notServedHere:
            .conflict
        }
    }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
