import Dossiers
import Store
import Supervision
import Vocabulary

/// Follows the sealed journal from where a mark stands. One process or several may follow; each step counts once.
package protocol JournalFollower: Sendable {
    /// Goes on by at most `limit` entries; answers by how many.
    func step(limit: Int) async throws -> Int
}

extension JournalFollower {
    /// Follows to the end of what is sealed, or until it went on by `most` entries or is cancelled; each step is whole.
    /// Answers how many entries it went on.
    @discardableResult
    package func follow(limit: Int = FigureTable.entriesMax, atMost most: Int = .max) async throws -> Int {
        var all = 0
        while all < most, !Task.isCancelled {
            let followed = try await step(limit: limit)
            guard followed > 0 else { break }
            all += followed
        }
        return all
    }
}

/// Counts what was sealed of dossiers.
package struct FigureFollower: JournalFollower {
    private let hall: Hall

    package init(hall: Hall) {
        self.hall = hall
    }

    private typealias Counted = (cases: [CountedCase], courses: [CaseCourse])

    /// Goes on by at most `limit` entries; answers by how many.
    package func step(limit: Int = FigureTable.entriesMax) async throws -> Int {
        let (hall, known) = (hall, hall.calendars.book)
        let (range, counted, names) = try await hall.store.read { tx in
            let start = try FigureTable.position(in: tx)
            let range = start..<max(start, min(try SealedLog.size(in: tx), start + limit))
            let book = try known.brought(upTo: tx)
            let heads = range.isEmpty ? [] : try SealedLog.heads(range, ofKinds: "dossier.", in: tx)
            var (counted, names): (Counted, [String: String]) = (([], []), [:])
            for head in heads {
                let dossier = try hall.dossier(head.subject, at: head.sequence, in: tx)
                let terms = dossier.submitted.terms
                counted.cases.append(CountedCase(dossier, book))
                if dossier.hasEnded {
                    let entries = try Journal.entries(of: head.subject, in: tx).prefix { $0.sequence <= head.sequence }
                    if let course = try CaseCourse.following(dossier.id, Array(entries), book) {
                        counted.courses.append(course)
                    }
                }
                names[terms.body.code] = terms.bodyName
                names[terms.catalogCode] = terms.itemName
                for step in terms.steps { names[CaseStep(.examination, step.id).code] = step.name }
            }
            return (range, counted, names)
        }
        guard !range.isEmpty else { return 0 }
        let now = hall.time.now()
        let isDone = try await hall.store.write { tx in
            guard try FigureTable.count(counted.cases, named: names, from: range, now: now, in: tx) else {
                return false
            }
            try CourseTable.count(counted.courses, in: tx)
            return true
        }
        return isDone ? range.count : 0
    }

    /// Counts everything again from the first entry on; `told` hears after each step how many entries of how many are
    /// counted.
    package func countAgain(_ told: (Int, Int) -> Void = { _, _ in }) async throws {
        try await hall.store.write { tx in
            try FigureTable.forget(in: tx)
            try CourseTable.forget(in: tx)
        }
        let sealed = try await hall.store.read { tx in try SealedLog.size(in: tx) }
        var counted = 0
        while case let followed = try await step(), followed > 0 {
            counted += followed
            told(counted, max(sealed, counted))
        }
    }
}

extension Hall {
    /// The dossier as it was after so many of its events.
    fileprivate func dossier(_ subject: Subject, at sequence: Int, in tx: Transaction) throws -> Dossier {
        if let kept = dossiers.value(of: subject), kept.sequence == sequence { return kept }
        let entries = try Journal.entries(of: subject, in: tx).prefix { $0.sequence <= sequence }
        guard let dossier = try Dossier.folded(DossierID(subject), Array(entries)) else {
            throw Fault.corrupt("\(subject) is sealed and has no entries")
        }
        return dossier
    }
}
