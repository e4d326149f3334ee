/// The check character of ISO 7064 MOD 37,36: it finds one wrong character, and two neighbours that changed places.
package enum CheckCharacter {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    /// The check character of a text of digits and capital letters; nil for an empty text and for other characters.
    package static func of(_ text: String) -> Character? {
        guard !text.isEmpty else { return nil }
        var product = 36
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            let sum = (product + value) % 36
            product = (sum == 0 ? 36 : sum) * 2 % 37
        }
        return Character(UnicodeScalar(alphabet[(37 - product) % 36]))
    }
}
