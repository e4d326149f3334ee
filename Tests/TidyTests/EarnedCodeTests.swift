import Testing

/// Every refusal code has a test that earns it: an expectation which names exactly this refusal, and which real code
/// must meet. A code that only stands in a list, a table or an array has not been earned.
@Suite struct EarnedCodeTests {
    /// What the tests expect, by how they say it.
    private struct Expectations {
        /// `XRefusal.reason` of `#expect(throws: XRefusal.reason)` and `answer.expect(refusal: XRefusal.reason)`.
        var cases: Set<String> = []
        /// `room.reason` of `answer.expect(code: "room.reason")` and `#expect(… code == "room.reason")`.
        var codes: Set<String> = []

        mutating func read(_ text: String) {
            // An expectation whose body throws by itself proves nothing.
            let thrown = /#(?:expect|require)\(\s*throws: (\w+Refusal\.\w+)/
            for match in text.matches(of: thrown) {
                let body = text[match.range.upperBound...].prefix(200)
                if body.firstMatch(of: /^[^{}]*\{\s*throw\b/) == nil { cases.insert(String(match.1)) }
            }
            for match in text.matches(of: /\.expect\(\s*refusal: (\w+Refusal\.\w+)/) { cases.insert(String(match.1)) }
            for match in text.matches(of: /\.expect\(\s*code: "([a-z0-9.-]+)"/) { codes.insert(String(match.1)) }
            let equality = /#expect\((?:[^\n"]*[ .(])?code == "([a-z0-9.-]+)"/
            for match in text.matches(of: equality) { codes.insert(String(match.1)) }
        }

        init(_ texts: [String]) {
            for text in texts { read(text) }
        }
    }

    private static func inTheTests() throws -> Expectations {
        Expectations(
            try House.testFiles().filter { $0.target != "TidyTests" }.map { file in
                file.lines.filter { !House.File.isComment($0) }.joined(separator: "\n")
            })
    }

    @Test func `every refusal code has a test that earns it`() throws {
        let expected = try Self.inTheTests()
        var missing: [String] = []
        for refusal in try RefusalEnum.all() {
            let cases = refusal.caseByCode
            #expect(Set(cases.keys) == refusal.codes, "the cases of \(refusal.name) are read with their codes")
            for (code, name) in cases.sorted(by: { $0.key < $1.key })
            where !expected.cases.contains("\(refusal.name).\(name)") && !expected.codes.contains(code) {
                missing.append("\(code): nothing expects \(refusal.name).\(name)")
            }
        }
        if !missing.isEmpty { Issue.record("not earned:\n\(missing.joined(separator: "\n"))") }
    }

    @Test func `every code of the page of codes is a refusal's, or is expected by its text`() throws {
        let page = try #require(try House.text("docs/codes.md"))
        let expected = try Self.inTheTests()
        let refusals = Set(try RefusalEnum.all().flatMap(\.codes))
        let codes = page.matches(of: /\n\| `([a-z0-9.-]+)` \|/).map { String($0.1) }
        #expect(codes.count > 100)
        let missing = codes.filter { !refusals.contains($0) && !expected.codes.contains($0) }
        #expect(missing == [])
    }

    @Test func `what only lists a code, or throws it itself, earns nothing`() {
        let earning = Expectations([
            "#expect(throws: ARefusal.one) { try work() }",
            "await #expect(\n    throws: ARefusal.two(name), \"x\"\n) {",
            "answer.expect(refusal: ARefusal.three)", "answer.expect(code: \"fault.busy\")",
            "#expect(problem.code == \"room.five\")",
        ])
        #expect(earning.cases == ["ARefusal.one", "ARefusal.two", "ARefusal.three"])
        #expect(earning.codes == ["fault.busy", "room.five"])
        let listing = Expectations([
            "let all: [ARefusal] = [.one, .two]", "(try work(), ARefusal.one),",
            "#expect(ARefusal.one.kind == .invalid)",
            "#expect(throws: refusal) { try work() }", "#expect(throws: ARefusal.one) { throw ARefusal.one }",
            "#expect(throws: ARefusal.one, \"so\") {\n    throw ARefusal.one\n}", "let codes = [\"room.five\"]",
            "(refusal: ARefusal.one)", "if answer.code == \"room.five\" { return }",
        ])
        #expect(listing.cases == [])
        #expect(listing.codes == [])
    }
}
