import Store
import Synchronization
package import Vocabulary

/// The way `folder`: files, and files that say what came of them (docs/links.md).
///
/// What was pulled and has no receipt yet is known to this value alone: another one, after the process died or on
/// another machine, begins at the beginning again, with the same marks. So nothing is passed over because its name
/// comes before one that was seen, and nothing is lost where a house was restored from a copy that is older.
package final class FolderCarrier: LinkCarrier {
    /// LIMIT: calls that may wait for the folder; one more is `Fault.busy`.
    static let queueMax = 64
    /// A file that cannot be read is left alone until nobody has changed it for so long: perhaps somebody writes it
    /// under its own name.
    static let settleSeconds: Int64 = 60

    let folder: LinkFolder
    let families: RecordFamilies
    let time: TimeSource
    let state = Mutex(FolderState())
    let workers: Workers

    /// Takes a folder by its absolute path. Refuses, by `LinkRefusal`, another one. Nothing is looked at yet.
    package init(at root: String, families: RecordFamilies, time: TimeSource) throws(LinkRefusal) {
        let parts = root.split(separator: "/", omittingEmptySubsequences: false)
        guard root.hasPrefix("/"), root != "/", !root.utf8.contains(0), !parts.contains(".."), !parts.contains(".")
        else { throw .addressUnfit }
        (folder, self.families, self.time) = (LinkFolder(root: root), families, time)
        // One thread of its own: a folder on a machine that does not answer holds up nobody else.
        workers = Workers(name: "folder", threads: 1, queueMax: Self.queueMax)
    }

    /// Makes the folders in which the two sides write, where they are not there. Throws `LinkTrouble`.
    package func prepare() async throws { try await workers.run { [folder] in try folder.make() } }

    package func bring(_ digest: String, _ bytes: @Sendable () async throws -> [UInt8]) async throws {
        guard BlobRef(digest: digest, size: 0) != nil else { throw LinkTrouble(.fileUnfit, message: digest) }
        guard try await !workers.run({ [folder] in try folder.has(digest, in: .files) }) else { return }
        let bytes = try await bytes()
        guard bytes.count <= LinkLimits.fileBytesMax else { throw LinkTrouble(.fileUnfit, message: digest) }
        try await workers.run { [folder] in try folder.write(bytes, as: digest, in: .files) }
    }

    package func push(_ batch: LinkBatch) async throws -> LinkAnswer {
        try await workers.run { [self] in
            let bytes = BatchXML.bytes(of: batch)
            guard BatchFile.isName(batch.id), bytes.count <= LinkLimits.answerBytesMax else {
                throw LinkTrouble(.refusedWhole, message: "batch \(batch.id), \(bytes.count) bytes")
            }
            switch try receipt(of: batch.id, keys: Set(batch.records.map(\.linkKey))) {
            case .none:
                try folder.write(bytes, as: "\(batch.id).xml", in: .to)
                return .handedOver
            // What it said of this batch stands there: it does not look at it again.
            case .says(let verdicts): return .verdicts(verdicts)
            case .unsettled, .unreadable:
                throw LinkTrouble(.unreadable, message: "to-receipts/\(batch.id).csv")
            }
        }
    }

    package func pull(after mark: String) async throws -> LinkPage {
        try await workers.run { [self] in try page(after: Int(mark) ?? 0) }
    }

    package func acknowledge(_ receipts: [LinkReceipt]) async throws {
        try await workers.run { [self] in try write(receipts) }
    }

    package func file(_ digest: String) async throws -> [UInt8] {
        guard BlobRef(digest: digest, size: 0) != nil else { throw LinkTrouble(.fileMissing, message: digest) }
        let found = try await workers.run { [folder] in
            try folder.file(digest, in: .files, bytesMax: LinkLimits.fileBytesMax)
        }
        switch found {
        case .nothing: throw LinkTrouble(.fileMissing, message: digest)
        case .file(let bytes, _) where BlobRef(of: bytes).digest == digest: return bytes
        case .file, .unfit: throw LinkTrouble(.fileUnfit, message: digest)
        }
    }

    package func holdings(of day: CivilDate, after last: LinkKey?) async throws -> LinkHoldings {
        let name = "holdings-\(day).csv"
        let found = try await workers.run { [folder] in
            try folder.file(name, in: .toReceipts, bytesMax: LinkLimits.answerBytesMax)
        }
        // A file that is not there says nothing; that the other side has nothing would be said by one without lines.
        guard case .file(let bytes, _) = found, let all = HoldingsTable.lines(bytes) else {
            let why = if case .nothing = found { "is not there" } else { "cannot be read" }
            throw LinkTrouble(.unreadable, message: "to-receipts/\(name) \(why)")
        }
        let lines = last.map { last in all.filter { last.isBefore($0.key) } } ?? all
        let page = lines.prefix(LinkLimits.pageRecordsMax)
        return LinkHoldings(Array(page), hasMore: page.count < lines.count)
    }

    package func close() async { await workers.drain() }

    /// Whether nobody has changed a file for so long that it is as it will be.
    func isSettled(_ changed: Instant) -> Bool {
        !(0..<Self.settleSeconds).contains((time.now().milliseconds - changed.milliseconds) / 1000)
    }
}

extension LinkRecord {
    /// By what it is named on a link.
    var linkKey: LinkKey { LinkKey(record.family, record.key) }
}
