/// Which kinds of events somebody wants: whole kinds (`dossier.accepted`) or all of one sort (`parcel.*`).
package struct EventKinds: Hashable, Sendable, CustomStringConvertible {
    /// LIMIT: kinds that one asks for.
    package static let countMax = 20
    /// LIMIT: characters of a kind.
    package static let charactersMax = 60
    /// The sorts that there are.
    package static let sorts = ["dossier.", "parcel.", "certificate.", "evaluation."]

    /// In the order of their texts; all where there is none.
    package let patterns: [String]

    /// Every kind.
    package static let all = EventKinds(sorted: [])

    private init(sorted patterns: [String]) { self.patterns = patterns }

    /// Refuses one of another sort, too many, and one of another shape.
    package init(_ patterns: [String]) throws(ExchangeRefusal) {
        guard patterns.count <= Self.countMax, patterns.allSatisfy(Self.isPattern) else { throw .kindsUnfit }
        self.init(sorted: Set(patterns).sorted())
    }

    /// Reads `description`. Refuses whatever is none.
    package init(_ text: String) throws(ExchangeRefusal) {
        try self.init(text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    }

    /// Parted by commas, as addresses carry them; empty for all.
    package var description: String { patterns.joined(separator: ",") }

    /// Whether an event of the kind is wanted.
    package func contains(_ kind: String) -> Bool {
        patterns.isEmpty
            || patterns.contains { $0.hasSuffix("*") ? kind.hasPrefix($0.dropLast()) : kind == $0 }
    }

    private static func isPattern(_ text: String) -> Bool {
        guard text.utf8.count <= charactersMax, let sort = sorts.first(where: text.hasPrefix) else { return false }
        let rest = text.dropFirst(sort.count).utf8
        return rest.elementsEqual("*".utf8)
            || !rest.isEmpty && rest.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
