import Dossiers
import Store
import Vocabulary

/// One life by chance, looked at after everything that happens in it.
struct ClockLife {
    let rules: DossierRules
    let dice: LifeDice
    private(set) var dossier: Dossier
    private(set) var lines: [DossierTable.HistoryLine] = []
    private var book: NaiveBook
    private var law = LifeLaw()
    private var now: Instant
    private(set) var complaint: String?

    /// Lives the life of a seed; answers what happened, and what is wrong with it.
    static func live(_ seed: UInt64, _ rules: DossierRules) throws -> (
        lines: [DossierTable.HistoryLine], complaint: String?
    ) {
        var life = try ClockLife(seed, rules)
        for _ in 0..<24 where life.complaint == nil { try life.step() }
        if life.complaint == nil { try life.end() }
        return (life.lines, life.complaint.map { "\($0) — \(life.dates)" })
    }

    private init(_ seed: UInt64, _ rules: DossierRules) throws {
        (self.rules, dice) = (rules, LifeDice(seed))
        let day = CivilDate(daysSinceEpoch: 17_532 + dice.below(2900))
        now = Instant(day, hour: dice.among(8...18), minute: dice.below(60))
        let submission = try LifeTerms(dice: dice).submission(on: day)
        let events = try rules.begin(submission, at: now)
        let actor = submission.hall == nil ? LifeCommands.applicant : Actor.staff(LifeCommands.staff[0])
        dossier = try Dossier(Story.id, events[0], at: now, by: actor)
        let first = DossierTable.HistoryLine(sequence: 1, at: now, actor: actor, event: events[0])
        lines = [first]
        book = NaiveBook(first)
        try hear(Array(events.dropFirst()), by: actor)
        look()
    }

    /// The history on one line, for whoever must find out.
    private var dates: String {
        lines.map { "\($0.at) \($0.event.kind.dropFirst(8))" }.joined(separator: "; ")
    }

    private mutating func pass() {
        let isHeard = dossier.proceedings.hearing.map { $0.endedAt == nil } ?? false
        let days = dice.pick([0, 0, 0, 1, 1, 2, 4, dice.below(10), isHeard ? 3 : dice.below(41)])
        let day = now.day.advanced(byDays: days)
        let minute = dice.one(in: 4) ? dice.below(1440) : dice.among(540...1020)
        now = max(now, Instant(day, hour: minute / 60, minute: minute % 60))
    }

    private mutating func step() throws {
        pass()
        let commands = LifeCommands(dice: dice, today: now.day, dossier: dossier)
        let deed = dice.one(in: 5) ? commands.any() : commands.sensible()
        // An applicant's deed is an assistant's now and then, and whoever handled the case tries to be one.
        let assistant = deed.actor == LifeCommands.applicant && dice.one(in: 8) ? dice.pick(LifeCommands.desk) : nil
        let principal = dice.one(in: 12) ? dice.pick(LifeCommands.staff) : nil
        let standing =
            assistant == nil ? DeskStanding(principal: principal) : DeskStanding(assisting: Story.help)
        let actor = assistant.map(Actor.staff) ?? deed.actor
        let before = dossier
        do {
            try hear(try rules.decide(deed.command, on: dossier, by: actor, at: now, standing: standing), by: actor)
        } catch is DossierRefusal {
            if dossier != before { complaint = "a refusal changed something" }
            guard dice.one(in: 3) else { return }
        }
        look()
        guard complaint == nil else { return }
        try beat()
    }

    /// The pulse: what time has done is done once, and then nothing is left to do.
    private mutating func beat() throws {
        let done = try rules.decide(.tick, on: dossier, by: .platform, at: now)
        try hear(done, by: .platform)
        if !done.isEmpty { look() }
        guard complaint == nil else { return }
        let again = try rules.decide(.tick, on: dossier, by: .platform, at: now)
        if !again.isEmpty { complaint = complaint ?? "a second beat did \(again.map(\.kind))" }
        let light = rules.light(of: dossier)
        if light != book.light(now.naive) {
            complaint =
                complaint ?? "light \(String(describing: light)), not \(String(describing: book.light(now.naive)))"
        }
    }

    private mutating func hear(_ events: [DossierEvent], by actor: Actor) throws {
        var isFirst = true
        for event in events {
            let who = event.isByLaw ? .platform : actor
            let line = DossierTable.HistoryLine(sequence: lines.count + 1, at: now, actor: who, event: event)
            complaint = complaint ?? silence(line, isFirst: isFirst) ?? law.complaint(line, book)
            if !event.isByLaw { isFirst = false }
            let before = book
            book.apply(line)
            complaint = complaint ?? moved(before, line)
            try dossier.apply(event, at: now, by: who)
            lines.append(line)
        }
    }

    /// Whether what silence did is what it had to do, in the order of time, and before anybody came.
    private func silence(_ line: DossierTable.HistoryLine, isFirst: Bool) -> String? {
        let due = book.next.flatMap { $0.at <= now.naive ? $0.what : nil }
        if case .handling(.closed) = line.event, book.round?.awaited.isEmpty == true { return nil }
        if let what = NaiveBook.Silence(line.event) {
            return due == what ? nil : "\(what) at \(line.at), where \(String(describing: due)) was due"
        }
        guard isFirst, let due else { return nil }
        return "\(line.event.kind) at \(line.at) before \(due)"
    }

    /// A final end moves later or not at all, but for a procedure that ends before its time; and what is past is past.
    private func moved(_ before: NaiveBook, _ line: DossierTable.HistoryLine) -> String? {
        for (old, new) in [(before.promised, book.promised), (before.statutory, book.statutory)] {
            guard let old, let new, old != new else { continue }
            let isOver = old.moment <= now.naive
            switch line.event {
            // Who was told of a hearing has until midnight to ask for it.
            case .hearing(.requested) where new.day > old.day: continue
            case .special(.ended), .hearing(.waived), .hearing(.held):
                if !isOver, new.day <= old.day, new.moment > now.naive { continue }
            default: if !isOver, new.day >= old.day, new.moment > old.moment { continue }
            }
            return "\(line.event.kind) at \(line.at) moved an end from \(old) to \(new)"
        }
        return nil
    }
}

extension ClockLife {
    /// Everything that can be said of where it stands, counted twice.
    private mutating func look() {
        guard complaint == nil else { return }
        var pairs: [(String, Due?, NaiveBook.End?)] = [
            ("due", rules.due(of: dossier), book.due), ("promised", rules.promisedDue(of: dossier), book.promised),
            ("statutory", rules.statutoryDue(of: dossier), book.statutory),
            ("verification", rules.verificationDue(of: dossier), book.verification),
            ("step", rules.stepDue(of: dossier), book.stepEnd),
        ]
        if case .correction(let since) = book.place {
            let end = book.end(NaiveLimit(book.terms.correction.count), since)
            pairs.append(("correction", rules.correctionDue(of: dossier), end))
        }
        if let tolerance = book.tolerance, !book.lagging.isEmpty {
            pairs.append(
                ("tolerance", rules.toleranceDue(of: dossier), book.end(NaiveLimit(tolerance.days), tolerance.at)))
        }
        if let talk = book.talk {
            let end = talk.requested.map { book.end(NaiveLimit(20), $0) } ?? book.end(NaiveLimit(5), talk.told)
            pairs.append(("hearing", rules.hearingDue(of: dossier), talk.ended == nil ? end : nil))
        }
        for (record, stop) in zip(dossier.proceedings.special, book.stops) {
            pairs.append(("special", rules.due(of: record), book.end(NaiveLimit(stop.told), stop.begun)))
        }
        for (name, due, end) in pairs where !same(due, end) {
            complaint = "\(name) \(String(describing: due)) and not \(String(describing: end)) at \(now)"
            return
        }
        let pauses = rules.pauses(of: dossier).map { $0.from.naive..<max($0.from.naive, $0.to?.naive ?? 0) }
        if pauses != book.stopped { complaint = "stopped \(pauses), not \(book.stopped)" }
        let wake = rules.nextWake(of: dossier)?.naive
        if wake != book.next?.at {
            complaint = "wakes at \(String(describing: wake)), not \(String(describing: book.next))"
        }
        let ledger = rules.ledger(of: dossier, history: lines, at: now)
        complaint = complaint ?? NaiveLedger(book: book, now: now.naive).complaint(ledger)
    }

    private func same(_ due: Due?, _ end: NaiveBook.End?) -> Bool {
        due?.day.naive == end?.day && due?.end.naive == end?.moment && due?.isProvisional == end?.isGuessed
    }

    /// At the end: what was written folds to the same, and later the ledger says the same of what is over.
    private mutating func end() throws {
        let written = try lines.map { line in
            JournalEntry(
                JournalEntry.Place(dossier.id.subject, sequence: line.sequence, at: line.at, actor: line.actor),
                kind: line.event.kind, version: DossierEvent.version, body: try line.event.publicPart(),
                personal: try line.event.personalPart().map { JournalEntry.Personal(salt: [], bytes: $0) })
        }
        if try Dossier.folded(dossier.id, written) != dossier { complaint = "what was written folds to something else" }
        let then = rules.ledger(of: dossier, history: lines, at: now)
        let later = rules.ledger(of: dossier, history: lines, at: now.advanced(bySeconds: 86_400 * 400))
        let isSame = zip(then.runs, later.runs).allSatisfy { run, after in
            run.days == after.days && run.due == after.due && run.moves == after.moves && run.length == after.length
                && (run.result.isOpen ? after.result.isOpen : run.result == after.result)
        }
        if !isSame || then.runs.count != later.runs.count { complaint = complaint ?? "the ledger changed with time" }
    }
}
