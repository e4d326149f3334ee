/// 文号: `榕人社许〔2026〕第0001号`. The numbers of a body, a kind and a year are 1, 2, 3, … without a gap; a paper that is
/// voided keeps its own (作废).
package struct PaperNumber: Hashable, Sendable, Codable {
    /// 机关代字 of the body: 榕人社.
    package let mark: String
    /// 文种 of the kind: 许.
    package let word: String
    package let year: Int
    package let serial: Int

    /// A number.
    package init(mark: String, word: String, year: Int, serial: Int) {
        (self.mark, self.word, self.year, self.serial) = (mark, word, year, serial)
    }
}

extension PaperNumber: CustomStringConvertible {
    package var description: String {
        let digits = "\(serial)"
        return "\(mark)\(word)〔\(year)〕第\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)号"
    }
}
