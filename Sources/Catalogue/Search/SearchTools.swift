import Vocabulary

/// What search knows beside the catalogue: how characters are read, what people say, how places are called.
package struct SearchTools: Sendable {
    let pinyin: Pinyin
    let synonyms: Synonyms
    let places: [SearchPlace]

    /// What ships. Throws `Fault` or `CatalogueRefusal` for a file that cannot be read.
    package static func shipped() throws -> SearchTools {
        let pinyin = try Pinyin.shipped()
        let province = SearchPlace(.fujian, ["福建省", "福建"], "Fujian", pinyin)
        let others = try Gazetteer.shipped().entries.map { entry in
            SearchPlace(entry.region, [entry.name, String(entry.name.dropLast())], entry.nameEnglish, pinyin)
        }
        return SearchTools(pinyin: pinyin, synonyms: try Synonyms.shipped(pinyin), places: [province] + others)
    }

    /// The name of a body without its place and without what stands in brackets: 市场监督管理局.
    func withoutPlace(_ name: Bilingual) -> Bilingual {
        var (zh, en) = (PlainText.withoutBrackets(name.zh), PlainText.withoutBrackets(name.en))
        for place in places {
            if let form = place.names.first(where: { zh.hasPrefix($0) && zh.count > $0.count + 1 }) {
                zh.removeFirst(form.count)
            }
            if let form = place.namesEnglish.first(where: { en.hasPrefix($0 + " ") }) { en.removeFirst(form.count + 1) }
        }
        return Bilingual(zh, String(en.trimmingPrefix(" ").reversed().drop { $0 == " " }.reversed()))
    }
}

/// A place as people call it.
struct SearchPlace: Sendable {
    /// How a question names a place.
    enum Naming: Int, Sendable {
        case chinese, letters, begunLetters, initials
    }

    let region: Region
    /// The whole name, then without 市, 县 or 区.
    let names: [String]
    let namesEnglish: [String]
    let scalars: [[UInt32]]
    /// The letters of the names in every reading.
    private let letters: Set<[UInt8]>
    private let text: PinyinText

    init(_ region: Region, _ names: [String], _ english: String, _ pinyin: Pinyin) {
        self.region = region
        self.names = names
        namesEnglish = [english, String(english.prefix { $0 != " " })]
        scalars = names.map(PlainText.scalars)
        letters = Set(scalars.flatMap { pinyin.text($0).spellings } + [PlainText.words(english).first ?? []])
        text = pinyin.text(scalars[0])
    }

    /// How letters name the place; nil when they do not. Unfinished words and initials count for a whole question only.
    func naming(_ asked: [UInt8], isWhole: Bool) -> Naming? {
        if letters.contains(asked) { return .letters }
        guard isWhole else { return nil }
        if asked.count > 2, letters.contains(where: { $0.starts(with: asked) }) { return .begunLetters }
        return asked.count > 1 && text.fit(asked) == .initialsBeginning ? .initials : nil
    }
}

/// A place that a question names, and what is left of the question.
struct PlaceInQuestion {
    let place: SearchPlace
    let naming: SearchPlace.Naming
    let rest: [PlainText.Run]
}

extension SearchTools {
    /// Words that follow a place's name in English and in pinyin.
    private static let kinds = Set(["district", "county", "city", "province"].map { Array($0.utf8) })

    /// The first place that the question names; nil when it names none.
    func place(in runs: [PlainText.Run]) -> PlaceInQuestion? {
        for place in places {
            for (index, run) in runs.enumerated() {
                guard case .chinese(let text) = run else { continue }
                for name in place.scalars {
                    guard let start = (0..<text.count).first(where: { text[$0...].starts(with: name) }) else {
                        continue
                    }
                    let around = [Array(text[..<start]), Array(text[(start + name.count)...])]
                    let rest = around.filter { !$0.isEmpty }.map(PlainText.Run.chinese)
                    return PlaceInQuestion(
                        place: place, naming: .chinese, rest: Array(runs[..<index]) + rest + runs[(index + 1)...])
                }
            }
        }
        return placeInLetters(runs)
    }

    private func placeInLetters(_ runs: [PlainText.Run]) -> PlaceInQuestion? {
        let words = runs.map { if case .latin(let word) = $0 { word } else { [UInt8]() } }
        if !words.contains([]) {
            let whole = Array(words.joined())
            let named = places.compactMap { place in
                place.naming(whole, isWhole: true).map { PlaceInQuestion(place: place, naming: $0, rest: []) }
            }
            if let best = named.min(by: { $0.naming.rawValue < $1.naming.rawValue }) { return best }
        }
        for (index, word) in words.enumerated() where !word.isEmpty {
            guard let place = places.first(where: { $0.naming(word, isWhole: false) != nil }) else { continue }
            let after = runs[(index + 1)...]
            let isKind = words.count > index + 1 && Self.kinds.contains(words[index + 1])
            return PlaceInQuestion(
                place: place, naming: .letters, rest: Array(runs[..<index]) + (isKind ? after.dropFirst() : after))
        }
        return nil
    }
}

extension PinyinText {
    /// LIMIT: ways to spell a short text.
    private static let spellingsMax = 32

    /// The letters of the whole text in every reading.
    var spellings: [[UInt8]] {
        (0..<count).reduce([[]]) { begun, character in
            Array(begun.flatMap { spelling in readings(of: character).map { spelling + $0 } }.prefix(Self.spellingsMax))
        }
    }
}
