/// Draws a QR code of a text in alphanumeric mode, versions 1 to 20, error correction M: module for module what
/// libqrencode draws where no long row of digits stands, in a third of its time. Every certificate bears one.
enum QRDrawing {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)
    private static let values: [Int] = {
        var values = [Int](repeating: -1, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = value }
        return values
    }()

    /// What all codes of a version share.
    private struct Frame {
        let size: QRSize
        /// The patterns that do not depend on the text; the format is not among them.
        let patterns: QRMatrix
        /// Where the text goes, from the lower right corner.
        let places: [(x: Int, y: Int)]
        /// The eight masks, on the places of the text only.
        let masks: [QRMatrix]
    }

    private static let frames: [Frame] = (1...20).map { version in
        guard let size = QRSize.version(version) else { preconditionFailure("twenty versions") }
        return frame(size)
    }

    /// The modules; nil for a text that is not alphanumeric throughout, that is digits only, or too long.
    static func matrix(of text: String) -> QRMatrix? {
        let numbers = text.utf8.map { values[Int($0)] }
        guard numbers.allSatisfy({ $0 >= 0 }), numbers.contains(where: { $0 > 9 }),
            let size = QRSize.holding(alphanumeric: numbers.count)
        else { return nil }
        let frame = frames[size.version - 1]
        var drawn = frame.patterns
        let codewords = interleaved(data(numbers, size), size)
        for (index, place) in frame.places.enumerated() where index < 8 * codewords.count {
            if codewords[index / 8] >> UInt8(7 - index % 8) & 1 == 1 { drawn[place.x, place.y] = true }
        }
        var best: (matrix: QRMatrix, penalty: Int)?
        for mask in 0..<8 {
            var matrix = drawn ^ frame.masks[mask]
            write(QRSize.formatBits(mask: mask), to: &matrix)
            let penalty = matrix.penalty
            if penalty < best?.penalty ?? .max { best = (matrix, penalty) }
        }
        return best?.matrix
    }

    /// The codewords of the text, filled up.
    private static func data(_ numbers: [Int], _ size: QRSize) -> [UInt8] {
        var (bytes, buffer, bits) = ([UInt8](), 0, 0)
        func add(_ value: Int, _ count: Int) {
            (buffer, bits) = (buffer << count | value, bits + count)
            while bits >= 8 {
                bytes.append(UInt8(buffer >> (bits - 8) & 0xFF))
                bits -= 8
                buffer &= 1 << bits - 1
            }
        }
        add(2, 4)
        add(numbers.count, size.countBits)
        for index in stride(from: 0, to: numbers.count - 1, by: 2) { add(numbers[index] * 45 + numbers[index + 1], 11) }
        if let last = numbers.last, numbers.count % 2 == 1 { add(last, 6) }
        add(0, min(4, size.data * 8 - bytes.count * 8 - bits))
        if bits > 0 { add(0, 8 - bits) }
        var fill: UInt8 = 0xEC
        while bytes.count < size.data {
            bytes.append(fill)
            fill ^= 0xEC ^ 0x11
        }
        return bytes
    }

    private static func interleaved(_ data: [UInt8], _ size: QRSize) -> [UInt8] {
        var (blocks, corrections, start) = ([ArraySlice<UInt8>](), [[UInt8]](), 0)
        for length in size.blocks {
            let block = data[start..<start + length]
            blocks.append(block)
            corrections.append(QRCorrection.codewords(for: block, count: size.correction))
            start += length
        }
        var result: [UInt8] = []
        for index in 0..<(size.blocks.last ?? 0) {
            for block in blocks where index < block.count { result.append(block[block.startIndex + index]) }
        }
        for index in 0..<size.correction { for correction in corrections { result.append(correction[index]) } }
        return result
    }

    private static func frame(_ size: QRSize) -> Frame {
        let side = size.side
        var (patterns, used) = (QRMatrix(side: side), QRMatrix(side: side))
        func put(_ x: Int, _ y: Int, _ isDark: Bool) {
            guard (0..<side).contains(x), (0..<side).contains(y) else { return }
            patterns[x, y] = isDark
            used[x, y] = true
        }
        for index in 0..<side {
            put(index, 6, index % 2 == 0)
            put(6, index, index % 2 == 0)
        }
        for x in size.alignments {
            for y in size.alignments where !(x == 6 && y == 6 || x == 6 && y == side - 7 || x == side - 7 && y == 6) {
                for dx in -2...2 { for dy in -2...2 { put(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) } }
            }
        }
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] {
            for dx in -4...4 { for dy in -4...4 { put(x + dx, y + dy, [0, 1, 3].contains(max(abs(dx), abs(dy)))) } }
        }
        if let bits = size.versionBits {
            for index in 0..<18 {
                let isDark = bits >> index & 1 == 1
                put(side - 11 + index % 3, index / 3, isDark)
                put(index / 3, side - 11 + index % 3, isDark)
            }
        }
        for (x, y) in formatPlaces(side).flatMap({ [$0.0, $0.1] }) { put(x, y, false) }
        put(8, side - 8, true)
        let places = places(side, used)
        return Frame(size: size, patterns: patterns, places: places, masks: (0..<8).map { mask($0, side, places) })
    }

    /// Two columns at a time from the right, up and down, around what is used already.
    private static func places(_ side: Int, _ used: QRMatrix) -> [(x: Int, y: Int)] {
        var (places, isUp) = ([(x: Int, y: Int)](), true)
        for right in stride(from: side - 1, to: 0, by: -2) {
            let right = right <= 6 ? right - 1 : right
            for step in 0..<side {
                let y = isUp ? side - 1 - step : step
                for x in [right, right - 1] where !used[x, y] { places.append((x, y)) }
            }
            isUp.toggle()
        }
        return places
    }

    private static func mask(_ number: Int, _ side: Int, _ places: [(x: Int, y: Int)]) -> QRMatrix {
        var mask = QRMatrix(side: side)
        for (x, y) in places {
            mask[x, y] =
                switch number {
                case 0: (x + y) % 2 == 0
                case 1: y % 2 == 0
                case 2: x % 3 == 0
                case 3: (x + y) % 3 == 0
                case 4: (y / 2 + x / 3) % 2 == 0
                case 5: x * y % 2 + x * y % 3 == 0
                case 6: (x * y % 2 + x * y % 3) % 2 == 0
                default: ((x + y) % 2 + x * y % 3) % 2 == 0
                }
        }
        return mask
    }

    /// Both places of each bit of the format, the lowest bit first.
    private static func formatPlaces(_ side: Int) -> [((Int, Int), (Int, Int))] {
        (0..<15).map { bit in
            let first =
                switch bit {
                case 0..<6: (8, bit)
                case 6: (8, 7)
                case 7: (8, 8)
                case 8: (7, 8)
                default: (14 - bit, 8)
                }
            return (first, bit < 8 ? (side - 1 - bit, 8) : (8, side - 15 + bit))
        }
    }

    private static func write(_ bits: Int, to matrix: inout QRMatrix) {
        for (bit, places) in formatPlaces(matrix.side).enumerated() {
            let isDark = bits >> bit & 1 == 1
            matrix[places.0.0, places.0.1] = isDark
            matrix[places.1.0, places.1.1] = isDark
        }
    }
}
