import Catalogue
import Store
import Vocabulary

/// Published versions of items that papers were composed from lately, or whose steps a list named. A version never
/// changes, so what was read once counts for ever.
final class GuideShelf: Sendable {
    /// LIMIT: versions that are kept in memory.
    private static let keptMax = 500

    private let kept = Remembered<String, Guide>(limit: keptMax)

    /// The guide of a version; nil where none was published under the code.
    func guide(_ itemCode: String, version: Int, in tx: Transaction) throws -> Guide? {
        let key = "\(itemCode)/\(version)"
        if let guide = kept.known(key) { return guide }
        guard let guide = try ItemTable.version(of: itemCode, version, in: tx)?.guide else { return nil }
        kept.keep(guide, for: key)
        return guide
    }
}
