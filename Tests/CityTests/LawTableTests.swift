import City
import Dossiers
import Foundation
import Testing
import Vocabulary

/// The printed table of situations and commands is what the rules say today; a change of it is reviewed.
@Suite struct LawTableTests {
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../docs/law/states.md")

    private let table: LawTable

    init() throws {
        table = LawTable(rules: DossierRules(clock: LegalClock(calendar: try .shipped())))
    }

    @Test func `every pair of situation and command is decided, and printed as decided`() throws {
        let printed = try String(contentsOf: Self.path, encoding: .utf8)
        let start = try #require(printed.range(of: "| situation |")).lowerBound
        let rows = try table.rows()
        #expect(rows.allSatisfy { $0.cells.count == LawTable.columns.count })
        #expect(rows.count >= 26 && LawTable.columns.count >= 37)
        if ProcessInfo.processInfo.environment["GOLDEN"] == "record" {
            try (printed[..<start] + table.markdown()).write(to: Self.path, atomically: true, encoding: .utf8)
        }
        #expect(try String(printed[start...]) == table.markdown())
    }

    @Test func `every stage of a dossier is among the situations, and every command can succeed somewhere`() throws {
        let rows = try table.rows()
        for stage in Dossier.Stage.Name.allCases {
            #expect(rows.contains { $0.situation.hasPrefix(stage.rawValue) }, "\(stage)")
        }
        for (index, column) in LawTable.columns.enumerated() {
            let succeeds = rows.contains { row in
                if case .stage = row.cells[index] { return true }
                return false
            }
            #expect(succeeds, "\(column.name) succeeds nowhere")
        }
    }
}
