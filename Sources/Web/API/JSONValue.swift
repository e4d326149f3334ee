/// JSON of our own making, taken apart so that it can stand within other JSON.
enum JSONValue: Codable, Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
            return
        }
        let readers: [() throws -> JSONValue] = [
            { .object(try container.decode([String: JSONValue].self)) },
            { .text(try container.decode(String.self)) },
            { .list(try container.decode([JSONValue].self)) },
            { .bool(try container.decode(Bool.self)) },
        ]
        for read in readers {
            do {
                self = try read()
                return
            } catch DecodingError.typeMismatch {
                continue
            }
        }
        self = .integer(try container.decode(Int64.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
