import COpenSSL
import Vocabulary

/// One `EVP_PKEY` of libcrypto, freed with the last owner; a private key is wiped by libcrypto then.
// SAFETY: nothing changes the key once it is made, and libcrypto lets threads share a key that nobody changes
// (EVP_PKEY counts and caches under its own locks). Every call makes contexts of its own.
final class OpenSSLKey: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes the key over from the caller.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    /// The failure of a call that fails only when the library or the memory does, with libcrypto's error queue emptied.
    static func fault(_ call: StaticString) -> Fault {
        ERR_clear_error()
        return .unavailable("libcrypto: \(call)")
    }
}

/// The contexts of one SM2 signature or verification: used by one thread, freed at the end of the call.
struct SM2Operation: ~Copyable {
    private let key: OpenSSLKey
    private let digest: OpaquePointer
    private let context: OpaquePointer

    /// Contexts for SM2 with SM3 and this user id. The id is always set: without it libcrypto takes the empty one.
    init(_ key: OpenSSLKey, userID: String) throws {
        let id = Array(userID.utf8)
        guard (1...SM2.userIDBytesMax).contains(id.count) else { throw KeyRefusal.malformedUserID }
        let (newDigest, newContext) = (EVP_MD_CTX_new(), EVP_PKEY_CTX_new(key.pointer, nil))
        guard let newDigest, let newContext, EVP_PKEY_CTX_set1_id(newContext, id, Int32(id.count)) == 1 else {
            EVP_MD_CTX_free(newDigest)
            EVP_PKEY_CTX_free(newContext)
            throw OpenSSLKey.fault("EVP_PKEY_CTX_set1_id")
        }
        EVP_MD_CTX_set_pkey_ctx(newDigest, newContext)
        self.key = key
        digest = newDigest
        context = newContext
    }

    deinit {
        EVP_MD_CTX_free(digest)
        EVP_PKEY_CTX_free(context)
    }

    // Borrowing methods, because `self` outlives their bodies, and with it what the pointers point to.

    borrowing func sign(_ message: [UInt8]) throws -> [UInt8] {
        guard EVP_DigestSignInit(digest, nil, EVP_sm3(), nil, key.pointer) == 1 else {
            throw OpenSSLKey.fault("EVP_DigestSignInit")
        }
        var signature = [UInt8](repeating: 0, count: SM2.signatureBytesMax)
        var count = signature.count
        guard EVP_DigestSign(digest, &signature, &count, message, message.count) == 1 else {
            throw OpenSSLKey.fault("EVP_DigestSign")
        }
        return Array(signature.prefix(count))
    }

    borrowing func verifies(_ signature: [UInt8], of message: [UInt8]) throws -> Bool {
        guard EVP_DigestVerifyInit(digest, nil, EVP_sm3(), nil, key.pointer) == 1 else {
            throw OpenSSLKey.fault("EVP_DigestVerifyInit")
        }
        let isValid = EVP_DigestVerify(digest, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }
}
