import Synchronization
import Testing
import Vocabulary

@testable import Exchange

/// A journal in memory that counts how often it is read.
private final class Journal: Sendable {
    private let state: Mutex<(size: Int, reads: [Int])>

    init(_ size: Int) { state = Mutex((size, [])) }

    var reads: [Int] { state.withLock { $0.reads } }

    func grow(to size: Int) { state.withLock { $0.size = size } }

    func pages() -> EventPages {
        EventPages(size: { [self] in state.withLock { $0.size } }) { [self] range in
            let size = state.withLock { state in
                state.reads.append(range.lowerBound)
                return state.size
            }
            let positions = range.lowerBound..<max(range.lowerBound, min(range.upperBound, size))
            // Every tenth entry concerns partners.
            return EventPages.Page(
                positions,
                try positions.filter { $0.isMultiple(of: 10) }.map { try Told.event($0, of: UInt64($0)) })
        }
    }
}

@Suite struct EventPagesTests {
    @Test func `a page is read once, however many stand there`() async throws {
        let journal = Journal(2000)
        let pages = journal.pages()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    var (next, events) = (0, 0)
                    while true {
                        let page = try await pages.page(from: next)
                        guard !page.positions.isEmpty else { return events }
                        (next, events) = (page.positions.upperBound, events + page.events.count)
                    }
                }
            }
            for try await events in group { #expect(events == 200) }
        }
        #expect(journal.reads.sorted() == [0, 512, 1024, 1536])
    }

    @Test func `the last page grows, those before it are not read again`() async throws {
        let journal = Journal(600)
        let pages = journal.pages()
        #expect(try await pages.page(from: 512).positions == 512..<600)
        #expect(try await pages.page(from: 600).positions.isEmpty)
        journal.grow(to: 700)
        try await Task.sleep(for: .milliseconds(150))
        let page = try await pages.page(from: 605)
        #expect(page.positions == 605..<700 && page.events.first?.position == 610)
        #expect(try await pages.page(from: 0).positions == 0..<512)
        #expect(try await pages.page(from: 100).positions == 100..<512)
        #expect(try await pages.event(at: 610)?.position == 610)
        #expect(try await pages.event(at: 611) == nil)
        #expect(journal.reads == [512, 512, 0])
    }

    @Test func `so many pages are kept, and the one that nobody asked for goes first`() async throws {
        let journal = Journal(EventPages.positionsMax * (EventPages.keptMax + 2))
        let pages = journal.pages()
        for index in 0...EventPages.keptMax { _ = try await pages.page(from: index * EventPages.positionsMax) }
        let before = journal.reads.count
        _ = try await pages.page(from: EventPages.positionsMax)
        #expect(journal.reads.count == before)
        _ = try await pages.page(from: 0)
        #expect(journal.reads.count == before + 1)
    }
}
