import Foundation

/// How well an item fits: the smaller the better.
struct Relevance: Comparable, Sendable {
    /// Why an item fits at all, best first.
    enum Reason: UInt32, Sendable {
        case exact, begins, named, said, pinyin, slip, partly
    }

    /// The reason, then what orders the items of one reason; fits into 24 bits.
    let value: UInt32

    init(_ reason: Reason, _ detail: UInt32 = 0) { value = reason.rawValue << 20 | min(detail, 1 << 20 - 1) }

    var reason: Reason { Reason(rawValue: value >> 20) ?? .partly }

    static func < (left: Relevance, right: Relevance) -> Bool { left.value < right.value }
}

/// The best relevance of each entry so far.
struct Relevances {
    private(set) var all: [Relevance?]

    init(count: Int) { all = Array(repeating: nil, count: count) }

    mutating func raise(_ entry: Int, _ relevance: Relevance) {
        if all[entry].map({ relevance < $0 }) ?? true { all[entry] = relevance }
    }

    var best: Relevance? { all.lazy.compactMap { $0 }.min() }

    /// Takes out what fits partly once something fits wholly.
    mutating func cut() {
        guard let best = best else { return }
        let worst: Relevance =
            switch best.reason {
            case .exact, .begins, .named: Relevance(.slip, .max)
            case .said, .pinyin, .slip: Relevance(.partly, Self.partly(left: 200))
            case .partly: Relevance(.partly, best.value & (1 << 20 - 1) + Self.partly(left: 300))
            }
        for (entry, relevance) in all.enumerated() where relevance.map({ $0 > worst }) ?? false { all[entry] = nil }
    }

    /// The detail of a partial fit that leaves so many thousandths of the question open.
    static func partly(left: Int) -> UInt32 { UInt32(left) << 8 }
}

extension ItemIndex {
    /// How well each entry fits the question.
    func relevances(_ question: Question) -> Relevances {
        var found = Relevances(count: entries.count)
        guard !question.isEmpty else { return found }
        let isForChange = tools.synonyms.changes.contains { change in question.phrases.contains { $0.holds(change) } }
        let order = { (entry: Int) in isForChange ? 1 : entries[entry].order }
        addNames(question, order, &found)
        addParts(question, order, &found)
        addPinyin(question, order, &found)
        if (found.best ?? Relevance(.partly)) >= Relevance(.pinyin, PinyinText.Fit.mixed.detail) {
            addSlips(question, order, &found)
        }
        found.cut()
        return found
    }

    private func addNames(_ question: Question, _ order: (Int) -> UInt32, _ found: inout Relevances) {
        for phrase in question.phrases {
            for entry in self.entries(holding: phrase, others: false) {
                for name in entries[entry].names where name.holds(phrase) {
                    let reason: Relevance.Reason =
                        name == phrase ? .exact : name.starts(with: phrase) ? .begins : .named
                    found.raise(entry, Relevance(reason, order(entry)))
                }
            }
            guard phrase.count > 1, !phrase.contains(where: PlainText.isChinese) else { continue }
            for entry in entries.indices {
                for name in entries[entry].namesEnglish where name.starts(with: phrase) {
                    found.raise(entry, Relevance(name == phrase ? .exact : .begins, order(entry)))
                }
            }
        }
    }

    private func addPinyin(_ question: Question, _ order: (Int) -> UInt32, _ found: inout Relevances) {
        let letters = question.letters
        guard !letters.isEmpty else { return }
        for entry in entries.indices {
            if let fit = entries[entry].pinyin.compactMap({ $0.fit(letters) }).min() {
                found.raise(entry, Relevance(.pinyin, fit.detail + order(entry)))
            }
            guard letters.count > 2 else { continue }
            if let fit = entries[entry].spokenPinyin.compactMap({ $0.fit(letters) }).min() {
                found.raise(entry, Relevance(.pinyin, fit.detail + 4 + order(entry)))
            }
        }
        guard let said = tools.synonyms.entry(read: letters) else { return }
        for (place, meaning) in tools.synonyms.entries[said].meanings.enumerated() {
            for entry in self.entries(meaning: meaning) {
                let detail = PinyinText.Fit.beginning.detail + 8 + UInt32(min(place, 3)) * 2
                found.raise(entry, Relevance(.pinyin, detail + order(entry) / 2))
            }
        }
    }

    /// What differs by one slip from what was typed: from three characters, or four letters on.
    private func addSlips(_ question: Question, _ order: (Int) -> UInt32, _ found: inout Relevances) {
        for phrase in question.phrases where phrase.count > 2 && phrase.contains(where: PlainText.isChinese) {
            for (number, entry) in entries.enumerated() {
                let names = entry.names.compactMap { Self.slip(phrase, in: $0) }
                let others = entry.others.compactMap { Self.slip(phrase, in: $0).map { $0 + 3 } }
                guard let detail = (names + others).min() else { continue }
                found.raise(number, Relevance(.slip, detail * 4 + order(number)))
            }
        }
        if question.letters.count > 3 {
            for (number, entry) in entries.enumerated()
            where entry.pinyin.contains(where: { $0.almostFits(question.letters) }) {
                found.raise(number, Relevance(.slip, 16 + order(number)))
            }
        }
        guard question.words.contains(where: { $0.count > 3 }) else { return }
        for (number, entry) in entries.enumerated() {
            let words = entry.wordsEnglish + entry.othersEnglish
            let isClose = question.words.allSatisfy { asked in
                words.contains { word in
                    word.starts(with: asked)
                        || asked.count > 3 && OneEdit.ends(of: asked, in: word, from: 0).contains(word.count)
                }
            }
            if isClose { found.raise(number, Relevance(.slip, order(number))) }
        }
    }

    /// 0 when the whole text differs by one slip, 1 when its beginning does, 2 when a stretch inside does; else nil.
    private static func slip(_ phrase: [UInt32], in text: [UInt32]) -> UInt32? {
        var best: UInt32?
        for start in text.indices {
            let ends = OneEdit.ends(of: phrase, in: text, from: start)
            guard !ends.isEmpty else { continue }
            if start > 0 { return best ?? 2 }
            if ends.contains(text.count) { return 0 }
            best = 1
        }
        return best
    }
}

extension PinyinText.Fit {
    /// The place among fits by pinyin; what lies between is for what is read otherwise.
    var detail: UInt32 { UInt32(rawValue) << 6 }
}
