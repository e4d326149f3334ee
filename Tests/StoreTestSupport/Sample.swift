package import Store
package import Vocabulary

/// Values for tests, the same every time.
package enum Sample {
    /// 2026-09-21 in Fuzhou.
    package static let now = Instant(milliseconds: 1_790_000_000_000)

    /// The n-th subject; later ones are greater.
    package static func subject(_ number: Int) -> Subject {
        Subject(high: UInt64(1_790_000_000_000 + number) << 16 | 0x7000, low: 0x8000_0000_0000_0000 | UInt64(number))
    }

    /// An event of a subject, with a personal part of these words if any are given.
    package static func entry(_ subject: Subject, _ sequence: Int, personal: String? = nil) -> JournalEntry {
        let place = JournalEntry.Place(
            subject, sequence: sequence, at: now.advanced(bySeconds: Int64(sequence)), actor: .platform)
        let part = personal.map { words in
            JournalEntry.Personal(
                salt: Entropy(seed: Array(repeating: 7, count: 32)).salt(for: "\(subject)-\(sequence)"),
                bytes: Array(words.utf8))
        }
        return JournalEntry(
            place, kind: "test.noted", version: 1, body: Array("{\"n\":\(sequence)}".utf8), personal: part)
    }
}
