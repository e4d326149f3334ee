/// A place with a government of its own: the city or one of its thirteen county-level units (GB/T 2260).
package struct Region: Hashable, Comparable, Sendable, Codable {
    /// Six digits, `350100` for Fuzhou.
    package let code: String

    /// Refuses, by nil, anything but six digits. Whether the place exists is `Gazetteer`'s answer.
    package init?(_ code: String) {
        guard code.utf8.count == 6,
            code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.code = code
    }

    private init(known code: String) {
        self.code = code
    }

    /// 福州市, the city itself.
    package static let fuzhou = Region(known: "350100")
    /// 福建省, which decides items that the city only receives.
    package static let fujian = Region(known: "350000")

    /// Whether the other place lies in this one or is this one: a province holds its cities, a city its counties.
    package func contains(_ other: Region) -> Bool {
        if self == other { return true }
        if code.hasSuffix("0000") { return other.code.hasPrefix(code.prefix(2)) }
        if code.hasSuffix("00") { return other.code.hasPrefix(code.prefix(4)) }
        return false
    }

    /// The city that the place is or lies in; the province of a province.
    package var city: Region { isProvince ? self : Region(code.prefix(4) + "00") ?? self }

    /// The province that the place is or lies in.
    package var province: Region { Region(code.prefix(2) + "0000") ?? self }

    package var isProvince: Bool { code.hasSuffix("0000") }

    /// The codes of the place and of what lies in it are in this range, compared as bytes.
    package var codeRange: ClosedRange<String> {
        let stem = isProvince ? String(code.prefix(2)) : code.hasSuffix("00") ? String(code.prefix(4)) : code
        return code...(stem + String(repeating: "9", count: code.utf8.count - stem.utf8.count))
    }

    package static func < (left: Region, right: Region) -> Bool { left.code < right.code }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, Region.init, "not a region code")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// The names of places.
package struct Gazetteer: Sendable {
    /// One place.
    package struct Entry: Sendable {
        package let region: Region
        /// 晋安区.
        package let name: String
        /// Jin'an District.
        package let nameEnglish: String
    }

    /// The city first, then its units by code.
    package let entries: [Entry]

    /// Reads `code6,name_zh,name_en,kind,note`; throws `Fault.corrupt` on a line it cannot read.
    package init(_ text: String) throws {
        entries = try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let columns = line.split(separator: ",", omittingEmptySubsequences: false)
            guard columns.count >= 3, let region = Region(String(columns[0])) else {
                throw Fault.corrupt("division: \(line)")
            }
            return Entry(region: region, name: String(columns[1]), nameEnglish: String(columns[2]))
        }
    }

    /// Fuzhou and its thirteen county-level units.
    package static func shipped() throws -> Gazetteer {
        try Gazetteer(Resource.text("fuzhou_divisions.csv"))
    }

    /// The entry of a region; nil when the place is not listed.
    package func entry(_ region: Region) -> Entry? {
        entries.first { $0.region == region }
    }
}
