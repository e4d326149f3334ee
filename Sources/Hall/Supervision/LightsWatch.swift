package import Dossiers
import Vocabulary

/// How the city stands, as far as everybody who supervises it watches the same: lights, findings and orders in numbers.
package struct CityLights: Sendable, Equatable {
    package let cells: [LightCell]
    /// How many findings nobody has looked at.
    package let findings: Int
    /// Orders by the name of their stage, and how many of the open ones have gone up.
    package let orders: [String: Int]
    package let red: Int
}

/// Looks at how the city stands while somebody watches, once for all who do: a change is read once, however many
/// screens there are, and it is seen whichever process made it.
package actor LightsWatch {
    /// LIMIT: pages that follow at once in one process.
    package static let pagesMax = 500
    /// How long after a change it is seen at most, when the machine keeps up.
    package static let interval = Duration.seconds(1)
    /// Rounds without a change after which a page is told that the house is still there.
    private static let stillRounds = 15

    /// What a page is told.
    package enum News: Sendable, Equatable {
        /// Something is other than it was: whoever is told reads her own part.
        case changed
        case still
    }

    private var pages: [Int: AsyncStream<News>.Continuation] = [:]
    private var serial = 0
    private var isLooking = false
    private var seen: CityLights?

    func follow(
        _ read: @escaping @Sendable () async throws -> CityLights
    ) throws -> AsyncStream<News> {
        guard pages.count < Self.pagesMax else { throw Fault.busy("pages of supervisors") }
        let (stream, continuation) = AsyncStream<News>.makeStream(bufferingPolicy: .bufferingNewest(1))
        serial += 1
        let id = serial
        continuation.onTermination = { _ in Task { await self.leave(id) } }
        continuation.yield(.changed)
        pages[id] = continuation
        if !isLooking {
            isLooking = true
            Task { await look(read) }
        }
        return stream
    }

    /// How many pages follow.
    package var count: Int { pages.count }

    /// Ends all streams: the house closes.
    package func close() {
        for page in pages.values { page.finish() }
        pages = [:]
    }

    private func leave(_ id: Int) { pages[id] = nil }

    private func look(_ read: @Sendable () async throws -> CityLights) async {
        var quiet = 0
        while !pages.isEmpty {
            do {
                let now = try await read()
                let isNew = seen.map { $0 != now } ?? false
                seen = now
                quiet = isNew ? 0 : quiet + 1
                if isNew { tell(.changed) } else if quiet % Self.stillRounds == 0 { tell(.still) }
                try await Task.sleep(for: Self.interval)
            } catch is CancellationError {
                break
            } catch {
                // The store does not answer: pages keep what they show, and the next round tries again.
                do { try await Task.sleep(for: Self.interval) } catch { break }
            }
        }
        isLooking = false
    }

    private func tell(_ news: News) {
        for id in pages.keys.sorted() { pages[id]?.yield(news) }
    }
}
