import Vocabulary

/// A batch of records as XML: `<batch id="…"><record family="…" number="…"><column>…</column></record></batch>`.
enum BatchXML {
    /// The whole file, with every character written so that each reader of XML finds the same one.
    static func bytes(of batch: LinkBatch) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<batch id=\"\(escaped(batch.id))\">\n"
        for record in batch.records {
            let family = record.record.family
            text += "<record family=\"\(escaped(family))\" number=\"\(escaped(record.number))\">\n"
            for column in record.record.values.keys.sorted() {
                guard let value = record.record.text(of: column) else { continue }
                text += "<\(column)>\(escaped(value))</\(column)>\n"
            }
            text += "</record>\n"
        }
        return Array((text + "</batch>\n").utf8)
    }

    /// A text as it stands between tags and in attributes. What XML cannot hold, control characters and the two that
    /// are none, becomes U+FFFD.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The records of a file, in their order; a record that is no list of columns is there and not whole. Refuses what
    /// is no XML, has a document type, is no batch, or is a batch beyond `LinkBatch.recordsMax`.
    static func records(_ bytes: [UInt8]) throws(RecordUnfit) -> [RawRecord] {
        do throws(XMLReader.Defect) {
            var (reader, reading) = (try XMLReader(bytes), Reading())
            while let event = try reader.next() { try reading.take(event, reader.attributes) }
            return reading.records
        } catch {
            throw RecordUnfit(.malformed, "batch")
        }
    }

    private struct Reading {
        var records: [RawRecord] = []
        private var record = RawRecord()
        private var column = ""
        private var text = ""
        private var depth = 0

        mutating func take(_ event: XMLReader.Event, _ attributes: [String: String]) throws(XMLReader.Defect) {
            switch event {
            case .start(let name):
                depth += 1
                try begin(name, attributes)
            case .text(let more):
                if depth == 3 {
                    text += more
                } else if !more.allSatisfy(\.isWhitespace) {
                    guard depth > 1 else { throw .malformed }
                    record.isWhole = false
                }
            case .end:
                if depth == 3, record.texts.updateValue(text, forKey: column) != nil { record.isWhole = false }
                if depth == 2 { records.append(record) }
                depth -= 1
            }
        }

        private mutating func begin(_ name: String, _ attributes: [String: String]) throws(XMLReader.Defect) {
            switch depth {
            case 1: guard name == "batch" else { throw .malformed }
            case 2:
                guard name == "record", records.count < LinkBatch.recordsMax else { throw .malformed }
                record = RawRecord(family: attributes["family"] ?? "", number: attributes["number"] ?? "")
            case 3: (column, text) = (name, "")
            default: record.isWhole = false
            }
        }
    }
}
