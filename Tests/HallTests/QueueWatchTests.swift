import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary
import Windows

@Suite("What screens are told")
struct QueueWatchTests {
    private func next(_ news: inout AsyncStream<QueueWatch.News>.Iterator) async throws -> HallBoard {
        while let item = await news.next() {
            if case .board(let board) = item { return board }
        }
        throw Fault.unavailable("the stream ended")
    }

    @Test(arguments: StoreUnderTest.all)
    func `a screen sees the state at once and each change, whichever process made it`(
        _ place: StoreUnderTest
    ) async throws {
        try await QueueHouse.open(place) { house in
            let other = try house.again()
            var news = try await house.hall.boards(of: QueueHouse.code).makeAsyncIterator()
            let first = try await next(&news)
            #expect(first.calls.isEmpty && first.waiting.map(\.waiting) == [0, 0, 0])
            let id = try await other.take()
            let taken = try await next(&news)
            #expect(taken.waiting.first?.waiting == 1 && taken.revision > first.revision)
            let clerk = try await other.sit(1)
            try await other.queue(.next, clerk)
            var board = try await next(&news)
            while board.calls.isEmpty { board = try await next(&news) }
            #expect(board.calls.map(\.number) == ["A001"] && board.calls[0].isOpen && board.calls[0].window == 1)
            #expect(try await house.hall.board(of: QueueHouse.code) == board)
            #expect(try await house.hall.ticket(id, of: QueueHouse.code).ticket.state == .called(1))
        }
    }

    @Test func `a screen that is gone is forgotten, and there are no more than the limit`() async throws {
        try await QueueHouse.open { house in
            var streams: [AsyncStream<QueueWatch.News>] = []
            for _ in 0..<QueueWatch.screensMax { streams.append(try await house.hall.boards(of: QueueHouse.code)) }
            await #expect(throws: Fault.busy("screens")) { try await house.hall.boards(of: QueueHouse.code) }
            streams = []
            while await house.hall.watch.count > 0 { await Task.yield() }
            _ = try await house.hall.boards(of: QueueHouse.code)
        }
    }

    @Test func `when the house closes the streams end`() async throws {
        try await QueueHouse.open { house in
            var news = try await house.hall.boards(of: QueueHouse.code).makeAsyncIterator()
            _ = try await next(&news)
            await house.hall.watch.close()
            while await news.next() != nil {}
        }
    }
}
