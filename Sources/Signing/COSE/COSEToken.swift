package import Vocabulary

/// Tokens that are not read.
package enum COSERefusal: String, Refusal, CaseIterable {
    /// Not a token in the one form that is written, or beyond the limits.
    case malformed = "signing.malformed-token"
    /// A key whose signatures tokens do not carry.
    case unsupportedAlgorithm = "signing.unsupported-token-algorithm"

    /// Every code, for `docs/codes.md`.
    package static let codes = allCases.map(\.rawValue)

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
}

/// A signed set of claims for a QR code: COSE_Sign1 (RFC 9052), tag 18, protected header `{1: alg, 4: kid}`, nothing
/// unprotected, 64 bytes of signature.
///
/// Everybody who sees the paper reads it: nothing may stand in it that is not on the face already.
package struct COSEToken: Sendable, Hashable {
    /// LIMIT: bytes of a token; a QR code of version 40 holds little more.
    package static let bytesMax = 1536
    /// LIMIT: bytes of a key id.
    package static let keyIDBytesMax = 32
    /// The COSE numbers of the algorithms. SM2 has no registered one: this is of the range for private use.
    private static let numbers: [SignatureAlgorithm: Int] = [.es256: -7, .sm2: -65601]

    /// The claims, by the numbers that the issuer gives them.
    package let payload: [Int: CBOR]
    /// Hexadecimal digits: the id of the key that shall verify it.
    package let keyID: String
    /// How it was signed.
    package let algorithm: SignatureAlgorithm
    /// The whole token.
    package let bytes: [UInt8]
    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    /// Signs claims by ES256 or SM2. `keyID` is in hexadecimal digits; refuses other signers and tokens that grow
    /// beyond `bytesMax`.
    package static func signed(
        payload: [Int: CBOR], by signer: any Signer, keyID: String? = nil
    ) throws -> COSEToken {
        guard let number = numbers[signer.algorithm] else { throw COSERefusal.unsupportedAlgorithm }
        guard let id = Hex.bytes(keyID ?? signer.keyID) else { throw COSERefusal.malformed }
        let protected = CBOR.map([1: .integer(number), 4: .bytes(id)]).encoded
        let claims = CBOR.map(payload).encoded
        var signature = try signer.sign(structure(protected, claims))
        if signer.algorithm == .sm2 {
            guard let raw = ECDSASignature.raw(signature) else { throw COSERefusal.malformed }
            signature = raw
        }
        let token = CBOR.tagged(18, .list([.bytes(protected), .map([:]), .bytes(claims), .bytes(signature)]))
        return try COSEToken(token.encoded)
    }

    /// Reads a token; refuses every form but the one that `signed` writes. The signature is not looked at.
    package init(_ bytes: [UInt8]) throws(COSERefusal) {
        guard bytes.count <= Self.bytesMax, case .tagged(18, .list(let parts)) = try CBOR(bytes), parts.count == 4,
            let protected = parts[0].octets, parts[1] == .map([:]), let claims = parts[2].octets,
            let signature = parts[3].octets, signature.count == 64
        else { throw .malformed }
        guard let header = try CBOR(protected).members, header.count == 2, let number = header[1]?.number,
            let id = header[4]?.octets, (1...Self.keyIDBytesMax).contains(id.count),
            let payload = try CBOR(claims).members
        else { throw .malformed }
        guard let algorithm = Self.numbers.first(where: { $0.value == number })?.key else {
            throw .unsupportedAlgorithm
        }
        self.bytes = bytes
        (self.payload, keyID, self.algorithm, self.signature) = (payload, Hex.text(id), algorithm, signature)
        signedBytes = Self.structure(protected, claims)
    }

    /// Whether the key made the signature. False for a key of another algorithm; which key counts is the caller's to
    /// say, by `keyID`. Throws only when libcrypto fails.
    package func verifies(with key: PublicKey) throws -> Bool {
        guard key.algorithm == algorithm else { return false }
        return try key.verifies(algorithm == .sm2 ? ECDSASignature.der(signature) : signature, of: signedBytes)
    }

    /// Sig_structure (RFC 9052, 4.4) without external data.
    private static func structure(_ protected: [UInt8], _ claims: [UInt8]) -> [UInt8] {
        CBOR.list([.text("Signature1"), .bytes(protected), .bytes([]), .bytes(claims)]).encoded
    }
}
