import Catalogue
import Vocabulary

/// A batch of records of one family as CSV: a line of column names, the first of them `ow_number`, and a line a record.
/// An empty field is a column that has no value.
enum BatchCSV {
    private static let number = "ow_number"

    /// The records of a file, in their order; one with more or fewer fields than there are names is there and not
    /// whole. Refuses what is no such table, or is one beyond `LinkBatch.recordsMax`.
    static func records(_ bytes: [UInt8], of name: String, in families: RecordFamilies) throws(RecordUnfit)
        -> [RawRecord]
    {
        let family = families.all.first { $0.name == name }
        guard let lines = read(bytes), let names = lines.first, names.first == number,
            Set(names).count == names.count, lines.count - 1 <= LinkBatch.recordsMax
        else { throw RecordUnfit(.malformed, name) }
        return lines.dropFirst().map { fields in
            var record = RawRecord(family: name, number: fields[0], isWhole: fields.count == names.count)
            for (column, field) in zip(names, fields).dropFirst()
            where !field.isEmpty || family?[field: column] == nil {
                record.texts[column] = field.replacing("\r\n", with: "\n")
            }
            return record
        }
    }

    /// The lines of a table; nil where it is none.
    static func read(_ bytes: [UInt8]) -> [[String]]? {
        do throws(TableRefusal) { return try CSVText(bytes).records.map(\.fields) } catch { return nil }
    }
}
