import JWTKit
import Vocabulary

/// What a token or an answer says, by name; what is neither text, number, truth nor a list of texts is left out.
struct Claims: JWTPayload {
    enum Value: Sendable, Equatable {
        case text(String)
        case number(Double)
        case texts([String])
        case names([String])
        case other
    }

    let values: [String: Value]

    init(values: [String: Value]) {
        self.values = values
    }

    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: Value].self)
    }

    func encode(to encoder: any Encoder) throws {
        preconditionFailure("this house signs no such tokens")
    }

    /// What is in it is the rules' affair; here only the signature is looked at.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// A text that is not empty.
    func text(_ name: String) -> String? {
        guard case .text(let text)? = values[name], !text.isEmpty else { return nil }
        return text
    }

    /// An instant in seconds since 1970; nil for what no clock shows.
    func instant(_ name: String) -> Instant? {
        guard case .number(let seconds)? = values[name], (0..<1e11).contains(seconds) else { return nil }
        return Instant(milliseconds: Int64(seconds) * 1000)
    }

    /// One text or several.
    func texts(_ name: String) -> [String] {
        switch values[name] {
        case .text(let text): [text]
        case .texts(let texts): texts
        case .number, .names, .other, nil: []
        }
    }

    /// Whether an object of this name has a member.
    func has(_ member: String, in name: String) -> Bool {
        guard case .names(let names)? = values[name] else { return false }
        return names.contains(member)
    }
}

extension Claims.Value: Decodable {
    private struct Anything: Decodable {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let attempts: [(any SingleValueDecodingContainer) throws -> Self] = [
            { .text(try $0.decode(String.self)) }, { .number(try $0.decode(Double.self)) },
            { .texts(try $0.decode([String].self)) },
            { .names(try $0.decode([String: Anything].self).keys.sorted()) },
        ]
        for attempt in attempts {
            do {
                self = try attempt(container)
                return
            } catch is DecodingError {
                continue
            }
        }
        self = .other
    }
}
