import Testing

@Suite struct CodeTests {
    /// A refusal enum as it stands in the source.
    private struct RefusalEnum {
        let name: String
        let path: String
        let body: String

        /// Its codes: the literals of the shape `room.reason`.
        var codes: Set<String> {
            Set(body.matches(of: /"([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)"/).map { String($0.1) })
        }
    }

    private static func refusals() throws -> [RefusalEnum] {
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

    @Test func `every refusal lists its codes`() throws {
        let refusals = try Self.refusals()
        #expect(refusals.count >= 2)
        for refusal in refusals {
            let (lists, codes) = (refusal.body.contains("static let codes"), refusal.codes)
            #expect(lists, "\(refusal.name) in \(refusal.path)")
            #expect(!codes.isEmpty, "\(refusal.name) in \(refusal.path)")
        }
    }

    @Test func `no code means two things`() throws {
        var owners: [String: String] = [:]
        for refusal in try Self.refusals() {
            for code in refusal.codes.sorted() {
                #expect(owners[code] == nil, "\(code) is \(owners[code] ?? "")'s and \(refusal.name)'s")
                owners[code] = refusal.name
            }
        }
    }

    @Test func `every code stands in docs/codes.md, once there is one`() throws {
        guard let page = try House.text("docs/codes.md") else { return }
        for refusal in try Self.refusals() {
            for code in refusal.codes.sorted() {
                #expect(page.contains("`\(code)`"), "\(code) of \(refusal.name) is not in docs/codes.md")
            }
        }
    }
}
