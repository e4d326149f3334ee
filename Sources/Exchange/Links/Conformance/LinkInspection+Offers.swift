import Vocabulary

/// What the other side offers.
extension LinkInspection {
    /// Reads all there is and answers the mark behind it; nil where it cannot be read.
    mutating func offered() async throws -> String? {
        let (carrier, start) = (carrier, carrier.harmlessMark)
        guard let first = try await asked("pull", { try await carrier.pull(after: start) }) else { return nil }
        findings += LinkJudgement.rows(first.rows)
        // Elsewhere marks are the house's own.
        guard carrier.way == .web else { return start }
        if let second = try await asked("pull", { try await carrier.pull(after: start) }) {
            findings += LinkJudgement.marks(first, second)
        }
        var page = first
        for _ in 0..<Self.pagesMax where page.hasMore {
            let mark = page.next
            guard let next = try await asked("pull", { try await carrier.pull(after: mark) }) else { return nil }
            findings += LinkJudgement.rows(next.rows)
            page = next
        }
        return page.hasMore ? nil : page.next
    }

    /// Waits for what is offered of the case itself, and says twice that no dossier has its number.
    mutating func receive(after start: String) async throws {
        let (carrier, number) = (carrier, dossier.number)
        var (own, seen): ([LinkPage.Row], Set<String>) = ([], [])
        var last = LinkPage([], next: start, hasMore: false)
        let end = ContinuousClock.now + patience
        repeat {
            // A page that is full is passed; one that is not may grow.
            let mark = last.hasMore ? last.next : start
            guard let page = try await asked("pull", { try await carrier.pull(after: mark) }) else { return }
            let rows = page.rows.filter { seen.insert($0.mark).inserted }
            findings += LinkJudgement.rows(rows)
            own += rows.filter { $0.number == number }
            last = page
            if !page.hasMore { try await Task.sleep(for: .milliseconds(200)) }
        } while own.isEmpty && ContinuousClock.now < end
        guard carrier.way == .web, !own.isEmpty else { return }
        try await acknowledge(own)
        guard let first = try await asked("pull", { try await carrier.pull(after: start) }),
            let second = try await asked("pull", { try await carrier.pull(after: start) })
        else { return }
        findings += LinkJudgement.marks(first, second)
    }

    private mutating func acknowledge(_ rows: [LinkPage.Row]) async throws {
        let (carrier, keys) = (carrier, Set(rows.map(\.key)))
        let verdict = LinkVerdict(.refused, code: LinkRefusal.numberUnknown.code, message: "a check, no real case")
        let receipts = rows.prefix(LinkLimits.pageRecordsMax).map { LinkReceipt($0.mark, $0.key, verdict) }
        var told: [[LinkHoldings.Line]] = []
        for _ in 0..<2 {
            guard try await asked("receipts", { try await carrier.acknowledge(receipts) }) != nil,
                let lines = try await held()
            else { return }
            told.append(lines.filter { keys.contains($0.key) })
        }
        findings += LinkJudgement.receipts(told[0], told[1])
    }
}

extension LinkPage.Row {
    /// The number of the dossier; empty where it is no record.
    fileprivate var number: String {
        if case .success(let record) = content { record.number } else { "" }
    }
}
