import Catalogue
import Store
import Synchronization
import Vocabulary

/// Published versions of items that papers were composed from lately. A version never changes, so what was read once
/// counts for ever.
final class GuideShelf: Sendable {
    /// LIMIT: versions that are kept in memory.
    private static let keptMax = 500

    private let kept = Mutex<[String: Guide]>([:])

    /// The guide of a version; nil where none was published under the code.
    func guide(_ itemCode: String, version: Int, in tx: Transaction) throws -> Guide? {
        let key = "\(itemCode)/\(version)"
        if let guide = kept.withLock({ $0[key] }) { return guide }
        guard let guide = try ItemTable.version(of: itemCode, version, in: tx)?.guide else { return nil }
        kept.withLock { kept in
            if kept.count >= Self.keptMax { kept = [:] }
            kept[key] = guide
        }
        return guide
    }
}
