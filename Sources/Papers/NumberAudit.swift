package import Store
import Vocabulary

/// Compares the registers of papers with their counters and with the papers themselves.
package struct NumberAudit: Sendable {
    /// What one run has found.
    package struct Report: Sendable {
        package var series = 0
        package var numbers = 0
        /// One sentence for each series with a gap and each number without its paper.
        package var findings: [String] = []
    }

    private let store: any Store

    /// An audit of a database.
    package init(store: any Store) {
        self.store = store
    }

    /// Looks at every number. Each series must be 1, 2, 3, … up to its counter, and each number must be that of its
    /// paper.
    package func run() async throws -> Report {
        var report = Report()
        var last: PaperNumbering.Series?
        while true {
            let page = try await store.read { [last] tx in try PaperNumbering.series(after: last, in: tx) }
            guard let end = page.last else { return report }
            for series in page { try await examine(series, &report) }
            last = end
        }
    }

    private func examine(_ series: PaperNumbering.Series, _ report: inout Report) async throws {
        report.series += 1
        let name = "\(series.body) \(series.kind) \(series.year)"
        var serial = 0
        while true {
            let after = serial
            let page = try await store.read { tx in try PaperNumbering.numbers(of: series, after: after, in: tx) }
            for (number, holds) in page {
                serial += 1
                report.numbers += 1
                if number != serial { report.findings.append("\(name): \(number) follows \(serial - 1)") }
                if !holds { report.findings.append("\(name): the paper of \(number) has another number") }
                serial = number
            }
            if page.isEmpty { break }
        }
        if serial != series.last {
            report.findings.append("\(name): the counter is at \(series.last), the register at \(serial)")
        }
    }
}
