@testable import Exchange
import Foundation
import StoreTestSupport
import Synchronization
import Vocabulary

/// A folder that two sides share, new and empty, with a clock that a test moves.
final class FolderUnderTest: Sendable {
    let root: String
    let samples: LinkSamples
    private let now = Mutex(Instant(milliseconds: 0))

    init() async throws {
        (root, samples) = (try TestFolder.fresh(), try LinkSamples())
        try await use { try await $0.prepare() }
    }

    /// A carrier as another process would have it, closed at the end.
    func use<Value>(_ body: (FolderCarrier) async throws -> Value) async throws -> Value {
        let time = TimeSource { [self] in now.withLock { $0 } }
        let carrier = try FolderCarrier(at: root, families: samples.families, time: time)
        do {
            let value = try await body(carrier)
            await carrier.close()
            return value
        } catch {
            await carrier.close()
            throw error
        }
    }

    /// What the clock says.
    func set(seconds: Int64) { now.withLock { $0 = Instant(milliseconds: seconds * 1000) } }

    /// Writes as the other side does.
    func put(_ path: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: "\(root)/\(path)"))
    }

    func put(_ path: String, _ text: String) throws { try put(path, Array(text.utf8)) }

    /// A batch as the other side writes it.
    func put(_ name: String, _ records: [LinkRecord]) throws {
        try put("from/\(name).xml", BatchXML.bytes(of: LinkBatch(name, records)))
    }

    /// When a file was changed.
    func age(_ path: String, changed seconds: Int) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(seconds))], ofItemAtPath: "\(root)/\(path)")
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(root)/\(path)"), encoding: .utf8)
    }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    }

    /// Everything that comes, page by page, as it is asked for by the marks; the mark of the last.
    func all(
        from carrier: FolderCarrier, after mark: String = ""
    ) async throws -> (rows: [LinkPage.Row], mark: String) {
        var (rows, mark): ([LinkPage.Row], String) = ([], mark)
        while true {
            let page = try await carrier.pull(after: mark)
            rows += page.rows
            mark = page.next
            guard page.hasMore else { return (rows, mark) }
        }
    }
}
