import Synchronization
import Vocabulary

extension FolderCarrier {
    /// Writes what came of rows. A batch's receipt is written when each of its rows has one; until then what is known
    /// stands under a name that begins with a dot, so that nothing is lost when the process dies.
    func write(_ receipts: [LinkReceipt]) throws {
        let marks = receipts.compactMap { receipt in Mark(receipt.mark).map { (mark: $0, receipt: receipt) } }
        for (batch, said) in Dictionary(grouping: marks, by: \.mark.batch).sorted(by: { $0.key < $1.key }) {
            guard try !folder.has("\(batch).csv", in: .fromReceipts) else { continue }
            let lines = said.map { mark, receipt in
                (mark.place, ReceiptTable.Line(key: receipt.key, verdict: receipt.verdict))
            }
            try write(Dictionary(lines) { $1 }, of: batch)
        }
    }

    private func write(_ said: [Int: ReceiptTable.Line], of batch: String) throws {
        let (name, partName) = ("\(batch).csv", ".\(batch).part")
        if let whole = said[0] {
            let line = ReceiptTable.Line(key: LinkKey("", ""), verdict: whole.verdict)
            try folder.write(ReceiptTable.bytes(of: [line]), as: name, in: .fromReceipts)
            return try folder.remove(partName, in: .fromReceipts)
        }
        guard let count = try count(of: batch) else {
            // Taken away before it was finished: there is nothing that an answer could be about.
            return try folder.remove(partName, in: .fromReceipts)
        }
        var part: [Int: ReceiptTable.Line] = [:]
        if case .file(let bytes, _) = try folder.file(
            partName, in: .fromReceipts, bytesMax: LinkLimits.answerBytesMax)
        {
            part = ReceiptTable.part(bytes)
        }
        part.merge(said) { $1 }
        part = part.filter { (1...count).contains($0.key) }
        guard part.count == count else {
            return try folder.write(ReceiptTable.bytes(ofPart: part), as: partName, in: .fromReceipts)
        }
        let lines = part.sorted { $0.key < $1.key }.map(\.value)
        try folder.write(ReceiptTable.bytes(of: lines), as: name, in: .fromReceipts)
        try folder.remove(partName, in: .fromReceipts)
    }

    /// How many rows a batch has; nil where it lies there no more.
    private func count(of batch: String) throws -> Int? {
        if let count = state.withLock({ $0.counts[batch] }) { return count }
        let files = try folder.names(in: .from).compactMap(BatchFile.init).filter { $0.batch == batch }
        let count = try rows(of: files)?.count
        state.withLock { $0.counts[batch] = count }
        return count
    }

    /// `NAME#3`.
    private struct Mark {
        let batch: String
        let place: Int

        init?(_ text: String) {
            let parts = text.split(separator: "#", omittingEmptySubsequences: false)
            guard parts.count == 2, let place = Int(parts[1]), BatchFile.isName(String(parts[0])) else { return nil }
            (batch, self.place) = (String(parts[0]), place)
        }
    }
}
