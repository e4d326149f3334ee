import Crypto
import CryptoExtras
import Foundation

/// What is kept of a password: `$scrypt$ln=14,r=8,p=1$salt$hash` with salt and hash in base 64 without padding, so that
/// every hash says how it was made and a later one may be made harder.
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    /// How hard a hash is to make: N = 2^logarithm, block size, lanes (RFC 7914 section 2). Memory is 128 · r · N
    /// bytes.
    struct Cost: Hashable, Sendable {
        let logarithm: Int
        let blockSize: Int
        let lanes: Int

        /// N=16384, r=8, p=1: 16 MiB and about 20 ms of one core.
        static let current = Cost(logarithm: 14, blockSize: 8, lanes: 1)

        /// LIMIT: 1 KiB to 32 MiB of memory, at most four lanes; a forged row cannot stop the house.
        var isAllowed: Bool {
            (1...15).contains(logarithm) && (1...8).contains(blockSize) && (1...4).contains(lanes)
        }
    }

    static let saltBytes = 16
    static let keyBytes = 32

    /// The hash as it stands in a column.
    package let text: String
    let cost: Cost
    let salt: [UInt8]
    let key: [UInt8]

    /// Reads `text`; nil for anything that this room cannot have written.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = Cost(parts[2]), cost.isAllowed,
            let salt = Self.decoded(parts[3]), salt.count == Self.saltBytes,
            let key = Self.decoded(parts[4]), key.count == Self.keyBytes
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
        guard self.text == text else { return nil }
    }

    private init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        (self.cost, self.salt, self.key) = (cost, salt, key)
        text = "$scrypt$\(cost.text)$\(Self.encoded(salt))$\(Self.encoded(key))"
    }

    /// Masked.
    package var description: String { "$scrypt$\(cost.text)$***" }

    /// Hashes a password. Burns a core for about 20 ms: `PasswordWorkers` calls it.
    init(of password: [UInt8], salt: [UInt8], cost: Cost = .current) throws {
        precondition(salt.count == Self.saltBytes && cost.isAllowed, "a salt of 16 bytes and a cost within its limits")
        self.init(cost: cost, salt: salt, key: try Self.derive(password, salt: salt, cost: cost, count: Self.keyBytes))
    }

    /// Whether the password is the one that was hashed. The comparison takes the same time whatever differs.
    func matches(_ password: [UInt8]) throws -> Bool {
        let candidate = try Self.derive(password, salt: salt, cost: cost, count: Self.keyBytes)
        return SymmetricKey(data: candidate) == SymmetricKey(data: key)
    }

    /// A hash that no password has: verified for a login that is not known, so that the time taken tells nothing.
    static let ofNobody = PasswordHash(
        cost: .current, salt: Array(repeating: 0, count: saltBytes), key: Array(repeating: 0, count: keyBytes))

    /// RFC 7914.
    static func derive(_ password: [UInt8], salt: [UInt8], cost: Cost, count: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << cost.logarithm, blockSize: cost.blockSize,
            parallelism: cost.lanes)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func decoded(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }
}

extension PasswordHash.Cost {
    /// `ln=14,r=8,p=1`.
    var text: String { "ln=\(logarithm),r=\(blockSize),p=\(lanes)" }

    fileprivate init?(_ text: Substring) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3, let logarithm = Self.number(fields[0], "ln="),
            let blockSize = Self.number(fields[1], "r="), let lanes = Self.number(fields[2], "p=")
        else { return nil }
        self.init(logarithm: logarithm, blockSize: blockSize, lanes: lanes)
    }

    private static func number(_ field: Substring, _ name: String) -> Int? {
        field.hasPrefix(name) ? Int(field.dropFirst(name.count)) : nil
    }
}
