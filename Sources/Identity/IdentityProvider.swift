import Crypto
import Foundation
import Synchronization
package import Vocabulary

/// The provider of unified identities, asked by OpenID Connect: the authorisation code flow with PKCE.
package final class IdentityProvider: Sendable {
    /// LIMIT: seconds for which what the provider says of itself, and its keys, are kept.
    package static let keptSeconds: Int64 = 3600
    /// LIMIT: seconds between two looks at the keys because a token names one that is not there.
    package static let keysAgainSeconds: Int64 = 5
    /// LIMIT: bytes of a code, of an error and of a token that is taken.
    package static let (codeBytesMax, tokenBytesMax) = (2048, 16_384)

    private struct Kept: Sendable {
        var metadata: (value: ProviderMetadata, at: Instant)?
        var keys: (value: ProviderKeys, at: Instant)?
    }

    /// What stands for the request in what is sent and answered; everything is made for one browser.
    package struct Mark: Sendable {
        let state: String
        let nonce: String
        let verifier: String

        package init(state: String, nonce: String, verifier: String) {
            (self.state, self.nonce, self.verifier) = (state, nonce, verifier)
        }

        /// What the provider is told of the verifier (RFC 7636 section 4.2).
        var challenge: String { Base64URL.text(SHA256.hash(data: Array(verifier.utf8))) }
    }

    /// Who came, by a token that was verified.
    package struct Proven: Sendable {
        package let subject: String
        package let particulars: Particulars
        /// The provider's own session; nil where it has none.
        package let sid: String?
        /// The token itself, with which the provider is told that she signs out.
        package let token: String

        package init(subject: String, particulars: Particulars, sid: String?, token: String) {
            (self.subject, self.particulars, self.sid, self.token) = (subject, particulars, sid, token)
        }
    }

    /// Somebody signed out at the provider.
    package struct Ending: Sendable {
        package let subject: String
        package let sid: String?
        package let message: String
        package let until: Instant

        package init(subject: String, sid: String?, message: String, until: Instant) {
            (self.subject, self.sid, self.message, self.until) = (subject, sid, message, until)
        }
    }

    package let account: ProviderAccount
    private let time: TimeSource
    private let wire = ProviderWire()
    private let kept = Mutex(Kept())

    /// `time` is the world's, since tokens are made elsewhere.
    package init(_ account: ProviderAccount, time: TimeSource) {
        (self.account, self.time) = (account, time)
    }

    /// Where the browser is sent to sign in. `again` asks the provider to let her prove herself anew.
    package func signInAddress(for mark: Mark, level: AssuranceLevel, again: Bool) async throws -> String {
        var pairs = [
            ("response_type", "code"), ("client_id", account.client.id), ("redirect_uri", account.answerAddress),
            ("scope", account.scopes), ("state", mark.state), ("nonce", mark.nonce),
            ("code_challenge", mark.challenge), ("code_challenge_method", "S256"),
        ]
        let asked = account.reading.asked(for: level)
        if !asked.isEmpty { pairs.append(("acr_values", asked)) }
        if again { pairs.append(("prompt", "login")) }
        return Parameters.address(try await metadata().authorization, pairs)
    }

    /// What the provider answered through the browser: a code, or why there is none.
    package static func code(
        _ code: String, error: String, issuer: String, of account: ProviderAccount
    ) throws(ProviderRefusal) -> String {
        guard issuer.isEmpty || issuer == account.issuer else { throw .tokenIssuer }
        guard error.isEmpty else {
            let isHers = ["access_denied", "login_required", "interaction_required", "consent_required"].contains(error)
            throw isHers ? .declined : .refused
        }
        guard !code.isEmpty, code.utf8.count <= codeBytesMax else { throw .garbled }
        return code
    }

    /// Takes a code to the provider and answers who came.
    package func redeem(_ code: String, for mark: Mark) async throws -> Proven {
        let metadata = try await metadata()
        let body = try await wire.post(
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", account.answerAddress),
                ("code_verifier", mark.verifier),
            ], to: metadata.token, as: account.client)
        let answer: Tokens
        do {
            answer = try JSONDecoder().decode(Tokens.self, from: Data(body))
        } catch {
            throw ProviderRefusal.garbled
        }
        let claims = try await claims(of: answer.id_token)
        let subject = try TokenRules.signIn(claims, nonce: mark.nonce, expected)
        return Proven(
            subject: subject, particulars: try await particulars(claims, of: subject, answer.access_token, metadata),
            sid: claims.text("sid"), token: answer.id_token)
    }

    private struct Tokens: Decodable {
        let id_token: String
        let access_token: String?
    }

    /// Name and number stand in the token, or are asked for. The level is the token's alone: it is what is signed.
    private func particulars(
        _ claims: Claims, of subject: String, _ access: String?, _ metadata: ProviderMetadata
    ) async throws -> Particulars {
        guard !account.reading.isWhole(claims), let access, let address = metadata.userInfo else {
            return account.reading.particulars(claims)
        }
        let body = try await wire.get(address, token: access)
        let more: Claims
        do {
            more = try JSONDecoder().decode(Claims.self, from: Data(body))
        } catch {
            throw ProviderRefusal.garbled
        }
        guard more.text("sub") == subject else { throw ProviderRefusal.garbled }
        let said = account.reading.particulars(more)
        return Particulars(
            level: account.reading.particulars(claims).level, name: said.name, number: said.number,
            mobile: said.mobile)
    }

    /// Reads the provider's message that somebody signed out there.
    package func ending(_ token: String) async throws -> Ending {
        let claims = try await claims(of: token)
        let now = time.now()
        let ending = try TokenRules.signOut(claims, expected)
        return Ending(
            subject: ending.subject, sid: ending.sid, message: ending.message,
            until: now.advanced(bySeconds: TokenRules.ageSecondsMax + 2 * TokenRules.toleranceSeconds))
    }

    /// Where the browser is sent to sign out at the provider, too; nil where it has no such place or is not there.
    package func signOutAddress(_ token: String) async throws -> String? {
        do {
            return try await metadata().endSession.map {
                Parameters.address(
                    $0,
                    [
                        ("id_token_hint", token), ("client_id", account.client.id),
                        ("post_logout_redirect_uri", account.signedOutAddress),
                    ])
            }
        } catch is ProviderRefusal {
            return nil
        }
    }

    /// To which places a form of this house may lead in the end, by way of a redirection.
    package var formTargets: [String] {
        let endSession = kept.withLock { $0.metadata?.value.endSession }
        return Set([account.issuer, endSession].compactMap { $0 }.map(ProviderAccount.origin)).sorted()
    }

    /// Asks the provider who it is and for its keys, for those who look; throws what a sign-in would be refused.
    package func look() async throws -> (endSession: Bool, keys: Int) {
        let metadata = try await metadata()
        return (metadata.endSession != nil, try await keys(newerThan: nil).keys.count)
    }

    private var expected: TokenRules.Expected {
        TokenRules.Expected(issuer: account.issuer, client: account.client.id, now: time.now())
    }

    private func claims(of token: String) async throws -> Claims {
        guard token.utf8.count <= Self.tokenBytesMax else { throw ProviderRefusal.tokenMalformed }
        let known = try await keys(newerThan: nil)
        do {
            return try await known.claims(of: token)
        } catch ProviderRefusal.tokenKey {
            // The provider may have a new key since.
            let again = time.now().advanced(bySeconds: -Self.keysAgainSeconds)
            return try await keys(newerThan: again).claims(of: token)
        }
    }

    private func metadata() async throws -> ProviderMetadata {
        let now = time.now()
        if let kept = kept.withLock({ $0.metadata }), now < kept.at.advanced(bySeconds: Self.keptSeconds) {
            return kept.value
        }
        let base = account.issuer.hasSuffix("/") ? String(account.issuer.dropLast()) : account.issuer
        let body: [UInt8]
        do {
            body = try await wire.get(base + "/.well-known/openid-configuration")
        } catch ProviderRefusal.refused {
            throw ProviderRefusal.garbled
        }
        let metadata = try ProviderMetadata(body, issuer: account.issuer)
        kept.withLock { $0.metadata = (metadata, now) }
        return metadata
    }

    private func keys(newerThan instant: Instant?) async throws -> ProviderKeys {
        let now = time.now()
        let oldest = instant ?? now.advanced(bySeconds: -Self.keptSeconds)
        if let kept = kept.withLock({ $0.keys }), kept.at > oldest { return kept.value }
        let body: [UInt8]
        do {
            body = try await wire.get(try await metadata().keys)
        } catch ProviderRefusal.refused {
            throw ProviderRefusal.garbled
        }
        let keys = try ProviderKeys(body)
        kept.withLock { $0.keys = (keys, now) }
        return keys
    }
}
