package import Vocabulary

/// A backup that is refused.
package enum BackupRefusal: Refusal, Equatable, CustomStringConvertible {
    /// Something lies where the file is to be written.
    case exists
    /// The file is not a backup, or is damaged.
    case notABackup
    /// The backup was made by a later version of the program.
    case madeByLaterVersion
    /// There is something where the house is to be restored.
    case placeNotEmpty
    /// Another number of rows came out than went in.
    case countsDiffer

    package var code: String {
        switch self {
        case .exists: "backup.exists"
        case .notABackup: "backup.not-a-backup"
        case .madeByLaterVersion: "backup.made-by-later-version"
        case .placeNotEmpty: "backup.place-not-empty"
        case .countsDiffer: "backup.counts-differ"
        }
    }

    package var kind: RefusalKind { .conflict }

    /// What the person at the command line reads.
    package var description: String {
        switch self {
        case .exists: "something lies there already; choose another name (\(code))"
        case .notABackup: "this file is not a backup, or it is damaged; take another one (\(code))"
        case .madeByLaterVersion: "this backup was made by a later version; install that one first (\(code))"
        case .placeNotEmpty: "there is something there already; restore into an empty place (\(code))"
        case .countsDiffer: "other counts came out than went in; take another backup (\(code))"
        }
    }

    package static let codes = [
        "backup.exists", "backup.not-a-backup", "backup.made-by-later-version", "backup.place-not-empty",
        "backup.counts-differ",
    ]
}
