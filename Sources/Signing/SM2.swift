import COpenSSL
import Vocabulary

/// What the SM2 signature (GB/T 32918.2-2016 and 32918.5-2017, OID 1.2.156.10197.1.501) fixes for both keys.
package enum SM2 {
    /// The user id that GM/T 0009-2012 prescribes where nothing else is agreed.
    package static let userID = "1234567812345678"
    /// LIMIT: bytes of a user id. Its length in bits is written in two bytes; libcrypto takes one byte less than fits.
    package static let userIDBytesMax = 8190
    /// LIMIT: bytes of a DER signature: two integers of at most 33 bytes each.
    package static let signatureBytesMax = 72

    /// The DER of a SubjectPublicKeyInfo up to the uncompressed point (ecPublicKey, curve 1.2.156.10197.1.301).
    static let publicPrefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x03, 0x42, 0x00,
    ]
    /// The DER of a PKCS#8 private key up to its 32 bytes, and what stands between these and the point.
    static let privatePrefix: [UInt8] = [
        0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x04, 0x6D,
        0x30, 0x6B, 0x02, 0x01, 0x01, 0x04, 0x20,
    ]
    static let pointPrefix: [UInt8] = [0xA1, 0x44, 0x03, 0x42, 0x00]
    /// The same without a point: libcrypto then computes it.
    static let barePrefix: [UInt8] = [
        0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x04, 0x27,
        0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
    ]
    /// The greatest private key, n - 2: with n - 1 no signature exists.
    static let scalarMax: [UInt8] =
        [0xFF, 0xFF, 0xFF, 0xFE] + [UInt8](repeating: 0xFF, count: 12) + [
            0x72, 0x03, 0xDF, 0x6B, 0x21, 0xC6, 0x05, 0x2B, 0x53, 0xBB, 0xF4, 0x09, 0x39, 0xD5, 0x41, 0x21,
        ]
}

/// A public SM2 key: a point of the curve that is not at infinity.
package struct SM2PublicKey: Sendable {
    /// The point: 04, X and Y, 65 bytes.
    package let point: [UInt8]
    let key: OpenSSLKey

    /// From the 65 bytes 04‖X‖Y; refuses compressed points and those not on the curve.
    package init(point: [UInt8]) throws(KeyRefusal) {
        guard point.count == 65, point.first == 4 else { throw .malformedKey }
        let der = SM2.publicPrefix + point
        let pointer = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let pointer else {
            ERR_clear_error()
            throw .malformedKey
        }
        self.point = point
        key = OpenSSLKey(owning: pointer)
        guard EVP_PKEY_is_a(pointer, "SM2") == 1 else { throw .malformedKey }
    }

    /// From a SubjectPublicKeyInfo in DER with the named curve and an uncompressed point; refuses any other form.
    package init(der: [UInt8]) throws(KeyRefusal) {
        guard der.starts(with: SM2.publicPrefix) else { throw .malformedKey }
        try self.init(point: Array(der.dropFirst(SM2.publicPrefix.count)))
    }

    /// From one PEM block `PUBLIC KEY`.
    package init(pem: String) throws(KeyRefusal) {
        try self.init(der: try PEM.der(in: pem, kind: "PUBLIC KEY"))
    }

    /// The SubjectPublicKeyInfo, 91 bytes of DER.
    package var der: [UInt8] { SM2.publicPrefix + point }

    /// One PEM block `PUBLIC KEY`, ended by a line feed.
    package var pem: String { PEM.text(of: der, kind: "PUBLIC KEY") }

    /// Whether the DER signature is this key's over the message under the user id.
    ///
    /// False for raw r‖s, trailing bytes and every encoding but the one of DER. Throws only when libcrypto fails.
    package func verifies(_ signature: [UInt8], of message: [UInt8], userID: String = SM2.userID) throws -> Bool {
        guard (8...SM2.signatureBytesMax).contains(signature.count) else { return false }
        let operation = try SM2Operation(key, userID: userID)
        return try operation.verifies(signature, of: message)
    }
}

extension SM2PublicKey: Hashable {
    package static func == (left: SM2PublicKey, right: SM2PublicKey) -> Bool { left.point == right.point }
    package func hash(into hasher: inout Hasher) { hasher.combine(point) }
}
