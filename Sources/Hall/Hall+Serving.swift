import Accounts
import Dossiers
import Store
import Vocabulary
package import Windows

/// Where the queue's room and the dossiers' meet: what a clerk does for whoever stands at her window.
extension Hall {
    /// The ticket of whoever stands at the window where somebody sits; nil where nobody does, or she sits nowhere.
    package func servedTicket(of guest: Guest) async throws -> Ticket? {
        guard let staff = guest.places.first?.staff.id else { return nil }
        return try await store.read { tx in
            guard let window = try WindowTable.seat(of: staff, in: tx) else { return nil }
            return try TicketTable.open(in: window.hall, in: tx).first { $0.state == .serving(window.number) }
        }
    }

    /// Binds a dossier to the ticket that stood at the window when its page was opened, in the transaction of the deed.
    ///
    /// A deed that needs somebody at the counter is for whoever stands there; any other only where the ticket is the
    /// applicant's or the agent's, or where something was done on the dossier with it before: a clerk goes on with her
    /// inbox while somebody looks for a paper. Refuses when the ticket is not served at her window any more.
    func bind(
        _ id: TicketID?, to dossier: Dossier, by command: DossierCommand, of actor: Actor, stamp: Stamp,
        in tx: Transaction
    ) throws {
        guard let id else { return }
        guard case .staff(let staff) = actor, let seat = try WindowTable.seat(of: staff, in: tx) else {
            throw QueueRefusal.notServedHere
        }
        let ticket = try TicketTable.ticket(id, of: seat.hall, in: tx)
        let deed = command.served
        guard
            try deed.isAtTheCounter || dossier.isOf(ticket.person)
                || ServedTable.isBound(dossier.id, to: ticket.id, in: tx)
        else { return }
        let served = ServedDossier(dossier.id, item: dossier.submitted.terms.itemCode, deed)
        try ServedTable.bind(served, to: ticket, by: seat.number, stamp: stamp, in: tx)
    }
}

extension ServedDeed {
    /// Whether it is done for somebody who has come to the counter, and for nobody else.
    fileprivate var isAtTheCounter: Bool {
        switch self {
        case .intake, .originals, .correction, .handOver: true
        case .correctionNotice, .acceptance, .declining, .other: false
        }
    }
}

extension Dossier {
    fileprivate func isOf(_ person: PersonID?) -> Bool {
        person != nil && (person == submitted.applicant || person == submitted.agent)
    }
}

extension DossierCommand {
    fileprivate var served: ServedDeed {
        switch self {
        case .submit: .intake
        case .receive: .originals
        case .resubmit, .supplyCorrection, .mend: .correction
        case .requestCorrection, .returnForPreReview: .correctionNotice
        case .accept: .acceptance
        case .decline: .declining
        case .handOver: .handOver
        default: .other
        }
    }
}
