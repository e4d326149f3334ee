/// 本级设定: what an implementation may set for itself; name, type, sub-items and legal basis are the city's and stand
/// nowhere here. A guide with nothing of its own has none.
package struct OwnParticulars: Hashable, Sendable, Codable {
    /// 承诺时限 in the unit of the city's promise, no longer than that one (`CatalogueRules`).
    package var promisedLimit: Int?
    /// `0591-` and eight digits, as `supervisionPhone`.
    package var consultationPhone: String?
    package var supervisionPhone: String?
    /// Window, address and hours at the body's own hall.
    package var window: Bilingual?
    package var address: Bilingual?
    package var hours: Bilingual?

    /// Nothing set.
    package init() {}

    /// Whether nothing is set.
    package var isEmpty: Bool { self == OwnParticulars() }
}
