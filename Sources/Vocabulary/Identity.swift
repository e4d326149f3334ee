/// The number of a resident identity card (GB 11643-1999): 18 characters, the last a check character.
///
/// Refuses a wrong length, a birthday that is no day or lies before 1800, and a wrong check character. The area code is
/// not checked against today's list, because areas are renamed and a card keeps its number for life.
package struct CitizenID: Hashable, Sendable {
    /// The 18 characters, the last one upper case.
    package let number: String

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432".utf8)

    /// Nil when the text is not a valid number; a final `x` is accepted and turned into `X`.
    package init?(_ text: String) {
        let characters = Array(text.uppercased().utf8)
        guard text.utf8.count == 18, characters.count == 18,
            characters.prefix(17).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let sum = zip(characters, Self.weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        guard characters[17] == Self.checks[sum % 11] else { return nil }
        let birthday = String(decoding: characters[6..<14], as: UTF8.self)
        guard CivilDate(birthday) != nil else { return nil }
        number = String(decoding: characters, as: UTF8.self)
    }

    /// The day of birth that the number carries.
    package var birthday: CivilDate? {
        CivilDate(String(decoding: Array(number.utf8)[6..<14], as: UTF8.self))
    }

    /// `3501**********0019`: what may stand on a list or in a log.
    package var masked: String {
        String(number.prefix(4)) + "**********" + String(number.suffix(4))
    }

    /// The check character for 17 digits; nil for anything else. For making synthetic numbers.
    package static func checkCharacter(for digits: String) -> Character? {
        let characters = Array(digits.utf8)
        guard characters.count == 17,
            characters.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let sum = zip(characters, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        return Character(UnicodeScalar(checks[sum % 11]))
    }
}

extension CitizenID: CustomStringConvertible {
    /// Masked, so that a number cannot slip into a log.
    package var description: String { masked }
}

extension CitizenID: CustomReflectable {
    /// Without children, so that a dump does not show the number either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A unified social credit code (GB 32100-2015): 18 characters, the ninth to seventeenth an organisation code with a
/// check character of its own (GB 11714), the last a check character over all.
package struct CreditCode: Hashable, Comparable, Sendable {
    /// The 18 characters, upper case.
    package let code: String

    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

    /// Nil when the text is not a valid code. Lower case is accepted and raised.
    package init?(_ text: String) {
        let characters = Array(text.uppercased().utf8)
        guard text.utf8.count == 18, characters.count == 18 else { return nil }
        var sum = 0
        for (character, weight) in zip(characters, Self.weights) {
            guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
            sum += value * weight
        }
        guard characters[17] == Self.alphabet[(31 - sum % 31) % 31],
            characters[16] == Self.organisationCheck(characters[8..<16])
        else { return nil }
        code = String(decoding: characters, as: UTF8.self)
    }

    /// Composes a code from the registering authority and class (`11`), the region and the eight characters of an
    /// organisation, with both check characters; nil when a part has another shape.
    package init?(authority: String, region: Region, organisation: String) {
        let own = Array(organisation.utf8)
        let isLegal = own.allSatisfy(Self.alphabet.contains)
        guard authority.utf8.count == 2, own.count == 8, isLegal else { return nil }
        let characters = Array((authority + region.code).utf8) + own + [Self.organisationCheck(own[...])]
        let sum = zip(characters, Self.weights).reduce(0) { sum, pair in
            sum + (Self.alphabet.firstIndex(of: pair.0) ?? 0) * pair.1
        }
        self.init(String(decoding: characters + [Self.alphabet[(31 - sum % 31) % 31]], as: UTF8.self))
    }

    /// The region (six digits) at which the organisation was registered.
    package var regionCode: String { String(code.dropFirst(2).prefix(6)) }

    package static func < (left: CreditCode, right: CreditCode) -> Bool { left.code < right.code }

    private static func organisationCheck(_ characters: ArraySlice<UInt8>) -> UInt8 {
        let sum = zip(characters, organisationWeights).reduce(0) { sum, pair in
            let digit = pair.0 <= UInt8(ascii: "9")
            return sum + Int(digit ? pair.0 - UInt8(ascii: "0") : pair.0 - UInt8(ascii: "A") + 10) * pair.1
        }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let check: return UInt8(ascii: "0") + UInt8(check)
        }
    }
}

extension CreditCode: CustomStringConvertible {
    package var description: String { code }
}

/// A telephone number that can take a message: a mainland mobile number of eleven digits.
package struct MobileNumber: Hashable, Sendable, CustomStringConvertible {
    /// The eleven digits.
    package let number: String

    /// Nil unless the text is `1[3-9]` and nine more digits.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 11, characters[0] == UInt8(ascii: "1"),
            (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(characters[1]),
            characters.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        number = text
    }

    /// `138****0001`.
    package var description: String { String(number.prefix(3)) + "****" + String(number.suffix(4)) }
}

extension MobileNumber: CustomReflectable {
    /// Without children, so that a dump does not show the number either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension CitizenID: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CitizenID.init, "not an identity card number")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension CreditCode: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, CreditCode.init, "not a unified social credit code")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension MobileNumber: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, MobileNumber.init, "not a mobile number")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// Reads a string and hands it to an initialiser that may refuse it; the message never repeats the value.
package func decodeChecked<Value>(
    _ decoder: any Decoder, _ make: (String) -> Value?, _ message: String
) throws -> Value {
    let container = try decoder.singleValueContainer()
    guard let value = make(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: message)
    }
    return value
}

extension CitizenID {
    /// Full years of age on a day (民法典 art. 1259 counts the day of birth itself as the first).
    package func age(on day: CivilDate) -> Int {
        guard let birthday else { return 0 }
        let (born, now) = (birthday.parts, day.parts)
        let hadBirthday = (now.month, now.day) >= (born.month, born.day)
        return now.year - born.year - (hadBirthday ? 0 : 1)
    }
}
