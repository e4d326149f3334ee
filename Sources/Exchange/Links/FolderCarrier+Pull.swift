import Synchronization
import Vocabulary

/// What was pulled from a folder and is not finished there.
struct FolderState {
    /// How far a batch was pulled.
    struct Place {
        var rows: Int
        var isAll: Bool
    }
    /// A page that was answered. Whoever pulls with its mark has it.
    struct Page {
        var serial: Int
        var places: [String: Place] = [:]
        /// Batches of ours of which it said what came of them.
        var told: [String] = []
    }

    var places: [String: Place] = [:]
    /// How many rows each batch has.
    var counts: [String: Int] = [:]
    private var page: Page?

    /// Whoever pulls after a mark has that page; any other page is answered again. Answers what it told.
    mutating func confirm(_ serial: Int) -> [String] {
        defer { page = nil }
        guard let page, page.serial == serial else { return [] }
        places.merge(page.places) { $1 }
        return page.told
    }

    mutating func answer(_ page: Page) { self.page = page }

    /// Forgets every batch but these.
    mutating func keep(_ batches: Set<String>) {
        places = places.filter { batches.contains($0.key) }
        counts = counts.filter { batches.contains($0.key) }
    }
}

extension FolderCarrier {
    /// The next page. A mark counts the pages that had anything.
    func page(after serial: Int) throws -> LinkPage {
        for name in state.withLock({ $0.confirm(serial) }) { try folder.remove("\(name).xml", in: .to) }
        var page = FolderState.Page(serial: serial + 1)
        let said = try verdicts(&page)
        let (rows, hasMore) = try rows(&page)
        guard !rows.isEmpty || !said.verdicts.isEmpty || !page.told.isEmpty else {
            // What can be read goes first; then somebody has to look at what cannot.
            if let unreadable = said.unreadable { throw LinkTrouble(.unreadable, message: unreadable) }
            return LinkPage([], next: serial == 0 ? "" : "\(serial)", hasMore: false)
        }
        state.withLock { $0.answer(page) }
        return LinkPage(
            rows, verdicts: said.verdicts, next: "\(page.serial)", hasMore: hasMore || said.hasMore)
    }

    private struct Said {
        var verdicts: [LinkKey: LinkVerdict] = [:]
        var unreadable: String?
        var hasMore = false
    }

    /// What stands in receipts for batches of ours that lie there. A batch whose receipt was told is taken away, so
    /// that no receipt is told twice and none that names a batch that there is not.
    private func verdicts(_ page: inout FolderState.Page) throws -> Said {
        let receipts = Set(try folder.names(in: .toReceipts))
        let ours = try folder.names(in: .to).compactMap(BatchFile.init).filter { $0.form == .xml }.map(\.batch).sorted()
        var said = Said()
        for batch in ours where receipts.contains("\(batch).csv") {
            guard said.verdicts.count < LinkLimits.pageRecordsMax, page.told.count < LinkLimits.pageRecordsMax else {
                said.hasMore = true
                break
            }
            switch try receipt(of: batch, keys: try keys(ofOurs: batch)) {
            case .says(let verdicts):
                said.verdicts.merge(verdicts) { $1 }
                page.told.append(batch)
            case .unreadable: said.unreadable = said.unreadable ?? "to-receipts/\(batch).csv"
            case .none, .unsettled: continue
            }
        }
        return said
    }

    /// A file that may say what came of a batch.
    enum Receipt {
        case none
        /// It cannot be read, and perhaps somebody is writing it.
        case unsettled
        case unreadable
        case says([LinkKey: LinkVerdict])
    }

    /// What a receipt says of these records, and of no other. A line without a name is about all of them.
    func receipt(of batch: String, keys: Set<LinkKey>) throws -> Receipt {
        let found = try folder.file("\(batch).csv", in: .toReceipts, bytesMax: LinkLimits.answerBytesMax)
        if case .nothing = found { return .none }
        guard case .file(let bytes, let changed) = found else { return .unreadable }
        guard let lines = ReceiptTable.lines(bytes) else { return isSettled(changed) ? .unreadable : .unsettled }
        var verdicts: [LinkKey: LinkVerdict] = [:]
        for line in lines {
            if line.key == LinkKey("", "") {
                for key in keys { verdicts[key] = line.verdict }
            } else if keys.contains(line.key) {
                verdicts[line.key] = line.verdict
            }
        }
        return .says(verdicts)
    }

    /// The names of the records of a batch that we wrote.
    private func keys(ofOurs batch: String) throws -> Set<LinkKey> {
        guard
            case .file(let bytes, _) = try folder.file(
                "\(batch).xml", in: .to, bytesMax: LinkLimits.answerBytesMax),
            let file = BatchFile("\(batch).xml")
        else { return [] }
        do throws(RecordUnfit) {
            return Set(try file.records(bytes, in: families).map { $0.row("", in: families).key })
        } catch { return [] }
    }

    /// The next rows of batches that have no receipt.
    private func rows(_ page: inout FolderState.Page) throws -> (rows: [LinkPage.Row], hasMore: Bool) {
        let finished = Set(try folder.names(in: .fromReceipts))
        let files = Dictionary(grouping: try folder.names(in: .from).compactMap(BatchFile.init), by: \.batch)
        let open = files.keys.filter { !finished.contains("\($0).csv") }.sorted()
        let places = state.withLock { state in
            state.keep(Set(open))
            return state.places
        }
        var rows: [LinkPage.Row] = []
        for batch in open where places[batch]?.isAll != true {
            let room = LinkLimits.pageRecordsMax - rows.count
            guard room > 0 else { return (rows, true) }
            guard let all = try self.rows(of: files[batch] ?? []) else { continue }
            state.withLock { $0.counts[batch] = all.count }
            let start = places[batch]?.rows ?? 0
            let taken = all.dropFirst(start).prefix(room)
            rows += taken
            let end = start + taken.count
            page.places[batch] = FolderState.Place(rows: end, isAll: end >= all.count)
            guard end >= all.count else { return (rows, true) }
        }
        return (rows, false)
    }

    /// All rows of a batch; one with the place 0 for a file that cannot be read as a whole. Nil where it has gone, and
    /// where somebody may be writing it.
    func rows(of files: [BatchFile]) throws -> [LinkPage.Row]? {
        guard let file = files.first else { return nil }
        let unfit = [
            LinkPage.Row("\(file.batch)#0", .failure(RecordUnfit(.malformed, file.batch)), key: LinkKey("", ""))
        ]
        // A name is one batch's: of two files one would never be answered.
        guard files.count == 1 else { return unfit }
        switch try folder.file(file.name, in: .from, bytesMax: LinkLimits.answerBytesMax) {
        case .nothing: return nil
        case .unfit: return unfit
        case .file(let bytes, let changed):
            do throws(RecordUnfit) {
                return try file.records(bytes, in: families).enumerated().map { place, record in
                    record.row("\(file.batch)#\(place + 1)", in: families)
                }
            } catch {
                return isSettled(changed) ? unfit : nil
            }
        }
    }
}
