import Store
import Vocabulary

/// What a count came to.
package struct CustodyCount: Hashable, Sendable {
    /// LIMIT: originals that one holder counts at once.
    package static let itemsMax = 2000

    /// How many had to be there.
    package let expected: Int
    /// How many different labels were read.
    package let read: Int
    /// Those that had to be there and were not read.
    package let missing: [CustodyItem]
    /// Those that were missing and were read now.
    package let found: [CustodyItem]
    /// Labels that were read and belong elsewhere, or to nobody.
    package let unexpected: [CustodyCode]
    /// Labels that were read more than once: they count once.
    package let readTwice: [CustodyCode]

    /// Whether everything was there and nothing else.
    package var isComplete: Bool { missing.isEmpty && unexpected.isEmpty }

    /// Compares what had to be there with the labels that were read. `elsewhere` are the originals behind the other
    /// labels, where there are such.
    package init(expected items: [CustodyItem], read codes: [CustodyCode], elsewhere: [CustodyItem] = []) {
        let here = Set(items.map(\.code))
        var seen: Set<CustodyCode> = []
        var twice: [CustodyCode] = []
        for code in codes where !seen.insert(code).inserted && !twice.contains(code) { twice.append(code) }
        expected = items.count
        read = seen.count
        readTwice = twice
        missing = items.filter { !seen.contains($0.code) }.sorted { $0.code < $1.code }
        found = (items + elsewhere).filter { $0.missingSince != nil && seen.contains($0.code) }
            .sorted { $0.code < $1.code }
        unexpected = seen.filter { !here.contains($0) }.sorted()
    }
}

/// 清点: a count at the end of a shift, as an entry under a subject of its own. It is a record; what follows for an
/// original stands under that original.
struct CustodyCountEvent: JournalEvent {
    private struct Body: Encodable {
        let expected: Int
        let holder: CustodyHolder
        let missing: [CustodyCode]
        let read: Int
        let unexpected: [CustodyCode]
    }

    let holder: CustodyHolder
    let count: CustodyCount

    static let version = 1
    var kind: String { "custody.counted" }

    func publicPart() throws -> [UInt8] {
        try CanonicalJSON.bytes(
            of: Body(
                expected: count.expected, holder: holder, missing: count.missing.map(\.code), read: count.read,
                unexpected: count.unexpected))
    }

    func personalPart() throws -> [UInt8]? { nil }
}

/// A window that was closed with originals which nobody had counted in that shift, as an entry under a subject of its
/// own.
struct CustodyUncountedEvent: JournalEvent {
    private struct Body: Encodable {
        let holder: CustodyHolder
        let items: Int
    }

    let holder: CustodyHolder
    let items: Int

    static let version = 1
    var kind: String { "custody.uncounted" }

    func publicPart() throws -> [UInt8] { try CanonicalJSON.bytes(of: Body(holder: holder, items: items)) }

    func personalPart() throws -> [UInt8]? { nil }
}
