import Accounts
import Catalogue
import City
import Dossiers
import Foundation
import Hall
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

extension DoorHouse {
    /// Chen, who has an account at the portal.
    func chen() async throws -> PersonID {
        let digits = "35011118850202003"
        let check = try #require(CitizenID.checkCharacter(for: digits))
        let number = try #require(CitizenID(digits + String(check)))
        return try await person(.citizen(number)).id
    }

    /// Files an application of the demonstration's constructor for somebody and answers its dossier.
    func filed(
        for applicant: PersonID, _ mode: ServiceMode = .fullyOnline, delivery: DeliveryMode = .eCertificate,
        without missing: Int = 0
    ) async throws -> DossierID {
        let line = try #require(try await hall.item("second-class-constructor", in: [.fujian]))
        let item = try #require(try await hall.item(line.itemCode))
        let terms = try await hall.terms(of: item, situation: [:])
        let submission = Submission(
            terms: terms, way: Submission.Way(mode: mode, delivery: delivery),
            parties: Submission.Parties(applicant: applicant),
            numbers: try await hall.numbers(for: terms.implementationCode),
            contents: Submission.Contents(
                materials: terms.materials.dropFirst(missing).map { HandedIn($0, .paper) },
                personal: Submission.Personal(
                    applicant: ("陈一鸣", "350102188501010019"), contactMobile: "13800000002", answers: [:],
                    files: ([:], "123456"))))
        return try await hall.submit(
            submission, by: .person(applicant), attempt: Attempt(.random(.system))
        ).dossier
    }

    /// How many events a dossier has.
    func sequence(of id: DossierID) async throws -> Int { try await hall.open(id).dossier.sequence }

    /// Lets every effect happen that waits.
    func settle() async throws {
        let runner = EffectRunner(hall: hall, holder: "test")
        while try await runner.runOnce(isOrdered: true) > 0 {}
    }
}

/// What a sign-in answers.
struct SessionAnswer: Decodable { let token: String }

/// What a deed answers.
struct DeedAnswer: Decodable, Equatable {
    let dossier: String
    let sequence: Int
}

/// What the API says when it refuses.
struct ProblemAnswer: Decodable, Equatable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
}

/// The parts of a dossier's answer that tests look at.
struct DossierReply: Decodable {
    struct Receipt: Decodable, Equatable {
        let at: String
        let event: Int
        let by: String
    }
    struct Decision: Decodable { let isGrant: Bool }
    struct Trips: Decodable {
        struct Visit: Decodable, Equatable {
            let day: String
            let purposes: [String]
        }
        let promised: Int
        let made: Int
        let visits: [Visit]
    }
    struct Day: Decodable { let day: String }
    struct Dates: Decodable {
        let authority: Day?
        let statutory: Day?
        let applicant: Day?
    }
    struct Event: Decodable {
        let kind: String
        let by: String
        let body: JSONValue
    }
    let stage: String
    let ending: String?
    let receipt: Receipt?
    let decision: Decision?
    let due: Dates
    let missingMaterials: [String]
    let trips: Trips
    let events: [Event]
}

extension TestResponse {
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    }

    /// The problem that this answer is, if it is one in every respect.
    func problem() throws -> ProblemAnswer {
        #expect(headers[.contentType] == "application/problem+json")
        #expect(!String(buffer: body).contains("<"))
        let problem: ProblemAnswer = try value()
        #expect(problem.status == status.code)
        #expect(problem.type == "/api/v1/problems/\(problem.code)")
        #expect(!problem.title.isEmpty && !problem.detail.isEmpty)
        return problem
    }
}

extension TestClientProtocol {
    /// Asks the API. `token` is a session's, `key` an `Idempotency-Key`.
    func api(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil, key: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = more
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let key { headers[try #require(HTTPField.Name("Idempotency-Key"))] = key }
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await execute(
            uri: "/api/v1" + path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    /// The token of a new session.
    func token(_ login: String, staff: Bool) async throws -> String {
        let body = """
            {"login": "\(login)", "password": "\(DemonstrationCity.password)", "door": "\(staff ? "staff" : "portal")"}
            """
        let response = try await api(.post, "/sessions", body)
        #expect(response.status == .created)
        return try response.value(SessionAnswer.self).token
    }
}

/// A fresh `Idempotency-Key`.
func newKey() -> String { CommandToken.random(.system).text }
