import Vocabulary

/// An item as search sees it, whoever implements it.
struct ItemEntry: Sendable {
    /// LIMIT: characters of a name whose pinyin is kept.
    static let pinyinCharactersMax = 60

    let slug: String
    /// The name that lists show.
    let name: Bilingual
    let department: String
    let holders: [Topic.Holder]
    let themes: [Bilingual]
    let trips: Int?
    /// The names in Chinese, whole and without what stands in brackets.
    let names: [[UInt32]]
    /// Characters of the name that lists show.
    let length: Int
    /// What is also said of it: spoken words, the result.
    let others: [[UInt32]]
    /// The names of its bodies without their places.
    let bodies: [[UInt32]]
    /// English names, and the words of names and of what is said.
    let namesEnglish: [[UInt32]]
    let wordsEnglish: [[UInt8]]
    let othersEnglish: [[UInt8]]
    let pinyin: [PinyinText]
    let spokenPinyin: [PinyinText]
    /// 0 for what one does first (设立), 2 for what one does later (变更, 注销), 1 for the rest.
    let order: UInt32

    init(_ slug: String, _ wording: ItemWording, _ line: ItemLine, bodies: [Bilingual], _ tools: SearchTools) {
        self.slug = slug
        name = wording.names.last ?? line.name
        department = line.department
        holders = line.holders
        trips = line.leastTripsOffered
        let named = wording.names.map(\.zh)
        let themes = Dictionary(wording.topics.map { ($0.theme.zh, $0.theme) }) { first, _ in first }
        self.themes = themes.values.sorted { $0.zh < $1.zh }
        names = Self.unique((named + named.map(PlainText.withoutBrackets)).map(PlainText.scalars))
            .filter { !$0.isEmpty }
        length = PlainText.scalars(named.last ?? "").count
        let results = wording.resultName.map { [$0] } ?? []
        others = Self.unique((wording.spoken + results.map(\.zh)).map(PlainText.scalars))
        self.bodies = Self.unique(bodies.map { PlainText.scalars($0.zh) })
        namesEnglish = wording.names.map { PlainText.scalars($0.en) }
        wordsEnglish = Self.unique(wording.names.flatMap { PlainText.words($0.en) })
        othersEnglish = Self.unique(
            (wording.spokenEnglish + (results + bodies).map(\.en)).flatMap(PlainText.words))
        pinyin = Self.unique(named.map { PlainText.scalars(PlainText.withoutBrackets($0)) })
            .map { tools.pinyin.text(Array($0.prefix(Self.pinyinCharactersMax))) }
        spokenPinyin = wording.spoken.map { tools.pinyin.text(PlainText.scalars($0)) }
        let shown = names.first ?? []
        let isFirst = tools.synonyms.first.contains { shown.holds($0) }
        order = tools.synonyms.changes.contains { shown.holds($0) } ? 2 : isFirst ? 0 : 1
    }

    /// Whether a name, or what else is said of it, holds a phrase.
    func holds(_ phrase: [UInt32], others isWide: Bool) -> Bool {
        names.contains { $0.holds(phrase) } || isWide && others.contains { $0.holds(phrase) }
    }

    private static func unique<Element: Hashable>(_ all: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return all.filter { seen.insert($0).inserted }
    }
}

extension [UInt32] {
    /// Whether another stands in this one without a gap.
    func holds(_ phrase: [UInt32]) -> Bool {
        guard let first = phrase.first, phrase.count <= count else { return phrase.isEmpty }
        for start in 0...(count - phrase.count) where self[start] == first {
            var place = 1
            while place < phrase.count, self[start + place] == phrase[place] { place += 1 }
            if place == phrase.count { return true }
        }
        return false
    }

    /// The pairs of neighbours, or the single character, under which a text is filed.
    var grams: [UInt64] {
        if count == 1 { return [Self.gram(self[0])] }
        return zip(self, dropFirst()).map { Self.gram($0, $1) }
    }

    static func gram(_ first: UInt32, _ second: UInt32 = 0) -> UInt64 { UInt64(first) << 32 | UInt64(second) }
}
