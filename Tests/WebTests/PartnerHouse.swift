import Accounts
import Catalogue
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// What the token endpoint answers.
struct TokenAnswer: Decodable {
    let access_token: String
    let token_type: String
    let expires_in: Int
    let scope: String
}

extension DoorHouse {
    /// Takes a partner in with scopes that hold everywhere; answers its secret.
    func partner(
        _ clientID: String, _ scopes: [PartnerScope], _ extent: Grant.Extent = .everywhere, perMinute: Int = 6000
    ) async throws -> String {
        let id = try #require(AccessID(clientID))
        let partner = try await hall.add(partner: id, name: "示例接入系统", body: nil, perMinute: perMinute)
        for scope in scopes { _ = try await hall.give(scope, extent, to: id) }
        return site.accountKey.secret(of: partner)
    }
}

extension TestClientProtocol {
    /// A token by the secret, in the body.
    func partnerToken(_ clientID: String, _ secret: String, scope: String = "") async throws -> String {
        let answer = try await oauth(
            "grant_type=client_credentials&client_id=\(clientID)&client_secret=\(secret)"
                + (scope.isEmpty ? "" : "&scope=\(Paths.query(scope))"))
        #expect(answer.status == .ok, "\(String(buffer: answer.body))")
        return try answer.value(TokenAnswer.self).access_token
    }

    func oauth(_ form: String, headers more: HTTPFields = [:]) async throws -> TestResponse {
        var headers = more
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await execute(
            uri: OAuthAPI.path, method: .post, headers: headers, body: ByteBuffer(string: form))
    }

    /// Names an official of a partner's, whose number ends as her code does; it must be taken.
    func name(_ code: String, token: String) async throws {
        let answer = try await naming(code, as: String(code.suffix(1)), token: token)
        #expect(answer.status == .noContent, "\(String(buffer: answer.body))")
    }

    /// The same for a number with this serial.
    func naming(_ code: String, as serial: String, token: String) async throws -> TestResponse {
        let digits = "3501021980010110" + serial
        let number = digits + String(try #require(CitizenID.checkCharacter(for: digits)))
        return try await api(
            .put, "/officers/\(code)", #"{"name": "周明", "citizenID": "\#(number)"}"#, token: token)
    }

    /// A deed of an official of a partner's.
    func report(_ path: String, _ body: String, token: String, officer: String?) async throws -> TestResponse {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name(OfficersAPI.header))] = officer
        return try await api(.post, path, body, token: token, key: newKey(), headers: headers)
    }
}
