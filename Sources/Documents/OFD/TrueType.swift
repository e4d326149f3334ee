/// A TrueType file (ISO/IEC 14496-22) that draws some characters and finds them by itself.
struct TrueType {
    let bytes: [UInt8]
    /// Where the outlines begin: they stand last.
    let outlines: Int

    /// A font of characters, in the order of Unicode, each with its shape and how far it moves on. `tables` are those
    /// that are taken over.
    init(
        _ characters: [(scalar: UInt32, advance: UInt16, shape: GlyphShelf.Shape)], tables: [String: [UInt8]]
    ) {
        // Glyph 0 stands for no character and is empty.
        let count = characters.count + 1
        var (loca, hmtx): ([UInt8], [UInt8]) = ([0, 0, 0, 0], [0, 0, 0, 0])
        var (end, glyfSum) = (0, 0 as UInt32)
        for character in characters {
            Self.append(end, 4, to: &loca)
            end += character.shape.bytes.count
            glyfSum &+= character.shape.sum
            Self.append(Int(character.advance), 2, to: &hmtx)
            hmtx += character.shape.bearing
        }
        Self.append(end, 4, to: &loca)
        var parts: [(name: String, bytes: [UInt8])] = ["OS/2", "head", "hhea", "maxp", "name", "post"].map { name in
            (name, tables[name] ?? [])
        }
        parts[1].bytes.replaceSubrange(8..<12, with: [0, 0, 0, 0])
        parts[1].bytes.replaceSubrange(50..<52, with: [0, 1])
        parts[2].bytes.replaceSubrange(34..<36, with: [UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)])
        parts[3].bytes.replaceSubrange(4..<6, with: [UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)])
        parts += [("cmap", CharacterMap.bytes(of: characters.map(\.scalar))), ("hmtx", hmtx), ("loca", loca)]
        (bytes, outlines) = Self.file(parts, characters.map(\.shape), size: end, sum: glyfSum)
    }

    private static func file(
        _ parts: [(name: String, bytes: [UInt8])], _ shapes: [GlyphShelf.Shape], size: Int, sum glyfSum: UInt32
    ) -> (bytes: [UInt8], outlines: Int) {
        let directory = 12 + 16 * (parts.count + 1)
        var body: [UInt8] = []
        var entries: [(name: String, sum: UInt32, start: Int, count: Int)] = []
        for part in parts {
            entries.append((part.name, sum(of: part.bytes), directory + body.count, part.bytes.count))
            body += part.bytes
            while body.count % 4 != 0 { body.append(0) }
        }
        let start = directory + body.count
        entries.append(("glyf", glyfSum, start, size))
        var file: [UInt8] = [0, 1, 0, 0]
        file.reserveCapacity(start + size)
        let power = Int(Double(entries.count).binade)
        for number in [entries.count, power * 16, power.trailingZeroBitCount, (entries.count - power) * 16] {
            append(number, 2, to: &file)
        }
        for entry in entries.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }) {
            file += entry.name.utf8
            for number in [Int(entry.sum), entry.start, entry.count] { append(number, 4, to: &file) }
        }
        file += body
        // `head` says what the words of the whole file add up to.
        let whole = 0xB1B0_AFBA &- sum(of: file) &- glyfSum
        if let head = entries.first(where: { $0.name == "head" }) {
            for index in 0..<4 { file[head.start + 8 + index] = UInt8(whole >> UInt32(24 - 8 * index) & 0xFF) }
        }
        for shape in shapes { file += shape.bytes }
        return (file, start)
    }

    /// The sum of the words, the last one filled up.
    static func sum(of bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() { sum &+= UInt32(byte) << UInt32(24 - 8 * (index & 3)) }
        return sum
    }

    static func append(_ number: Int, _ size: Int, to bytes: inout [UInt8]) {
        for index in stride(from: size - 1, through: 0, by: -1) {
            bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }
}

/// The table `cmap`: glyph 1 for the first character, and so on.
enum CharacterMap {
    static func bytes(of scalars: [UInt32]) -> [UInt8] {
        let runs = runs(of: scalars)
        let basic = runs.filter { $0.last < 0xFFFF }
        let (four, twelve) = (format4(basic), format12(runs))
        let isWide = runs.count > basic.count
        var table: [UInt8] = []
        func add(_ number: Int, _ size: Int) { TrueType.append(number, size, to: &table) }
        add(0, 2)
        add(isWide ? 2 : 1, 2)
        // Windows: the basic plane, then all of Unicode.
        for (encoding, offset) in isWide ? [(1, 20), (10, 20 + four.count)] : [(1, 12)] {
            add(3, 2)
            add(encoding, 2)
            add(offset, 4)
        }
        return table + four + (isWide ? twelve : [])
    }

    /// Characters that follow one another without a gap, with the glyph of the first.
    private static func runs(of scalars: [UInt32]) -> [(first: Int, last: Int, glyph: Int)] {
        var runs: [(first: Int, last: Int, glyph: Int)] = []
        for (index, scalar) in scalars.map(Int.init).enumerated() {
            if let last = runs.last?.last, last + 1 == scalar, scalar != 0x10000 {
                runs[runs.count - 1].last = scalar
            } else {
                runs.append((scalar, scalar, index + 1))
            }
        }
        return runs
    }

    private static func format4(_ runs: [(first: Int, last: Int, glyph: Int)]) -> [UInt8] {
        let runs = runs + [(0xFFFF, 0xFFFF, 0)]
        let power = Int(Double(runs.count).binade)
        var table: [UInt8] = []
        func add(_ numbers: [Int]) { for number in numbers { TrueType.append(number, 2, to: &table) } }
        add([4, 16 + 8 * runs.count, 0, 2 * runs.count])
        add([2 * power, power.trailingZeroBitCount, 2 * (runs.count - power)])
        add(runs.map(\.last))
        add([0])
        add(runs.map(\.first))
        // The sum of character and difference is the glyph, modulo 65536; the last run maps to glyph 0.
        add(runs.map { $0.first == 0xFFFF ? 1 : ($0.glyph - $0.first) & 0xFFFF })
        add(runs.map { _ in 0 })
        return table
    }

    private static func format12(_ runs: [(first: Int, last: Int, glyph: Int)]) -> [UInt8] {
        var table: [UInt8] = [0, 12, 0, 0]
        func add(_ numbers: [Int]) { for number in numbers { TrueType.append(number, 4, to: &table) } }
        add([16 + 12 * runs.count, 0, runs.count])
        for run in runs { add([run.first, run.last, run.glyph]) }
        return table
    }
}
