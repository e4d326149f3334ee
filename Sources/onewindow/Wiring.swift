import Foundation
import Hall
import Store
import Vocabulary

/// The only place that reads the machine's clock.
enum Wiring {
    static let time = TimeSource {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Writes a line to standard error at once, where progress goes.
    @Sendable static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
