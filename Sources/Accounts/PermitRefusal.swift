package import Vocabulary

/// Why somebody may not do something.
package enum PermitRefusal: String, Refusal, CaseIterable {
    /// No grant gives the power.
    case noPower = "permit.no-power"
    /// A grant gives the power, but it was taken back, has not begun or has ended.
    case notInForce = "permit.not-in-force"
    /// A grant in force gives the power, but for other departments, items or places.
    case outOfScope = "permit.out-of-scope"
    /// Neither the applicant, nor who represents it by law, nor an agent whose letter covers the item today.
    case notAnAgent = "permit.not-an-agent"

    package var code: String { rawValue }
    package var kind: RefusalKind { .forbidden }

    /// Every code of this kind of refusal.
    package static let codes = allCases.map(\.rawValue)
}
