package import Store
package import Vocabulary

/// 月结: our finished parcels of a month against the carrier's statement, waybill by waybill.
package struct Settlement: Hashable, Sendable {
    /// LIMIT: parcels of one month.
    package static let linesMax = 200_000

    /// One waybill with what it costs.
    package struct Line: Hashable, Sendable {
        package let waybill: String
        package let cents: Int

        package init(_ waybill: String, cents: Int) { (self.waybill, self.cents) = (waybill, cents) }
    }

    /// A waybill on both sides with two sums.
    package struct Difference: Hashable, Sendable {
        package let waybill: String
        package let ours: Int
        package let theirs: Int
    }

    /// Finished here, not on the statement.
    package let missingThere: [Line]
    /// On the statement, not finished here.
    package let missingHere: [Line]
    package let different: [Difference]
    /// On the statement more than once.
    package let twice: [String]
    package let oursCents: Int
    package let theirsCents: Int

    /// Whether both sides say the same.
    package var isSettled: Bool {
        missingThere.isEmpty && missingHere.isEmpty && different.isEmpty && twice.isEmpty
    }

    /// Compares both sides; what differs comes in the order of the waybills.
    package init(ours: [Line], theirs: [Line]) {
        let own = Dictionary(ours.map { ($0.waybill, $0.cents) }) { first, _ in first }
        var stated: [String: Int] = [:]
        var again: Set<String> = []
        for line in theirs where stated.updateValue(line.cents, forKey: line.waybill) != nil {
            again.insert(line.waybill)
        }
        missingThere = ours.filter { stated[$0.waybill] == nil }.sorted { $0.waybill < $1.waybill }
        missingHere = stated.filter { own[$0.key] == nil }.map { Line($0.key, cents: $0.value) }
            .sorted { $0.waybill < $1.waybill }
        different = stated.compactMap { waybill, cents in
            own[waybill].flatMap { $0 == cents ? nil : Difference(waybill: waybill, ours: $0, theirs: cents) }
        }.sorted { $0.waybill < $1.waybill }
        twice = again.sorted()
        oursCents = ours.reduce(0) { $0 + $1.cents }
        theirsCents = theirs.reduce(0) { $0 + $1.cents }
    }

    /// Reads a statement: `waybill,cents` a line, the first line a heading. Refuses a line of another shape by its
    /// number.
    package static func lines(of statement: String) throws(SettlementRefusal) -> [Line] {
        let rows = statement.split(whereSeparator: \.isNewline).dropFirst()
        guard rows.count <= linesMax else { throw .tooManyLines }
        var lines: [Line] = []
        for row in rows {
            let parts = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, ParcelBooking.isWaybill(parts[0]), let cents = Int(parts[1]),
                (0...ParcelTariff.centsMax).contains(cents)
            else { throw .malformedLine }
            lines.append(Line(parts[0], cents: cents))
        }
        return lines
    }

    /// Our finished parcels of a month, `202611`.
    package static func ours(of month: Int, in tx: Transaction) throws -> [Line] {
        var lines: [Line] = []
        var last = ""
        while lines.count < linesMax {
            let page = try tx.rows(
                """
                SELECT waybill, fee_cents FROM parcel_finished WHERE month = \(month) AND waybill > \(last)
                ORDER BY waybill LIMIT \(Limits.pageRowsMax)
                """
            ).map { Line(try $0.text(0), cents: try $0.integer(1)) }
            lines += page
            guard page.count == Limits.pageRowsMax, let end = page.last else { break }
            last = end.waybill
        }
        return lines
    }
}

/// Why a statement is not read.
package enum SettlementRefusal: String, Refusal, CaseIterable {
    case malformedLine = "settlement.malformed-line"
    case tooManyLines = "settlement.too-many-lines"

    package var code: String { rawValue }
    package var kind: RefusalKind { .invalid }
    package static let codes = allCases.map(\.rawValue)
}
