import Accounts
import HTTPTypes
import Hummingbird
import Vocabulary

/// `GET /api/v1/openapi.json`: the API as OpenAPI 3.1, from the declarations that stand beside what the router serves.
struct APIDocument {
    let site: Site

    func get(_ request: Request, _ context: SiteContext) throws -> Response {
        let value = Self.value(
            at: site.press.address.absolute(APIContract.root), places: site.regions.entries.map(\.region.code))
        return .open(try CanonicalJSON.bytes(of: value), "application/json", to: request)
    }

    /// The document of a house that answers there and has these places.
    static func value(at address: String, places: [String]) -> JSONValue {
        .record([
            "openapi": .text("3.1.0"),
            "info": .record([
                "title": .text("OneWindow"), "version": .text("1"),
                "description": .text(
                    """
                    What programs say and hear. Each deed is the one of a page, with the same rules and the same \
                    refusals. A version of this API only ever gains members, operations and codes; what is taken away \
                    or changes its meaning has another address.
                    """),
            ]),
            "servers": .list([.record(["url": .text(address)])]),
            "paths": .record(paths(places)),
            "components": .record([
                "schemas": .record(
                    Dictionary(uniqueKeysWithValues: APIShapes.all.map { ($0.name, $0.shape.value) })),
                "responses": .record(["Problem": problem]),
                "securitySchemes": .record([
                    "session": .record(["type": .text("http"), "scheme": .text("bearer")]),
                    "partner": partner(at: address),
                ]),
            ]),
        ])
    }

    private static func paths(_ places: [String]) -> [String: JSONValue] {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in APIContract.operations(places: places) {
            paths[operation.path, default: [:]][operation.method.rawValue.lowercased()] = operation.value
        }
        return paths.mapValues(JSONValue.record)
    }

    private static func partner(at address: String) -> JSONValue {
        let scopes = PartnerScope.allCases.map { ($0.rawValue, JSONValue.text($0.about)) }
        return .record([
            "type": .text("oauth2"),
            "flows": .record([
                "clientCredentials": .record([
                    "tokenUrl": .text(address + "/oauth/token"),
                    "scopes": .record(Dictionary(uniqueKeysWithValues: scopes)),
                ])
            ]),
        ])
    }

    private static let problem = JSONValue.record([
        "description": .text("Why not (RFC 9457), in Chinese or, where Accept-Language likes it better, in English."),
        "content": .record([
            "application/problem+json": .record(["schema": JSONShape.named("Problem").value])
        ]),
    ])
}

extension APIOperation {
    /// As it stands in the document.
    fileprivate var value: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .text(id), "summary": .text(summary), "tags": .list([.text(tag)]),
            "responses": .record(responses), "security": .list(askers.security),
        ]
        if let who = askers.words { members["description"] = .text(who) }
        let given =
            parameters.map(\.value) + (isDeed ? [Self.key] : [])
            + (isConditional ? [Self.expected] : []) + askers.headers
        if !given.isEmpty { members["parameters"] = .list(given) }
        if let body {
            members["requestBody"] = .record(["required": .flag(true), "content": .record(body.value)])
        }
        return .record(members)
    }

    private var responses: [String: JSONValue] {
        var responses = ["\(status)": JSONValue.record(success)]
        for refusal in refusals { responses["\(refusal)"] = .record(["$ref": .text("#/components/responses/Problem")]) }
        if let failure {
            let said = APIOperation.Content.json(failure).value
            for status in ["400", "401"] {
                responses[status] = .record(["description": .text("RFC 6749 section 5.2"), "content": .record(said)])
            }
        }
        return responses
    }

    private var success: [String: JSONValue] {
        var success: [String: JSONValue] = ["description": .text(summary)]
        if let answer { success["content"] = .record(answer.value) }
        if isTagged {
            success["headers"] = .record(["ETag": .record(["schema": JSONShape.text.value])])
        }
        return success
    }

    /// The header that every deed needs.
    private static let key = JSONValue.record([
        "name": .text("Idempotency-Key"), "in": .text("header"), "required": .flag(true),
        "description": .text("A new one for each deed; the same again gets the same answer, for seven days."),
        "schema": JSONShape.text("[A-Za-z0-9_-]{16,64}").value,
    ])
}

extension APIOperation {
    /// The header by which a deed is done only to what was seen.
    private static let expected = JSONValue.record([
        "name": .text("If-Match"), "in": .text("header"), "required": .flag(false),
        "description": .text("The `ETag` of the dossier as it was seen: 412 where something has happened since."),
        "schema": JSONShape.text.value,
    ])
}

extension APIOperation.Askers {
    fileprivate var security: [JSONValue] {
        let session = JSONValue.record(["session": .list([])])
        return switch self {
        case .everybody: []
        case .signedIn(_, let scopes): [session] + scopes.map(\.security)
        case .partners(let scopes): scopes.isEmpty ? [.record(["partner": .list([])])] : scopes.map(\.security)
        }
    }

    fileprivate var words: String? {
        switch self {
        case .everybody: nil
        case .signedIn(let who, _): "Who: \(who)."
        case .partners: "Who: a partner."
        }
    }

    /// The header by which a partner names the official for whom it speaks, where somebody must answer for the deed.
    fileprivate var headers: [JSONValue] {
        guard case .signedIn(_, let scopes) = self, scopes.contains(where: { $0.power != nil }) else { return [] }
        return [
            .record([
                "name": .text(OfficersAPI.header), "in": .text("header"), "required": .flag(false),
                "description": .text("From partners: the number of the official who did it, named before."),
                "schema": JSONShape.officer.value,
            ])
        ]
    }
}

extension PartnerScope {
    fileprivate var security: JSONValue { .record(["partner": .list([.text(rawValue)])]) }

    /// What it is good for.
    fileprivate var about: String {
        switch self {
        case .file: "File applications for people who showed who they are over there, and follow those."
        case .read: "Read dossiers with everything in them."
        case .receive: "Accept, ask for corrections, decline."
        case .review: "Examine."
        case .decide: "Decide."
        case .lead: "What the law reserves to the head of the authority."
        case .events: "Follow what happens."
        case .propose: "Propose changes of the catalogue, over a link."
        }
    }
}

extension APIOperation.Parameter {
    fileprivate var value: JSONValue {
        .record([
            "name": .text(name), "in": .text(place.rawValue), "required": .flag(isRequired), "schema": shape.value,
        ])
    }
}

extension APIOperation.Content {
    fileprivate var value: [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: types.map { ($0, .record(["schema": shape.value])) })
    }
}
