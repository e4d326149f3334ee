package import Vocabulary

/// Why an archive is not opened; nothing of it is read.
package enum ZipRefusal: Refusal, Equatable {
    /// The bytes are no ZIP archive.
    case notAnArchive
    /// An entry is encrypted.
    case encrypted
    /// A name that leaves the archive (`../`, `/`, `\`), that is empty or no UTF-8.
    case unsafeName
    /// Two entries have one name, or names that differ in case only.
    case nameTwice
    /// More than `ZipReader.entriesMax` entries.
    case tooManyEntries
    /// What it unpacks to is more than the limits allow: as a whole, in one entry or in proportion.
    case unpacksTooLarge
    /// An entry does not unpack to what the archive promises.
    case damaged

    package var code: String {
        switch self {
        case .notAnArchive: "zip.not-an-archive"
        case .encrypted: "zip.encrypted"
        case .unsafeName: "zip.unsafe-name"
        case .nameTwice: "zip.name-twice"
        case .tooManyEntries: "zip.too-many-entries"
        case .unpacksTooLarge: "zip.unpacks-too-large"
        case .damaged: "zip.damaged"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .tooManyEntries, .unpacksTooLarge: .tooLarge
        default: .malformed
        }
    }

    package static let codes = [
        "zip.not-an-archive", "zip.encrypted", "zip.unsafe-name", "zip.name-twice", "zip.too-many-entries",
        "zip.unpacks-too-large", "zip.damaged",
    ]
}

extension ZipRefusal: CustomStringConvertible {
    package var description: String { code }
}
