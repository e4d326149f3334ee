import Store
package import Supervision
package import Vocabulary

/// Files for everybody: the figures of months that are over.
extension Hall {
    /// LIMIT: months that are offered, the latest.
    package static let openMonthsMax = 120

    /// The months of which there are files, the latest first: those that are over and wholly counted.
    package func openMonths() async throws -> [Month] {
        let current = Month(of: time.now().day)
        return try await store.read { tx in
            guard let counted = try FigureTable.months(in: tx) else { return [] }
            let months = counted.lowerBound.through(counted.upperBound).filter { $0 < current }
            let latest = Array(months.suffix(Self.openMonthsMax).reversed())
            let whole = try latest.firstIndex { month in
                try FigureTable.counts(allBefore: Instant(month.days.upperBound.advanced(byDays: 1)), in: tx)
            }
            return Array(latest[(whole ?? latest.endIndex)...])
        }
    }

    /// What is told of a month; nil for one that is not over or has nothing counted.
    package func openFile(of month: Month) async throws -> OpenFile? {
        guard try await openMonths().contains(month) else { return nil }
        return try await store.read { tx in
            let query = FigureQuery(month...month, within: [.everywhere])
            let lines = try FigureTable.lines(query, by: [.region, .body, .item], limit: Self.openRowsMax, in: tx)
            let rows = lines.map { OpenRow($0.values[0], $0.values[1], $0.values[2], $0.sums) }
            return OpenFile(
                month, rows, names: try FigureTable.names(in: tx),
                position: try FigureTable.position(in: tx))
        }
    }

    /// The bytes of a file of a month.
    package static func bytes(of file: OpenFile, _ kind: OpenFile.Kind) -> [UInt8] {
        file.bytes(kind) { BlobRef(of: $0).digest }
    }

    /// LIMIT: rows of one month before small ones are put together; more than a city has items and bodies.
    private static let openRowsMax = 60_000
}
