package import Vocabulary

/// Instants as records write them: `2026-11-24 10:25:04`, in China's time.
package enum RecordMoment {
    /// The text of an instant; fractions of a second are left out.
    package static func text(_ instant: Instant) -> String {
        String(instant.description.prefix(19)).replacing("T", with: " ")
    }

    /// The instant of a text; nil for another shape, and for a day or a time that there is not.
    package static func instant(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let day = CivilDate(String(text.prefix(10))),
            let hour = number(bytes[11...12]), let minute = number(bytes[14...15]), let second = number(bytes[17...18]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        return Instant(day, hour: hour, minute: minute).advanced(bySeconds: Int64(second))
    }

    static func isMoment(_ text: String) -> Bool { instant(text) != nil }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
