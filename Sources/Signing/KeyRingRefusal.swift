package import Vocabulary

/// Why the key ring does not open, or a key is not taken in or given out. Texts name the file.
package enum KeyRingRefusal: Refusal, Equatable {
    /// The master key is not 64 hexadecimal digits (the file: and a line feed).
    case malformedMasterKey
    /// There are keys, and no master key to open them with.
    case missingMasterKey
    /// The keys were sealed under another master key, or somebody altered the sealed part and its digest.
    case wrongMasterKey
    /// A file that is cut off, altered, in another's place, or of another version.
    case tornFile(String)
    /// A file or folder that others than its owner may use, that is a link, or that is no regular file.
    case exposedFile(String)
    /// There are keys, but not the file that says what ring they belong to.
    case incompleteRing
    /// The ring holds another key for this role.
    case keyExists
    /// A demonstration would use real keys, or a demonstration's key would come among real ones.
    case demonstrationMixed
    /// A passphrase that is too short or too long.
    case unfitPassphrase
    /// The backup was sealed under another passphrase, or altered together with its digest.
    case wrongPassphrase
    /// Not a backup, or one that is cut off or altered.
    case malformedBackup
    /// A backup whose passphrase costs less or more than we allow.
    case unfitCost

    /// Every code, for `docs/codes.md`.
    package static let codes = [
        KeyRingRefusal.malformedMasterKey, .missingMasterKey, .wrongMasterKey, .tornFile(""), .exposedFile(""),
        .incompleteRing, .keyExists, .demonstrationMixed, .unfitPassphrase, .wrongPassphrase, .malformedBackup,
        .unfitCost,
    ].map(\.code)

    package var code: String {
        switch self {
        case .malformedMasterKey: "signing.malformed-master-key"
        case .missingMasterKey: "signing.missing-master-key"
        case .wrongMasterKey: "signing.wrong-master-key"
        case .tornFile: "signing.torn-key-file"
        case .exposedFile: "signing.exposed-key-file"
        case .incompleteRing: "signing.incomplete-key-ring"
        case .keyExists: "signing.key-exists"
        case .demonstrationMixed: "signing.demonstration-mixed"
        case .unfitPassphrase: "signing.unfit-passphrase"
        case .wrongPassphrase: "signing.wrong-passphrase"
        case .malformedBackup: "signing.malformed-backup"
        case .unfitCost: "signing.unfit-cost"
        }
    }
    package var kind: RefusalKind { self == .keyExists ? .conflict : .invalid }
}
