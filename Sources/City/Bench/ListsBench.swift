import Dossiers
import Hall
import Store
import Vocabulary

/// Fills a store with dossiers at several stages and asks what people ask all day: their work, their business, a
/// number, a dossier, what is due. Every list is paged to its end and must hold each dossier once, in order.
package struct ListsBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "lists"
        package var store = ""
        package var count = 0
        package var filled = 0
        package var fill_per_second = 0.0
        package var samples = 0
        /// Milliseconds, by question.
        package var latency: [String: Percentiles] = [:]
        /// Answers a second of all questions together.
        package var questions_per_second = 0.0
        /// Rows by primary key a second, each in a transaction of its own, in the same run.
        package var limit_point_reads_per_second = 0.0
        package var ratio_to_limit = 0.0
        package var bytes = 0
        package var resident_mebibytes_max = 0
    }

    /// Of twenty dossiers so many stand at these stages; the others have ended.
    private static let shares: [(stage: Dossier.Stage.Name, share: Int)] = [
        (.received, 2), (.inReview, 3), (.reviewed, 1),
    ]

    /// How many questions are asked.
    private static let samples = 2000

    private let setting: BenchSetting
    private var hall: Hall { setting.hall }
    private let timings = Timings()

    /// A bench in a setting.
    package init(_ setting: BenchSetting) {
        self.setting = setting
    }

    /// Runs it whole; throws when a list lacks a dossier, holds one twice or out of order.
    package func run() async throws -> Result {
        guard let item = try SampleItem.all().first(where: { $0.mode == .ordinary }) else {
            throw Fault.corrupt("no item of the ordinary mode")
        }
        var result = Result()
        (result.filled, result.fill_per_second) = try await setting.fill(
            "dossiers", standing: "SELECT COUNT(*) FROM dossier"
        ) { number in try await file(Life(number: number, item: item)) }
        try await examine(item)
        try await ask(item, &result)
        (result.store, result.count, result.samples) = (hall.store.dialect.rawValue, setting.count, Self.samples)
        result.latency = timings.percentiles()
        result.bytes = try await setting.meter.reading().bytes
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    private func file(_ life: Life) async throws {
        let numbers = try await hall.numbers(for: life.item.terms.implementationCode)
        let submission = life.submission(numbers: numbers, isComplete: true)
        let id = try await hall.submit(submission, by: life.filer, attempt: attempt()).dossier
        switch Self.stage(of: life.number) {
        case .received: return
        case .inReview: try await perform(.accept, on: id, Cast.clerk)
        case .reviewed:
            try await perform(.accept, on: id, Cast.clerk)
            try await perform(.passReview(.grant, opinion: "符合"), on: id, Cast.reviewer)
        default:
            try await perform(.withdraw(note: "不再需要"), on: id, .person(Cast.applicant(life.number)))
        }
    }

    private static func stage(of number: Int) -> Dossier.Stage.Name {
        var place = number % 20
        for (stage, share) in shares {
            if place < share { return stage }
            place -= share
        }
        return .ended
    }

    private func perform(_ command: DossierCommand, on id: DossierID, _ performer: Performer) async throws {
        _ = try await hall.perform(command, on: id, by: performer, attempt: attempt())
    }

    private func attempt() -> Attempt { Attempt(.of(hall.ids.next())) }

    /// Pages every list of work to its end.
    private func examine(_ item: SampleItem) async throws {
        for (stage, _) in Self.shares {
            setting.progress("paging the list of \(stage.rawValue)")
            var (found, cursor): (Int, DossierTable.Cursor?) = (0, nil)
            while true {
                let page = try await work(item, stage, after: cursor)
                for line in page {
                    let here = line.cursor
                    guard cursor.map({ ($0.due, $0.id) < (here.due, here.id) }) ?? true else {
                        throw Fault.corrupt("\(line.id) stands out of order")
                    }
                    (found, cursor) = (found + 1, here)
                }
                if page.count < Limits.pageRowsMax { break }
            }
            guard found == expected(stage) else {
                throw Fault.corrupt("\(found) \(stage.rawValue), not \(expected(stage))")
            }
        }
    }

    private func expected(_ stage: Dossier.Stage.Name) -> Int {
        (0..<setting.count).count { Self.stage(of: $0) == stage }
    }

    private func work(
        _ item: SampleItem, _ stage: Dossier.Stage.Name, after cursor: DossierTable.Cursor?
    ) async throws -> [DossierLine] {
        let part = DossierTable.Part.of(item.terms.body)
        return try await hall.store.read { tx in try DossierTable.work(in: part, at: stage, after: cursor, tx: tx) }
    }

    private func ask(_ item: SampleItem, _ result: inout Result) async throws {
        setting.progress("asking \(Self.samples) times")
        let stride = max(setting.count / Self.samples, 1)
        var lines: [DossierLine] = []
        for place in 0..<min(Self.samples, setting.count) {
            lines += try await hall.dossiers(of: Cast.applicant(place * stride)).prefix(1)
        }
        let known = lines
        guard known.count == min(Self.samples, setting.count) else {
            throw Fault.corrupt("somebody's dossier is not found")
        }
        let page = min(Limits.pageRowsMax, expected(.inReview))
        let start = ContinuousClock.now
        try await Turnstile.each(to: known.count, clients: setting.clients) { place in
            let line = known[place]
            let now = hall.time.now()
            let first = try await timings.time("work") { try await work(item, .inReview, after: nil) }
            guard first.count == page else {
                throw Fault.corrupt("a page of work is short")
            }
            let own = try await timings.time("business") { try await hall.dossiers(of: line.applicant) }
            let found = try await timings.time("number") { try await hall.dossier(numbered: line.number) }
            guard own.contains(line), found == line.id else { throw Fault.corrupt("\(line.id) is not found") }
            _ = try await timings.time("open") { try await hall.open(line.id) }
            _ = try await timings.time("due") {
                try await hall.store.read { tx in try DossierTable.due(by: now, limit: Pulse.batchMax, in: tx) }
            }
        }
        let questions = Double(known.count * 5)
        result.questions_per_second = questions / ((ContinuousClock.now - start) / .seconds(1))
        let plain = ContinuousClock.now
        try await Turnstile.each(to: known.count * 5, clients: setting.clients) { place in
            let id = known[place % known.count].id
            _ = try await hall.store.read { tx in try tx.row("SELECT sequence FROM dossier WHERE id = \(id)") }
        }
        result.limit_point_reads_per_second = questions / ((ContinuousClock.now - plain) / .seconds(1))
        result.ratio_to_limit = result.questions_per_second / max(result.limit_point_reads_per_second, 1)
    }
}
