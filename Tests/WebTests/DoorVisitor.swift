import Accounts
import Catalogue
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Somebody who is signed in at a door and does what its pages offer.
struct DoorVisitor {
    let client: any TestClientProtocol
    let cookie: String

    init(_ client: any TestClientProtocol, _ login: String, staff: Bool = true, look: String = "zh") async throws {
        self.client = client
        cookie = try await client.signIn(login, staff: staff) + "; look=\(look)"
    }

    func get(_ path: String) async throws -> (status: Int, page: String) {
        let response = try await raw(path)
        return (response.status.code, String(buffer: response.body))
    }

    /// The answer as it came: a file, a header.
    func raw(_ path: String) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: [.cookie: cookie])
    }

    /// Sends the form of a page that posts to this address, with these answers beside its tokens.
    func send(_ action: String, on page: String, _ answers: [(String, String)] = []) async throws -> Int {
        try await answer(action, on: page, answers).status.code
    }

    /// The same with the whole answer.
    func answer(_ action: String, on page: String, _ answers: [(String, String)] = []) async throws -> TestResponse {
        try await post(action, try await tokens(of: action, on: page) + answers)
    }

    /// The tokens of the form of a page that posts to this address.
    func tokens(of action: String, on page: String) async throws -> [(String, String)] {
        let text = try await get(page).page
        let form = try #require(text.components(separatedBy: "<form ").first { $0.contains("action=\"\(action)\"") })
        return form.matches(of: /name="(csrf|token)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }
    }

    /// Sends what a form would that was opened before.
    func post(_ action: String, _ fields: [(String, String)]) async throws -> TestResponse {
        let body = fields.map { "\($0)=\(Paths.query($1))" }.joined(separator: "&")
        return try await client.execute(
            uri: action, method: .post,
            headers: [.cookie: cookie, .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }
}

extension DoorHouse {
    /// Files an item of a body for somebody of the demonstration city, with everything that the guide asks for.
    func filed(
        _ slug: String, in region: Region, for number: PersonNumber, _ mode: ServiceMode, _ delivery: DeliveryMode,
        situation: [String: String], answers: [String: String] = [:]
    ) async throws -> DossierID {
        let line = try #require(try await hall.item(slug, in: [region]))
        let item = try #require(try await hall.item(line.itemCode))
        #expect(item.guide.offeredModes.contains(mode), "\(slug) is not offered in \(mode.id)")
        let person = try await person(number)
        let terms = try await hall.terms(of: item, situation: situation)
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: mode, delivery: delivery, situation: situation),
            parties: Submission.Parties(applicant: person.id),
            numbers: try await hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: terms.materials.map { HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: (person.name.text, person.number.text), contactMobile: "13800000001", answers: answers,
                    files: ([:], "123456"))))
        return try await hall.submit(
            submission, by: .person(person.id), attempt: try #require(Attempt(form: hall.newToken()))
        ).dossier
    }
}
