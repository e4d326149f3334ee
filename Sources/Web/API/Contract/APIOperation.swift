import HTTPTypes
import Vocabulary

/// One operation of the API as its document says it: where, who, what is sent, what is answered. The router serves
/// what stands here and nothing else; a test compares.
struct APIOperation: Sendable {
    /// Who may ask.
    enum Askers: Sendable {
        case everybody
        /// Whoever shows the token of a session, in these words.
        case signedIn(String)
    }

    /// Something in the address.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case path, query }

        let name: String
        let place: Place
        let shape: JSONShape
        let isRequired: Bool

        /// A part of the path.
        static func path(_ name: String, _ shape: JSONShape) -> Parameter {
            Parameter(name: name, place: .path, shape: shape, isRequired: true)
        }

        /// Something that may be asked.
        static func query(_ name: String, _ shape: JSONShape) -> Parameter {
            Parameter(name: name, place: .query, shape: shape, isRequired: false)
        }

        /// Something that must be asked.
        static func must(_ name: String, _ shape: JSONShape) -> Parameter {
            Parameter(name: name, place: .query, shape: shape, isRequired: true)
        }
    }

    /// What is sent or answered: JSON of a shape, or bytes of a type.
    enum Content: Sendable {
        case json(JSONShape)
        case bytes(String)

        var type: String {
            switch self {
            case .json: "application/json"
            case .bytes(let type): type
            }
        }

        var shape: JSONShape {
            switch self {
            case .json(let shape): shape
            case .bytes(let type):
                type.hasPrefix("text/") ? .text : .anything
            }
        }
    }

    let method: HTTPRequest.Method
    /// Below `/api/v1`.
    let path: String
    /// In the manner of `acceptDossier`: the name by which generated clients call it.
    let id: String
    let summary: String
    let askers: Askers
    var parameters: [Parameter] = []
    var body: Content?
    /// Of what is answered when all is well.
    var status = 200
    var answer: Content?
    /// Whether it does something, and so needs an `Idempotency-Key`.
    var isDeed = false
    /// Whether it answers the same for as long as the digest is the same (`ETag`).
    var isTagged = false

    /// The first segment: what it is about.
    var tag: String { String(path.split(separator: "/").first ?? "") }

    /// The statuses with which it may refuse, beside its own. RFC 9457 says the rest in the body.
    var refusals: [Int] {
        // A token that is shown must be a session's, whatever is asked for.
        var statuses: Set<Int> = [400, 401, 404, 422, 429, 500, 503]
        if case .signedIn = askers { statuses.insert(403) }
        if body != nil { statuses.insert(413) }
        if isDeed { statuses.insert(409) }
        return statuses.sorted()
    }
}
