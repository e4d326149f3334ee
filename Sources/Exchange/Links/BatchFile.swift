import Vocabulary

/// The name of a file with a batch: `NAME.xml` or `NAME.FAMILY.csv`.
struct BatchFile: Hashable {
    enum Form: Hashable {
        case xml
        case csv(family: String)
    }

    /// LIMIT: characters of a batch's name.
    static let nameCharactersMax = 60

    /// NAME.
    let batch: String
    let form: Form
    /// As it stands in the folder.
    let name: String

    /// Nil for what is no batch's: it lies there and nobody looks at it.
    init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let batch = parts.first, Self.isName(batch) else { return nil }
        switch (parts.count, parts.last) {
        case (2, "xml"): form = .xml
        case (3, "csv") where Self.isName(parts[1]): form = .csv(family: parts[1])
        default: return nil
        }
        (self.batch, self.name) = (batch, name)
    }

    /// Whether it names a batch.
    static func isName(_ text: String) -> Bool {
        (1...nameCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Its records as they stand there. Refuses what cannot be read as a whole, and a batch without records.
    func records(_ bytes: [UInt8], in families: RecordFamilies) throws(RecordUnfit) -> [RawRecord] {
        let records =
            switch form {
            case .xml: try BatchXML.records(bytes)
            case .csv(let family): try BatchCSV.records(bytes, of: family, in: families)
            }
        guard !records.isEmpty else { throw RecordUnfit(.malformed, batch) }
        return records
    }
}
