import Dossiers
import Store
package import Vocabulary
package import Windows

/// From the ticket to the minutes.
extension Hall {
    /// What happened to a ticket, with the numbers of the dossiers that were served with it.
    package struct TraceView: Sendable {
        package let hall: ServiceHall
        package let trace: TicketTrace
        /// The short numbers of the dossiers.
        package let numbers: [DossierID: String]
    }

    /// What happened to a ticket, from its entries of the journal. It says nothing of whose it is.
    package func trace(of id: TicketID, at code: HallCode) async throws -> TraceView {
        let now = time.now()
        return try await store.read { tx in try trace(of: id, at: code, now, in: tx) }
    }

    /// The traces of the tickets with which somebody came for a dossier, the latest last.
    package func traces(of dossier: DossierID) async throws -> [TraceView] {
        let now = time.now()
        return try await store.read { tx in
            try ServedTable.tickets(of: dossier, in: tx).map { try trace(of: $0.ticket, at: $0.hall, now, in: tx) }
        }
    }

    private func trace(
        of id: TicketID, at code: HallCode, _ now: Instant, in tx: Transaction
    ) throws -> TraceView {
        let hall = try HallTable.hall(code, in: tx)
        let ticket = try TicketTable.ticket(id, of: code, in: tx)
        let trace = try TicketTrace(try Journal.entries(of: ticket.id.subject, in: tx), now: now)
        var numbers: [DossierID: String] = [:]
        for case .served(let served) in trace.steps.map(\.what) where numbers[served.dossier] == nil {
            numbers[served.dossier] = try load(served.dossier, in: tx).submitted.numbers.short
        }
        return TraceView(hall: hall, trace: trace, numbers: numbers)
    }
}
