/// The bounds that more than one room respects. A bound that only one room needs stands in that room.
package enum Limits {
    /// LIMIT: rows on one page of a list.
    package static let pageRowsMax = 100
    /// LIMIT: characters of one free text (opinion, reason, remark).
    package static let textCharactersMax = 2000
    /// LIMIT: bytes of one event's public or personal part.
    package static let eventBytesMax = 256 * 1024
    /// LIMIT: files handed in with one application.
    package static let uploadFilesMax = 20
    /// LIMIT: bytes of one uploaded file.
    package static let uploadBytesMax = 20 * 1024 * 1024
    /// LIMIT: times a transaction is replayed after losing against another writer.
    package static let replaysMax = 5
    /// LIMIT: characters of a command token.
    package static let tokenCharactersMax = 64
}
