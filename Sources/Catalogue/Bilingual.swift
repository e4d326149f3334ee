/// A text in Chinese and in English. The English is a full translation.
package struct Bilingual: Hashable, Sendable, Codable {
    package let zh: String
    package let en: String

    package init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// Both texts followed by those of the other one.
    package static func + (left: Bilingual, right: Bilingual) -> Bilingual {
        Bilingual(left.zh + right.zh, left.en + right.en)
    }

    /// The same text in both languages: numbers, codes, addresses on the web.
    static func same(_ text: String) -> Bilingual { Bilingual(text, text) }
}

extension [Bilingual] {
    /// One text from several, with what stands between them in each language.
    func joined(_ between: Bilingual = Bilingual("、", ", ")) -> Bilingual {
        Bilingual(map(\.zh).joined(separator: between.zh), map(\.en).joined(separator: between.en))
    }
}

/// Where a fact of a guide comes from.
package enum FactSource: String, Sendable, Codable {
    /// A law, regulation or published standard.
    case law
    /// Made up for the demonstration; pages show 示例 beside it.
    case demonstration
}
