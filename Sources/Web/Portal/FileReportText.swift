package import Documents
import Foundation

/// A report on a file in the words of one language: what the page and the command line say.
package struct FileReportText: Sendable {
    /// One check.
    package struct Line: Sendable {
        package let step: String
        package let result: String
        /// Why it did not pass, with what it tripped over; empty where it did.
        package let reason: String
        let look: Tag.Look
    }

    private let report: FileReport
    private let words: Words
    private let sentences: ReportSentences

    package init(_ report: FileReport, _ words: Words, _ sentences: ReportSentences) {
        (self.report, self.words, self.sentences) = (report, words, sentences)
    }

    /// The verdict in a word.
    package var verdict: String { sentences["verdict.\(report.verdict.rawValue)", words.language] }

    /// The verdict as a word in a frame.
    var tag: Tag { Tag(verdict, Self.look(report.verdict)) }

    /// The verdict on a file that was handed in; nil for one that nobody signed, a scan or a picture, of which there is
    /// nothing to say.
    var tagOfUpload: Tag? {
        guard report.isSigned else { return nil }
        return report.isUnreadable ? Tag(words["file.unreadable"], .waiting) : tag
    }

    /// What to do now.
    package var advice: String { sentences["advice.\(report.verdict.rawValue)", words.language] }

    /// The check that decided, in a sentence; nil for a valid file and an unsigned one.
    package var reason: String? { report.deciding.map(sentence) }

    /// Every check in the order in which it was made.
    package var lines: [Line] {
        let numbered = report.signatures.count > 1
        let own = report.signatures.enumerated().flatMap { index, signature in
            signature.checks.map { line($0, prefix: numbered ? "\(index + 1) · " : "") }
        }
        return report.checks.map { line($0, prefix: "") } + own
    }

    /// Who signed, with which seal, and when.
    package func facts(of signature: SignatureReport) -> [(name: String, value: String)] {
        var facts: [(name: String, value: String)] = []
        if let name = signature.sealName {
            facts.append((words["file.seal"], "\(name) \(signature.sealNumber ?? "")"))
        }
        if let signer = signature.signer { facts.append((words["file.signer"], Self.name(signer))) }
        if let authority = signature.authority { facts.append((words["file.authority"], Self.name(authority))) }
        if let instant = signature.madeAt {
            facts.append(
                (words["file.made-at"], "\(words.moment(instant)) (\(words["file.made-at-note"]))"))
        }
        return facts
    }

    /// The whole report as lines of plain text.
    package var plain: [String] {
        let facts = report.signatures.flatMap { self.facts(of: $0).map { "\($0.name): \($0.value)" } }
        let checks = lines.map { line in
            "  [\(line.result)] \(line.step)" + (line.reason.isEmpty ? "" : " – \(line.reason)")
        }
        return [verdict, reason ?? advice] + facts + checks
    }

    private func line(_ check: FileFinding, prefix: String) -> Line {
        Line(
            step: prefix + sentences["step.\(check.step.rawValue)", words.language],
            result: sentences["result.\(check.outcome.word)", words.language],
            reason: check.outcome.defect == nil ? "" : sentence(check), look: Self.look(check.outcome))
    }

    private func sentence(_ check: FileFinding) -> String {
        guard let defect = check.outcome.defect else { return "" }
        let sentence = sentences["defect.\(defect.rawValue)", words.language]
        let detail = Self.name(check.detail)
        return detail.isEmpty ? sentence : words("file.reason", ["reason": sentence, "detail": detail])
    }

    /// The name by which people know whom a certificate names; anything else as it is.
    private static func name(_ subject: String) -> String {
        guard subject.hasPrefix("C=") || subject.hasPrefix("CN="),
            let place = subject.range(of: "CN=", options: .backwards)
        else { return subject }
        return String(subject[place.upperBound...])
    }

    private static func look(_ verdict: FileVerdict) -> Tag.Look {
        switch verdict {
        case .valid: .good
        case .invalid: .bad
        case .unsupported, .untrusted, .undetermined: .waiting
        case .unsigned: .plain
        }
    }

    private static func look(_ outcome: FileFinding.Outcome) -> Tag.Look {
        switch outcome {
        case .passed: .good
        case .failed: .bad
        case .unsupported, .untrusted, .undetermined: .waiting
        case .skipped: .plain
        }
    }
}

/// What a verifier's verdicts, steps and reasons say to a person; a test holds them against the values.
package struct ReportSentences: Sendable {
    private struct Sentence: Decodable {
        let zh: String
        let en: String
    }

    private let sentences: [String: (zh: String, en: String)]

    /// The sentences that ship.
    package static func shipped() throws -> ReportSentences {
        let data = try WebResource.data("words/verdicts.json")
        let table = try JSONDecoder().decode([String: Sentence].self, from: data)
        return ReportSentences(sentences: table.mapValues { ($0.zh, $0.en) })
    }

    /// The keys that have a sentence.
    package var keys: Set<String> { Set(sentences.keys) }

    subscript(key: String, language: Language) -> String {
        guard let sentence = sentences[key] else { preconditionFailure("no sentence for \(key)") }
        return language == .zh ? sentence.zh : sentence.en
    }
}
