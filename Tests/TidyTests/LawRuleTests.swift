import Testing

/// Every rule of the law has a test whose name begins with its number, and a row that says where it is kept.
@Suite struct LawRuleTests {
    private static let rules = (1...39).map { $0 < 10 ? "R0\($0)" : "R\($0)" }

    /// The numbers with which names of tests begin.
    private static func named(in texts: [String]) -> Set<String> {
        Set(texts.flatMap { text in text.matches(of: /func `(R[0-9]{2}) [^`]+`/).map { String($0.1) } })
    }

    /// The numbers of the first column: `R01-R03`, `R07, R08` or `R04`.
    private static func rows(of page: String) -> [(rules: [String], how: String)] {
        page.matches(of: /\n\| (R[0-9]{2}(?:(?:-|, )R[0-9]{2})*) \| [^|]* \| ([^|]*) \|/).map { row in
            let numbers = row.1.matches(of: /R([0-9]{2})/).compactMap { Int($0.1) }
            let isRange = row.1.contains("-")
            let all = isRange ? Array((numbers.first ?? 0)...(numbers.last ?? 0)) : numbers
            return (all.map { $0 < 10 ? "R0\($0)" : "R\($0)" }, String(row.2))
        }
    }

    @Test func `every rule has a test that begins with its number`() throws {
        let tests = try House.testFiles().filter { $0.target != "TidyTests" }
        let named = Self.named(in: tests.map { $0.lines.joined(separator: "\n") })
        #expect(Self.rules.filter { !named.contains($0) } == [])
        #expect(named.subtracting(Self.rules) == [], "no test names a rule that there is not")
    }

    @Test func `every rule has one row in the page of rules, and none is open`() throws {
        let page = try #require(try House.text("docs/law/rules.md"))
        let rows = Self.rows(of: page)
        #expect(rows.flatMap(\.rules).sorted() == Self.rules)
        #expect(rows.filter { $0.how.contains("open") }.flatMap(\.rules) == [])
    }

    @Test func `a number inside a name, or in a comment, names no rule`() {
        #expect(Self.named(in: ["func `R01 counts`", "func `not R02`", "// R03", "func `R4 x`"]) == ["R01"])
        let rows = Self.rows(of: "\n| R01-R03 | a | kept | b |\n| R05, R07 | a | open | b |")
        #expect(rows.flatMap(\.rules) == ["R01", "R02", "R03", "R05", "R07"] && rows.map(\.how) == ["kept", "open"])
    }
}
