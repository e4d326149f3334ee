import Dossiers
package import Hall
import Store
import Vocabulary

/// Keeps its own, naive books beside the service and says where they differ.
package struct Auditor: Sendable {
    /// What the whole journal says, counted event by event.
    package struct Books: Equatable, Sendable {
        package var submitted = 0
        package var decided = 0
        package var granted = 0
        package var certificates = 0
        package var filed = 0
        /// Certificates that were made elsewhere: no dossier brought them.
        package var takenOver = 0
        package var closed = 0
        package var refused = 0
        package var accepted = 0
        package var corrections = 0
        package var withdrawn = 0
        package var declined = 0
        /// Evaluations, and bad ones whose mending was published.
        package var judged = 0
        package var published = 0
        /// Tickets of halls: taken, served to the end, and passed because nobody came.
        package var visits = 0
        package var served = 0
        package var passed = 0
        /// Dossiers that came to an end, whichever.
        package var ended = 0
        package var entries = 0
        /// One sentence for each thing that must not be.
        package var findings: [String] = []
        /// SHA-256 of all leaves in order: two journals are the same if and only if this is.
        package var digest = ""
    }

    package init() {}

    /// Reads the sealed journal from the beginning.
    package func books(of hall: Hall) async throws -> Books {
        var books = Books()
        var decisions: [Subject: Int] = [:]
        var grants: [Subject: Int] = [:]
        var certificates: Set<Subject> = []
        var leaves: [UInt8] = []
        var position = 0
        while true {
            let from = position
            let page = try await hall.store.read { tx in try SealedLog.entries(from: from, in: tx) }
            for sealed in page {
                leaves += sealed.leaf
                try count(sealed.entry, &books, &decisions, &grants, &certificates)
            }
            position += page.count
            books.entries = position
            if page.isEmpty { break }
        }
        for (subject, count) in decisions.sorted(by: { $0.key < $1.key }) where count > 1 {
            books.findings.append("\(subject) was decided \(count) times")
        }
        if certificates.count - books.takenOver > grants.count {
            books.findings.append("there are certificates without a grant")
        }
        books.digest = BlobRef(of: leaves).digest
        return books
    }

    private static func isTakenOver(_ entry: JournalEntry) throws -> Bool {
        try CanonicalJSON.value(JSONValue.self, in: entry.body)["dossier"] == nil
    }

    private func count(
        _ entry: JournalEntry, _ books: inout Books, _ decisions: inout [Subject: Int],
        _ grants: inout [Subject: Int], _ certificates: inout Set<Subject>
    ) throws {
        switch entry.kind {
        case "dossier.submitted": books.submitted += 1
        case "dossier.granted":
            books.granted += 1
            books.decided += 1
            grants[entry.subject, default: 0] += 1
            decisions[entry.subject, default: 0] += 1
        case "dossier.refused":
            books.decided += 1
            books.refused += 1
            decisions[entry.subject, default: 0] += 1
        case "certificate.reserved":
            books.certificates += 1
            if try Self.isTakenOver(entry) { books.takenOver += 1 }
            certificates.insert(entry.subject)
        case "certificate.filed":
            books.filed += 1
            if !certificates.contains(entry.subject) { books.findings.append("\(entry.subject) was filed unreserved") }
        case "dossier.accepted": books.accepted += 1
        case "dossier.correction-requested": books.corrections += 1
        case "dossier.closed": (books.closed, books.ended) = (books.closed + 1, books.ended + 1)
        case "dossier.withdrawn": (books.withdrawn, books.ended) = (books.withdrawn + 1, books.ended + 1)
        case "dossier.declined": (books.declined, books.ended) = (books.declined + 1, books.ended + 1)
        case "dossier.lapsed", "dossier.tolerance-lapsed", "dossier.terminated": books.ended += 1
        case "evaluation.given": books.judged += 1
        case "rectification.published": books.published += 1
        case "windows.ticket-taken": books.visits += 1
        case "windows.ticket-finished": books.served += 1
        case "windows.ticket-passed": books.passed += 1
        default: break
        }
    }
}
