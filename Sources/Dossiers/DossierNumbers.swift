package import Vocabulary

/// The numbers under which people find a dossier.
package struct DossierNumbers: Hashable, Sendable, Codable {
    /// 43 characters (44 after 9,999 filings of an item on one day): implementation code, day, daily serial.
    package let number: String
    /// Day and the city's daily serial, 12 digits or a few more: what people read to each other.
    package let short: String

    /// Composes both. Serials start at 1.
    package init(implementationCode: String, day: CivilDate, serial: Int, shortSerial: Int) {
        precondition(implementationCode.utf8.count == 31 && serial > 0 && shortSerial > 0, "a code and two serials")
        number = implementationCode + day.compact + Self.padded(serial)
        short = day.compact + Self.padded(shortSerial)
    }

    private static func padded(_ serial: Int) -> String {
        let digits = "\(serial)"
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
