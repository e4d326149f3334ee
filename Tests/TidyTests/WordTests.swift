import Testing

@Suite struct WordTests {
    private struct Ban {
        /// The word that a line must hold to be looked at more closely.
        let word: String
        let pattern: Regex<Substring>
        let allows: (House.File) -> Bool

        init(
            _ word: String, _ pattern: Regex<Substring>, unless allows: @escaping (House.File) -> Bool = { _ in false }
        ) {
            self.word = word
            self.pattern = pattern
            self.allows = allows
        }

        func forbids(_ line: String) -> Bool {
            line.contains(word) && line.firstMatch(of: pattern) != nil
        }
    }

    private static func bans() -> [Ban] {
        let isWiring = { (file: House.File) in file.name == "Wiring.swift" }
        return [
            Ban("Date()", /\bDate\(\)/, unless: isWiring),
            Ban("UUID()", /\bUUID\(\)/, unless: isWiring),
            Ban("await", /\bawait\b/) { !$0.name.hasSuffix("Rules.swift") },
            Ban("try?", /\btry\?/),
            Ban("fatalError(", /\bfatalError\(/),
            // Secrets are compared in constant time: `AccountKey.isSame`, `CSRF.verify`.
            Ban("==", /(?:[pP]assword|[sS]ecret|form\["(?:password|code|csrf)"\])\)? *==/),
            Ban("==", /== *(?:(?:\w+\.)*\w*(?:[pP]assword|[sS]ecret)\b|form\["(?:password|code|csrf)"\])/),
            Ban("Util", /\b(?:struct|class|enum|actor|protocol) \w*Utils?\b/),
            Ban("Helper", /\b(?:struct|class|enum|actor|protocol) \w*Helpers?\b/),
            Ban("Common", /\b(?:struct|class|enum|actor|protocol) \w*Common\b/),
            Ban("Manager", /\b(?:struct|class|enum|actor|protocol) \w*Manager\b/),
        ]
    }

    @Test func `no source says what the house forbids`() throws {
        let bans = Self.bans()
        for file in try House.productFiles() {
            for ban in bans where !ban.allows(file) {
                for line in file.code(with: ban.word) where ban.forbids(line.text) {
                    Issue.record("\(file.path):\(line.number) says \(ban.word)")
                }
            }
        }
    }

    @Test func `each ban finds what it forbids and lets its neighbours be`() {
        let found = [
            "let now = Date()", "let x = UUID()", "await store", "try? open()", "fatalError(\"no\")",
            "struct DateUtils {", "final class SessionManager: Sendable {", "enum Common {", "enum HTMLHelper {",
            "guard password == form[\"password\"]", "code == form[\"code\"]", "given == kept.queryPassword",
        ]
        let spared = [
            "Date(timeIntervalSince1970: 0)", "row.entry?.id", "awaiting", "let manager = 1", "retry?.now()",
            "struct CommonWindow {", "door == .portal", "form[\"truth\"] == \"yes\"",
        ]
        for text in found { #expect(Self.bans().contains { $0.forbids(text) }, "\(text)") }
        for text in spared { #expect(!Self.bans().contains { $0.forbids(text) }, "\(text)") }
    }

    @Test func `nothing is left for later, in comments neither`() throws {
        for file in try House.productFiles() {
            for (index, line) in file.lines.enumerated() {
                for word in ["TODO", "FIXME", "XXX"] where line.contains(word) {
                    Issue.record("\(file.path):\(index + 1) says \(word)")
                }
            }
        }
    }

    @Test func `what the compiler cannot check says why it is safe, directly above`() throws {
        var found = 0
        for file in try House.productFiles() {
            for line in file.code(with: "@unchecked Sendable") + file.code(with: "nonisolated(unsafe)") {
                found += 1
                let above = file.lines[..<(line.number - 1)].reversed().prefix(while: House.File.isComment)
                if !above.contains(where: { $0.contains("// SAFETY:") }) {
                    Issue.record("\(file.path):\(line.number) does not say why it is safe")
                }
            }
        }
        #expect(found >= 2, "the test sees the ones there are")
    }

    @Test func `no folder or file has a name that says nothing`() throws {
        let empty: Set<Substring> = [
            "Util", "Utils", "Helper", "Helpers", "Common", "Manager", "Managers", "Service", "Services",
        ]
        for file in try House.productFiles() + House.testFiles() {
            for part in file.path.split(separator: "/") {
                let name = part.hasSuffix(".swift") ? part.dropLast(6) : part
                if empty.contains(name) || name.hasSuffix("+Extensions") { Issue.record("\(file.path)") }
            }
        }
    }

    @Test func `no line is longer than a hundred and twenty characters`() throws {
        // Golden markup in tests and the paths of icons stand as they are.
        for file in try House.productFiles() {
            let long = file.lines.enumerated().filter { $0.element.count > 120 && !$0.element.contains("<path") }
            #expect(long.map { $0.offset + 1 } == [], "\(file.path)")
        }
    }
}
