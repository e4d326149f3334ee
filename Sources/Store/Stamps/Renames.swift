package import Vocabulary

/// What stands in copies of rows where the rows themselves have an id, a number or a name. Copies are counted from 1,
/// and everything that is not named here stays as it is.
package struct Renames: Sendable {
    /// A text of a copy, by the copy's number.
    package typealias Renamed = @Sendable (Int) -> String

    /// How many copies there are.
    package let copies: Int
    private var ids: Set<Subject> = []
    private var texts: [String: Renamed] = [:]
    private let masks: [UInt64]
    /// Before which texts of JSON nothing is renamed: whoever is named there only happens to be called alike.
    private var kept: [[UInt8]] = []

    /// So many copies, whose ids follow from the dice and from the ids that are copied.
    package init(copies: Int, dice: Dice) {
        self.copies = copies
        masks = [0] + (0..<copies).map { _ in dice.roll() }
    }

    /// A thing with an id of its own in each copy.
    package mutating func add(_ id: Subject) { ids.insert(id) }

    /// A number or a name, other in each copy. What has been named already keeps its first renaming.
    package mutating func add(_ text: String, _ renamed: @escaping Renamed) {
        if texts[text] == nil { texts[text] = renamed }
    }

    /// Leaves what stands in JSON just after this text as it is.
    package mutating func keep(after text: String) { kept.append(Array(text.utf8)) }

    /// The id of a copy: made at the same moment.
    package func id(_ id: Subject, in copy: Int) -> Subject { ids.contains(id) ? id.other(masks[copy]) : id }

    /// The text of a copy; nil for one that stays as it is.
    package func text(_ text: String, in copy: Int) -> String? {
        if let renamed = texts[text] { return renamed(copy) }
        return Subject(text).flatMap { ids.contains($0) ? id($0, in: copy).description : nil }
    }

    // MARK: making ready

    /// What becomes of one value of a row.
    func stamped(_ value: SQLValue) -> StampedValue {
        switch value {
        case .null, .integer: return .fixed(value)
        case .text(let text):
            if let renamed = renaming(of: text) { return .text(renamed) }
            // An actor: `person:` and an id.
            guard let colon = text.firstIndex(of: ":"),
                let renamed = renaming(of: String(text[text.index(after: colon)...]))
            else { return .fixed(value) }
            let start = String(text[...colon])
            return .text { start + renamed($0) }
        case .blob(let bytes):
            if let id = Subject(bytes: bytes), ids.contains(id) { return .id(id, masks) }
            guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { return .fixed(value) }
            let pieces = pieces(of: bytes)
            return pieces.count == 1 ? .fixed(value) : .pieces(pieces)
        }
    }

    private func renaming(of text: String) -> Renamed? {
        if let renamed = texts[text] { return renamed }
        guard text.utf8.count == 26, let id = Subject(text), ids.contains(id) else { return nil }
        return { [masks] in id.other(masks[$0]).description }
    }

    /// JSON in which every text that is an id, a number or a name on its own is a piece by itself.
    func pieces(of json: [UInt8]) -> [StampedPiece] {
        var (pieces, start, place) = ([StampedPiece](), 0, 0)
        while let open = json[place...].firstIndex(of: UInt8(ascii: "\"")) {
            var end = open + 1
            while end < json.count, json[end] != UInt8(ascii: "\"") {
                end += json[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < json.count else { break }
            let text = String(decoding: json[open + 1..<end], as: UTF8.self)
            if !text.isEmpty, !kept.contains(where: json[..<open].ends), let renamed = renaming(of: text) {
                pieces.append(.bytes(Array(json[start...open])))
                pieces.append(.text(renamed))
                start = end
            }
            place = end + 1
        }
        pieces.append(.bytes(Array(json[start...])))
        return pieces
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(_ with: [UInt8]) -> Bool { suffix(with.count).elementsEqual(with) }
}

/// A part of a text or of JSON in copies.
package enum StampedPiece: Sendable {
    case bytes([UInt8])
    case text(Renames.Renamed)

    static func joined(_ pieces: [StampedPiece], in copy: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1024)
        for piece in pieces {
            switch piece {
            case .bytes(let same): bytes += same
            case .text(let renamed): bytes += renamed(copy).utf8
            }
        }
        return bytes
    }
}

/// A value in copies of its row.
package enum StampedValue: Sendable {
    case fixed(SQLValue)
    case id(Subject, [UInt64])
    case text(Renames.Renamed)
    case number(@Sendable (Int) -> Int)
    case blob(@Sendable (Int) -> [UInt8])
    case pieces([StampedPiece])

    var isFixed: Bool {
        if case .fixed = self { true } else { false }
    }

    func value(in copy: Int) -> SQLValue {
        switch self {
        case .fixed(let value): value
        case .id(let id, let masks): .blob(id.other(masks[copy]).bytes)
        case .text(let renamed): .text(renamed(copy))
        case .number(let number): .integer(Int64(number(copy)))
        case .blob(let bytes): .blob(bytes(copy))
        case .pieces(let pieces): .blob(StampedPiece.joined(pieces, in: copy))
        }
    }
}
