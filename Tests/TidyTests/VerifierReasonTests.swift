import Testing

/// Every reason that the verifier of files gives has a test that earns it.
@Suite struct VerifierReasonTests {
    @Test func `every reason of the verifier has a test that expects it`() throws {
        let text = try #require(try House.text("Sources/Documents/Verification/FileDefect.swift"))
        let reasons = text.matches(of: /\n    case (\w+)/).map { String($0.1) }
        #expect(reasons.count > 40)
        let tests = try House.testFiles().filter { ["DocumentsTests", "HallTests"].contains($0.target) }
            .map { $0.lines.joined(separator: "\n") }.joined()
        for reason in reasons {
            let isExpected = tests.contains(try Regex("\\.\(reason)\\b"))
            #expect(isExpected, "nothing expects \(reason)")
        }
    }
}
