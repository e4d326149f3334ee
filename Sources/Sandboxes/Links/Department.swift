package import Exchange
package import Vocabulary

/// A department that does its work by itself: it examines and decides whatever was accepted, and offers what came of
/// it.
package actor Department {
    private let ledger: FarLedger
    private let switches: FarSwitches
    private let rules: DepartmentRules
    private let time: TimeSource
    private var cases: [DepartmentCase] = []
    /// How many acceptances were looked at.
    private var seen = 0

    package init(
        ledger: FarLedger, switches: FarSwitches, terms: DepartmentTerms, families: RecordFamilies, time: TimeSource
    ) {
        (self.ledger, self.switches, self.time) = (ledger, switches, time)
        rules = DepartmentRules(terms: terms, families: families)
    }

    /// Works until the task is cancelled.
    package func run() async throws {
        while !Task.isCancelled {
            try await round()
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Does what is due now.
    package func round() async throws {
        let now = time.now()
        for (number, source, at) in await ledger.acceptances(after: seen) {
            seen += 1
            cases.append(
                DepartmentCase(
                    number: number, source: source, place: seen, acceptedAt: at, left: rules.terms.deeds, lastAt: at))
        }
        for place in cases.indices where rules.isDue(cases[place], now: now) {
            // Whatever the house decided otherwise (it was withdrawn, it lapsed) is left alone.
            guard await !ledger.isOver(cases[place].number) else {
                cases[place].left = []
                continue
            }
            try await act(on: place, now)
        }
        cases.removeAll { $0.left.isEmpty }
    }

    private func act(on place: Int, _ now: Instant) async throws {
        var deeds = [cases[place].left.removeFirst()]
        if deeds == [.examined], switches.fires(.reorder) {
            deeds = cases[place].left + deeds
            cases[place].left = []
        }
        let dossier = cases[place]
        for deed in deeds {
            for record in try rules.records(deed, of: dossier, now: now) { await ledger.offer(record) }
        }
        if deeds == [.testBegun] { cases[place].testBegunAt = now }
        cases[place].lastAt = now
    }
}

extension FarLedger {
    /// The acceptances that came after so many: number, source and when.
    func acceptances(after count: Int) -> [(number: String, source: String, at: Instant)] {
        accepted.dropFirst(count).map { one in
            let key = ofDossier[one.number]?.first { $0.family == "up_pro_accept" }
            let source = key.flatMap { held[$0]?.record.record.values["data_source"]?.text } ?? ""
            return (one.number, source, one.at)
        }
    }

    /// Whether the house has told the dossier's result.
    func isOver(_ number: String) -> Bool {
        ofDossier[number]?.contains { $0.family == "up_pro_result" && held[$0]?.isOwn == false } ?? false
    }
}
