import Accounts
import HTTPTypes
import Vocabulary

/// One operation of the API as its document says it: where, who, what is sent, what is answered. The router serves
/// what stands here and nothing else; a test compares.
struct APIOperation: Sendable {
    /// Who may ask.
    enum Askers: Sendable {
        case everybody
        /// Whoever shows the token of a session, in these words, or of a partner with one of these scopes.
        case signedIn(String, or: [PartnerScope] = [])
        /// Partners with one of these scopes; any partner where none is named.
        case partners([PartnerScope] = [])
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

    /// What is sent or answered: JSON of a shape, the fields of a form, or bytes of a type.
    enum Content: Sendable {
        case json(JSONShape)
        case form(JSONShape)
        case bytes([String])

        var types: [String] {
            switch self {
            case .json: ["application/json"]
            case .form: ["application/x-www-form-urlencoded"]
            case .bytes(let types): types
            }
        }

        var shape: JSONShape {
            switch self {
            case .json(let shape), .form(let shape): shape
            case .bytes(let types):
                if types.allSatisfy({ $0.hasSuffix("json") }) {
                    .anything
                } else {
                    types.allSatisfy { $0.hasPrefix("text/") } ? .text : .binary
                }
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
    /// What it says when it refuses with 400 or 401, where that is no problem of RFC 9457.
    var failure: JSONShape?
    /// Whether it answers the same for as long as the digest is the same (`ETag`).
    var isTagged = false

    /// Whether it is done to a dossier that may be asked to stand where it was seen (`If-Match`).
    var isConditional: Bool { isDeed && path.hasPrefix("/dossiers/{dossier}/") && !path.contains("{parcel}") }

    /// The first segment: what it is about.
    var tag: String { String(path.split(separator: "/").first ?? "") }

    /// The statuses with which it may refuse, beside its own. RFC 9457 says the rest in the body.
    var refusals: [Int] {
        // A token that is shown must be a session's, whatever is asked for.
        var statuses: Set<Int> = [400, 401, 404, 422, 429, 500, 503]
        switch askers {
        case .everybody: break
        case .signedIn: statuses.insert(403)
        // A cursor beyond the end, an address that is taken, a number under another code.
        case .partners: statuses.formUnion([403, 409])
        }
        if body != nil { statuses.insert(413) }
        if isDeed { statuses.insert(409) }
        if isConditional { statuses.insert(412) }
        return statuses.sorted()
    }
}
