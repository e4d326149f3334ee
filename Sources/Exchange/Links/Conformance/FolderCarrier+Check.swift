import Foundation
import Store
import Vocabulary

extension FolderCarrier: CheckedCarrier {
    package var way: LinkWay { .folder }
    package var harmlessMark: String { "" }

    package func settle(_ batch: LinkBatch, within patience: Duration) async throws -> [LinkKey: LinkVerdict] {
        try await settle(BatchXML.bytes(of: batch), of: batch, within: patience)
    }

    package func settleUnfit(
        _ batch: LinkBatch, column: String, within patience: Duration
    ) async throws -> [LinkKey: LinkVerdict] {
        var text = String(decoding: BatchXML.bytes(of: batch), as: UTF8.self)
        if let start = text.range(of: "<\(column)>"), let end = text.range(of: "</\(column)>") {
            text.replaceSubrange(start.upperBound..<end.lowerBound, with: "2026-02-30 25:61:61")
        }
        return try await settle(Array(text.utf8), of: batch, within: patience)
    }

    package func isDoneWithoutBatch(named id: String, within patience: Duration) async throws -> Bool? {
        let (file, whole) = ("\(id).xml", LinkKey("", ""))
        try await workers.run { [folder] in
            try folder.write(Array("<batch id=".utf8), as: file, in: .to)
            // As if nobody had changed it for long: it is not looked at before.
            do {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 0)],
                    ofItemAtPath: "\(folder.root)/to/\(file)")
            } catch { throw LinkTrouble(.unanswered, .unreachable, message: "to/\(file)") }
        }
        let said = try await waiting(patience) { try await receiptSays(of: id, keys: [whole]) }
        try await workers.run { [folder] in try folder.remove(file, in: .to) }
        // A receipt without a line says nothing.
        return said.flatMap { $0[whole] }.map { $0.outcome != .refused }
    }

    package func isFooled(
        by wrong: [UInt8], instead right: [UInt8], of record: LinkRecord, within patience: Duration
    ) async throws -> Bool {
        let digest = BlobRef(of: right).digest
        try await workers.run { [folder] in try folder.write(wrong, as: digest, in: .files) }
        let said: [LinkKey: LinkVerdict]
        do {
            said = try await settle(LinkBatch("\(record.record.key)-w", [record]), within: patience)
        } catch {
            try await workers.run { [folder] in try folder.write(right, as: digest, in: .files) }
            throw error
        }
        try await workers.run { [folder] in try folder.write(right, as: digest, in: .files) }
        return said[record.linkKey].map { $0.outcome != .refused } ?? false
    }

    package func tellsHoldings(of number: CheckCase) async throws -> Bool {
        try await workers.run { [folder] in try folder.has("holdings-\(number.day).csv", in: .toReceipts) }
    }

    /// Lays a batch down, waits for its receipt and takes it away, as a house does.
    private func settle(
        _ bytes: [UInt8], of batch: LinkBatch, within patience: Duration
    ) async throws -> [LinkKey: LinkVerdict] {
        let keys = Set(batch.records.map(\.linkKey))
        try await workers.run { [folder] in try folder.write(bytes, as: "\(batch.id).xml", in: .to) }
        let said = try await waiting(patience) { try await receiptSays(of: batch.id, keys: keys) }
        try await workers.run { [folder] in try folder.remove("\(batch.id).xml", in: .to) }
        guard let said else {
            throw LinkTrouble(.unanswered, .unanswered, message: "no to-receipts/\(batch.id).csv in \(patience)")
        }
        return said
    }

    private func receiptSays(of batch: String, keys: Set<LinkKey>) async throws -> [LinkKey: LinkVerdict]? {
        switch try await workers.run({ [self] in try receipt(of: batch, keys: keys) }) {
        case .none, .unsettled: return nil
        case .unreadable: throw LinkTrouble(.unreadable, message: "to-receipts/\(batch).csv")
        case .says(let verdicts): return verdicts
        }
    }
}
