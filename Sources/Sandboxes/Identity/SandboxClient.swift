import Crypto
package import Foundation

/// A house as the provider registered it: all that a provider knows of it.
package struct SandboxClient: Sendable {
    /// The addresses that it named when it was registered.
    package struct Places: Sendable {
        /// Where somebody who signs in may be sent back.
        let redirects: Set<String>
        /// Where somebody who signed out may be sent.
        let signedOut: Set<String>
        /// Where it is told that somebody signed out here; nil where it wants to hear nothing.
        let ending: URL?

        package init(redirects: [String], signedOut: [String], ending: URL?) {
            (self.redirects, self.signedOut, self.ending) = (Set(redirects), Set(signedOut), ending)
        }
    }

    package let id: String
    let places: Places
    private let proof: SHA256.Digest

    package init(id: String, secret: String, places: Places) {
        (self.id, self.places) = (id, places)
        proof = Self.digest(id, secret)
    }

    private static func digest(_ id: String, _ secret: String) -> SHA256.Digest {
        SHA256.hash(data: Array("\(id.utf8.count) \(id) \(secret)".utf8))
    }

    /// Whether the head of a request (`Authorization`) has its name and secret: `client_secret_basic`, RFC 6749 section
    /// 2.3.1, where both are encoded as in a form.
    func isProven(by head: String?) -> Bool {
        guard let head, head.lowercased().hasPrefix("basic "),
            let bytes = Data(base64Encoded: String(head.dropFirst(6)))
        else { return false }
        let parts = String(decoding: bytes, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = FormText.decoded(parts[0]), let word = FormText.decoded(parts[1])
        else { return false }
        // Digests are compared in constant time.
        return Self.digest(name, word) == proof
    }
}
