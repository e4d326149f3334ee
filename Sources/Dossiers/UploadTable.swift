package import Store
package import Vocabulary

/// A file that a program sent before it says what it is for. Whoever sent it names it by this id, and nobody else can:
/// a digest alone gives nobody a file.
package struct KeptUpload: Equatable, Sendable {
    /// How long it waits to be handed in.
    package static let seconds: Int64 = 86_400
    /// LIMIT: characters of a file's name; of a longer one the end counts.
    package static let nameCharactersMax = 120

    package let id: UploadID
    package let file: BlobRef
    package let name: String

    /// SHA-256 of its bytes, in hexadecimal digits.
    package var digest: String { file.digest }
    /// Bytes.
    package var size: Int { file.size }

    package init(_ id: UploadID, _ file: BlobRef, name: String) {
        (self.id, self.file, self.name) = (id, file, String(name.suffix(Self.nameCharactersMax)))
    }
}

/// See `DossierThing`.
package enum UploadThing {}
/// The id of a file that waits to be handed in.
package typealias UploadID = ID<UploadThing>

/// The files that wait to be handed in.
package enum UploadTable {
    /// LIMIT: files of one sender that wait at a time.
    package static let perOwnerMax = 1_000
    /// LIMIT: files forgotten in one transaction.
    package static let pruneMax = 1_000

    static let migration = Migration(
        "dossiers.016-upload",
        tables: [
            Table(
                "upload", .distributed(by: "owner"),
                columns: """
                    owner TEXT NOT NULL, id BYTEA NOT NULL, digest TEXT NOT NULL, size BIGINT NOT NULL,
                    name TEXT NOT NULL, forget_at BIGINT NOT NULL, PRIMARY KEY (owner, id)
                    """,
                indexes: ["upload_by_end ON upload (forget_at)"])
        ])

    /// Refuses whoever has as many files waiting as one may have.
    package static func requireRoom(of owner: Actor, now: Instant, in tx: Transaction) throws {
        let count = try tx.row("SELECT COUNT(*) FROM upload WHERE owner = \(owner) AND forget_at > \(now)")
        guard try count?.integer(0) ?? 0 < perOwnerMax else { throw DraftRefusal.tooManyUploads }
    }

    /// Keeps a file for its sender. Refuses one too many.
    package static func keep(_ upload: KeptUpload, of owner: Actor, now: Instant, in tx: Transaction) throws {
        try requireRoom(of: owner, now: now, in: tx)
        try tx.execute(
            """
            INSERT INTO upload (owner, id, digest, size, name, forget_at)
            VALUES (\(owner), \(upload.id), \(upload.file.digest), \(upload.file.size), \(upload.name),
                \(now.advanced(bySeconds: KeptUpload.seconds)))
            """)
    }

    /// The files that a sender names, in that order. Refuses one that is not the sender's, or is over.
    package static func read(
        _ ids: [UploadID], of owner: Actor, now: Instant, in tx: Transaction
    ) throws -> [KeptUpload] {
        try ids.map { id in
            let row = try tx.row(
                """
                SELECT digest, size, name FROM upload
                WHERE owner = \(owner) AND id = \(id) AND forget_at > \(now)
                """)
            guard let row else { throw DraftRefusal.uploadNotFound }
            guard let file = BlobRef(digest: try row.text(0), size: try row.integer(1)) else {
                throw Fault.corrupt("an upload")
            }
            return KeptUpload(id, file, name: try row.text(2))
        }
    }

    /// Lets go of files that were handed in.
    package static func release(_ ids: [UploadID], of owner: Actor, in tx: Transaction) throws {
        for id in ids { try tx.execute("DELETE FROM upload WHERE owner = \(owner) AND id = \(id)") }
    }

    /// Forgets files that nobody handed in in time; answers how many. What was handed in stays with its dossier.
    package static func prune(now: Instant, in tx: Transaction) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT owner, id FROM upload WHERE forget_at <= \(now) ORDER BY forget_at, owner, id LIMIT \(pruneMax)
            """)
        for row in rows {
            try tx.execute("DELETE FROM upload WHERE owner = \(row.text(0)) AND id = \(row.bytes(1))")
        }
        return rows.count
    }
}
