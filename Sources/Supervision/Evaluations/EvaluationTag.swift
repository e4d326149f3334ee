import Foundation
import Vocabulary

/// 评价标签: one of the forty set phrases, each of one grade.
package struct EvaluationTag: Hashable, Sendable {
    /// Three digits.
    package let code: String
    package let grade: EvaluationGrade
    package let label: String
}

/// The forty phrases that ship, eight to a grade.
package struct EvaluationTags: Sendable {
    /// How many phrases each grade has.
    package static let perGrade = 8

    package let all: [EvaluationTag]
    private let byCode: [String: EvaluationTag]

    /// The list that ships. Throws `Fault.misconfigured` when it is not whole.
    package static func shipped() throws -> EvaluationTags {
        let name = "Resources/evaluation_tags"
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv") else {
            throw Fault.misconfigured("the phrases of evaluations are missing beside the program")
        }
        return try EvaluationTags(String(decoding: try Data(contentsOf: url), as: UTF8.self))
    }

    /// Reads `star,grade_zh,tag_code,tag_zh` under a header line.
    package init(_ text: String) throws {
        let tags = try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, let star = Int(parts[0]), let grade = EvaluationGrade(rawValue: star),
                grade.label == parts[1], !parts[2].isEmpty, !parts[3].isEmpty
            else { throw Fault.misconfigured("a phrase of evaluations cannot be read: \(line)") }
            return EvaluationTag(code: parts[2], grade: grade, label: parts[3])
        }
        let counts = EvaluationGrade.allCases.map { grade in tags.count { $0.grade == grade } }
        guard counts.allSatisfy({ $0 == Self.perGrade }), Set(tags.map(\.code)).count == tags.count else {
            throw Fault.misconfigured("each grade has \(Self.perGrade) phrases of its own")
        }
        all = tags
        byCode = Dictionary(uniqueKeysWithValues: tags.map { ($0.code, $0) })
    }

    /// The phrases of one grade, in their order.
    package func of(_ grade: EvaluationGrade) -> [EvaluationTag] { all.filter { $0.grade == grade } }

    /// The phrase with a code; nil when there is none.
    package subscript(code code: String) -> EvaluationTag? { byCode[code] }
}
