import Hall

/// A part of a tiled log by its path (c2sp.org/tlog-tiles): `0/x001/067`, `0/x001/067.p/12`, `entries/000`.
struct LogPart: Equatable {
    /// LIMIT: digits of a number, in groups of three.
    private static let groupsMax = 6

    /// Nil for a bundle of lines.
    let level: Int?
    let index: Int
    /// How many hashes or lines are asked for.
    let count: Int

    init(level: Int?, index: Int, count: Int) { (self.level, self.index, self.count) = (level, index, count) }

    /// Reads what follows `tile/`; nil for what `path` would not have written.
    init?(_ pieces: [Substring]) {
        var rest = pieces[...]
        guard let head = rest.popFirst() else { return nil }
        let level = Int(head)
        guard head == "entries" || level.map({ (0...63).contains($0) }) == true else { return nil }
        var count = Hall.logTileWidth
        if rest.count >= 2, let last = rest.last, let width = Int(last), rest.dropLast().last?.hasSuffix(".p") == true {
            guard (1..<Hall.logTileWidth).contains(width), let group = rest.dropLast().last else { return nil }
            count = width
            rest = rest.dropLast(2) + [group.dropLast(2)]
        }
        let digits = rest.map { $0.hasPrefix("x") ? $0.dropFirst() : $0 }
        guard (1...Self.groupsMax).contains(digits.count), let index = Int(digits.joined()) else { return nil }
        self.init(level: level, index: index, count: count)
        guard path == pieces.joined(separator: "/") else { return nil }
    }

    /// The path after `tile/`.
    var path: String {
        var (groups, number) = ([String](), index)
        repeat {
            let group = "00\(number % 1000)".suffix(3)
            groups.insert(groups.isEmpty ? String(group) : "x\(group)", at: 0)
            number /= 1000
        } while number > 0
        let whole = "\(level.map(String.init) ?? "entries")/" + groups.joined(separator: "/")
        return count == Hall.logTileWidth ? whole : "\(whole).p/\(count)"
    }
}
