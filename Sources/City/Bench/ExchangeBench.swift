package import Accounts
import Exchange
import Hall
import Store
import Vocabulary

/// Events to partners: a receiver that was away for a day catches up, and several that stand at the same place are
/// served together; the plain limit is the same client that posts the same bodies without a journal or a store.
package struct ExchangeBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "exchange"
        package var store = ""
        /// Lives that were lived, and the events of them that waited.
        package var count = 0
        package var events = 0
        /// One receiver that catches up.
        package var catch_up_seconds = 0.0
        package var deliveries_per_second = 0.0
        /// So many receivers at the same place: all their deliveries together.
        package var subscriptions = 0
        package var shared_deliveries_per_second = 0.0
        /// The same client, the same bodies, as many on their way, and nothing else.
        package var limit_posts_per_second = 0.0
        package var ratio_to_limit = 0.0
        package var resident_mebibytes_max = 0
    }

    /// A program that counts the events that come to each of its paths, each event once.
    package struct Receiver: Sendable {
        let port: Int
        let taken: @Sendable (_ path: String) -> Int

        package init(port: Int, taken: @escaping @Sendable (_ path: String) -> Int) {
            (self.port, self.taken) = (port, taken)
        }
    }

    /// LIMIT: seconds for a catch-up, beyond which something is broken.
    private static let secondsMax = 3600
    /// How many receivers are served together.
    private static let shared = 4

    private let setting: BenchSetting
    private let key: AccountKey
    private var hall: Hall { setting.hall }

    /// A bench on a hall that has a postman; the secrets follow from the key.
    package init(_ setting: BenchSetting, key: AccountKey) {
        (self.setting, self.key) = (setting, key)
    }

    /// Runs it whole.
    package func run(_ receiver: Receiver) async throws -> Result {
        var result = Result()
        result.store = hall.store.dialect.rawValue
        result.count = setting.count
        result.subscriptions = Self.shared
        _ = try await LivesBench(setting).run(files: "none")
        let sealer = Sealer(store: hall.store, holder: "bench-rest", origin: "bench") { $0 }
        while try await sealer.seal(now: hall.time.now().advanced(bySeconds: 3600)) > 0 {}
        let bodies = try await bodies()
        result.events = bodies.count
        result.limit_posts_per_second = try await limit(bodies, receiver)
        setting.progress("\(bodies.count) events wait")
        let partner = try await partner()
        result.catch_up_seconds = try await seconds(["/one"], partner, bodies.count, receiver)
        result.deliveries_per_second = Double(bodies.count) / result.catch_up_seconds
        result.ratio_to_limit = result.deliveries_per_second / max(result.limit_posts_per_second, 1)
        let paths = (0..<Self.shared).map { "/shared-\($0)" }
        let together = try await seconds(paths, partner, bodies.count, receiver)
        result.shared_deliveries_per_second = Double(bodies.count * paths.count) / together
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    private func bodies() async throws -> [[UInt8]] {
        var (bodies, next): ([[UInt8]], Int) = ([], 0)
        while true {
            let page = try await hall.events.page(from: next)
            guard !page.positions.isEmpty else { return bodies }
            bodies += page.events.map(\.body)
            next = page.positions.upperBound
        }
    }

    /// Posts a second by as many clients as a lane has events on their way.
    private func limit(_ bodies: [[UInt8]], _ receiver: Receiver) async throws -> Double {
        guard let postman = hall.postman else { throw Fault.misconfigured("nobody carries events") }
        let address = try ReceiverAddress("http://127.0.0.1:\(receiver.port)/limit", mayBeHere: true)
        let secret = Array(repeating: UInt8(7), count: 32)
        let start = ContinuousClock.now
        try await Turnstile.each(from: 0, to: bodies.count, clients: DeliveryTerms.usual.inFlightMax) { number in
            let answer = await postman.post(bodies[number], id: "limit-\(number)", to: address, secrets: [secret])
            guard answer.isAccepted else { throw Fault.unavailable("the receiver answered \(answer.name)") }
        }
        return Double(bodies.count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    private func partner() async throws -> Hall.PartnerGuest {
        guard let id = AccessID("bench") else { throw Fault.corrupt("a client id") }
        let partner = try await hall.add(partner: id, name: "bench", body: nil, perMinute: 60_000)
        _ = try await hall.give(.events, .everywhere, to: id)
        let entrance = try await hall.enter(id, secret: key.secret(of: partner), scopes: [], key: key)
        guard let entrance else { throw Fault.corrupt("a partner's secret") }
        return try await hall.partner(entrance.token, officer: nil)
    }

    /// How long it takes until each of the paths has every event.
    private func seconds(
        _ paths: [String], _ partner: Hall.PartnerGuest, _ count: Int, _ receiver: Receiver
    ) async throws -> Double {
        guard let lanes = hall.lanes(key: key) else { throw Fault.misconfigured("nobody carries events") }
        var ids: [SubscriptionID] = []
        for path in paths {
            let url = "http://127.0.0.1:\(receiver.port)\(path)"
            ids.append(try await hall.subscribe(partner, to: url, kinds: .all, from: .start).id)
        }
        let start = ContinuousClock.now
        let delivery = EventDelivery(lanes, holder: "bench") { setting.progress($0) }
        let work = Task { try await delivery.run() }
        while paths.contains(where: { receiver.taken($0) < count }) {
            guard ContinuousClock.now - start < .seconds(Self.secondsMax) else { throw Fault.unavailable("events") }
            try await Task.sleep(for: .milliseconds(5))
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        work.cancel()
        _ = await work.result
        for id in ids { try await hall.unsubscribe(id, of: partner) }
        return seconds
    }
}
