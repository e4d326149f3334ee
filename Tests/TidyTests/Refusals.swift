/// The refusal enums as they stand in the source.
struct RefusalEnum {
    let name: String
    let path: String
    let body: String

    /// Its codes: the literals of the shape `room.reason`.
    var codes: Set<String> {
        Set(body.matches(of: /"([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)"/).map { String($0.1) })
    }

    /// The case that each code belongs to: by its raw value, by the switch over the cases, or because there is only
    /// one.
    var caseByCode: [String: String] {
        var result: [String: String] = [:]
        for match in body.matches(of: /case (\w+) = "([a-z][a-z0-9.-]+)"/) {
            result[String(match.2)] = String(match.1)
        }
        for match in body.matches(of: /case \.(\w+)(?:\([^)]*\))?: "([a-z][a-z0-9.-]+)"/) {
            result[String(match.2)] = String(match.1)
        }
        let cases = body.matches(of: /\n    case (\w+)/).map { String($0.1) }
        if result.isEmpty, cases.count == 1, codes.count == 1, let code = codes.first { result[code] = cases[0] }
        return result
    }

    static func all() throws -> [RefusalEnum] {
        try House.productFiles().filter { $0.lines.contains { $0.contains("Refusal") } }.flatMap { file in
            let text = file.lines.joined(separator: "\n")
            return text.matches(of: /enum (\w+):[^{\n]*\bRefusal\b[^{\n]*\{/).map { match in
                RefusalEnum(name: String(match.1), path: file.path, body: block(text[match.range.upperBound...]))
            }
        }
    }

    /// The text up to the brace that closes it.
    private static func block(_ text: Substring) -> String {
        var depth = 1
        return String(
            text.prefix { character in
                if character == "{" { depth += 1 }
                if character == "}" { depth -= 1 }
                return depth > 0
            })
    }
}
