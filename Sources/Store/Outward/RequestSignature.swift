package import Crypto
package import Vocabulary

/// How requests between this house and its partners are signed, in both directions: HMAC-SHA256 over the lines method,
/// path, timestamp, idempotency key and the body's SHA-256, in hexadecimal.
package enum RequestSignature {
    /// LIMIT: seconds by which a sender's clock may be off; an older request counts for nothing.
    package static let skewSeconds: Int64 = 300
    /// The fewest bytes of a secret.
    package static let keyBytesMin = 16

    /// What was signed.
    package struct Request: Sendable {
        package let method: String
        package let path: String
        /// Seconds since 1970, as the sender wrote them.
        package let timestamp: String
        package let key: String
        package let body: [UInt8]

        package init(_ method: String, path: String, timestamp: String, key: String, body: [UInt8]) {
            (self.method, self.path, self.timestamp) = (method, path, timestamp)
            (self.key, self.body) = (key, body)
        }

        fileprivate var lines: [UInt8] {
            let digest = RequestSignature.hex(SHA256.hash(data: body))
            return Array([method, path, timestamp, key, digest].joined(separator: "\n").utf8)
        }
    }

    /// The signature of a request.
    package static func text(_ request: Request, secret: SymmetricKey) -> String {
        hex(HMAC<SHA256>.authenticationCode(for: request.lines, using: secret))
    }

    /// Whether this is the signature of the request, compared in constant time.
    package static func isValid(_ signature: String, of request: Request, secret: SymmetricKey) -> Bool {
        guard let bytes = bytes(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: request.lines, using: secret)
    }

    /// Whether a request was signed just now.
    package static func isFresh(_ timestamp: String, at now: Instant) -> Bool {
        guard timestamp.utf8.count <= 20, let seconds = Int64(timestamp) else { return false }
        let (off, overflows) = (now.milliseconds / 1000).subtractingReportingOverflow(seconds)
        return !overflows && off.magnitude <= UInt64(skewSeconds)
    }

    fileprivate static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        let pairs = stride(from: 0, to: 64, by: 2).map { text.dropFirst($0).prefix(2) }
        let bytes = pairs.compactMap { UInt8($0, radix: 16) }
        return bytes.count == 32 ? bytes : nil
    }
}
