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
    /// LIMIT: bytes of it.
    static var bytesMax: Int { get }
}

extension JSONBody {
    static var bytesMax: Int { JSONReading.bytesMax }

    /// Reads the body of a request within the limit; refuses whatever is not this object.
    init(_ request: Request) async throws {
        self = try JSONReading.value(try await JSONReading.bytes(request, max: Self.bytesMax))
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
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
            guard case .record = value, JSONShape.body(Body.members).knows(value) else { throw APIRefusal.malformed }
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

    /// The same on a dossier as `If-Match` says that it was seen (RFC 9110 section 13.1.1); refuses a tag that is none
    /// of a dossier's.
    init(onDossier request: Request) throws {
        let attempt = try Attempt(request)
        guard let tag = request.headers[.ifMatch], tag != "*" else {
            self = attempt
            return
        }
        // A list names several: none of ours does.
        guard let sequence = DossierTag.sequence(in: tag) else { throw DossierRefusal.movedOn }
        self = attempt.expecting(sequence)
    }
}

/// The tag of a dossier as it was answered: how many events it had, and a digest, since its days move on by themselves.
enum DossierTag {
    /// How many events the dossier had; nil for any other tag, a weak one too.
    static func sequence(in tag: String) -> Int? {
        guard tag.hasPrefix("\""), tag.hasSuffix("\""), !tag.contains(",") else { return nil }
        return Int(tag.dropFirst().prefix { $0 != "." })
    }
}
