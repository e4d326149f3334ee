package import Vocabulary

/// What a campaign found, counted from its files that are final: marks by body. Nothing of it is a case's.
package struct FileMarks: Hashable, Sendable {
    /// The marks of one body.
    package struct Row: Hashable, Sendable {
        package let body: CreditCode
        package let files: Int
        /// Tenths of a mark.
        package let mean: Int
        package let least: Int
        package let most: Int
        package let grades: [FileGrade: Int]
    }

    package let rows: [Row]
    package let files: Int
    /// Tenths of a mark; nil where nothing is final.
    package let mean: Int?
    package let grades: [FileGrade: Int]

    /// The best body first; bodies with the same mean in the order of their codes.
    package init(_ lines: [ReviewedFileLine]) {
        let final = lines.filter { $0.stage == .final && $0.marks != nil }
        let bodies = Dictionary(grouping: final, by: \.matter.body)
        rows = bodies.map { body, lines in
            let marks = lines.compactMap(\.marks)
            return Row(
                body: body, files: marks.count, mean: Self.mean(marks) ?? 0, least: marks.min() ?? 0,
                most: marks.max() ?? 0, grades: Self.grades(lines))
        }.sorted { ($1.mean, $0.body.code) < ($0.mean, $1.body.code) }
        files = final.count
        mean = Self.mean(final.compactMap(\.marks))
        grades = Self.grades(final)
    }

    private static func mean(_ marks: [Int]) -> Int? {
        marks.isEmpty ? nil : (marks.reduce(0, +) * 10 + marks.count / 2) / marks.count
    }

    private static func grades(_ lines: [ReviewedFileLine]) -> [FileGrade: Int] {
        lines.reduce(into: [:]) { counts, line in
            if let grade = line.grade { counts[grade, default: 0] += 1 }
        }
    }
}
