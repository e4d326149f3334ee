import Foundation
package import Vocabulary

/// Under which names a provider says who somebody is, and what its levels are called.
package struct ClaimReading: Sendable, Equatable {
    private static let fields = ["name", "number", "phone", "level"]
    private let names: [String: String]
    private let levels: [String: AssuranceLevel]

    /// The names of OpenID Connect, `identity_number` for the card, `acr` for the level; levels by their own names and
    /// by 1, 2, 3.
    package static let usual = ClaimReading(
        names: ["name": "name", "number": "identity_number", "phone": "phone_number", "level": "acr"],
        levels: [
            "registered": .registered, "realName": .realName, "certificate": .certificate, "1": .registered,
            "2": .realName, "3": .certificate,
        ])

    private init(names: [String: String], levels: [String: AssuranceLevel]) {
        (self.names, self.levels) = (names, levels)
    }

    /// Reads `name=xm;number=sfzhm;phone=sjh;level=acr` and `VALUE=realName;VALUE=certificate`; what is left out is
    /// usual, but levels that are said stand alone. Nil for anything else.
    package init?(names: String, levels: String) {
        guard let said = Self.pairs(names), said.keys.allSatisfy(Self.fields.contains), let values = Self.pairs(levels)
        else { return nil }
        var read: [String: AssuranceLevel] = [:]
        for (value, name) in values {
            guard let level = AssuranceLevel(rawValue: name) else { return nil }
            read[value] = level
        }
        self.init(
            names: Self.usual.names.merging(said) { _, own in own }, levels: read.isEmpty ? Self.usual.levels : read)
    }

    private static func pairs(_ text: String) -> [String: String]? {
        var pairs: [String: String] = [:]
        for part in text.split(separator: ";") {
            // Values of levels may be addresses with `=` in them; names have none.
            guard let sign = part.lastIndex(of: "="), sign > part.startIndex, part.index(after: sign) < part.endIndex,
                pairs.updateValue(String(part[part.index(after: sign)...]), forKey: String(part[..<sign])) == nil
            else { return nil }
        }
        return pairs
    }

    /// What to ask for when somebody needs a level: the provider's words for it and for every higher one.
    func asked(for level: AssuranceLevel) -> String {
        levels.filter { $0.value >= level }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
            .joined(separator: " ")
    }

    /// What the claims say. A level that is not known is the lowest; a number with a wrong check character is none.
    func particulars(_ claims: Claims) -> Particulars {
        Particulars(
            level: text("level", claims).flatMap { levels[$0] } ?? .registered, name: text("name", claims),
            number: text("number", claims).flatMap(CitizenID.init), mobile: text("phone", claims).flatMap(Self.mobile))
    }

    /// Whether name and number are said at all.
    func isWhole(_ claims: Claims) -> Bool { text("name", claims) != nil && text("number", claims) != nil }

    private func text(_ field: String, _ claims: Claims) -> String? { names[field].flatMap { claims.text($0) } }

    /// Providers write numbers with and without the country's code.
    private static func mobile(_ text: String) -> MobileNumber? {
        MobileNumber(String(text.hasPrefix("+86") ? text.dropFirst(3) : text[...]).filter { $0 != " " && $0 != "-" })
    }
}

/// What a provider says of a person, as far as it has the shape of what it should be.
package struct Particulars: Sendable, Equatable {
    package let level: AssuranceLevel
    package let name: String?
    package let number: CitizenID?
    package let mobile: MobileNumber?

    package init(
        level: AssuranceLevel, name: String? = nil, number: CitizenID? = nil, mobile: MobileNumber? = nil
    ) {
        (self.level, self.name, self.number, self.mobile) = (level, name, number, mobile)
    }
}
