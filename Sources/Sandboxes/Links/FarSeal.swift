import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary

/// Signatures of the way `web`, written here a second time, by the far side alone: HMAC-SHA256 of id, time and body, as
/// Standard Webhooks 1.0 has it.
struct FarSeal: Sendable {
    private static let prefix = "whsec_"
    /// How far the other side's clock may be off.
    private static let clockSecondsMax: Int64 = 300
    /// LIMIT: signatures of one request.
    private static let signaturesMax = 8

    private let key: SymmetricKey

    /// Nil for a secret that is not `whsec_` and Base64.
    init?(secret: String) {
        guard secret.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(secret.dropFirst(6))),
            bytes.count >= 16
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    private init(_ key: SymmetricKey) { self.key = key }

    /// One that signs wrongly.
    var broken: FarSeal { FarSeal(SymmetricKey(data: SHA256.hash(data: key.withUnsafeBytes { Data($0) }))) }

    /// What a request says of itself.
    enum Finding: Equatable {
        case good(id: String)
        /// No such headers, or none that can be read.
        case unsigned
        case wrong
        case clockOff
    }

    func look(at headers: HTTPFields, _ body: [UInt8], now: Instant) -> Finding {
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        guard let id = header("webhook-id"), let stamp = header("webhook-timestamp"), let seconds = Int64(stamp),
            let signatures = header("webhook-signature")
        else { return .unsigned }
        let message = Array("\(id).\(stamp).".utf8) + body
        let isSigned = signatures.split(separator: " ").prefix(Self.signaturesMax).contains { signature in
            guard signature.hasPrefix("v1,"), let code = Data(base64Encoded: String(signature.dropFirst(3))) else {
                return false
            }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
        }
        guard isSigned else { return .wrong }
        let isNow = abs(now.milliseconds / 1000 - seconds) <= Self.clockSecondsMax
        return isNow ? .good(id: id) : .clockOff
    }

    /// The headers of an answer whose body comes in parts.
    func headers(id: String, at seconds: Int64, _ parts: some Sequence<[UInt8]>) -> HTTPFields {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array("\(id).\(seconds).".utf8))
        for part in parts { code.update(data: part) }
        let signature = "v1,\(Data(code.finalize()).base64EncodedString())"
        var headers = HTTPFields()
        for (name, value) in [
            ("webhook-id", id), ("webhook-timestamp", "\(seconds)"), ("webhook-signature", signature),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }
}
