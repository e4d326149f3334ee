import Store
import Vocabulary

/// Lines of the public log that lie side by side as the positions of the sealed journal do from which they follow: the
/// records of an import. Their hashes stand in the tiles; they themselves are made again when somebody asks.
struct CertificateLogRun: Equatable, Sendable {
    /// The position of the first line in the log.
    let position: Int
    /// The position of the first record in the sealed journal.
    let followed: Int
    let count: Int

    var positions: Range<Int> { position..<position + count }

    /// The positions of the journal from which lines of the run follow.
    func followed(of lines: Range<Int>) -> Range<Int> {
        lines.lowerBound - position + followed..<lines.upperBound - position + followed
    }
}

extension CertificateLogTable {
    /// LIMIT: runs that one page of lines looks at; each import is one, unless something was sealed in between.
    private static let runsMax = 2048

    /// Notes a run; one that goes on where the last one ended makes that one longer.
    static func note(_ run: CertificateLogRun, _ tx: Transaction) throws {
        if let last = try runs("ORDER BY position DESC LIMIT 1", in: tx).first,
            last.position + last.count == run.position, last.followed + last.count == run.followed
        {
            try tx.execute(
                """
                UPDATE certificate_log_run SET count = \(last.count + run.count) WHERE position = \(last.position)
                """)
        } else {
            try tx.execute(
                """
                INSERT INTO certificate_log_run (position, followed, count)
                VALUES (\(run.position), \(run.followed), \(run.count))
                """)
        }
    }

    /// The runs that have lines at some of the positions.
    static func runs(crossing positions: Range<Int>, in tx: Transaction) throws -> [CertificateLogRun] {
        // Runs do not overlap: as many as there are positions are enough.
        try runs(
            """
            WHERE position < \(positions.upperBound) ORDER BY position DESC LIMIT \(min(positions.count, runsMax))
            """, in: tx
        ).prefix { $0.positions.upperBound > positions.lowerBound }
    }

    /// The run to which a position of the journal belongs; nil for any other.
    static func run(following position: Int, in tx: Transaction) throws -> CertificateLogRun? {
        let run = try runs("WHERE followed <= \(position) ORDER BY position DESC LIMIT 1", in: tx).first
        return run.flatMap { position < $0.followed + $0.count ? $0 : nil }
    }

    private static func runs(_ condition: SQL, in tx: Transaction) throws -> [CertificateLogRun] {
        try tx.rows("SELECT position, followed, count FROM certificate_log_run \(part: condition)").map {
            CertificateLogRun(position: try $0.integer(0), followed: try $0.integer(1), count: try $0.integer(2))
        }
    }
}
