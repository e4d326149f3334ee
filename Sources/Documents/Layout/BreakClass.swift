/// What a character is to the end of a line (after GB/T 15834-2011, 5.1, and UAX 14 where it is silent).
struct BreakClass: Hashable {
    /// Which side of a character holds on to its neighbour.
    enum Side { case none, opening, closing }

    let side: Side
    /// Chinese characters and whatever is set like one: a line may end at each. Between others it may not, so that
    /// words, numbers and codes stay whole.
    let isWide: Bool
    /// Left out where a line ends.
    let isSpace: Bool

    /// No line begins with one of these.
    static let closing = "，。、：；！？）》」』】〕〉〗｝］～％‰℃…—·•’”),.:;!?]}%"
    /// No line ends with one of these.
    static let opening = "（《「『【〔〈〖｛［￥＄‘“([{¥$"

    private static let sides: [Unicode.Scalar: Side] = Dictionary(
        closing.unicodeScalars.map { ($0, .closing) } + opening.unicodeScalars.map { ($0, .opening) }
    ) { first, _ in first }

    /// The class of a character.
    init(_ character: Unicode.Scalar) {
        side = Self.sides[character] ?? .none
        // A no-break space is a letter to the end of a line.
        isSpace = character.properties.isWhitespace && character != "\u{A0}"
        switch character.value {
        // Signs, arrows, numbers in circles; radicals, kana, ideographs; full-width forms.
        case 0x2100...0x2BFF, 0x2E80...0xA4CF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFF:
            isWide = true
        default: isWide = false
        }
    }

    /// Whether a line may end between two characters, with or without spaces between them.
    static func allowsBreak(after left: BreakClass, before right: BreakClass, spaced: Bool) -> Bool {
        guard right.side != .closing, left.side != .opening else { return false }
        return spaced || left.isWide || right.isWide
    }
}
