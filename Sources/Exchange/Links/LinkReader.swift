package import Store
package import Vocabulary

/// What a record needs has not happened yet; it is kept and tried again.
package struct RecordEarly: Error {
    package let because: any Refusal

    package init(because: any Refusal) { self.because = because }
}

/// A refusal with words of its own for the receipt: more is wrong than a code can say.
package struct RecordRefused: Refusal {
    package let code: String
    package let kind: RefusalKind
    package let message: String

    package init(_ code: String, _ kind: RefusalKind, message: String) {
        (self.code, self.kind, self.message) = (code, kind, message)
    }
}

/// Reads what comes from a link, has it done, and tells the other side what came of it: for as long as this process has
/// the link's lane. Whatever it knows stands in the database, so that nothing is lost with the process; doing a record
/// twice changes nothing.
package struct LinkReader: Sendable {
    /// Does what a record says; answers what the receipt says of it. Throws a refusal, `RecordEarly`, `LinkTrouble`
    /// where a file of it could not be fetched, or a fault.
    package typealias Take = @Sendable (LinkRecord, _ mark: String) async throws -> String

    /// How often the other side is asked where it had nothing more.
    private static let askAfter = Duration.seconds(1)
    /// LIMIT: seconds between two tries of a record that waits for what it needs.
    private static let earlySecondsMax: Int64 = 60
    /// LIMIT: tries of a record whose file is not there or another: it may be on its way, or have come in pieces.
    private static let fileTriesMax = 5
    /// LIMIT: seconds between two tries of a link that does not answer.
    private static let troubleSecondsMax: Int64 = 60

    private let link: SubscriptionID
    private let store: any Store
    private let carrier: any LinkCarrier
    private let families: RecordFamilies
    private let world: (time: TimeSource, dice: Dice)
    private let take: Take
    private let terms: DeliveryTerms

    package init(
        _ link: SubscriptionID, in store: any Store, by carrier: any LinkCarrier, families: RecordFamilies,
        world: (time: TimeSource, dice: Dice, terms: DeliveryTerms), take: @escaping Take
    ) {
        (self.link, self.store, self.carrier, self.families) = (link, store, carrier, families)
        (self.world, terms, self.take) = ((world.time, world.dice), world.terms, take)
    }

    /// Reads until the task is cancelled.
    package func run() async throws {
        var pausedUntil: Instant?
        while !Task.isCancelled {
            if let until = pausedUntil, world.time.now() < until {
                _ = try await work()
            } else {
                pausedUntil = try await round()
            }
            try await Task.sleep(for: Self.askAfter)
        }
    }

    /// Reads all there is, does what is due and tells what came of it; answers until when the other side is left alone.
    package func round() async throws -> Instant? {
        do {
            var hasMore = true
            while hasMore, !Task.isCancelled {
                hasMore = try await read()
                while try await work() {}
                try await tell()
            }
            return nil
        } catch let trouble as LinkTrouble {
            while try await work() {}
            return try await note(trouble)
        }
    }

    /// Reads one page, as far as there is room for what waits.
    private func read() async throws -> Bool {
        let (standing, waiting) = try await store.read { [link] tx in
            (
                try LinkTable.standing(of: link, in: tx),
                try ReceivedRecordTable.counts(of: link, in: tx)[.waiting] ?? 0
            )
        }
        guard waiting < ReceivedRecordTable.waitingMax else { return false }
        let page = try await carrier.pull(after: standing.mark)
        let now = world.time.now()
        var next = LinkStanding()
        (next.mark, next.answeredAt) = (page.next, now)
        try await store.write { [link, next] tx in
            try ReceivedRecordTable.keep(page.rows, of: link, now: now, in: tx)
            try SentRecordTable.settle(page.verdicts, of: link, in: tx)
            try LinkTable.save(next, of: link, in: tx)
            try ReceivedRecordTable.forget(of: link, now: now, in: tx)
        }
        return page.hasMore
    }

    /// Does what is due; answers whether there may be more.
    private func work() async throws -> Bool {
        let now = world.time.now()
        let due = try await store.read { [link] tx in try ReceivedRecordTable.due(of: link, now: now, in: tx) }
        for record in due where !Task.isCancelled { try await settle(record) }
        return due.count == ReceivedRecordTable.roundMax && !Task.isCancelled
    }

    /// What is to be written down of a record.
    private enum End {
        case verdict(LinkVerdict, masked: [UInt8]?)
        case later(seconds: Int64, code: String)
    }

    private func settle(_ record: ReceivedRecord) async throws {
        let earlier = try await store.read { [link] tx in
            try ReceivedRecordTable.earlier(than: record, of: link, in: tx)
        }
        let end: End
        switch earlier {
        case let earlier? where earlier.digest == record.digest && earlier.state == .waiting:
            // What comes of the first is not known yet.
            end = .later(seconds: terms.firstSeconds, code: earlier.code)
        case let earlier? where earlier.digest == record.digest:
            end = .verdict(LinkVerdict(.known, message: earlier.message), masked: [])
        case let earlier? where earlier.state == .taken && !RecordFamily.isOfCatalogue(record.key.family):
            end = .verdict(LinkVerdict(.refused, code: LinkRefusal.recordChanged.code), masked: nil)
        case let earlier?:
            // The newer one counts in the place of one that waits. What the catalogue says of an item changes.
            if earlier.state == .waiting { try await replaced(earlier) }
            end = try await outcome(of: record)
        case nil: end = try await outcome(of: record)
        }
        let now = world.time.now()
        try await store.write { [link] tx in
            switch end {
            case .verdict(let verdict, let masked):
                try ReceivedRecordTable.settle(record, as: verdict, masked: masked, of: link, now: now, in: tx)
            case .later(let seconds, let code):
                try ReceivedRecordTable.postpone(
                    record, until: now.advanced(bySeconds: seconds), because: code, of: link, in: tx)
            }
        }
    }

    private func replaced(_ earlier: ReceivedRecord) async throws {
        let now = world.time.now()
        try await store.write { [link] tx in
            let verdict = LinkVerdict(.refused, code: LinkRefusal.recordChanged.code)
            try ReceivedRecordTable.settle(earlier, as: verdict, masked: nil, of: link, now: now, in: tx)
        }
    }

    private func outcome(of row: ReceivedRecord) async throws -> End {
        do {
            let record = try LinkRecord(try CanonicalJSON.value(JSONValue.self, in: row.body), in: families)
            let message = try await take(record, row.mark)
            return .verdict(
                LinkVerdict(.taken, message: message), masked: CanonicalJSON.bytes(writing: record.masked))
        } catch let early as RecordEarly {
            return later(row, early.because.code)
        } catch let refusal as LinkRefusal
            where [.fileMissing, .fileUnfit].contains(refusal) && row.tries < Self.fileTriesMax
        {
            return later(row, refusal.code)
        } catch let trouble as LinkTrouble where trouble.reason == .unanswered || row.tries < Self.fileTriesMax {
            return later(row, trouble.reason.code)
        } catch let trouble as LinkTrouble {
            return .verdict(LinkVerdict(.refused, code: trouble.reason.code, message: trouble.message), masked: nil)
        } catch let unfit as RecordUnfit {
            return .verdict(LinkVerdict(.refused, code: unfit.code, message: unfit.place), masked: nil)
        } catch let refused as RecordRefused {
            return .verdict(
                LinkVerdict(.refused, code: refused.code, message: refused.message), masked: nil)
        } catch let refusal as any Refusal {
            return .verdict(LinkVerdict(.refused, code: refusal.code), masked: nil)
        } catch let fault as Fault where fault.isRetryable {
            return .later(seconds: terms.firstSeconds, code: row.code)
        } catch  where !Task.isCancelled {
            // A fault of this house with one record holds up no other.
            return later(row, row.code)
        }
    }

    /// Later, or never where it has waited for days.
    private func later(_ row: ReceivedRecord, _ code: String) -> End {
        let over = row.arrivedAt.advanced(bySeconds: ReceivedRecordTable.waitingDaysMax * 86_400)
        guard world.time.now() < over else {
            return .verdict(LinkVerdict(.refused, code: LinkRefusal.tooEarly.code, message: code), masked: nil)
        }
        let seconds = terms.pause(after: row.tries + 1, max: Self.earlySecondsMax, roll: world.dice.roll())
        return .later(seconds: seconds, code: code)
    }

    private func tell() async throws {
        while !Task.isCancelled {
            let untold = try await store.read { [link] tx in try ReceivedRecordTable.untold(of: link, in: tx) }
            guard !untold.isEmpty else { return }
            try await carrier.acknowledge(untold.compactMap(\.receipt))
            try await store.write { [link] tx in try ReceivedRecordTable.told(untold, of: link, in: tx) }
        }
    }

    /// Notes that nothing came of speaking to the other side, and answers until when it is left alone.
    private func note(_ trouble: LinkTrouble) async throws -> Instant {
        let (now, roll) = (world.time.now(), world.dice.roll())
        return try await store.write { [link, terms] tx in
            var standing = try LinkTable.standing(of: link, in: tx)
            standing.failures += 1
            (standing.trouble, standing.failingSince) = (trouble, standing.failingSince ?? now)
            try LinkTable.save(standing, of: link, in: tx)
            return now.advanced(
                bySeconds: terms.pause(after: standing.failures, max: Self.troubleSecondsMax, roll: roll))
        }
    }
}

extension ReceivedRecord {
    /// What the other side is told; nil while it waits.
    fileprivate var receipt: LinkReceipt? {
        let outcome: LinkVerdict.Outcome
        switch state {
        case .waiting: return nil
        case .taken: outcome = .taken
        case .known: outcome = .known
        case .refused: outcome = .refused
        }
        return LinkReceipt(mark, key, LinkVerdict(outcome, code: code, message: message))
    }
}

extension LinkRecord {
    /// `json`, of which every value that is about somebody is cut to its first character.
    package var masked: JSONValue {
        .record(["family": .text(record.family), "number": .text(number), "values": record.masked["values"] ?? .null])
    }
}
