import COpenSSL
import Vocabulary

/// SM2 public key encryption (GB/T 32918.4-2016 with SM3): the ciphertext is the DER of GM/T 0009-2012, SEQUENCE
/// { x INTEGER, y INTEGER, C3 OCTET STRING, C2 OCTET STRING }, in the order C1 C3 C2.
package enum SM2Encryption {
    /// LIMIT: bytes of a message. The standard knows none; what holds more is a file.
    package static let messageBytesMax = 32 * 1024 * 1024
    /// LIMIT: bytes of a ciphertext beside those of its message: two integers, the digest, and the heads of DER.
    package static let overheadBytesMax = 128
}

extension SM2PublicKey {
    /// Encrypts a message for whoever has the private key; another ciphertext at every call. Refuses, by
    /// `KeyRefusal.malformedMessage`, an empty message and one beyond `SM2Encryption.messageBytesMax`.
    package func encrypt(_ message: [UInt8]) throws -> [UInt8] {
        guard (1...SM2Encryption.messageBytesMax).contains(message.count) else { throw KeyRefusal.malformedMessage }
        return try SM2Cipher(key, EVP_PKEY_encrypt_init).run(message) { EVP_PKEY_encrypt($0, $1, $2, $3, $4) }
    }
}

extension SM2PrivateKey {
    /// The message in a ciphertext for this key. Refuses, by `KeyRefusal.malformedMessage`, whatever is none.
    package func decrypt(_ ciphertext: [UInt8]) throws -> [UInt8] {
        let bytesMax = SM2Encryption.messageBytesMax + SM2Encryption.overheadBytesMax
        guard (1...bytesMax).contains(ciphertext.count) else { throw KeyRefusal.malformedMessage }
        do {
            return try SM2Cipher(key, EVP_PKEY_decrypt_init).run(ciphertext) { EVP_PKEY_decrypt($0, $1, $2, $3, $4) }
        } catch is Fault {
            // libcrypto does not say whether the ciphertext or the memory was at fault.
            throw KeyRefusal.malformedMessage
        }
    }
}

/// The context of one encryption or decryption: used by one thread, freed at the end of the call.
private struct SM2Cipher: ~Copyable {
    private let context: OpaquePointer

    init(_ key: OpenSSLKey, _ begin: (OpaquePointer?) -> Int32) throws {
        guard let context = EVP_PKEY_CTX_new(key.pointer, nil) else { throw OpenSSLKey.fault("EVP_PKEY_CTX_new") }
        guard begin(context) == 1 else {
            EVP_PKEY_CTX_free(context)
            throw OpenSSLKey.fault("EVP_PKEY_encrypt_init")
        }
        self.context = context
    }

    deinit { EVP_PKEY_CTX_free(context) }

    typealias Step = (
        OpaquePointer, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>, UnsafePointer<UInt8>, Int
    ) -> Int32

    /// Asks how long the answer can be, then makes it.
    borrowing func run(_ input: [UInt8], _ step: Step) throws -> [UInt8] {
        var count = 0
        guard step(context, nil, &count, input, input.count) == 1 else { throw OpenSSLKey.fault("EVP_PKEY_encrypt") }
        var output = [UInt8](repeating: 0, count: count)
        guard step(context, &output, &count, input, input.count) == 1 else {
            throw OpenSSLKey.fault("EVP_PKEY_encrypt")
        }
        return Array(output.prefix(count))
    }
}
