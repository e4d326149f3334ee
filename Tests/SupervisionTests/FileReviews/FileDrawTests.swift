import Store
import Testing
import Vocabulary

@testable import Supervision

@Suite struct FileDrawTests {
    private static let root = [UInt8](repeating: 7, count: 32)

    private static func seed(_ root: [UInt8] = root) throws -> [UInt8] {
        FileDraw.seed(
            of: FileReviewStory.id, population: FileDraw.digest(of: try FileReviewStory.cases()), root: root)
    }

    @Test func `the same seed draws the same files, in whatever order the list is given, and another draws others`()
        throws
    {
        let (cases, sample) = (try FileReviewStory.cases(), FileDraw.Sample(20, .percent))
        let drawn = FileDraw.draw(from: cases, seed: try Self.seed(), sample)
        #expect(drawn == FileDraw.draw(from: cases.reversed(), seed: try Self.seed(), sample))
        let other = FileDraw.draw(from: cases, seed: try Self.seed([UInt8](repeating: 8, count: 32)), sample)
        #expect(drawn != other)
        #expect(drawn.count == 8 && FileDraw.count(of: cases, sample) == 8, "four of twenty, of each of two bodies")
        #expect(drawn.map(\.rank) == [1, 2, 3, 4, 1, 2, 3, 4])
    }

    @Test func `a body gives one file at least, its part rounded up, and never more than the limit or than it has`() {
        for (count, sample, size) in [
            (1, FileDraw.Sample(1, .percent), 1), (40, FileDraw.Sample(1, .percent), 1),
            (101, FileDraw.Sample(1, .percent), 2), (20_000, FileDraw.Sample(100, .percent), 30),
            (3, FileDraw.Sample(5, .files), 3), (40, FileDraw.Sample(5, .files), 5),
        ] {
            #expect(sample.size(of: count) == size, "\(count) \(sample)")
        }
    }

    @Test func `every file has the same chance: over many seeds none is drawn far more often than another`() throws {
        let cases = try FileReviewStory.cases(20)
        var counts: [String: Int] = [:]
        for number in 0..<2000 {
            let seed = FileDraw.seed(of: FileReviewStory.id, population: "\(number)", root: Self.root)
            for drawn in FileDraw.draw(from: cases, seed: seed, FileDraw.Sample(2, .files)) {
                counts[drawn.drawn.number, default: 0] += 1
            }
        }
        // Two of ten, two thousand times: four hundred each, and five standard deviations are ninety.
        #expect(counts.count == 20 && counts.values.allSatisfy { (310...490).contains($0) })
    }

    @Test func `a checkpoint is awaited, one draw is made, and the seed is what anybody derives`() throws {
        let rules = FileReviewRules()
        let (terms, cases) = (try FileReviewStory.terms(), try FileReviewStory.cases())
        let opened = try rules.open(
            terms, number: "2018-1", from: cases, checklist: try FileReviewStory.checklist(), at: FileReviewStory.now)
        let review = try FileReview(FileReviewStory.id, try FileReviewStory.entry(opened, 1))
        let later = FileReviewStory.now.advanced(bySeconds: 601)
        #expect(throws: FileReviewRefusal.checkpointAwaited) {
            try rules.decide(.draw(nil, count: 8), on: review, at: later)
        }
        let checkpoint = Checkpoint(size: 12, root: Self.root, at: later, note: "note")
        #expect(throws: FileReviewRefusal.checkpointAwaited) {
            try rules.decide(.draw(checkpoint, count: 8), on: review, at: FileReviewStory.now)
        }
        #expect(throws: FileReviewRefusal.notDrawn) {
            try rules.decide(.deal([FileReviewStory.staff(1)]), on: review, at: later)
        }
        #expect(throws: FileReviewRefusal.notDrawn) { try rules.decide(.publish(open: 0), on: review, at: later) }
        #expect(try rules.decide(.tick, on: review, at: FileReviewStory.now).isEmpty)
        #expect(try rules.decide(.tick, on: review, at: later) == [.called])
        let events = try rules.decide(.draw(checkpoint, count: 8), on: review, at: later)
        guard case .drawn(let draw) = events.last else { throw Fault.corrupt("no draw") }
        #expect(draw.seed == FileDraw.hex(try Self.seed()) && draw.count == 8)
        var drawn = review
        for event in events { try drawn.apply(event, at: later) }
        #expect(throws: FileReviewRefusal.drawnBefore) {
            try rules.decide(.draw(checkpoint, count: 8), on: drawn, at: later)
        }
        #expect(throws: FileReviewRefusal.tooFewReviewers) { try rules.decide(.deal([]), on: drawn, at: later) }
        #expect(throws: FileReviewRefusal.assignedBefore) {
            try rules.decide(.deal([1, 2, 1].map(FileReviewStory.staff)), on: drawn, at: later)
        }
        try drawn.apply(.dealt([FileReviewStory.staff(1)]), at: later)
        #expect(throws: FileReviewRefusal.dealtBefore) {
            try rules.decide(.deal([FileReviewStory.staff(1)]), on: drawn, at: later)
        }
        #expect(throws: FileReviewRefusal.filesOpen) { try rules.decide(.publish(open: 1), on: drawn, at: later) }
        try drawn.apply(.published, at: later)
        #expect(throws: FileReviewRefusal.publishedBefore) {
            try rules.decide(.publish(open: 0), on: drawn, at: later)
        }
    }

    @Test func `a campaign whose days, time, sample or figures do not fit is not opened, nor one without cases`() throws
    {
        let (rules, checklist) = (FileReviewRules(), try FileReviewStory.checklist())
        func open(_ terms: FileReviewTerms, _ count: Int = 4) throws {
            _ = try rules.open(
                terms, number: "2018-1", from: try FileReviewStory.cases(count), checklist: checklist,
                at: FileReviewStory.now)
        }
        func terms(
            to: String = "2018-11-30", _ sample: FileDraw.Sample = FileDraw.Sample(5, .files), seconds: Int64 = 600,
            _ change: (inout FileReviewTerms.Manner) -> Void = { _ in }
        ) throws -> FileReviewTerms {
            var manner = FileReviewTerms.Manner()
            change(&manner)
            let (from, to) = (try #require(CivilDate("2018-11-01")), try #require(CivilDate(to)))
            return FileReviewTerms(
                closed: from...to, within: .init(), sample: sample,
                drawAt: FileReviewStory.now.advanced(bySeconds: seconds), manner: manner)
        }
        #expect(throws: FileReviewRefusal.periodUnfit) { try open(try terms(to: "2018-12-04")) }
        #expect(throws: FileReviewRefusal.drawTimeUnfit) { try open(try terms(seconds: 10)) }
        // A minute that was named on a busy machine, a moment later.
        _ = try open(try terms(seconds: 59))
        #expect(throws: FileReviewRefusal.drawTimeUnfit) { try open(try terms(seconds: 15 * 86_400)) }
        #expect(throws: FileReviewRefusal.sampleUnfit) { try open(try terms(FileDraw.Sample(0, .percent))) }
        #expect(throws: FileReviewRefusal.sampleUnfit) { try open(try terms(FileDraw.Sample(31, .files))) }
        #expect(throws: FileReviewRefusal.termsUnfit) { try open(try terms { $0.pass = 90 }) }
        #expect(throws: FileReviewRefusal.termsUnfit) { try open(try terms { $0.reviewers = 3 }) }
        #expect(throws: FileReviewRefusal.populationEmpty) { try open(try terms(), 0) }
        #expect(throws: FileReviewRefusal.populationTooLarge) { try open(try terms(), FileDraw.populationMax + 1) }
        let many = try (0..<11).flatMap { body in
            try (0..<30).map { number in
                FileDraw.ClosedCase(
                    number: "C\(body)-\(number)",
                    matter: try OrderStory.matter(1, body: try #require(Self.body(body))))
            }
        }
        #expect(throws: FileReviewRefusal.drawTooLarge) {
            try rules.open(
                try terms(FileDraw.Sample(100, .percent)), number: "2018-1", from: many, checklist: checklist,
                at: FileReviewStory.now)
        }
        try open(try terms())
    }

    private static func body(_ number: Int) -> String? {
        CreditCode(authority: "11", region: .fuzhou, organisation: "\(10_000_000 + number)")?.code
    }
}
