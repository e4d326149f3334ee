import COpenSSL
import Vocabulary

/// A private SM2 key. It describes itself by nothing, so that it cannot slip into a log.
package struct SM2PrivateKey: Sendable {
    /// The public key that belongs to it.
    package let publicKey: SM2PublicKey
    let key: OpenSSLKey

    /// A new key from libcrypto's random source. Throws `Fault.unavailable` when libcrypto fails.
    package init() throws {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "SM2", nil) else {
            throw OpenSSLKey.fault("EVP_PKEY_CTX_new_from_name")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &pointer) == 1, let pointer else {
            throw OpenSSLKey.fault("EVP_PKEY_generate")
        }
        try self.init(OpenSSLKey(owning: pointer))
    }

    /// From the 32 bytes of the number, big end first; refuses nought and numbers beyond n - 2.
    package init(rawRepresentation raw: [UInt8]) throws {
        guard raw.count == 32, raw.contains(where: { $0 != 0 }), !SM2.scalarMax.lexicographicallyPrecedes(raw) else {
            throw KeyRefusal.malformedKey
        }
        try self.init(try Self.parsed(SM2.barePrefix + raw))
    }

    /// From an unencrypted PKCS#8 key in DER; refuses other curves, trailing bytes and a point that is not the key's.
    package init(pkcs8DER der: [UInt8]) throws {
        guard der.count <= PEM.bytesMax else { throw KeyRefusal.malformedKey }
        let read = try SM2PrivateKey(try Self.parsed(der))
        try self.init(rawRepresentation: try read.rawRepresentation)
        guard read.publicKey == publicKey else { throw KeyRefusal.malformedKey }
    }

    /// From one PEM block `PRIVATE KEY`; refuses encrypted keys.
    package init(pkcs8PEM pem: String) throws {
        try self.init(pkcs8DER: try PEM.der(in: pem, kind: "PRIVATE KEY"))
    }

    private init(_ key: OpenSSLKey) throws {
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        guard EVP_PKEY_get_octet_string_param(key.pointer, OSSL_PKEY_PARAM_PUB_KEY, &point, point.count, &count) == 1
        else { throw OpenSSLKey.fault("EVP_PKEY_get_octet_string_param") }
        guard count == point.count else { throw KeyRefusal.malformedKey }
        self.key = key
        publicKey = try SM2PublicKey(point: point)
    }

    /// The 32 bytes of the number, big end first. Secret.
    package var rawRepresentation: [UInt8] {
        get throws {
            var number: OpaquePointer?
            defer { BN_clear_free(number) }
            var bytes = [UInt8](repeating: 0, count: 32)
            guard EVP_PKEY_get_bn_param(key.pointer, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1,
                BN_bn2binpad(number, &bytes, 32) == 32
            else { throw OpenSSLKey.fault("EVP_PKEY_get_bn_param") }
            return bytes
        }
    }

    /// The unencrypted PKCS#8 key in DER, 138 bytes. Secret.
    package var pkcs8DER: [UInt8] {
        get throws { SM2.privatePrefix + (try rawRepresentation) + SM2.pointPrefix + publicKey.point }
    }

    /// One PEM block `PRIVATE KEY`, ended by a line feed. Secret.
    package var pkcs8PEM: String {
        get throws { PEM.text(of: try pkcs8DER, kind: "PRIVATE KEY") }
    }

    /// Signs SM3(Z‖message) under the user id; the signature is DER, 8 to 72 bytes, another one at every call.
    ///
    /// Takes about 0.23 ms of a core and may be called from any number of threads at once.
    package func sign(_ message: [UInt8], userID: String = SM2.userID) throws -> [UInt8] {
        let operation = try SM2Operation(key, userID: userID)
        return try operation.sign(message)
    }

    private static func parsed(_ der: [UInt8]) throws -> OpenSSLKey {
        let pointer = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            guard let base = buffer.baseAddress else { return nil }
            var start: UnsafePointer<UInt8>? = base
            guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &start, buffer.count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            guard start == base + buffer.count else { return nil }
            return EVP_PKCS82PKEY(info)
        }
        guard let pointer else {
            ERR_clear_error()
            throw KeyRefusal.malformedKey
        }
        let key = OpenSSLKey(owning: pointer)
        guard EVP_PKEY_is_a(pointer, "SM2") == 1 else { throw KeyRefusal.malformedKey }
        return key
    }
}

extension SM2PrivateKey: CustomStringConvertible {
    /// `SM2PrivateKey`, whatever the key.
    package var description: String { "SM2PrivateKey" }
}
