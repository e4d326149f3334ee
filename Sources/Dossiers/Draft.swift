package import Store
package import Vocabulary

/// An application that somebody is still writing. It is saved at each step, belongs to its writer alone, and is no
/// dossier: no clock runs.
package struct Draft: Equatable, Sendable {
    package let id: DraftID
    package let owner: PersonID
    /// 31 characters.
    package let implementationCode: String
    /// The version of the guide that it was begun under.
    package let itemVersion: Int
    package var contents: Contents
    package var savedAt: Instant

    /// What is filled in so far.
    package struct Contents: Equatable, Sendable, Codable {
        /// For whom it is written, when not for the writer herself.
        package var applicant: PersonID?
        package var situation: [String: String] = [:]
        package var answers: [String: String] = [:]
        package var materials: [HandedIn] = []
        package var fileNames: [String: String] = [:]
        package var mode: ServiceMode?
        package var delivery: DeliveryMode?
        /// The door to which a courier is to bring the result.
        package var deliverTo: PostalAddress?
        /// The furthest step that was reached, from 1.
        package var step = 1
        /// The commitment as it was signed; nil while it was not.
        package var commitment: String?
        /// Whether the writer chose to go the way without a commitment where one is offered.
        package var declinesCommitment: Bool?
        /// The materials that are to follow, by id.
        package var lagging: [String]?

        package init() {}
    }

    /// A new, empty draft.
    package init(id: DraftID, owner: PersonID, item: (implementationCode: String, version: Int), now: Instant) {
        self.id = id
        self.owner = owner
        implementationCode = item.implementationCode
        itemVersion = item.version
        contents = Contents()
        savedAt = now
    }

    fileprivate init(_ row: Row) throws {
        id = try row.id(0)
        owner = try row.id(1)
        implementationCode = try row.text(2)
        itemVersion = try row.integer(3)
        contents = try CanonicalJSON.value(in: try row.bytes(4))
        savedAt = try row.instant(5)
    }
}

/// The drafts of a person.
package enum DraftTable {
    /// LIMIT: drafts that one person keeps; a further one is refused.
    package static let draftsPerPersonMax = 50
    /// LIMIT: bytes of a draft's contents.
    package static let contentBytesMax = 128 * 1024

    static let migration = Migration(
        "dossiers.001-draft",
        tables: [
            Table(
                "draft", .distributed(by: "owner"),
                columns: """
                    owner BYTEA NOT NULL, id BYTEA NOT NULL, item TEXT NOT NULL, item_version BIGINT NOT NULL,
                    contents BYTEA NOT NULL, saved_at BIGINT NOT NULL, PRIMARY KEY (owner, id)
                    """)
        ])

    /// Saves the draft, new or not. Refuses one too many and one too large.
    package static func save(_ draft: Draft, in tx: Transaction) throws {
        let contents = try CanonicalJSON.bytes(of: draft.contents)
        guard contents.count <= contentBytesMax else { throw DraftRefusal.tooLarge }
        let count = try tx.row("SELECT COUNT(*) FROM draft WHERE owner = \(draft.owner) AND id <> \(draft.id)")
        guard try count?.integer(0) ?? 0 < draftsPerPersonMax else { throw DraftRefusal.tooMany }
        try tx.execute(
            """
            INSERT INTO draft (owner, id, item, item_version, contents, saved_at)
            VALUES (\(draft.owner), \(draft.id), \(draft.implementationCode), \(draft.itemVersion), \(contents),
                \(draft.savedAt))
            ON CONFLICT (owner, id) DO UPDATE SET contents = excluded.contents, saved_at = excluded.saved_at
            """)
    }

    /// The draft, if it is this person's; nil otherwise.
    package static func load(_ id: DraftID, of owner: PersonID, in tx: Transaction) throws -> Draft? {
        try tx.row(
            """
            SELECT id, owner, item, item_version, contents, saved_at FROM draft
            WHERE owner = \(owner) AND id = \(id)
            """
        ).map(Draft.init)
    }

    /// All drafts of a person, the newest first.
    package static func all(of owner: PersonID, in tx: Transaction) throws -> [Draft] {
        try tx.rows(
            """
            SELECT id, owner, item, item_version, contents, saved_at FROM draft
            WHERE owner = \(owner) ORDER BY id DESC LIMIT \(draftsPerPersonMax)
            """
        ).map(Draft.init)
    }

    /// Throws the draft away: it was submitted, or its writer does not want it any more.
    package static func discard(_ id: DraftID, of owner: PersonID, in tx: Transaction) throws {
        try tx.execute("DELETE FROM draft WHERE owner = \(owner) AND id = \(id)")
    }
}

/// Why a draft cannot be kept.
package enum DraftRefusal: String, Refusal, CaseIterable {
    case notFound = "draft.not-found"
    case tooLarge = "draft.too-large"
    case tooMany = "draft.too-many"
    /// No file of the sender's has this id, or its day is over.
    case uploadNotFound = "draft.upload-not-found"
    case tooManyUploads = "draft.too-many-uploads"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .tooLarge: .tooLarge
        case .tooMany, .tooManyUploads: .tooMany
        case .uploadNotFound: .invalid
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
