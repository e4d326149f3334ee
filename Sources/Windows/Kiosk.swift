import Crypto
package import Store
package import Vocabulary

/// The key of a kiosk, which stands in its address once and in its browser from then on.
package struct KioskKey: Hashable, Sendable, CustomStringConvertible {
    /// 16 to 64 characters, as a command's token.
    package let text: String

    /// Nil for a text of another shape.
    package init?(_ text: String) {
        guard CommandToken(text) != nil else { return nil }
        self.text = text
    }

    /// A key that nobody can guess.
    package init(_ dice: Dice) { text = CommandToken.random(dice).text }

    /// Masked, so that it cannot slip into a log.
    package var description: String { "KioskKey(***)" }
}

/// 取号机: a device in a hall that gives out tickets. Its key stands in the house as a digest only; whoever has the key
/// can take tickets, so a lost one is taken back.
package enum KioskTable {
    /// LIMIT: kiosks of one hall.
    package static let perHallMax = 50
    /// LIMIT: characters of what a kiosk is called.
    package static let labelCharactersMax = 60

    /// One kiosk.
    package struct Line: Hashable, Sendable {
        /// The first half of the digest, by which it is named on pages.
        package let name: String
        package let label: String
        package let madeAt: Instant
    }

    /// Makes a kiosk's key known. Refuses too many, and a label that is empty or too long.
    package static func add(
        _ key: KioskKey, label: String, to hall: ServiceHall, stamp: Stamp, in tx: Transaction
    ) throws {
        guard !label.isEmpty else { throw WindowRefusal.nameMissing }
        guard label.count <= labelCharactersMax else { throw WindowRefusal.textTooLong }
        guard try kiosks(of: hall.code, in: tx).count < perHallMax else { throw WindowRefusal.tooManyKiosks }
        let digest = digest(key)
        try tx.execute(
            """
            INSERT INTO hall_kiosk (hall, digest, label, made_at)
            VALUES (\(hall.code.text), \(digest), \(label), \(stamp.now))
            """)
        let part = Part(hall: hall.code, kiosk: name(digest))
        try WindowEntry.kioskAdded.write(of: hall.id.subject, part, stamp: stamp, in: tx)
    }

    /// Takes a kiosk's key back; it opens nothing from then on.
    package static func end(_ name: String, of hall: ServiceHall, stamp: Stamp, in tx: Transaction) throws {
        let rows = try tx.rows(
            "SELECT digest FROM hall_kiosk WHERE hall = \(hall.code.text) ORDER BY digest LIMIT \(perHallMax)")
        guard let digest = try rows.map({ try $0.bytes(0) }).first(where: { self.name($0) == name }) else {
            throw WindowRefusal.kioskUnknown
        }
        try tx.execute("DELETE FROM hall_kiosk WHERE hall = \(hall.code.text) AND digest = \(digest)")
        try WindowEntry.kioskEnded.write(
            of: hall.id.subject, Part(hall: hall.code, kiosk: name), stamp: stamp, in: tx)
    }

    /// Refuses a key that none of the hall's kiosks has.
    package static func check(_ key: KioskKey?, at hall: HallCode, in tx: Transaction) throws {
        guard let key,
            try tx.row("SELECT 1 FROM hall_kiosk WHERE hall = \(hall.text) AND digest = \(digest(key))") != nil
        else { throw WindowRefusal.kioskUnknown }
    }

    /// The kiosks of a hall, the oldest first.
    package static func kiosks(of hall: HallCode, in tx: Transaction) throws -> [Line] {
        try tx.rows(
            """
            SELECT digest, label, made_at FROM hall_kiosk WHERE hall = \(hall.text)
            ORDER BY made_at, digest LIMIT \(perHallMax)
            """
        ).map { Line(name: name(try $0.bytes(0)), label: try $0.text(1), madeAt: try $0.instant(2)) }
    }

    private static func digest(_ key: KioskKey) -> [UInt8] { Array(SHA256.hash(data: Array(key.text.utf8))) }

    private static func name(_ digest: [UInt8]) -> String {
        digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private struct Part: Encodable {
        let hall: HallCode
        let kiosk: String
    }
}
