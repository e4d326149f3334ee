package import Vocabulary

/// 设定依据: one article that a guide rests on.
package struct LegalBasis: Hashable, Sendable, Codable {
    /// The name by which other parts of the guide cite it.
    package let id: String
    package let lawName: Bilingual
    /// 文号, with the latest amendment that was read.
    package let documentNumber: String
    package let issuingBody: Bilingual
    /// Nil as long as the article was not checked: no article number is invented.
    package let article: Bilingual?
    /// The day on which the law came into force; nil as long as it was not checked.
    package let effectiveDate: CivilDate?
    package let text: Bilingual
    /// Whether the article was compared with the published text; pages show 待核 when it was not.
    package let checked: Bool

    /// `《中华人民共和国劳动法》第三十九条`.
    package var citation: Bilingual {
        Bilingual(
            "《\(lawName.zh)》\(article?.zh ?? "（条文待核）")", "\(lawName.en), \(article?.en ?? "article not yet checked")")
    }
}

/// 时限: a number of units, from when it counts and what it rests on.
package struct GuideLimit: Hashable, Sendable, Codable {
    /// What starts the clock.
    package enum Start: String, Sendable, Codable { case receipt, acceptance, decision }

    /// 延长: how much more time, and who must approve it.
    package struct Extension: Hashable, Sendable, Codable {
        package let value: Int
        package let unit: TimeUnit
        package let approver: Bilingual
        /// The id of the legal basis.
        package let basis: String
    }

    /// 0 is "at once" (即办).
    package let value: Int
    package let unit: TimeUnit
    package let startsAt: Start
    /// The id of the legal basis, if one is cited.
    package let basis: String?
    package let `extension`: Extension?
    package let source: FactSource

    /// The same limit with another number of units.
    func withValue(_ value: Int) -> GuideLimit {
        GuideLimit(
            value: value, unit: unit, startsAt: startsAt, basis: basis, extension: `extension`, source: source)
    }
}

/// A length of time inside a guide: of a step or of a special procedure.
package struct TimeSpan: Hashable, Sendable, Codable {
    package let value: Int
    package let unit: TimeUnit

    package init(value: Int, unit: TimeUnit) { (self.value, self.unit) = (value, unit) }
}
