/// Where a value stands in a sheet: keys and places joined by full stops, `materials.0.name.zh`. A name that holds a
/// full stop writes it `~1`, and a tilde `~0`.
package enum SheetPath {
    /// LIMIT: bytes of a path, parts of a path.
    static let bytesMax = 500
    static let partsMax = 16

    /// A name as a part of a path.
    static func part(_ name: String) -> String {
        // Most names hold neither, and this is asked for every value of a catalogue.
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: ".") }) else { return name }
        return name.replacing("~", with: "~0").replacing(".", with: "~1")
    }

    /// The parts of a path; nil for what is none.
    static func parts(_ path: String) -> [String]? {
        guard path.utf8.count <= bytesMax else { return nil }
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= partsMax, !parts.contains("") else { return nil }
        guard path.utf8.contains(UInt8(ascii: "~")) else { return parts.map(String.init) }
        return parts.map { String($0).replacing("~1", with: ".").replacing("~0", with: "~") }
    }
}
