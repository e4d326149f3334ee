/// 架位: where a result on paper lies in a hall: the letter of a cabinet, a row, a place in the row (`A-03-12`).
package struct ShelfPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Rows of a cabinet.
    package static let rows = 1...20
    /// Places of a row.
    package static let places = 1...40
    /// LIMIT: characters that are read of what was typed or scanned.
    package static let typedCharactersMax = 24
    private static let cabinets = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// Its place in the order of the cabinets, from nought: what tables keep.
    package let ordinal: Int

    /// The position at a place of the order; nil beyond the last.
    package init?(ordinal: Int) {
        guard (0..<Self.count).contains(ordinal) else { return nil }
        self.ordinal = ordinal
    }

    /// How many a hall has.
    package static var count: Int { cabinets.count * rows.count * places.count }

    /// Reads what was typed or scanned: `A-03-12`, `a 3 12` and `A0312` are the same. Nil for any other shape, and for
    /// a row or a place that no cabinet has.
    package init?(_ typed: String) {
        guard typed.count <= Self.typedCharactersMax else { return nil }
        let plain = typed.uppercased().filter { !$0.isWhitespace }
        guard let match = plain.wholeMatch(of: /([A-Z])-?(?:([0-9]{1,2})-([0-9]{1,2})|([0-9]{2})([0-9]{2}))/),
            let cabinet = match.1.utf8.first.flatMap({ Self.cabinets.firstIndex(of: $0) }),
            let row = (match.2 ?? match.4).flatMap({ Int($0) }), Self.rows.contains(row),
            let place = (match.3 ?? match.5).flatMap({ Int($0) }), Self.places.contains(place)
        else { return nil }
        ordinal = (cabinet * Self.rows.count + row - 1) * Self.places.count + place - 1
    }

    /// `A-03-12`, as it stands on the shelf.
    package var description: String {
        let (line, place) = ordinal.quotientAndRemainder(dividingBy: Self.places.count)
        let (cabinet, row) = line.quotientAndRemainder(dividingBy: Self.rows.count)
        let two = { (number: Int) in number < 9 ? "0\(number + 1)" : "\(number + 1)" }
        return "\(String(decoding: [Self.cabinets[cabinet]], as: UTF8.self))-\(two(row))-\(two(place))"
    }

    package static func < (left: ShelfPosition, right: ShelfPosition) -> Bool { left.ordinal < right.ordinal }
}

extension ShelfPosition: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A position in a hall, which is named by its code without knowing that room.
package struct ShelfPlace: Hashable, Sendable {
    package let hall: String
    package let position: ShelfPosition

    package init(_ hall: String, _ position: ShelfPosition) { (self.hall, self.position) = (hall, position) }
}
