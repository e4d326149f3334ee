import Documents
import Testing

@testable import Web

@Suite struct ReportSentenceTests {
    @Test func `every verdict, step, result and reason of a verifier has its sentence, and nothing else has one`()
        throws
    {
        let verdicts = FileVerdict.allCases.flatMap { ["verdict.\($0.rawValue)", "advice.\($0.rawValue)"] }
        let steps = FileStep.allCases.map { "step.\($0.rawValue)" }
        let defects = FileDefect.allCases.map { "defect.\($0.rawValue)" }
        let results = ["passed", "failed", "unsupported", "untrusted", "undetermined", "skipped"].map { "result.\($0)" }
        #expect(try ReportSentences.shipped().keys == Set(verdicts + steps + defects + results))
    }
}
