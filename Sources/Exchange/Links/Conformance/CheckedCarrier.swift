/// A way to the other side, as a conformance report goes it: what a house asks, and what no house would.
package protocol CheckedCarrier: LinkCarrier {
    var way: LinkWay { get }
    /// A page after this mark takes nothing away from the house whose link it is.
    var harmlessMark: String { get }

    /// Sends records and waits for what comes of them. Throws `LinkTrouble` where nothing does in time.
    func settle(_ batch: LinkBatch, within patience: Duration) async throws -> [LinkKey: LinkVerdict]

    /// The same with a first record of which a moment is none.
    func settleUnfit(
        _ batch: LinkBatch, column: String, within patience: Duration
    ) async throws -> [LinkKey: LinkVerdict]

    /// Sends what is no batch. Answers whether it counts as done; nil where nothing comes of it in time.
    func isDoneWithoutBatch(named id: String, within patience: Duration) async throws -> Bool?

    /// Puts bytes under the digest that a record of a file names and that is that of other bytes. Answers whether they
    /// are taken for that file; then the right ones are there.
    func isFooled(
        by wrong: [UInt8], instead right: [UInt8], of record: LinkRecord, within patience: Duration
    ) async throws -> Bool

    /// Whether the other side tells what it has of a day.
    func tellsHoldings(of number: CheckCase) async throws -> Bool
}

extension CheckedCarrier {
    /// Asks again and again until something was said or time is over; nil then.
    func waiting<Value>(_ patience: Duration, _ ask: () async throws -> Value?) async throws -> Value? {
        let end = ContinuousClock.now + patience
        while true {
            if let value = try await ask() { return value }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
