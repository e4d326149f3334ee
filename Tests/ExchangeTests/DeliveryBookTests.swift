import Testing
import Vocabulary

@testable import Exchange

@Suite struct DeliveryBookTests {
    /// Everything that may be sent now.
    private static func all(_ book: inout DeliveryBook) -> [DeliveryBook.Parcel] {
        var parcels: [DeliveryBook.Parcel] = []
        while let parcel = book.next() { parcels.append(parcel) }
        return parcels
    }

    /// The next that may be sent; there is one.
    private static func next(_ book: inout DeliveryBook) throws -> DeliveryBook.Parcel {
        let parcel = book.next()
        return try #require(parcel)
    }

    /// Sends the next, and books what came of it.
    private static func book(_ book: inout DeliveryBook, _ answer: DeliveryAnswer, at now: Instant) throws {
        let parcel = try next(&book)
        book.book(parcel, answer, at: now)
    }

    /// A book that has grown its window by successes.
    private static func warm(_ terms: DeliveryTerms = .usual) throws -> DeliveryBook {
        var book = Told.book(terms)
        for position in 0..<10 {
            book.add([try Told.event(position, of: 100 + UInt64(position))], upTo: position + 1)
            try Self.book(&book, .accepted(200), at: Told.now)
        }
        return book
    }

    @Test func `of one dossier one event is on its way at a time, in order, and other dossiers go beside it`() throws {
        var book = try Self.warm()
        book.add(
            [
                try Told.event(10, of: 1), try Told.event(11, of: 1), try Told.event(12, of: 2),
                try Told.event(13, of: 1),
            ], upTo: 14)
        let first = Self.all(&book)
        #expect(first.map(\.event.position) == [10, 12])
        book.book(first[1], .accepted(200), at: Told.now)
        #expect(book.cursor == EventCursor(next: 10), "what is on its way is not settled")
        let more1 = Self.all(&book)
        #expect(more1.isEmpty)
        book.book(first[0], .accepted(204), at: Told.now)
        #expect(book.cursor == EventCursor(next: 11))
        let second = Self.all(&book)
        #expect(second.map(\.event.position) == [11])
        book.book(second[0], .accepted(200), at: Told.now)
        try Self.book(&book, .accepted(200), at: Told.now)
        #expect(book.cursor == EventCursor(next: 14) && book.changes.isEmpty)
    }

    @Test func `what is refused is held with those of its dossier behind it, and the cursor goes on`() throws {
        var book = try Self.warm()
        book.add([try Told.event(10, of: 1), try Told.event(11, of: 2), try Told.event(12, of: 1)], upTo: 13)
        let sent = Self.all(&book)
        book.book(sent[0], .refused(500), at: Told.now)
        book.book(sent[1], .accepted(200), at: Told.now)
        // What comes later of a dossier that waits, waits behind it.
        book.add([try Told.event(13, of: 1), try Told.event(14, of: 3)], upTo: 15)
        let more2 = Self.all(&book)
        #expect(more2.map(\.event.position) == [14])
        let changes = book.take()
        #expect(changes.holds.map(\.event.position) == [10, 12, 13])
        #expect(changes.holds.map(\.tries) == [1, 0, 0])
        #expect(changes.holds[0].last?.status == 500)
        #expect(book.cursor == EventCursor(next: 14) && book.heldCount == 3)
        // Once nothing of it waits, it goes on as before.
        book.unblock(Told.dossier(1))
        book.add([try Told.event(15, of: 1)], upTo: 16)
        let more3 = Self.all(&book)
        #expect(more3.map(\.event.position) == [15])
    }

    @Test func `a receiver that is away is left alone: nothing is held, and the cursor stays`() throws {
        var book = try Self.warm()
        book.add([try Told.event(10, of: 1), try Told.event(11, of: 1), try Told.event(12, of: 2)], upTo: 13)
        let sent = Self.all(&book)
        book.book(sent[0], .unreachable, at: Told.now)
        let nothing = book.next()
        #expect(book.trouble == .unreachable && nothing == nil && !book.wantsMore)
        // What was on its way and arrives all the same is not sent again.
        book.book(sent[1], .accepted(200), at: Told.now)
        #expect(book.cursor == EventCursor(next: 10) && book.changes.isEmpty)
        book.resume()
        let more4 = Self.all(&book)
        #expect(more4.map(\.event.position) == [10], "one at first")
        #expect(book.cursor == EventCursor(next: 10))
    }

    @Test func `after a pause one goes first, and twice as many after each success`() throws {
        var book = Told.book()
        book.add(try (0..<40).map { try Told.event($0, of: UInt64($0)) }, upTo: 40)
        var sizes: [Int] = []
        for _ in 0..<6 {
            let sent = Self.all(&book)
            sizes.append(sent.count)
            guard let first = sent.first else { break }
            book.book(first, .accepted(200), at: Told.now)
        }
        #expect(sizes == [1, 2, 3, 5, 9, 1], "sixteen at most on their way")
        #expect(book.inFlight == 15)
    }

    @Test func `so many refusals without a success between them are trouble of the receiver`() throws {
        var terms = DeliveryTerms.usual
        terms.failuresInRowMax = 3
        var book = try Self.warm(terms)
        book.add(try (10..<20).map { try Told.event($0, of: UInt64($0)) }, upTo: 20)
        for _ in 0..<2 { try Self.book(&book, .refused(500), at: Told.now) }
        #expect(book.trouble == nil)
        try Self.book(&book, .unanswered, at: Told.now)
        #expect(book.trouble == .unanswered && book.heldCount == 3 && book.cursor == EventCursor(next: 13))
    }

    @Test func `what was held is tried again before what is new, and is let go when it is taken`() throws {
        var book = DeliveryBook(at: EventCursor(next: 50), held: (2, [Told.dossier(1)]), terms: .usual)
        let event = try Told.event(10, of: 1)
        let held = HeldEvent(
            subscription: try Told.subscription().id, position: 10, dossier: Told.dossier(1), event: event.id,
            kind: event.kind, tries: 1, state: .waiting, last: nil)
        book.add([try Told.event(50, of: 2), try Told.event(51, of: 1)], upTo: 52)
        book.retry([DeliveryBook.Parcel(event: event, held: held)])
        let parcel = try Self.next(&book)
        #expect(parcel.event == event && !book.wantsRetries)
        book.book(parcel, .refused(409), at: Told.now)
        #expect(book.changes.tried.map(\.held) == [held])
        #expect(!book.wantsRetries, "not before it is written down")
        _ = book.take()
        book.retry([DeliveryBook.Parcel(event: event, held: held)])
        try Self.book(&book, .accepted(200), at: Told.now)
        #expect(book.take().released == [held] && book.heldCount == 2, "and one more that came waits behind it")
        let fresh = try Self.next(&book)
        #expect(fresh.event.position == 50)
    }

    @Test func `no more is read than there is room for`() throws {
        var terms = DeliveryTerms.usual
        (terms.aheadMax, terms.heldMax, terms.failuresInRowMax) = (8, 3, 100)
        var book = Told.book(terms)
        book.add(try (0..<4).map { try Told.event($0, of: 1) }, upTo: 4)
        #expect(!book.wantsMore)
        try Self.book(&book, .refused(400), at: Told.now)
        #expect(book.heldCount == 4 && book.cursor == EventCursor(next: 4) && !book.wantsMore)
    }

    @Test func `pauses are four times as long each time, up to the limit, and never all alike`() {
        let terms = DeliveryTerms.usual
        let middle = (1...8).map { terms.pause(after: $0, max: terms.eventSecondsMax, roll: 20) }
        #expect(middle == [5, 20, 80, 320, 1280, 5120, 20_480, 21_600])
        #expect(Set((0..<41).map { terms.pause(after: 4, max: 3600, roll: $0) }).count > 30)
        #expect(terms.pause(after: 60, max: 3600, roll: 40) == 4320)
        let tries = (1..<terms.triesMax).map { terms.pause(after: $0, max: terms.eventSecondsMax, roll: 20) }
        #expect((2...4).contains(tries.reduce(0, +) / 86_400), "the last try is some three days after the first")
    }
}
