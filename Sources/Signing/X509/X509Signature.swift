import COpenSSL

/// The signatures by which certificates and documents hold, by the object identifier of the algorithm.
enum CertifiedSignature: String {
    case sm2 = "1.2.156.10197.1.501"
    case p256 = "1.2.840.10045.4.3.2"
    case rsa = "1.2.840.113549.1.1.11"
}

extension X509Certificate {
    /// Whether the issuer's key signed this certificate.
    ///
    /// SM2 with SM3 under `SM2.userID`, ECDSA on P-256 with SHA-256, RSA (PKCS#1 v1.5) with SHA-256; false for every
    /// other algorithm. Names and powers are not looked at. Throws only when libcrypto fails.
    package func isSigned(by issuer: X509Certificate) throws -> Bool {
        guard let algorithm = CertifiedSignature(rawValue: content.algorithm) else { return false }
        return try issuer.verifies(content.signature, of: content.signed, algorithm)
    }

    /// Whether this certificate's key made the signature, which is DER for SM2 and ECDSA.
    func verifies(_ signature: [UInt8], of message: [UInt8], _ algorithm: CertifiedSignature) throws -> Bool {
        switch (algorithm, key) {
        case (.sm2, .sm2(let key)): try key.verifies(signature, of: message)
        case (.p256, .p256(let key)): key.verifies(der: signature, of: message)
        case (.rsa, .other): try RSAKey.verifies(signature, of: message, keyInfo: content.keyInfo)
        default: false
        }
    }
}

/// Signatures by RSA, which we verify and never make.
enum RSAKey {
    /// LIMIT: bits of a key: below 2048 it is not safe, above 8192 it is there to cost time.
    static let bits = Int32(2048)...8192

    /// Whether it is a PKCS#1 v1.5 signature over SHA-256 by the key of the SubjectPublicKeyInfo.
    static func verifies(_ signature: [UInt8], of message: [UInt8], keyInfo: [UInt8]) throws -> Bool {
        let pointer = keyInfo.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let pointer else {
            ERR_clear_error()
            return false
        }
        let key = OpenSSLKey(owning: pointer)
        guard EVP_PKEY_is_a(key.pointer, "RSA") == 1, bits.contains(EVP_PKEY_get_bits(key.pointer)) else {
            return false
        }
        guard let digest = EVP_MD_CTX_new() else { throw OpenSSLKey.fault("EVP_MD_CTX_new") }
        defer { EVP_MD_CTX_free(digest) }
        guard EVP_DigestVerifyInit(digest, nil, EVP_sha256(), nil, key.pointer) == 1 else {
            throw OpenSSLKey.fault("EVP_DigestVerifyInit")
        }
        let isValid = EVP_DigestVerify(digest, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }
}
