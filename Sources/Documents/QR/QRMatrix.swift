/// A square of at most 128 modules to a side, as bits: by rows, and by columns for what is counted downwards.
struct QRMatrix {
    let side: Int
    private(set) var rows: [UInt128]
    private(set) var columns: [UInt128]

    init(side: Int) {
        self.side = side
        rows = [UInt128](repeating: 0, count: side)
        columns = rows
    }

    subscript(x: Int, y: Int) -> Bool {
        get { rows[y] >> UInt128(x) & 1 == 1 }
        set {
            let (row, column) = (1 << UInt128(x) as UInt128, 1 << UInt128(y) as UInt128)
            if newValue {
                rows[y] |= row
                columns[x] |= column
            } else {
                rows[y] &= ~row
                columns[x] &= ~column
            }
        }
    }

    /// Every module turned over where the other one has a dark one.
    static func ^ (left: QRMatrix, right: QRMatrix) -> QRMatrix {
        var result = left
        for index in 0..<left.side {
            result.rows[index] ^= right.rows[index]
            result.columns[index] ^= right.columns[index]
        }
        return result
    }

    /// How badly a scanner finds its way (ISO/IEC 18004, 7.8.3): runs, squares, patterns like those of the corners, and
    /// how far dark and light are from equal.
    var penalty: Int {
        var (dark, squares, lines) = (0, 0, 0)
        let inner = (1 << UInt128(side - 1) as UInt128) - 1
        for index in 0..<side {
            dark += rows[index].nonzeroBitCount
            lines += Self.penalty(of: rows[index], side) + Self.penalty(of: columns[index], side)
            guard index + 1 < side else { continue }
            let (row, next) = (rows[index], rows[index + 1])
            let different = (row ^ next) | (row ^ row >> 1) | (next ^ next >> 1)
            squares += (~different & inner).nonzeroBitCount
        }
        let share = (200 * dark + side * side) / (side * side) / 2
        return abs(share - 50) / 5 * 10 + 3 * squares + lines
    }

    /// Runs of five and more, and 1:1:3:1:1 with four light modules before or behind.
    private static func penalty(of line: UInt128, _ side: Int) -> Int {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: side + 1) { runs in
            var (count, place, penalty) = (0, 0, 0)
            // The first run is light, if of no length, so that dark ones have odd places.
            var rest = line
            while place < side {
                let length = min(rest.trailingZeroBitCount, side - place)
                runs[count] = count == 0 && length == 0 ? -1 : length
                count += 1
                place += length
                rest = length < 128 ? ~(rest >> UInt128(length)) : 0
            }
            for index in 0..<count {
                if runs[index] >= 5 { penalty += runs[index] - 2 }
                guard index & 1 == 1, index >= 3, index < count - 2, runs[index] % 3 == 0 else { continue }
                let unit = runs[index] / 3
                guard runs[index - 2] == unit, runs[index - 1] == unit, runs[index + 1] == unit,
                    runs[index + 2] == unit
                else { continue }
                if index == 3 || runs[index - 3] >= 4 * unit || index + 4 >= count || runs[index + 3] >= 4 * unit {
                    penalty += 40
                }
            }
            return penalty
        }
    }
}
