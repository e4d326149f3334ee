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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try FileHandle.standardError.write(contentsOf: encoder.encode(fields) + Data("\n".utf8))
        } catch {
            // A log that nobody can take any more must not stop the house.
        }
    }
}
