/// What ISO/IEC 18004 fixes for the codes of error correction M, versions 1 to 20.
struct QRSize {
    /// From 1; a code has `17 + 4 * version` modules to a side.
    let version: Int
    /// Codewords of error correction in each block.
    let correction: Int
    /// Codewords of data in each block, shorter blocks first.
    let blocks: [Int]

    var side: Int { 17 + 4 * version }
    var data: Int { blocks.reduce(0, +) }

    /// The smallest one for so many characters in alphanumeric mode; nil beyond version 20.
    static func holding(alphanumeric count: Int) -> QRSize? {
        all.first { $0.data * 8 >= 4 + $0.countBits + count / 2 * 11 + count % 2 * 6 }
    }

    /// The size of a version; nil beyond 20.
    static func version(_ version: Int) -> QRSize? { all.first { $0.version == version } }

    /// Bits of the number of characters.
    var countBits: Int { version < 10 ? 9 : 11 }

    /// Table 9: codewords of correction, blocks and their data, longer blocks after.
    private static let all: [QRSize] = [
        (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0), (16, 4, 27, 0), (18, 4, 31, 0),
        (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1), (30, 1, 50, 4), (22, 6, 36, 2), (22, 8, 37, 1), (24, 4, 40, 5),
        (24, 5, 41, 5), (28, 7, 45, 3), (28, 10, 46, 1), (26, 9, 43, 4), (26, 3, 44, 11), (26, 3, 41, 13),
    ].enumerated().map { index, row in
        let blocks = [Int](repeating: row.2, count: row.1) + [Int](repeating: row.2 + 1, count: row.3)
        return QRSize(version: index + 1, correction: row.0, blocks: blocks)
    }

    /// Annex E: the middles of the alignment patterns.
    var alignments: [Int] {
        guard version > 1 else { return [] }
        let (count, last) = (version / 7 + 2, side - 7)
        // Steps are even and equal but for the first.
        let step = count == 2 ? last - 6 : ((last - 6) * 2 / (count - 1) + 3) / 4 * 2
        return [6] + (0..<count - 1).map { last - (count - 2 - $0) * step }
    }

    /// Annex D: the bits that say the version; nil below 7.
    var versionBits: Int? {
        guard version >= 7 else { return nil }
        var rest = version << 12
        for bit in stride(from: 17, through: 12, by: -1) where rest >> bit & 1 == 1 { rest ^= 0x1F25 << (bit - 12) }
        return version << 12 | rest
    }

    /// Annex C: the bits that say level M (00) and a mask.
    static func formatBits(mask: Int) -> Int {
        var rest = mask << 10
        for bit in stride(from: 14, through: 10, by: -1) where rest >> bit & 1 == 1 { rest ^= 0x537 << (bit - 10) }
        return (mask << 10 | rest) ^ 0x5412
    }
}

/// Reed and Solomon's codes over 256 elements, as ISO/IEC 18004 uses them (Annex A).
enum QRCorrection {
    private static let (powers, logs): ([UInt8], [Int]) = {
        var (powers, logs) = ([UInt8](repeating: 0, count: 512), [Int](repeating: 0, count: 256))
        var value = 1
        for index in 0..<255 {
            (powers[index], powers[index + 255]) = (UInt8(value), UInt8(value))
            logs[value] = index
            value <<= 1
            if value > 255 { value ^= 0x11D }
        }
        return (powers, logs)
    }()

    /// For each number of codewords the logarithms of its polynomial, without the leading one.
    private static let polynomials: [[Int]] = (0...30).map { count in
        var factors: [UInt8] = [1]
        for index in 0..<count {
            var next = factors + [0]
            for (place, factor) in factors.enumerated() where factor != 0 {
                next[place + 1] ^= powers[logs[Int(factor)] + index]
            }
            factors = next
        }
        return factors.dropFirst().map { logs[Int($0)] }
    }

    /// The codewords of correction for those of a block.
    static func codewords(for data: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        let polynomial = polynomials[count]
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let lead = Int(byte ^ rest[0])
            for index in 0..<count - 1 { rest[index] = rest[index + 1] }
            rest[count - 1] = 0
            guard lead != 0 else { continue }
            let log = logs[lead]
            for index in 0..<count { rest[index] ^= powers[log + polynomial[index]] }
        }
        return rest
    }
}
