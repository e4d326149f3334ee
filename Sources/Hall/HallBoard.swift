import Store
package import Vocabulary
package import Windows

/// What the screens of a hall show.
package struct HallBoard: Sendable, Equatable {
    /// LIMIT: calls on a screen; more cannot be read at ten metres.
    package static let callsMax = 7

    package let hall: ServiceHall
    /// Which state of the queue it is.
    package let revision: Int
    /// The latest calls, the last first.
    package let calls: [Call]
    /// How many wait for each kind of window that the hall has.
    package let waiting: [Line]
    package let windows: [Window]

    /// A number that was called.
    package struct Call: Sendable, Equatable {
        package let number: String
        package let window: Int
        /// How often it was called, and when last.
        package let times: Int
        package let at: Instant
        /// Whether nobody has come to the window yet.
        package let isOpen: Bool
    }

    /// A kind of window and who waits for it.
    package struct Line: Sendable, Equatable {
        package let need: Capability
        package let waiting: Int
        /// Windows at work.
        package let windows: Int
    }
}

extension Hall {
    /// What the screens of a hall show now.
    package func board(of code: HallCode) async throws -> HallBoard {
        let today = time.now().day
        return try await store.read { tx in try board(of: code, on: today, in: tx) }
    }

    private func board(of code: HallCode, on day: CivilDate, in tx: Transaction) throws -> HallBoard {
        let windows = try WindowTable.windows(of: code, in: tx)
        let open = try TicketTable.open(in: code, in: tx)
        let called = try TicketTable.lastCalls(of: code, on: day, limit: 3 * HallBoard.callsMax, in: tx)
        let calls = called.compactMap { ticket -> HallBoard.Call? in
            guard let window = ticket.window, let at = ticket.calledAt else { return nil }
            let isOpen = if case .called = ticket.state { true } else { false }
            return HallBoard.Call(number: ticket.number, window: window, times: ticket.calls, at: at, isOpen: isOpen)
        }
        let lines = Capability.allCases.compactMap { need -> HallBoard.Line? in
            let doing = windows.filter { $0.capabilities.contains(need) }
            guard !doing.isEmpty else { return nil }
            return HallBoard.Line(
                need: need, waiting: open.count { $0.state == .waiting && $0.need == need },
                windows: doing.count(where: \.isCalling))
        }
        return HallBoard(
            hall: try HallTable.hall(code, in: tx), revision: try TicketTable.revision(of: code, in: tx),
            calls: Array(calls.prefix(HallBoard.callsMax)), waiting: lines, windows: windows)
    }

    /// The revisions of the queues of some halls, as far as anything has happened there.
    func revisions(of halls: [HallCode]) async throws -> [HallCode: Int] {
        try await store.read { tx in
            var found: [HallCode: Int] = [:]
            for hall in halls { found[hall] = try TicketTable.revision(of: hall, in: tx) }
            return found
        }
    }

    /// A stream of what the screens of a hall show: the state now, each change within a second, and a sign of life now
    /// and then. It ends when the house closes. Throws `Fault.busy` above `QueueWatch.screensMax`.
    package func boards(of code: HallCode) async throws -> AsyncStream<QueueWatch.News> {
        let hall = self
        let board = try await board(of: code)
        return try await watch.follow(
            code, from: board, revisions: { try await hall.revisions(of: $0) }, board: { try await hall.board(of: $0) })
    }
}

/// Looks at the queues that somebody watches, once for all screens of a hall: a change is read once, however many
/// screens there are, and it is seen whichever process made it.
package actor QueueWatch {
    /// LIMIT: screens that follow at once in one process.
    package static let screensMax = 2000
    /// How long after a change it is seen at most, when the machine keeps up.
    package static let interval = Duration.milliseconds(500)
    /// Rounds without a change after which a screen is told that the house is still there.
    private static let stillRounds = 20

    /// What a screen is told.
    package enum News: Sendable {
        case board(HallBoard)
        /// Nothing has changed for a while.
        case still
    }

    private struct Screen {
        let hall: HallCode
        let stream: AsyncStream<News>.Continuation
        /// The revision that it was told last.
        var told: Int
    }

    private var screens: [Int: Screen] = [:]
    private var serial = 0
    private var isLooking = false

    func follow(
        _ hall: HallCode, from board: HallBoard,
        revisions: @escaping @Sendable ([HallCode]) async throws -> [HallCode: Int],
        board read: @escaping @Sendable (HallCode) async throws -> HallBoard
    ) throws -> AsyncStream<News> {
        guard screens.count < Self.screensMax else { throw Fault.busy("screens") }
        // Only the newest counts for a screen that is slow.
        let (stream, continuation) = AsyncStream<News>.makeStream(bufferingPolicy: .bufferingNewest(1))
        serial += 1
        let id = serial
        continuation.onTermination = { _ in Task { await self.leave(id) } }
        continuation.yield(.board(board))
        screens[id] = Screen(hall: hall, stream: continuation, told: board.revision)
        if !isLooking {
            isLooking = true
            Task { await look(revisions, read) }
        }
        return stream
    }

    /// How many screens follow.
    package var count: Int { screens.count }

    /// Ends all streams: the house closes.
    package func close() {
        for screen in screens.values { screen.stream.finish() }
        screens = [:]
    }

    private func leave(_ id: Int) { screens[id] = nil }

    private func look(
        _ revisions: @Sendable ([HallCode]) async throws -> [HallCode: Int],
        _ read: @Sendable (HallCode) async throws -> HallBoard
    ) async {
        var quiet = 0
        while !screens.isEmpty {
            do {
                try await Task.sleep(for: Self.interval)
                let now = try await revisions(Set(screens.values.map(\.hall)).sorted())
                var boards: [HallCode: HallBoard] = [:]
                for (hall, revision) in now
                where screens.values.contains(where: { $0.hall == hall && $0.told != revision }) {
                    boards[hall] = try await read(hall)
                }
                quiet = boards.isEmpty ? quiet + 1 : 0
                tell(boards, isStill: quiet % Self.stillRounds == Self.stillRounds - 1)
            } catch is CancellationError {
                break
            } catch {
                // The store does not answer: the screens keep what they show, and the next round tries again.
                continue
            }
        }
        isLooking = false
    }

    private func tell(_ boards: [HallCode: HallBoard], isStill: Bool) {
        for id in screens.keys.sorted() {
            guard let screen = screens[id] else { continue }
            if let board = boards[screen.hall], board.revision != screen.told {
                screens[id]?.told = board.revision
                screen.stream.yield(.board(board))
            } else if isStill {
                screen.stream.yield(.still)
            }
        }
    }
}
