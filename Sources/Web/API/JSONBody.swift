import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// What a program sends: one JSON object with fields that are known.
protocol JSONBody: Decodable {
    /// Every field there may be, as the document of the API says it. One of another name is refused: a misspelt reason
    /// would be lost otherwise.
    static var members: [JSONShape.Member] { get }
}

extension JSONBody {
    /// Reads the body of a request within the limit; refuses whatever is not this object.
    init(_ request: Request) async throws {
        self = try JSONReading.value(try await JSONReading.bytes(request))
    }
}

/// Reading JSON that came from outside.
enum JSONReading {
    /// LIMIT: bytes of a body in JSON: a text of `Limits.textCharactersMax` characters fits, however it is escaped.
    static let bytesMax = 64 * 1024

    static func bytes(_ request: Request, max: Int = bytesMax) async throws -> [UInt8] {
        let type = request.headers[.contentType]?.split(separator: ";").first ?? ""
        guard type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json" else {
            throw APIRefusal.notJSON
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= max else { throw APIRefusal.tooLarge }
            bytes += buffer.readableBytesView
        }
        return bytes
    }

    static func value<Body: JSONBody>(_ bytes: [UInt8]) throws -> Body {
        do {
            let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            let known = Body.members.map(\.name)
            guard let object, Set(object.keys).isSubset(of: known) else { throw APIRefusal.malformed }
            return try JSONDecoder().decode(Body.self, from: Data(bytes))
        } catch {
            throw APIRefusal.malformed
        }
    }
}

extension Attempt {
    private static let header = HTTPField.Name("Idempotency-Key")

    /// The attempt that a request names by its `Idempotency-Key`; refuses a request without one.
    init(_ request: Request) throws {
        guard let name = Self.header, let attempt = Attempt(form: request.headers[name] ?? "") else {
            throw APIRefusal.keyMissing
        }
        self = attempt
    }
}
