import Crypto
import Vocabulary

/// The draw of closed files (案卷抽取): which of a list are taken, by a seed that nobody knew when the list was made.
/// Pure, and written so that a page of any language does the same (docs/file-reviews.md).
package enum FileDraw {
    /// LIMIT: closed cases from which one campaign draws.
    package static let populationMax = 20_000
    /// LIMIT: files that are drawn of one body, and in one campaign.
    package static let perBodyMax = 30
    package static let drawnMax = 300
    /// With what the text of a seed begins: another way of drawing is another line.
    static let method = "onewindow file review 1"

    /// A closed case in the list from which is drawn.
    package struct ClosedCase: Hashable, Sendable {
        /// The long number; the list is in its order.
        package let number: String
        package let matter: SupervisedCase

        package init(number: String, matter: SupervisedCase) { (self.number, self.matter) = (number, matter) }
    }

    /// How many files of each body: a share of its cases, or a number.
    package struct Sample: Hashable, Sendable, Codable {
        package enum Unit: String, Sendable, Codable, CaseIterable {
            case percent, files
        }

        package let value: Int
        package let unit: Unit

        package init(_ value: Int, _ unit: Unit) { (self.value, self.unit) = (value, unit) }

        /// The values that it may have.
        package static func values(_ unit: Unit) -> ClosedRange<Int> { unit == .percent ? 1...100 : 1...perBodyMax }

        /// How many of so many: at least one, at most `perBodyMax`, a part of a file is a file.
        package func size(of count: Int) -> Int {
            let wanted = unit == .files ? value : (count * value + 99) / 100
            return min(count, max(1, min(wanted, perBodyMax)))
        }
    }

    /// A case that was drawn: the how-manieth of its body.
    package struct Drawn: Hashable, Sendable {
        package let drawn: ClosedCase
        package let rank: Int
    }

    /// The list as a file: a line a case with its number and its body's code, by number, compared as bytes.
    package static func text(of cases: [ClosedCase]) -> [UInt8] {
        cases.sorted(by: isBefore).flatMap { Array("\($0.number) \($0.matter.body.code)\n".utf8) }
    }

    /// SHA-256 of the list, in hexadecimal.
    package static func digest(of cases: [ClosedCase]) -> String { digest(ofBytes: text(of: cases)) }

    static func digest(ofBytes bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    /// The seed: SHA-256 of the method, the campaign, the list's digest and the root of the checkpoint, a line each.
    package static func seed(of review: FileReviewID, population digest: String, root: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: Array("\(method)\n\(review)\n\(digest)\n\(hex(root))\n".utf8)))
    }

    /// Those that are taken: of each body the lowest by HMAC-SHA-256 of the number under the seed. Bodies in the order
    /// of their codes, of each body the lowest first.
    package static func draw(from cases: [ClosedCase], seed: [UInt8], _ sample: Sample) -> [Drawn] {
        let key = SymmetricKey(data: seed)
        let bodies = Dictionary(grouping: cases, by: \.matter.body.code)
        return bodies.keys.sorted().flatMap { body -> [Drawn] in
            let ranked = (bodies[body] ?? []).map { one in
                (mark: hex(HMAC<SHA256>.authenticationCode(for: Array(one.number.utf8), using: key)), one: one)
            }.sorted { ($0.mark, $0.one.number) < ($1.mark, $1.one.number) }
            return ranked.prefix(sample.size(of: ranked.count)).enumerated().map {
                Drawn(drawn: $1.one, rank: $0 + 1)
            }
        }
    }

    /// How many will be drawn, whatever the seed.
    package static func count(of cases: [ClosedCase], _ sample: Sample) -> Int {
        let bodies = Dictionary(grouping: cases, by: \.matter.body.code)
        return bodies.values.reduce(0) { $0 + sample.size(of: $1.count) }
    }

    private static func isBefore(_ left: ClosedCase, _ right: ClosedCase) -> Bool {
        left.number.utf8.lexicographicallyPrecedes(right.number.utf8)
    }

    /// Bytes in hexadecimal, lower case.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
