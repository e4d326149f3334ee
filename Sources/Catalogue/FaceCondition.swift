package import Vocabulary

/// 照面条件: what a certificate must be, beyond its type and being in force, to serve as a material.
package struct FaceCondition: Hashable, Sendable, Codable {
    /// LIMIT: conditions of one material.
    package static let conditionsMax = 10
    /// LIMIT: values to compare with.
    package static let valuesMax = 50
    /// LIMIT: days for which it must still be valid.
    package static let daysMax = 3650

    /// What is compared.
    package enum Rule: String, Sendable, Codable, CaseIterable {
        /// Valid for `days` more calendar days, counted from the day of the filing.
        case validDays
        /// The field's value is the one given.
        case equals
        /// The field's number or day is no less than the one given.
        case atLeast
        /// The field's value is one of those given.
        case oneOf
        /// It belongs to `holder`.
        case holder
    }

    /// Whose it must be.
    package enum Holder: String, Sendable, Codable, CaseIterable {
        /// Whose matter it is: the principal where somebody acts for her.
        case applicant
        /// Who acts for the applicant; the applicant herself where nobody does.
        case agent
    }

    /// The demand in words, as guides and refusals say it.
    package let text: Bilingual
    package let rule: Rule
    package let days: Int?
    /// The id of the field on the type's face.
    package let field: String?
    package let values: [String]?
    package let holder: Holder?

    package init(
        _ text: Bilingual, _ rule: Rule, days: Int? = nil, field: String? = nil, values: [String]? = nil,
        holder: Holder? = nil
    ) {
        (self.text, self.rule, self.days) = (text, rule, days)
        (self.field, self.values, self.holder) = (field, values, holder)
    }

    /// A certificate as conditions see it.
    package struct Held: Sendable {
        /// The last day; nil for long-term.
        package let validUntil: CivilDate?
        /// The face, by field; empty once it was erased.
        package let face: [String: String]
        /// Whose it may be said to be; both where nobody acts for the applicant.
        package let belongsTo: Set<Holder>

        package init(validUntil: CivilDate?, face: [String: String], belongsTo: Set<Holder>) {
            (self.validUntil, self.face, self.belongsTo) = (validUntil, face, belongsTo)
        }
    }

    /// Whether it is met on the day of the filing. A field that the face does not show, and a condition that is not
    /// whole, are not met.
    package func isMet(by held: Held, on day: CivilDate) -> Bool {
        guard isWhole else { return false }
        let value = field.flatMap { held.face[$0] }
        switch rule {
        case .validDays: return held.validUntil.map { $0 >= day.advanced(byDays: days ?? 0) } ?? true
        case .equals, .oneOf: return value.map { (values ?? []).contains($0) } ?? false
        case .atLeast: return value.map { Self.isAtLeast($0, (values ?? [])[0]) } ?? false
        case .holder: return holder.map(held.belongsTo.contains) ?? false
        }
    }

    /// Whether it says everything that its rule needs, and nothing that cannot be compared.
    package var isWhole: Bool {
        let values = values ?? []
        switch rule {
        case .validDays: return days.map { (1...Self.daysMax).contains($0) } ?? false
        case .equals: return field != nil && values.count == 1
        case .atLeast:
            guard field != nil, values.count == 1 else { return false }
            return Number(values[0]) != nil || CivilDate(values[0]) != nil
        case .oneOf: return field != nil && (1...Self.valuesMax).contains(values.count)
        case .holder: return holder != nil
        }
    }

    /// 长期 on a face.
    private static let longTerm = "长期"

    private static func isAtLeast(_ value: String, _ bound: String) -> Bool {
        if let bound = CivilDate(bound) {
            return value == longTerm || CivilDate(value).map { $0 >= bound } ?? false
        }
        guard let value = Number(value), let bound = Number(bound) else { return false }
        return value >= bound
    }

    /// A decimal number without sign, compared digit by digit, so that no sum of money is rounded.
    private struct Number: Comparable {
        let whole: [UInt8]
        let fraction: [UInt8]

        /// Nil for anything but digits with one point at most.
        init?(_ text: String) {
            let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count),
                parts.allSatisfy({ part in
                    !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                })
            else { return nil }
            whole = Array(parts[0].drop { $0 == UInt8(ascii: "0") })
            var rest = parts.count == 2 ? Array(parts[1]) : []
            while rest.last == UInt8(ascii: "0") { rest.removeLast() }
            fraction = rest
        }

        static func < (left: Number, right: Number) -> Bool {
            if left.whole.count != right.whole.count { return left.whole.count < right.whole.count }
            if left.whole != right.whole { return left.whole.lexicographicallyPrecedes(right.whole) }
            return left.fraction.lexicographicallyPrecedes(right.fraction)
        }
    }
}
