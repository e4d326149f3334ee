import Crypto
import Foundation
package import Vocabulary

/// A file's bytes by their content: the SHA-256 digest is the name.
package struct BlobRef: Hashable, Sendable, Codable {
    /// 64 hexadecimal digits in lower case.
    package let digest: String
    /// How many bytes.
    package let size: Int

    /// Nil unless the digest is 64 hexadecimal digits in lower case and the size is not negative.
    package init?(digest: String, size: Int) {
        guard digest.utf8.count == 64, size >= 0,
            digest.utf8.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            })
        else { return nil }
        self.digest = digest
        self.size = size
    }

    /// The name of these bytes.
    package init(of bytes: [UInt8]) {
        digest = Self.hex(SHA256.hash(data: bytes))
        size = bytes.count
    }

    private enum CodingKeys: CodingKey { case digest, size }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let (digest, size) = (
            try container.decode(String.self, forKey: .digest), try container.decode(Int.self, forKey: .size)
        )
        guard let ref = BlobRef(digest: digest, size: size) else {
            throw DecodingError.dataCorruptedError(forKey: .digest, in: container, debugDescription: "not a digest")
        }
        self = ref
    }

    static func hex(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Small files in the database, in the transaction of whatever names them.
package enum Blobs {
    /// LIMIT: bytes of a blob that is a row; a larger one is a file (`BlobFiles`).
    package static let rowBytesMax = 256 * 1024

    static let migration = Migration(
        "store.006-blobs",
        tables: [
            Table(
                "blob", .distributed(by: "digest"),
                columns: """
                    digest TEXT NOT NULL PRIMARY KEY, size BIGINT NOT NULL, at BIGINT NOT NULL, bytes BYTEA
                    """,
                hasLargeRows: true)
        ])

    /// Keeps the bytes; equal bytes are kept once. Refuses, by precondition, more than `rowBytesMax`.
    @discardableResult
    package static func put(_ bytes: [UInt8], now: Instant, in tx: Transaction) throws -> BlobRef {
        precondition(bytes.count <= rowBytesMax, "a blob of this size is a file")
        let ref = BlobRef(of: bytes)
        try tx.execute(
            """
            INSERT INTO blob (digest, size, at, bytes) VALUES (\(ref.digest), \(ref.size), \(now), \(bytes))
            ON CONFLICT (digest) DO NOTHING
            """)
        return ref
    }

    /// Names a file that `BlobFiles` has already made durable.
    package static func name(_ ref: BlobRef, now: Instant, in tx: Transaction) throws {
        let none: [UInt8]? = nil
        try tx.execute(
            """
            INSERT INTO blob (digest, size, at, bytes) VALUES (\(ref.digest), \(ref.size), \(now), \(none))
            ON CONFLICT (digest) DO NOTHING
            """)
    }

    /// The bytes of a row; nil when the blob is a file or is not known.
    package static func bytes(of ref: BlobRef, in tx: Transaction) throws -> [UInt8]? {
        let row = try tx.row("SELECT bytes FROM blob WHERE digest = \(ref.digest) AND size = \(ref.size)")
        guard let bytes = try row?.optionalBytes(0) else { return nil }
        guard BlobRef(of: bytes) == ref else { throw Fault.corrupt("blob \(ref.digest) is not what its name says") }
        return bytes
    }

    /// The name and size of what has a digest; nil where there is none.
    package static func ref(of digest: String, in tx: Transaction) throws -> BlobRef? {
        let row = try tx.row("SELECT size FROM blob WHERE digest = \(digest)")
        return try row.flatMap { BlobRef(digest: digest, size: try $0.integer(0)) }
    }

    /// Blobs that are files, by digest, after one of them.
    package static func files(after digest: String, limit: Int, in tx: Transaction) throws -> [BlobRef] {
        try tx.rows(
            """
            SELECT digest, size FROM blob WHERE bytes IS NULL AND digest > \(digest) ORDER BY digest LIMIT \(limit)
            """
        ).map { row in
            guard let ref = BlobRef(digest: try row.text(0), size: try row.integer(1)) else {
                throw Fault.corrupt("a blob has a name that is no digest")
            }
            return ref
        }
    }
}
