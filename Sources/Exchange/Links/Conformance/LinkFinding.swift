/// Something that was looked at, once: whether it is as the protocol says, and what was found where it is not.
package struct LinkFinding: Hashable, Sendable {
    /// LIMIT: characters of what was found.
    private static let foundCharactersMax = 200

    package let check: LinkCheck
    package let isGood: Bool
    package let found: String

    init(_ check: LinkCheck, _ isGood: Bool, _ found: String = "") {
        (self.check, self.isGood) = (check, isGood)
        self.found = String(found.prefix(Self.foundCharactersMax))
    }
}

/// What follows from what was asked and answered; nobody is asked here.
enum LinkJudgement {
    /// Something was answered that counts, on a way.
    static func answered(_ way: LinkWay) -> [LinkFinding] {
        [LinkCheck.answer, .signature, .clock, .body, .understood].filter { $0.ways.contains(way) }
            .map { LinkFinding($0, true) }
    }

    /// Nothing that counts was answered: the point that stands behind it, and those that it does not touch.
    static func unanswered(_ trouble: LinkTrouble, of what: String, by way: LinkWay) -> [LinkFinding] {
        let order: [LinkCheck] = [.answer, .signature, .clock, .body, .understood]
        let wrong: LinkCheck =
            switch trouble.reason {
            case .unanswered: .answer
            case .signatureWrong: .signature
            case .clockWrong: .clock
            case .refusedWhole: .understood
            default: .body
            }
        let message = trouble.message.isEmpty ? "" : " \(trouble.message)"
        let status = trouble.answer.status.map { $0 == 200 ? "" : " (status \($0))" } ?? " (\(trouble.answer.name))"
        let good = order.prefix { $0 != wrong }.filter { $0.ways.contains(way) }
        return good.map { LinkFinding($0, true) }
            + [LinkFinding(wrong, false, "\(what): \(trouble.reason.code)\(status)\(message)")]
    }

    /// Of a batch that fits each record is taken; `known` where it was there before.
    static func sent(
        _ keys: [LinkKey], _ said: [LinkKey: LinkVerdict], as wanted: LinkVerdict.Outcome
    ) -> [LinkFinding] {
        let check: LinkCheck = wanted == .known ? .known : .taken
        return keys.flatMap { key -> [LinkFinding] in
            let name = "\(key.family) \(key.key)"
            guard let verdict = said[key] else { return [LinkFinding(.verdicts, false, "nothing of \(name)")] }
            return [
                LinkFinding(.verdicts, true),
                LinkFinding(check, verdict.outcome == wanted, "\(name) is \(words(verdict))"),
            ]
        }
    }

    /// Of a batch whose first record does not fit.
    static func unfit(_ first: LinkKey, _ then: LinkKey, _ said: [LinkKey: LinkVerdict]) -> [LinkFinding] {
        var findings: [LinkFinding] = []
        for (key, check) in [(first, LinkCheck.unfit), (then, .next)] {
            guard let verdict = said[key] else {
                findings.append(LinkFinding(.verdicts, false, "nothing of \(key.family) \(key.key)"))
                continue
            }
            let isGood =
                check == .next ? verdict.outcome == .taken : verdict.outcome == .refused && !verdict.code.isEmpty
            findings.append(LinkFinding(check, isGood, "\(key.family) \(key.key) is \(words(verdict))"))
        }
        return findings
    }

    /// A record was sent that must not have been done, was answered somehow, and was then sent rightly.
    static func undone(_ check: LinkCheck, wasDone: Bool, _ then: LinkVerdict?) -> [LinkFinding] {
        if wasDone { return [LinkFinding(check, false, "it was answered with the code 0")] }
        guard let then else { return [] }
        return [LinkFinding(check, then.outcome == .taken, "sent rightly it is \(words(then))")]
    }

    /// Two pages after one mark: more may have come behind what the first one had.
    static func marks(_ first: LinkPage, _ second: LinkPage) -> [LinkFinding] {
        guard !first.rows.isEmpty || !second.rows.isEmpty else { return [] }
        let (before, now) = (first.rows.map(name), second.rows.prefix(first.rows.count).map(name))
        let differs = zip(before, now).first { $0 != $1 }
        let found = differs.map { "\($0.0), and then \($0.1)" } ?? "\(before.count) rows, and then \(now.count)"
        return [LinkFinding(.marks, before == now, found)]
    }

    private static func name(_ row: LinkPage.Row) -> String { "\(row.mark) \(row.key.family) \(row.key.key)" }

    /// What is offered: records of a family, and where they name a dossier it is that of the number.
    static func rows(_ rows: [LinkPage.Row]) -> [LinkFinding] {
        rows.map { row in
            switch row.content {
            case .failure(let unfit):
                return LinkFinding(.rows, false, "\(name(row)): \(unfit.code) \(unfit.place)")
            case .success(let record):
                let own = record.record.text(of: "project_no")
                return LinkFinding(
                    .rows, own == nil || own == record.number,
                    "\(name(row)): under \(record.number), and it names \(own ?? "")")
            }
        }
    }

    /// What the other side has of a day, all its pages, against what it took and what it must not have.
    static func holdings(
        _ lines: [LinkHoldings.Line], taken: [LinkRecord], never: [LinkKey]
    ) -> [LinkFinding] {
        let held = Dictionary(lines.map { ($0.key, $0) }) { first, _ in first }
        let named = taken.map { record -> LinkFinding in
            let (key, digest) = (record.linkKey, record.record.digest)
            let name = "\(key.family) \(key.key)"
            guard let line = held[key] else {
                return LinkFinding(.holdings, false, "\(name) was taken and is not told")
            }
            guard line.digest == digest else {
                return LinkFinding(.holdings, false, "\(name) has \(line.digest), and here \(digest)")
            }
            let isGood = line.number == record.number && !line.isTheirs
            return LinkFinding(
                .holdings, isGood, "\(name): number \(line.number)\(line.isTheirs ? ", told as their own" : "")")
        }
        return named
            + never.filter { held[$0] != nil }.map {
                LinkFinding(.holdings, false, "\($0.family) \($0.key) was not taken and is told")
            }
    }

    /// Whether lines stand in the order of family and key, each once.
    static func order(_ lines: [LinkHoldings.Line]) -> [LinkFinding] {
        guard lines.count > 1 else { return [] }
        let wrong = zip(lines, lines.dropFirst()).first { !$0.key.isBefore($1.key) }
        return [LinkFinding(.order, wrong == nil, wrong.map { "\($0.1.key) after \($0.0.key)" } ?? "")]
    }

    /// What came after a name, against all there is.
    static func paging(
        _ lines: [LinkHoldings.Line], after last: LinkKey, _ answered: LinkHoldings
    ) -> [LinkFinding] {
        let behind = lines.filter { last.isBefore($0.key) }
        let wanted = Array(behind.prefix(answered.lines.count))
        let isWhole = answered.hasMore == (wanted.count < behind.count) && (behind.isEmpty || !wanted.isEmpty)
        let first = answered.lines.first.map { "\($0.key.family) \($0.key.key)" } ?? "nothing"
        return [
            LinkFinding(
                .paging, wanted == answered.lines && isWhole,
                "after \(last.family) \(last.key) come \(answered.lines.count) lines, the first \(first), and "
                    + (answered.hasMore ? "more" : "no more") + "; \(behind.count) are behind it")
        ]
    }

    /// What is told of what was offered, after its receipts were given and after they were given again.
    static func receipts(_ once: [LinkHoldings.Line], _ twice: [LinkHoldings.Line]) -> [LinkFinding] {
        [LinkFinding(.receipts, once == twice, "\(once.count) records were told, and then \(twice.count)")]
    }

    /// Something that is no batch was sent, and then one that fits.
    static func noBatch(wasDone: Bool?, _ then: LinkVerdict?) -> [LinkFinding] {
        switch (wasDone, then) {
        case (true?, _): [LinkFinding(.noBatch, false, "it counts as done")]
        case (_, nil): []
        case (nil, _?): [LinkFinding(.noBatch, false, "nothing came of it")]
        case (false?, let then?):
            [LinkFinding(.noBatch, then.outcome == .taken, "a batch that came then is \(words(then))")]
        }
    }

    private static func words(_ verdict: LinkVerdict) -> String {
        [verdict.outcome.rawValue, verdict.code, verdict.message].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
