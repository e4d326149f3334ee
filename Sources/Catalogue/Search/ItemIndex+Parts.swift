import Foundation

extension ItemIndex {
    /// The entries whose names (or what else is said of them) hold a phrase, rising.
    func entries(holding phrase: [UInt32], others isWide: Bool) -> [Int] {
        guard !phrase.isEmpty else { return [] }
        var rarest: [Int]?
        for gram in phrase.grams {
            var standing = named[gram] ?? []
            if isWide { standing += said[gram] ?? [] }
            if rarest.map({ standing.count < $0.count }) ?? true { rarest = standing }
            if standing.isEmpty { return [] }
        }
        return Set(rarest ?? []).sorted().filter { entries[$0].holds(phrase, others: isWide) }
    }

    /// The entries of bodies whose names begin or end so, from three characters on: 税务局.
    func entries(ofBody name: [UInt32]) -> [Int] {
        guard name.count > 2 else { return [] }
        let bodies = entriesOfBody.filter { $0.key.starts(with: name) || $0.key.suffix(name.count) == name[...] }
        return Set(bodies.values.joined()).sorted()
    }

    /// The entries in which all parts of a meaning stand, or whose bodies are meant.
    func entries(meaning parts: [[UInt32]]) -> [Int] {
        guard let first = parts.first else { return [] }
        if parts.count == 1, case let found = entries(ofBody: first), !found.isEmpty { return found }
        return entries(holding: first, others: true).filter { entry in
            parts.dropFirst().allSatisfy { entries[entry].holds($0, others: true) }
        }
    }

    /// How much of a question each entry answers, part by part.
    func addParts(_ question: Question, _ order: (Int) -> UInt32, _ found: inout Relevances) {
        var answers = [PartAnswers](repeating: PartAnswers(), count: entries.count)
        var total = 0
        for part in question.parts {
            let (weight, gains) = gains(of: part, isAlone: question.parts.count == 1)
            total += weight
            for (entry, gain) in gains { answers[entry].add(gain) }
        }
        guard total > 0 else { return }
        for (entry, answer) in answers.enumerated() where answer.covered > 0 {
            let left = 1000 - answer.covered * 1000 / total
            let detail = UInt32(answer.choices) * 4 + order(entry)
            if left == 0 {
                let isNamed = answer.reason == .named
                let pinyin = answer.reason == .pinyin ? PinyinText.Fit.otherBeginning.detail + 32 : 0
                found.raise(entry, Relevance(answer.reason, isNamed ? 4 + order(entry) : pinyin + detail))
            } else if left <= 720 {
                found.raise(entry, Relevance(.partly, Relevances.partly(left: left) + min(detail, 255)))
            }
        }
    }

    private func gains(of part: Question.Part, isAlone: Bool) -> (weight: Int, gains: [Int: PartGain]) {
        switch part {
        case .chinese(let text):
            var (weight, gains) = gains(of: text, atMost: text.count > 1 || isAlone ? nil : PartGain.unknownWeight)
            for entry in entries(ofBody: text) { raise(&gains, entry, PartGain(weight, .said)) }
            return (weight, gains)
        case .joint(let pair):
            let isKnown = named[pair.grams[0]] != nil || said[pair.grams[0]] != nil
            return isKnown ? gains(of: pair, atMost: PartGain.jointWeight) : (0, [:])
        case .said(let text, let entry):
            var (weight, gains) = gains(of: text)
            weight = max(weight, text.count * PartGain.saidWeight)
            add(entry, weight, &gains)
            for entry in entries(ofBody: text) { raise(&gains, entry, PartGain(weight, .said)) }
            for entry in entries(holding: text, others: true) {
                let isNamed = entries[entry].holds(text, others: false)
                raise(&gains, entry, PartGain(weight, isNamed ? .named : .said))
            }
            return (weight, gains)
        case .saidInEnglish(let entry):
            var gains: [Int: PartGain] = [:]
            add(entry, PartGain.wordWeight, &gains)
            return (PartGain.wordWeight, gains)
        case .latin(let word): return (PartGain.wordWeight, gains(ofWord: word))
        }
    }

    /// Pairs of characters weigh the more, the fewer items have them; what no item has weighs little.
    private func gains(of text: [UInt32], atMost most: Int? = nil) -> (weight: Int, gains: [Int: PartGain]) {
        var (weight, gains): (Int, [Int: PartGain]) = (0, [:])
        for gram in text.grams {
            let (names, others) = (named[gram] ?? [], said[gram] ?? [])
            let count = max(names.count, others.count)
            let known = PartGain.weight(standingIn: count, of: entries.count)
            let own = min(count == 0 ? PartGain.unknownWeight : known, most ?? .max)
            weight += own
            for entry in names { gains[entry, default: PartGain(0, .named)].weight += own }
            let already = Set(names)
            for entry in others where !already.contains(entry) {
                gains[entry, default: PartGain(0, .said)].weight += own
                gains[entry]?.reason = .said
            }
        }
        return (weight, gains)
    }

    private func gains(ofWord word: [UInt8]) -> [Int: PartGain] {
        var gains: [Int: PartGain] = [:]
        if let said = tools.synonyms.english(in: [word], at: 0) { add(said.entry, PartGain.wordWeight, &gains) }
        let singular = word.count > 3 && word.last == UInt8(ascii: "s") ? Array(word.dropLast()) : word
        for (number, entry) in entries.enumerated() {
            if entry.wordsEnglish.contains(where: { $0.starts(with: singular) }) {
                raise(&gains, number, PartGain(PartGain.wordWeight, .named))
            } else if entry.othersEnglish.contains(where: { $0.starts(with: singular) }) {
                raise(&gains, number, PartGain(PartGain.wordWeight, .said))
            } else if word.count > 1, gains[number] == nil, entry.pinyin.contains(where: { $0.fit(word) != nil }) {
                raise(&gains, number, PartGain(PartGain.wordWeight, .pinyin))
            }
        }
        for entry in entries(holding: word.map(UInt32.init), others: false) where word.count > 1 {
            raise(&gains, entry, PartGain(PartGain.wordWeight, .named))
        }
        return gains
    }

    private func add(_ said: Int, _ weight: Int, _ gains: inout [Int: PartGain]) {
        for (choice, meaning) in tools.synonyms.entries[said].meanings.enumerated() {
            for entry in entries(meaning: meaning) { raise(&gains, entry, PartGain(weight, .said, choice: choice)) }
        }
    }

    private func raise(_ gains: inout [Int: PartGain], _ entry: Int, _ gain: PartGain) {
        if let before = gains[entry], !(gain < before) { return }
        gains[entry] = gain
    }
}

/// What an entry answers of one part.
struct PartGain: Comparable {
    /// The weight of a word of Latin letters; of a pair of characters that no item has; the most of a pair at the edge
    /// of what people say, and the least of each character of what they say.
    static let wordWeight = 500
    static let unknownWeight = 60
    static let jointWeight = 250
    static let saidWeight = 250

    var weight: Int
    var reason: Relevance.Reason
    /// Which of several meanings it is, the likeliest first.
    var choice = 0

    init(_ weight: Int, _ reason: Relevance.Reason, choice: Int = 0) {
        (self.weight, self.reason, self.choice) = (weight, reason, choice)
    }

    static func weight(standingIn count: Int, of all: Int) -> Int {
        max(20, Int(100 * log(Double(all + 1) / Double(max(count, 1)))))
    }

    /// The better gain is the smaller.
    static func < (left: PartGain, right: PartGain) -> Bool {
        (-left.weight, left.reason.rawValue, left.choice) < (-right.weight, right.reason.rawValue, right.choice)
    }
}

/// What an entry answers of a whole question.
struct PartAnswers {
    private(set) var covered = 0
    private(set) var reason = Relevance.Reason.named
    private(set) var choices = 0

    mutating func add(_ gain: PartGain) {
        covered += gain.weight
        choices = min(choices + gain.choice, 15)
        if gain.reason.rawValue > reason.rawValue { reason = gain.reason }
    }
}
