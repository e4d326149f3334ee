import Accounts
import Dossiers
import Hall
import Notices
import Store
import Synchronization
import Testing
import Vocabulary

/// A gateway of the test's: it keeps what it took, by key, and can lose its answers, be away or refuse.
final class KeptGateway: MessageGateway {
    struct State {
        /// What was taken, by key; a second time under one key adds nothing.
        var taken: [String: OutgoingMessage] = [:]
        var sends = 0
        var asks = 0
        var isAway = false
        /// How many answers get lost after the message was taken.
        var answersLost = 0
        var rejected: Set<String> = []
        /// Whether it can say what it took before, as SMTP cannot.
        var canBeAsked = true
    }

    let state = Mutex(State())

    func send(_ message: OutgoingMessage) async throws(GatewayFailure) -> String {
        let failure = state.withLock { state -> GatewayFailure? in
            state.sends += 1
            if state.isAway { return .unreachable }
            if state.rejected.contains(message.address.text) { return .rejected }
            state.taken[message.key] = message
            guard state.answersLost > 0 else { return nil }
            state.answersLost -= 1
            return .unanswered
        }
        if let failure { throw failure }
        return "G-\(message.key)"
    }

    func find(_ key: String) async throws(GatewayFailure) -> String? {
        state.withLock { state in
            state.asks += 1
            return state.canBeAsked && state.taken[key] != nil ? "G-\(key)" : nil
        }
    }

    var texts: [String] { state.withLock { $0.taken.values.map(\.text).sorted() } }
}

/// A hall whose post goes to two such gateways.
struct NoticeStory {
    let story: HallStory
    let sms = KeptGateway()
    let mail = KeptGateway()
    var hall: Hall { story.hall }
    var clock: MovedClock { story.clock }

    init(store: any Store, quiet: QuietHours = .usual) throws {
        var story = try HallStory(store: store)
        let post = Post(
            gateways: [.sms: sms, .mail: mail], quiet: quiet,
            house: (signature: "福州政务服务", address: "https://zwfw.example.gov.cn"), templates: try .shipped())
        story.hall.post = post
        self.story = story
    }

    func told(_ id: DossierID) async throws -> [Hall.Told] { try await hall.told(about: id).reversed() }

    func kinds(_ id: DossierID) async throws -> [String] { try await told(id).map(\.notice.kind.id) }

    func states(_ id: DossierID) async throws -> [NoticeDelivery.State] {
        try await told(id).flatMap(\.deliveries).map(\.state)
    }

    /// Lets time pass and effects happen until nothing waits that is not in the far future.
    func wait(seconds: Int64, step: Int64 = 300) async throws {
        for _ in 0..<(seconds / step) {
            clock.move(seconds: step)
            try await story.settle()
        }
    }
}
