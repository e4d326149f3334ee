import Foundation

/// Text as search compares it: full-width forms made plain, small letters, accents, marks and spaces gone.
///
/// What is left are Chinese characters, letters and digits, as Unicode scalars. Pinyin with tones becomes pinyin
/// without them; ü becomes v, as input methods write it.
enum PlainText {
    /// LIMIT: scalars of a text that are read, and scalars that are kept of them.
    static let readMax = 2000
    static let keptMax = 500

    /// A stretch of one script.
    enum Run: Equatable {
        case chinese([UInt32])
        /// A word of Latin letters and digits.
        case latin([UInt8])
    }

    /// The text without anything that separates.
    static func scalars(_ text: String) -> [UInt32] {
        Array(plain(text).lazy.filter { $0 != separator }.prefix(keptMax))
    }

    /// The stretches of the text. Whatever is neither Chinese nor a letter or a digit separates; an apostrophe joins.
    static func runs(_ text: String, keeping max: Int = keptMax) -> [Run] {
        var runs: [Run] = []
        var isOpen = false
        for scalar in plain(text).prefix(max) {
            guard scalar != separator else {
                isOpen = false
                continue
            }
            switch (runs.last, UInt8(exactly: scalar)) {
            case (.chinese(let before), nil) where isOpen: runs[runs.count - 1] = .chinese(before + [scalar])
            case (.latin(let before), let letter?) where isOpen: runs[runs.count - 1] = .latin(before + [letter])
            case (_, let letter?): runs.append(.latin([letter]))
            case (_, nil): runs.append(.chinese([scalar]))
            }
            isOpen = true
        }
        return runs
    }

    /// The words of Latin letters in a text.
    static func words(_ text: String) -> [[UInt8]] {
        runs(text).compactMap { if case .latin(let word) = $0 { word } else { nil } }
    }

    /// The text without what stands in brackets: `食品(含保健食品)经营许可` becomes `食品经营许可`.
    static func withoutBrackets(_ text: String) -> String {
        var depth = 0
        var bare = ""
        for character in text {
            if "（(〔[【".contains(character) { depth += 1 }
            if depth == 0 { bare.append(character) }
            if "）)〕]】".contains(character) { depth = max(depth - 1, 0) }
        }
        return bare
    }

    /// Whether a scalar is a Chinese character.
    static func isChinese(_ scalar: UInt32) -> Bool {
        (0x3400...0x9FFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
    }

    private static let separator: UInt32 = 0x20

    private static func plain(_ text: String) -> [UInt32] {
        let read = String(String.UnicodeScalarView(text.unicodeScalars.prefix(readMax)))
        var plain: [UInt32] = []
        for scalar in read.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar.value {
            case 0x308 where plain.last == UInt32(UInt8(ascii: "u")): plain[plain.count - 1] = UInt32(UInt8(ascii: "v"))
            case 0x300...0x36F, 0x27, 0x2018, 0x2019: continue
            case 0x30...0x39, 0x61...0x7A: plain.append(scalar.value)
            case let value where isChinese(value): plain.append(value)
            default: plain.append(separator)
            }
        }
        return plain
    }
}
