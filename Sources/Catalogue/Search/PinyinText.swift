/// A text as it is read, and how letters fit it.
struct PinyinText: Sendable {
    /// How well letters fit, best first.
    enum Fit: Int, Comparable, Sendable {
        case whole, beginning, inside
        /// A reading that the neighbours make unlikely: 长乐 as zhangle.
        case otherBeginning, otherInside
        case initialsBeginning, initialsInside
        /// Syllables and initials mixed.
        case mixed

        static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
    }

    /// LIMIT: letters that are read as pinyin; as syllables mixed with initials.
    static let lettersMax = 64
    static let mixedLettersMax = 16

    /// The readings one after the other; those of character `i` are `spans[first[i] ..< first[i + 1]]`.
    private let bytes: [UInt8]
    private let spans: [Range<Int>]
    private let first: [Int]
    /// The letters of the likely readings, and where each character's begin.
    let letters: [UInt8]
    let starts: [Int]

    init(_ readings: [[[UInt8]]]) {
        var (bytes, spans, first, letters, starts): ([UInt8], [Range<Int>], [Int], [UInt8], [Int]) = (
            [], [], [], [], []
        )
        for choices in readings {
            first.append(spans.count)
            starts.append(letters.count)
            letters += choices.first ?? []
            for reading in choices {
                spans.append(bytes.count..<bytes.count + reading.count)
                bytes += reading
            }
        }
        (self.bytes, self.spans, self.letters, self.starts) = (bytes, spans, letters, starts)
        self.first = first + [spans.count]
    }

    var count: Int { first.count - 1 }

    /// The readings of one character, the likely one first.
    func readings(of character: Int) -> [ArraySlice<UInt8>] {
        spans[first[character]..<first[character + 1]].map { bytes[$0] }
    }

    /// How the letters fit best; nil when they do not.
    func fit(_ asked: [UInt8]) -> Fit? {
        guard !asked.isEmpty, asked.count <= Self.lettersMax else { return nil }
        let isMixing = asked.count <= Self.mixedLettersMax
        let widest = Way(syllables: true, initials: isMixing, others: true)
        guard (0..<count).contains(where: { fits(asked, at: $0, 0, widest) }) else { return nil }
        if letters == asked { return .whole }
        let ways: [(way: Way, beginning: Fit, inside: Fit)] = [
            (Way(syllables: true, initials: false, others: false), .beginning, .inside),
            (Way(syllables: true, initials: false, others: true), .otherBeginning, .otherInside),
            (Way(syllables: false, initials: true, others: false), .initialsBeginning, .initialsInside),
        ]
        for (way, beginning, inside) in ways where !way.initials || asked.count > 1 {
            if fits(asked, at: 0, 0, way) { return beginning }
            // A single letter begins something on every line.
            if asked.count > 1, (1..<max(count, 1)).contains(where: { fits(asked, at: $0, 0, way) }) { return inside }
        }
        return asked.count > 2 ? .mixed : nil
    }

    private struct Way {
        let syllables: Bool
        let initials: Bool
        let others: Bool
    }

    /// Whether the letters from `place` on are those of the characters from `character` on; the last syllable may still
    /// be being typed.
    private func fits(_ asked: [UInt8], at character: Int, _ place: Int, _ way: Way) -> Bool {
        let left = asked.count - place
        if left == 0 { return true }
        guard character < count else { return false }
        let last = way.others ? first[character + 1] : min(first[character] + 1, first[character + 1])
        for span in spans[first[character]..<last] {
            guard bytes[span.lowerBound] == asked[place] else { continue }
            if way.syllables {
                var same = 1
                while same < min(span.count, left), bytes[span.lowerBound + same] == asked[place + same] { same += 1 }
                if same == left || same == span.count && fits(asked, at: character + 1, place + same, way) {
                    return true
                }
            }
            if way.initials {
                if fits(asked, at: character + 1, place + 1, way) { return true }
                let isDouble = left > 1 && span.count > 1 && asked[place + 1] == UInt8(ascii: "h")
                if isDouble, bytes[span.lowerBound + 1] == UInt8(ascii: "h"),
                    fits(asked, at: character + 1, place + 2, way)
                {
                    return true
                }
            }
        }
        return false
    }

    /// Whether the letters differ by one slip from those of some neighbouring characters.
    func almostFits(_ asked: [UInt8]) -> Bool {
        starts.contains { start in
            OneEdit.ends(of: asked, in: letters, from: start).contains { end in
                end == letters.count || starts.contains(end)
            }
        }
    }
}
