import Foundation
import Logging
import Vocabulary

/// The structured log: one line of JSON an entry on standard error, so that whatever collects lines can read it. It
/// takes what it is given; those who write entries put no personal data in.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    private let label: String
    private let time: TimeSource

    init(label: String, time: TimeSource) {
        self.label = label
        self.time = time
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.mapValues { "\($0)" }
        fields["at"] = time.now().description
        fields["level"] = event.level.rawValue
        fields["from"] = label
        fields["message"] = "\(event.message)"
        do {
            try FileHandle.standardError.write(contentsOf: Data(Self.line(fields)))
        } catch {
            // A log that nobody can take any more must not stop the house.
        }
    }

    /// One JSON object of texts on a line, in the order of their names. Every answer writes one: Foundation's encoder
    /// took a seventh of what a page costs.
    static func line(_ fields: [String: String]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            append(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            append(value, to: &bytes)
        }
        if bytes.isEmpty { bytes.append(UInt8(ascii: "{")) }
        bytes += "}\n".utf8
        return bytes
    }

    /// A text as JSON has it (RFC 8259, 7).
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
