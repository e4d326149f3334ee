import Crypto
import CryptoExtras
import Foundation
import Vocabulary

/// Private keys on their way to a safe and back, sealed under a passphrase (scrypt, RFC 7914, and AES-256-GCM).
package enum KeyBackup {
    /// LIMIT: characters of a passphrase, at least.
    package static let passphraseCharactersMin = 12
    /// LIMIT: bytes of a passphrase, at most.
    package static let passphraseBytesMax = 1024
    /// Cost of a new backup: 128 MiB of memory and about a third of a second of a core.
    package static let rounds = 1 << 17
    /// LIMIT: the costs that a backup may ask for: 16 to 256 MiB.
    package static let roundsRange = 1 << 14...1 << 18
    static let format = "onewindow-key-backup-1"
    static let blockSize = 8
    static let parallelism = 1
    static let saltBytes = 16

    static let secretFormat = "onewindow-secret-backup-1"
    /// LIMIT: bytes of a secret that is not a key of the ring.
    package static let secretBytesMax = 1024

    private struct SecretHeader: Codable {
        let name: String
        let rounds: Int
        let salt: String
    }

    /// Another secret of the house (the accounts' one), sealed in the same way under its name.
    package static func seal(
        _ secret: [UInt8], named name: String, passphrase: String, rounds: Int = rounds
    ) throws -> String {
        precondition(secret.count <= secretBytesMax, "a secret beyond its limit")
        let salt = Dice.system.bytes(saltBytes)
        let header = SecretHeader(name: name, rounds: rounds, salt: Hex.text(salt))
        let envelope = try Envelope(
            format: secretFormat, header: try HeaderJSON.bytes(header), secret: secret,
            under: try sealingKey(passphrase, salt, rounds: rounds))
        return String(decoding: envelope.bytes, as: UTF8.self)
    }

    /// Takes such a secret back. Refuses a torn backup, another name, a wrong passphrase, a cost outside `roundsRange`.
    package static func open(_ backup: String, named name: String, passphrase: String) throws -> [UInt8] {
        guard backup.utf8.count <= KeyFolder.fileBytesMax,
            let envelope = Envelope(format: secretFormat, Array(backup.utf8)),
            let header = HeaderJSON.value(envelope.header, as: SecretHeader.self), header.name == name,
            let salt = Hex.bytes(header.salt), salt.count == saltBytes
        else { throw KeyRingRefusal.malformedBackup }
        let sealing = try sealingKey(passphrase, salt, rounds: header.rounds)
        guard let secret = envelope.secret(under: sealing) else { throw KeyRingRefusal.wrongPassphrase }
        return secret
    }

    struct Header: Codable {
        let key: KeyDescription
        let rounds: Int
        let salt: String
    }

    static func sealingKey(_ passphrase: String, _ salt: [UInt8], rounds: Int) throws -> SymmetricKey {
        guard roundsRange.contains(rounds), rounds & (rounds - 1) == 0 else { throw KeyRingRefusal.unfitCost }
        // One form of every character, whatever the keyboard sent.
        let words = Data(passphrase.precomposedStringWithCanonicalMapping.utf8)
        guard passphrase.count >= passphraseCharactersMin, words.count <= passphraseBytesMax else {
            throw KeyRingRefusal.unfitPassphrase
        }
        return try KDF.Scrypt.deriveKey(
            from: words, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
    }
}

extension KeyRing {
    /// The key of a role as four lines of text under a passphrase; nil when the ring has no such key.
    ///
    /// Refuses a passphrase or a cost beyond the limits. Takes so many rounds of scrypt: call it on `Workers`.
    package func exportPrivate(
        _ role: KeyRole, passphrase: String, rounds: Int = KeyBackup.rounds
    ) throws -> String? {
        guard let holding = try existing(role) else { return nil }
        let salt = Dice.system.bytes(KeyBackup.saltBytes)
        let header = KeyBackup.Header(key: holding.description, rounds: rounds, salt: Hex.text(salt))
        let envelope = try Envelope(
            format: KeyBackup.format, header: try HeaderJSON.bytes(header), secret: try holding.key.secret,
            under: try KeyBackup.sealingKey(passphrase, salt, rounds: rounds))
        return String(decoding: envelope.bytes, as: UTF8.self)
    }

    /// Takes a key back from a backup and answers what it is; does nothing when the ring holds this very key.
    ///
    /// Refuses a torn backup, a wrong passphrase, a cost outside `roundsRange`, another key than the one the ring holds
    /// in this role, and a demonstration's key in a ring of real ones or the reverse.
    package func importPrivate(_ backup: String, passphrase: String) throws -> KeyDescription {
        guard backup.utf8.count <= KeyFolder.fileBytesMax,
            let envelope = Envelope(format: KeyBackup.format, Array(backup.utf8)),
            let header = HeaderJSON.value(envelope.header, as: KeyBackup.Header.self),
            let salt = Hex.bytes(header.salt), salt.count == KeyBackup.saltBytes
        else { throw KeyRingRefusal.malformedBackup }
        let sealing = try KeyBackup.sealingKey(passphrase, salt, rounds: header.rounds)
        guard let secret = envelope.secret(under: sealing) else { throw KeyRingRefusal.wrongPassphrase }
        let key = try RingKey(header.key.role.algorithm, secret: secret)
        guard header.key.fits(key, header.key.role) else { throw KeyRingRefusal.malformedBackup }
        guard header.key.isDemonstration == isDemonstration else { throw KeyRingRefusal.demonstrationMixed }
        let kept = try adopt(Holding(key: key, description: header.key), as: header.key.role)
        guard kept.description.keyID == header.key.keyID else { throw KeyRingRefusal.keyExists }
        return kept.description
    }
}
