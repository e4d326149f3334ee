import Vocabulary

/// How Chinese characters are read: `Resources/pinyin.txt`, made by `Scripts/make-pinyin`.
struct Pinyin: Sendable {
    private let readings: [UInt32: [[UInt8]]]
    /// By the first character: the other characters and the readings of all, the longest phrase first.
    private let phrases: [UInt32: [(tail: [UInt32], readings: [[UInt8]])]]

    /// The table that ships; throws `Fault.corrupt` for a line that is none.
    static func shipped() throws -> Pinyin {
        try Pinyin(String(decoding: try CatalogueResource.bytes("pinyin.txt"), as: UTF8.self))
    }

    /// Reads one character or phrase a line, with its readings: a character's in the order of use, a phrase's one for
    /// each character.
    init(_ table: String) throws {
        var readings: [UInt32: [[UInt8]]] = [:]
        var phrases: [UInt32: [(tail: [UInt32], readings: [[UInt8]])]] = [:]
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: " "))
            guard let written = parts.first.flatMap({ String($0) }), parts.count > 1 else {
                throw Fault.corrupt("pinyin: a line without readings")
            }
            let characters = written.unicodeScalars.map(\.value)
            let read = parts.dropFirst().map { Array($0) }
            if characters.count == 1 {
                readings[characters[0]] = read
            } else if characters.count == read.count {
                phrases[characters[0], default: []].append((Array(characters.dropFirst()), read))
            } else {
                throw Fault.corrupt("pinyin: \(written) has \(read.count) readings")
            }
        }
        self.readings = readings
        self.phrases = phrases.mapValues { $0.sorted { $0.tail.count > $1.tail.count } }
    }

    /// The readings of each character, the one that fits its neighbours first. Letters and digits are read as they are.
    func text(_ scalars: [UInt32]) -> PinyinText {
        var read: [[[UInt8]]] = []
        while read.count < scalars.count {
            let place = read.count
            let phrase = phrases[scalars[place]]?.first { scalars[(place + 1)...].starts(with: $0.tail) }
            guard let phrase else {
                read.append(usual(scalars[place]))
                continue
            }
            for (offset, reading) in phrase.readings.enumerated() {
                read.append([reading] + usual(scalars[place + offset]).filter { $0 != reading })
            }
        }
        return PinyinText(read)
    }

    private func usual(_ scalar: UInt32) -> [[UInt8]] {
        if let letter = UInt8(exactly: scalar) { return [[letter]] }
        return readings[scalar] ?? []
    }
}
