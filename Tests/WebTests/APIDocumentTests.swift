import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// The document of the API: what it says is what the router serves.
@Suite struct APIDocumentTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/api")

    @Test func `the document has each operation of the router and no other, each under a name of its own`() async throws
    {
        try await DoorHouse.open { house in
            let routes = Routes.router(house.site).routes.map { "\($0.method.rawValue) \($0.path)" }
                .filter { $0.contains("/api/v1/") && !$0.contains("/api/v1/sharing/") }
            let described = APIContract.operations.map { "\($0.method.rawValue) /api/v1\($0.path)" }
            #expect(Set(routes).symmetricDifference(described).sorted() == [])
            #expect(Set(described).count == described.count)
            #expect(Set(APIContract.operations.map(\.id)).count == described.count)
        }
    }

    @Test func `whoever is to be signed in is refused without a session, and nobody else is`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for operation in APIContract.operations {
                    let path = "/api/v1" + operation.path.replacing(/\{[^}]*\}/, with: "1")
                    let answer = try await client.execute(uri: path, method: operation.method)
                    guard case .everybody = operation.askers else {
                        #expect(answer.status == .unauthorized, "\(operation.id)")
                        continue
                    }
                    // Whoever asks for a token shows a secret, not a token.
                    #expect(answer.status != .unauthorized || operation.failure != nil, "\(operation.id)")
                }
            }
        }
    }

    @Test func `an address that is served by other methods says by which`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for operation in APIContract.operations {
                    let path = "/api/v1" + operation.path.replacing(/\{[^}]*\}/, with: "1")
                    let answer = try await client.execute(uri: path, method: .patch)
                    #expect(answer.status == .methodNotAllowed, "\(operation.id)")
                    let problem = try answer.problem()
                    #expect(problem.code == "api.wrong-method")
                    let allowed = answer.headers[.allow]?.split(separator: ", ").map(String.init) ?? []
                    #expect(allowed.contains(operation.method.rawValue) && allowed == APIContract.methods(at: path))
                }
                let nowhere = try await client.execute(uri: "/api/v1/dossiers/1/burial", method: .post)
                #expect(nowhere.status == .notFound && nowhere.headers[.allow] == nil)
            }
        }
    }

    @Test func `every schema that is named is there`() throws {
        let text = String(
            decoding: try CanonicalJSON.bytes(of: APIDocument.value(at: "/api/v1", places: [])), as: UTF8.self)
        let named = Set(text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.1) })
        #expect(named.isSubset(of: APIShapes.all.map(\.name)))
        #expect(named == Set(APIShapes.all.map(\.name)), "none is there for nobody")
    }

    @Test func `the document is the one that is kept, and comes with a digest for scripts of any site`() async throws {
        let file = Self.folder.appending(path: "openapi.json")
        let now = try JSONEncoder.readable.encode(APIDocument.value(at: "/api/v1", places: [])) + Data("\n".utf8)
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" { try now.write(to: file) }
        #expect(try Data(contentsOf: file) == now, "GOLDEN=record writes docs/api/openapi.json anew")
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                let answer = try await client.execute(uri: "/api/v1/openapi.json", method: .get)
                #expect(answer.status == .ok && answer.headers[.contentType] == "application/json")
                let tag = try #require(answer.headers[.eTag])
                let again = try await client.execute(
                    uri: "/api/v1/openapi.json", method: .get, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified)
            }
        }
    }
}

extension JSONEncoder {
    /// For files that people read.
    fileprivate static var readable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
