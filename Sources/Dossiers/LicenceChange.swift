package import Vocabulary

/// 变更: a licence that an application changes. It is applied for at the authority that granted it (行政许可法 art. 49),
/// and the certificate that its grant makes takes the place of the one before.
package struct LicenceChange: Hashable, Sendable, Codable {
    package let certificate: CertificateID

    package init(certificate: CertificateID) {
        self.certificate = certificate
    }
}

/// Why a licence is not changed here.
package enum ChangeRefusal: Refusal, Hashable {
    /// The applicant holds no certificate of the item's type that is in force.
    case nothingToChange
    /// Another authority granted it: that one changes it.
    case grantedElsewhere(String)

    package var code: String {
        switch self {
        case .nothingToChange: "change.nothing-to-change"
        case .grantedElsewhere: "change.granted-elsewhere"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .nothingToChange: .conflict
        case .grantedElsewhere: .conflict
        }
    }

    /// The authority that granted it.
    package var named: String? {
        switch self {
        case .grantedElsewhere(let authority): authority
        case .nothingToChange: nil
        }
    }

    package static let codes = ["change.nothing-to-change", "change.granted-elsewhere"]
}
