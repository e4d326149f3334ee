package import Store
package import Vocabulary

/// How notices leave the house.
package enum DeliveryTable {
    /// The delivery of a notice on one way; nil when it does not go there.
    package static func delivery(
        of notice: NoticeID, _ channel: NoticeChannel, to addressee: Subject, in tx: Transaction
    ) throws -> NoticeDelivery? {
        try tx.row(
            """
            SELECT \(raw: columns) FROM notice_delivery
            WHERE addressee = \(addressee) AND notice = \(notice) AND channel = \(channel.rawValue)
            """
        ).map(read)
    }

    /// All deliveries of a notice, in the order of the channels' names.
    package static func deliveries(
        of notice: NoticeID, to addressee: Subject, in tx: Transaction
    ) throws -> [NoticeDelivery] {
        try tx.rows(
            """
            SELECT \(raw: columns) FROM notice_delivery
            WHERE addressee = \(addressee) AND notice = \(notice) ORDER BY channel LIMIT 10
            """
        ).map(read)
    }

    /// Notes that a gateway is about to be asked: whoever comes after a crash knows that it may have been taken.
    package static func begin(_ delivery: NoticeDelivery, now: Instant, in tx: Transaction) throws {
        try tx.execute(
            """
            UPDATE notice_delivery SET state = \(NoticeDelivery.State.sending.rawValue), attempts = attempts + 1,
                changed_at = \(now)
            WHERE addressee = \(delivery.addressee) AND notice = \(delivery.notice)
                AND channel = \(delivery.channel.rawValue)
            """)
    }

    /// Keeps that the gateway has taken it, under which name.
    package static func sent(
        _ delivery: NoticeDelivery, as message: String, stamp: Stamp, in tx: Transaction
    ) throws {
        try change(delivery, to: .sent, message: message, failure: "", now: stamp.now, in: tx)
        try NoticeEntry.sent(delivery.channel, message: message).write(
            of: delivery.notice.subject, stamp: stamp, in: tx)
    }

    /// Keeps that a try failed; given up, it is an entry of the journal too.
    package static func failed(
        _ delivery: NoticeDelivery, _ failure: GatewayFailure, isGivenUp: Bool, stamp: Stamp, in tx: Transaction
    ) throws {
        try change(
            delivery, to: isGivenUp ? .givenUp : .failed, message: "", failure: failure.rawValue, now: stamp.now, in: tx
        )
        guard isGivenUp else { return }
        try NoticeEntry.failed(delivery.channel, failure: failure.rawValue)
            .write(of: delivery.notice.subject, stamp: stamp, in: tx)
    }

    /// Puts a delivery that was given up back in line.
    package static func again(_ delivery: NoticeDelivery, now: Instant, in tx: Transaction) throws {
        // What it failed of stays, so that the next try asks the gateway first.
        try change(delivery, to: .failed, message: "", failure: delivery.failure, now: now, in: tx)
    }

    /// Keeps that somebody told the person otherwise.
    package static func settle(_ delivery: NoticeDelivery, stamp: Stamp, in tx: Transaction) throws {
        try change(delivery, to: .settled, message: "", failure: delivery.failure, now: stamp.now, in: tx)
        try NoticeEntry.settled(delivery.channel).write(of: delivery.notice.subject, stamp: stamp, in: tx)
    }

    private static func change(
        _ delivery: NoticeDelivery, to state: NoticeDelivery.State, message: String, failure: String, now: Instant,
        in tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE notice_delivery SET state = \(state.rawValue), message = \(message), failure = \(failure),
                changed_at = \(now)
            WHERE addressee = \(delivery.addressee) AND notice = \(delivery.notice)
                AND channel = \(delivery.channel.rawValue)
            """)
    }

    private static let columns: StaticString =
        "notice, addressee, channel, address, state, attempts, message, failure, changed_at"

    private static func read(_ row: Row) throws -> NoticeDelivery {
        guard let channel = NoticeChannel(rawValue: try row.text(2)),
            let state = NoticeDelivery.State(rawValue: try row.text(4))
        else { throw Fault.corrupt("a delivery of no kind") }
        return NoticeDelivery(
            notice: try row.id(0), addressee: try row.subject(1), channel: channel,
            address: try row.optionalText(3).flatMap { NoticeAddress(channel, $0) }, state: state,
            attempts: try row.integer(5), message: try row.text(6), failure: try row.text(7),
            changedAt: try row.instant(8))
    }
}
