import Foundation
import Store
import Vocabulary

/// The house as a client of the provider: what the settings say.
package struct ProviderAccount: Sendable, CustomStringConvertible {
    /// What the provider gave the house when it was registered there.
    package struct Client: Sendable {
        let id: String
        let secret: String

        package init(id: String, secret: String) {
            (self.id, self.secret) = (id, secret)
        }
    }

    /// The provider's address, as it calls itself.
    package let issuer: String
    let client: Client
    /// The address of the house, without a slash at its end.
    let home: String
    let scopes: String
    let reading: ClaimReading

    /// Nil unless the issuer is `https://…` (`http://` on this machine only) without query and fragment, the client has
    /// a name and a secret, and the scopes, which begin with `openid`, are words.
    package init?(
        issuer: String, client: Client, home: String, scopes: String = "openid profile phone",
        reading: ClaimReading = .usual
    ) {
        let words = scopes.split(separator: " ")
        guard Self.isSafe(issuer), URL(string: issuer)?.query == nil, URL(string: issuer)?.fragment == nil,
            !client.id.isEmpty, !client.secret.isEmpty, words.first == "openid",
            scopes.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { return nil }
        (self.issuer, self.client, self.home) = (issuer, client, home)
        (self.scopes, self.reading) = (words.joined(separator: " "), reading)
    }

    /// Where the provider sends the browser back.
    package var answerAddress: String { home + Self.answerPath }
    /// Where it sends the browser after signing out there.
    package var signedOutAddress: String { home + Self.signedOutPath }

    /// The paths at the house that the provider is told.
    package static let answerPath = "/sign-in/unified/answer"
    package static let signedOutPath = "/signed-out"
    package static let endingPath = "/sign-in/unified/ending"

    /// Without the secret.
    package var description: String { "\(issuer), client \(client.id), secret ***" }

    /// `http` would let whoever listens in between take part; on this machine there is nobody in between.
    static func isSafe(_ address: String) -> Bool {
        guard address.utf8.count <= 2048, let parts = URL(string: address), let host = parts.host, !host.isEmpty,
            parts.user == nil
        else { return false }
        return parts.scheme == "https" || parts.scheme == "http" && OwnMachine.isHere(host)
    }

    /// Scheme, host and port of an address.
    static func origin(of address: String) -> String {
        guard let parts = URL(string: address), let scheme = parts.scheme, let host = parts.host else { return "" }
        return "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }
}
