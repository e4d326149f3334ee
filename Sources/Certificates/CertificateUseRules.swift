package import Vocabulary

/// Why a certificate cannot be used in a case.
package enum CertificateUseRefusal: String, Refusal, CaseIterable {
    /// It belongs neither to the applicant nor to who files for her.
    case notHeld = "certificate-use.not-held"
    /// The material is not one that a certificate of this type satisfies.
    case otherType = "certificate-use.other-type"
    case notInForce = "certificate-use.not-in-force"
    /// Its face is not what the material asks for.
    case unfit = "certificate-use.unfit"
    /// No use under this code was authorised in the case.
    case unknownCode = "certificate-use.unknown-code"
    /// The case has ended, or the material has been handed in otherwise since.
    case over = "certificate-use.over"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notHeld, .otherType, .unfit: .invalid
        case .notInForce, .over: .conflict
        case .unknownCode: .notFound
        }
    }

    package static let codes = allCases.map(\.rawValue)
}

/// Whether a certificate may be used, at the filing and at each look.
package enum CertificateUseRules {
    /// What the case wants of the certificate.
    package struct Demand: Sendable {
        /// The type that satisfies the material; nil where none does.
        package let type: String?
        /// Whose certificates count: the applicant, and who files for her.
        package let holders: [PersonID]
        /// Whether the face meets the conditions of the material.
        package let isFit: Bool

        package init(type: String?, holders: [PersonID], isFit: Bool) {
            (self.type, self.holders, self.isFit) = (type, holders, isFit)
        }
    }

    /// Refuses, at the filing, a certificate of somebody else, of another type, not in force on the day,
    /// or with another face than the material asks for (`CertificateUseRefusal`).
    package static func authorise(
        _ certificate: Certificate, for demand: Demand, on day: CivilDate
    ) throws(CertificateUseRefusal) {
        guard demand.holders.contains(certificate.reservation.holder) else { throw .notHeld }
        guard demand.type == certificate.reservation.identifier.type else { throw .otherType }
        guard certificate.standing(on: day) == .valid else { throw .notInForce }
        guard demand.isFit else { throw .unfit }
    }

    /// The use under a code of the case, for whoever works on it. Refuses a code that this case does not have
    /// (`CertificateUseRefusal.unknownCode`), and one whose time is past (`over`): the case has ended, or stands on
    /// something else by now.
    package static func opened(
        _ code: UseCode, among uses: [CertificateUse], isRunning: Bool, standsOn: (CertificateUse) -> Bool
    ) throws(CertificateUseRefusal) -> CertificateUse {
        guard let use = uses.first(where: { $0.code == code }) else { throw .unknownCode }
        guard isRunning, standsOn(use) else { throw .over }
        return use
    }
}
