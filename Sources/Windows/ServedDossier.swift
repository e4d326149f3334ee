package import Store
package import Vocabulary

/// A dossier on which something was done at a window for whoever stood there with a ticket.
package struct ServedDossier: Hashable, Sendable {
    package let dossier: DossierID
    /// The catalogue code of its item.
    package let itemCode: String
    package let deed: ServedDeed

    package init(_ dossier: DossierID, item itemCode: String, _ deed: ServedDeed) {
        (self.dossier, self.itemCode, self.deed) = (dossier, itemCode, deed)
    }
}

/// What was done on a dossier for whoever stood at a window, as far as a trace tells it apart.
package enum ServedDeed: String, Sendable, Codable, CaseIterable {
    /// 收件: filed at the window.
    case intake
    /// 收取原件: the originals of an online filing.
    case originals
    /// 补正: what a notice named, or what was mended on the spot.
    case correction
    /// 一次性告知: corrections were asked for.
    case correctionNotice
    /// 受理.
    case acceptance
    /// 不予受理.
    case declining
    /// 出件: the result was handed over.
    case handOver
    /// Anything else.
    case other
}

/// Which dossiers were served with which tickets. One ticket may serve several dossiers and one dossier several
/// tickets; the same deed twice is one link. The links themselves are entries of the tickets; this is the way from a
/// dossier.
package enum ServedTable {
    /// LIMIT: tickets of one dossier that are shown, the latest.
    package static let ticketsMax = 20

    static let migration = Migration(
        "windows.004-served",
        tables: [
            Table(
                "dossier_ticket", .distributed(by: "dossier"),
                columns: """
                    dossier BYTEA NOT NULL, ticket BYTEA NOT NULL, deed TEXT NOT NULL, hall TEXT NOT NULL,
                    PRIMARY KEY (dossier, ticket, deed)
                    """)
        ])

    /// Binds a dossier to the ticket that stands at a window, as the ticket's next entry; the same link again changes
    /// nothing. Refuses a ticket that is not served there.
    package static func bind(
        _ served: ServedDossier, to ticket: Ticket, by window: Int, stamp: Stamp, in tx: Transaction
    ) throws {
        let deed = TicketDeed.serve(served)
        let after = try TicketRules.apply(deed, to: ticket, by: window, at: stamp.now)
        let isNew = try tx.changes(
            """
            INSERT INTO dossier_ticket (dossier, ticket, deed, hall)
            VALUES (\(served.dossier), \(ticket.id), \(served.deed.rawValue), \(ticket.hall.text))
            ON CONFLICT (dossier, ticket, deed) DO NOTHING
            """)
        guard isNew == 1 else { return }
        try TicketTable.update(after, after: deed, stamp: stamp, in: tx)
    }

    /// Whether something was done on the dossier with the ticket already.
    package static func isBound(_ dossier: DossierID, to ticket: TicketID, in tx: Transaction) throws -> Bool {
        try tx.row("SELECT 1 FROM dossier_ticket WHERE dossier = \(dossier) AND ticket = \(ticket) LIMIT 1") != nil
    }

    /// The tickets with which somebody came for a dossier, the latest `ticketsMax`, in the order in which they were
    /// taken.
    package static func tickets(
        of dossier: DossierID, in tx: Transaction
    ) throws -> [(hall: HallCode, ticket: TicketID)] {
        try tx.rows(
            """
            SELECT DISTINCT hall, ticket FROM dossier_ticket WHERE dossier = \(dossier)
            ORDER BY ticket DESC, hall LIMIT \(ticketsMax)
            """
        ).map { (try $0.value(0, HallCode.init), try $0.id(1)) }.reversed()
    }
}
