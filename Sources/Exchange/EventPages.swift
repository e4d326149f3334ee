/// The sealed journal as partners see it, in pages that are read once and kept for all who stand there. The last one
/// grows; those before it never change.
package actor EventPages {
    /// LIMIT: positions of one page.
    package static let positionsMax = 512
    /// LIMIT: pages that are kept, some half a megabyte each.
    static let keptMax = 48
    /// For how long the end of the journal is taken for the end.
    private static let freshness = Duration.milliseconds(100)

    /// Positions and the events among them.
    package struct Page: Sendable {
        package let positions: Range<Int>
        package let events: [OutgoingEvent]

        package init(_ positions: Range<Int>, _ events: [OutgoingEvent]) {
            (self.positions, self.events) = (positions, events)
        }
    }

    /// Reads what is sealed of a range of positions: a range that begins there and may end earlier.
    package typealias Source = @Sendable (Range<Int>) async throws -> Page
    /// How many positions are sealed.
    package typealias Size = @Sendable () async throws -> Int

    private let read: Source
    private let size: Size
    private var pages: [Int: Page] = [:]
    /// The page that was asked for last stands last.
    private var order: [Int] = []
    private var loading: [Int: Task<Page, any Error>] = [:]
    private var end: (size: Int, at: ContinuousClock.Instant)?

    /// Pages from a source.
    package init(size: @escaping Size, read: @escaping Source) {
        (self.size, self.read) = (size, read)
    }

    /// How many positions are sealed, or were a moment ago.
    package func sealed() async throws -> Int {
        if let end, ContinuousClock.now - end.at < Self.freshness { return end.size }
        let size = try await size()
        end = (size, ContinuousClock.now)
        return size
    }

    /// What there is from a position on, to the end of its page; an empty page where nothing more is sealed.
    package func page(from position: Int) async throws -> Page {
        let size = try await sealed()
        guard position < size else { return Page(position..<position, []) }
        let index = position / Self.positionsMax
        let page = try await whole(index, upTo: min(size, (index + 1) * Self.positionsMax))
        guard position < page.positions.upperBound else { return Page(position..<position, []) }
        return Page(position..<page.positions.upperBound, page.events.filter { $0.position >= position })
    }

    /// The event at a position; nil where none is, or none that concerns partners.
    package func event(at position: Int) async throws -> OutgoingEvent? {
        try await page(from: position).events.first { $0.position == position }
    }

    private func whole(_ index: Int, upTo end: Int) async throws -> Page {
        if let page = pages[index], page.positions.upperBound >= end {
            touch(index)
            return page
        }
        if let task = loading[index] { return try await task.value }
        let start = index * Self.positionsMax
        let task = Task { [read] in try await read(start..<start + Self.positionsMax) }
        loading[index] = task
        defer { loading[index] = nil }
        let page = try await task.value
        pages[index] = page
        touch(index)
        while order.count > Self.keptMax { pages[order.removeFirst()] = nil }
        return page
    }

    private func touch(_ index: Int) {
        guard order.last != index else { return }
        order.removeAll { $0 == index }
        order.append(index)
    }
}
