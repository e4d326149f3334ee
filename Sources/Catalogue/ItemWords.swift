import Foundation

/// The words of items for search: single characters and pairs of Chinese, words of Latin letters and their beginnings.
///
/// The tokens are made by the program and looked up as they are, so that both databases give the same answers, with one
/// character as with ten.
enum ItemWords {
    /// LIMIT: characters of a query that are read, letters of one Latin word, tokens of one query.
    static let queryCharactersMax = 100
    static let wordLettersMax = 12
    static let queryTokensMax = 32

    /// What people say around what they mean, longest first.
    private static let fillers = [
        "请问", "怎么", "如何", "我想要", "我要", "我想", "需要", "办理", "申请", "一个", "一家", "在哪里", "哪里", "要", "办", "个",
        "家", "的", "吗", "呢",
    ]
    private static let fillersEnglish: Set<String> = [
        "a", "an", "the", "to", "i", "my", "for", "of", "how", "do", "want", "apply", "please", "need", "get", "in",
    ]

    /// The tokens under which a text is found, sorted.
    static func index(_ text: String) -> [String] {
        var tokens: Set<String> = []
        for run in runs(of: text) {
            switch run {
            case .chinese(let characters):
                tokens.formUnion(characters.map { String($0) })
                tokens.formUnion(pairs(of: characters))
            case .latin(let word):
                for length in 1...min(word.count, wordLettersMax) { tokens.insert(String(word.prefix(length))) }
            }
        }
        return tokens.sorted()
    }

    /// The tokens that a query asks for, sorted; empty when it says nothing.
    static func query(_ text: String) -> [String] {
        let text = String(text.prefix(queryCharactersMax))
        let meant = tokens(fillers.reduce(text) { $0.replacing($1, with: " ") })
        return Array((meant.isEmpty ? tokens(text) : meant).sorted().prefix(queryTokensMax))
    }

    private static func tokens(_ text: String) -> Set<String> {
        var tokens: Set<String> = []
        for run in runs(of: text) {
            switch run {
            case .chinese(let characters):
                tokens.formUnion(characters.count == 1 ? [String(characters)] : pairs(of: characters))
            case .latin(let word):
                if !fillersEnglish.contains(word) { tokens.insert(String(word.prefix(wordLettersMax))) }
            }
        }
        return tokens
    }

    private enum Run {
        case chinese([Character])
        case latin(String)
    }

    private static func pairs(of characters: [Character]) -> [String] {
        zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }

    /// Stretches of one kind; everything else separates. Full-width letters and digits are read as plain ones.
    private static func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        for character in text.precomposedStringWithCompatibilityMapping.lowercased() {
            if isChinese(character) {
                if case .chinese(let before) = runs.last {
                    runs[runs.count - 1] = .chinese(before + [character])
                } else {
                    runs.append(.chinese([character]))
                }
            } else if character.isLetter || character.isNumber {
                if case .latin(let before) = runs.last {
                    runs[runs.count - 1] = .latin(before + String(character))
                } else {
                    runs.append(.latin(String(character)))
                }
            } else {
                runs.append(.latin(""))
            }
        }
        return runs.filter { if case .latin("") = $0 { false } else { true } }
    }

    private static func isChinese(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x3400...0x9FFF).contains($0.value) || $0.value >= 0x20000 } ?? false
    }
}

extension GuideStandard {
    /// The tokens of the item with their weight: what people say counts more than the official name.
    var searchTokens: [(token: String, weight: Int)] {
        let spoken = Set((searchWords + searchWordsEnglish).flatMap(ItemWords.index))
        let official = [itemName, handlingItem?.name, resultName].compactMap { $0 }.flatMap { [$0.zh, $0.en] }
        let named = Set(official.flatMap(ItemWords.index))
        return spoken.union(named).sorted().map { token in
            (token, (spoken.contains(token) ? 3 : 0) + (named.contains(token) ? 2 : 0))
        }
    }
}
