import Exchange
package import Vocabulary

extension FarLedger {
    /// LIMIT: records that are offered in all.
    private static let offersMax = 200_000

    /// Offers a record to the house, with what the switches put beside it.
    func offer(_ record: LinkRecord) {
        guard offers.count < Self.offersMax else { return }
        let key = LinkKey(record.record.family, record.record.key)
        if switches.fires(.drift) {
            append(record, values: ["sandbox_column": .text("1")], suffix: "-d", number: record.number)
        }
        if key.family == "up_pro_result", let other = other(than: record.number), switches.fires(.anotherNumber) {
            append(record, values: [:], suffix: "-x", number: other)
        }
        held[key] = Held(record: record, isOwn: true, at: time.now())
        if !record.number.isEmpty { ofDossier[record.number, default: []].append(key) }
        for _ in 0..<(switches.fires(.duplicate) ? 2 : 1) {
            offers.append(
                Offer(
                    mark: offers.count + 1, key: key, number: record.number, json: record.json, record: record,
                    verdict: nil))
        }
    }

    private func other(than number: String) -> String? { accepted.first { $0.number != number }?.number }

    /// One that is wrong on purpose, under a key of its own.
    private func append(_ record: LinkRecord, values more: [String: JSONValue], suffix: String, number: String) {
        var values = record.record.values
        values["row_guid"] = .text(record.record.key + suffix)
        values.merge(more) { $1 }
        let json = JSONValue.record([
            "family": .text(record.record.family), "number": .text(number), "values": .record(values),
        ])
        offers.append(
            Offer(
                mark: offers.count + 1, key: LinkKey(record.record.family, record.record.key + suffix),
                number: number, json: json, record: nil, verdict: nil))
    }

    /// What is offered after a mark.
    func offered(after mark: Int, limit: Int) -> (rows: [Offer], hasMore: Bool) {
        let rest = offers.dropFirst(max(0, mark))
        return (Array(rest.prefix(limit)), rest.count > limit)
    }

    /// What came of an offer by its mark, or, without one, by its key.
    func note(_ verdict: LinkVerdict, mark: Int?, key: LinkKey) {
        let places = mark.map { [$0 - 1] } ?? offers.indices.filter { offers[$0].key == key }
        guard let place = places.first, offers.indices.contains(place), offers[place].key == key else {
            return report.note(.receipt, false, "\(key.family) \(key.key) was not offered")
        }
        for place in places {
            // What was refused may be taken later; what was taken stays so.
            let before = offers[place].verdict?.outcome
            let takesBack = (before == .taken || before == .known) && verdict.outcome == .refused
            report.note(.receipt, !takesBack, "\(key.family) \(key.key) was taken and is refused")
            guard !takesBack else { continue }
            offers[place].verdict = verdict
            if verdict.outcome != .refused { takenKeys.insert(key) }
        }
    }

    /// Which files are here, for whoever carries them elsewhere.
    var fileDigests: [String] { files.keys.sorted() }

    /// What is here of the dossiers that were filed on a day (`20181119`), after a key.
    func holdings(of day: String, after: LinkKey, limit: Int) -> (lines: [Held], hasMore: Bool) {
        let keys = ofDossier.filter { $0.key.dropFirst(31).prefix(8) == day }.values.joined()
        let told = Set(keys).filter { key in
            guard let one = held[key] else { return false }
            return (!one.isOwn || takenKeys.contains(key)) && Self.isBefore(after, key)
        }
        let lines = told.sorted(by: Self.isBefore).compactMap { held[$0] }
        return (Array(lines.prefix(limit)), lines.count > limit)
    }

    private static func isBefore(_ left: LinkKey, _ right: LinkKey) -> Bool {
        (left.family, left.key) < (right.family, right.key)
    }

    /// Every dossier with its records and what came of them.
    package var dossiers: JSONValue {
        let first = accepted.map(\.number)
        let others = Set(ofDossier.keys).subtracting(first).sorted()
        let lines = (first + others).map { number in
            JSONValue.record(["number": .text(number), "records": .list(records(of: number))])
        }
        return .list(lines)
    }

    private func records(of number: String) -> [JSONValue] {
        (ofDossier[number] ?? []).compactMap { key in
            guard let one = held[key] else { return nil }
            let verdict = one.isOwn ? offers.last { $0.key == key }?.verdict : LinkVerdict(.taken)
            return .record([
                "family": .text(key.family), "key": .text(key.key), "isOwn": .flag(one.isOwn),
                "outcome": .text(verdict?.outcome.rawValue ?? "offered"), "code": .text(verdict?.code ?? ""),
                "digest": .text(one.record.record.digest), "values": .record(one.record.record.values),
            ])
        }
    }

    /// What was offered, in order, with what the house said of each.
    package var offerList: JSONValue {
        .list(offers.map(Self.json))
    }

    /// The applications that were offered, with the numbers of their dossiers.
    package var applications: JSONValue {
        .list(offers.filter { $0.key.family == "ow_apply" }.map(Self.json))
    }

    private static func json(_ offer: Offer) -> JSONValue {
        .record([
            "mark": .text("\(offer.mark)"), "family": .text(offer.key.family), "key": .text(offer.key.key),
            "dossier": .text(offer.number), "isRight": .flag(offer.record != nil),
            "outcome": .text(offer.verdict?.outcome.rawValue ?? "offered"), "code": .text(offer.verdict?.code ?? ""),
            "message": .text(offer.verdict?.message ?? ""),
        ])
    }
}
