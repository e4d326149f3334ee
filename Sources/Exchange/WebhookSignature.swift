import Crypto
import Foundation
import Vocabulary

/// The signature of a webhook, as Standard Webhooks 1.0 has it: HMAC-SHA256 of id, time and body.
package enum WebhookSignature {
    /// LIMIT: signatures of one header that are looked at.
    private static let signaturesMax = 4
    /// What comes before a secret in Base64.
    package static let secretPrefix = "whsec_"

    /// The secret as the receiver's library takes it.
    package static func text(of secret: [UInt8]) -> String {
        secretPrefix + Data(secret).base64EncodedString()
    }

    /// The secret of such a text; nil for another one.
    package static func secret(_ text: String) -> [UInt8]? {
        guard text.hasPrefix(secretPrefix), let bytes = Data(base64Encoded: String(text.dropFirst(secretPrefix.count))),
            !bytes.isEmpty
        else { return nil }
        return Array(bytes)
    }

    /// Whether one of the signatures of a header is that of the body under one of the secrets; each comparison takes
    /// the same time whatever differs.
    static func isValid(_ header: String, id: String, timestamp: String, body: [UInt8], secrets: [[UInt8]]) -> Bool {
        let message = Array("\(id).\(timestamp).".utf8) + body
        let codes = header.split(separator: " ").prefix(signaturesMax).compactMap { part in
            part.hasPrefix("v1,") ? Data(base64Encoded: String(part.dropFirst(3))) : nil
        }
        return secrets.contains { secret in
            codes.contains {
                HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: message, using: SymmetricKey(data: secret))
            }
        }
    }

    /// `v1,` and the signature in Base64, one for each secret that counts, parted by spaces.
    static func header(id: String, timestamp: String, body: [UInt8], secrets: [[UInt8]]) -> String {
        let message = Array("\(id).\(timestamp).".utf8) + body
        return secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: secret))
            return "v1,\(Data(code).base64EncodedString())"
        }.joined(separator: " ")
    }
}
