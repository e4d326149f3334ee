package import Vocabulary

/// Why a row of an import was put aside. The others are taken.
package enum CertificateImportRefusal: String, Refusal, CaseIterable {
    /// Not a record, not UTF-8, or with other fields than the first line names.
    case unreadable = "certificate-import.unreadable"
    case tooLong = "certificate-import.too-long"
    case unknownType = "certificate-import.unknown-type"
    /// Type, issuer, number and version make no identifier.
    case wrongIdentifier = "certificate-import.wrong-identifier"
    case wrongIssuer = "certificate-import.wrong-issuer"
    /// The holder has no valid number, or one of a kind that the type does not have.
    case wrongHolder = "certificate-import.wrong-holder"
    case nameMissing = "certificate-import.name-missing"
    /// A day cannot be read, or the last one lies before the first.
    case wrongDays = "certificate-import.wrong-days"
    /// A field of the face has a value that its type does not take, or the type does not have the field.
    case wrongFace = "certificate-import.wrong-face"
    /// It does not stand as issued: what was ended elsewhere is not taken over in bulk.
    case notIssued = "certificate-import.not-issued"
    /// The identifier is in the library, or earlier in the same file.
    case alreadyThere = "certificate-import.already-there"

    package var code: String { rawValue }
    package var kind: RefusalKind { self == .alreadyThere ? .conflict : .invalid }

    package static let codes = allCases.map(\.rawValue)
}
