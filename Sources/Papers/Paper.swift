package import Store
package import Vocabulary

/// 文书: one paper of the law. It is the fold of its events and nothing else.
package struct Paper: Hashable, Sendable {
    package let id: PaperID
    /// How many events it is the fold of.
    package private(set) var sequence: Int
    package let issued: PaperEvent.Issued
    /// What it says of its case; nil once it was erased.
    package let values: [String: PaperValue]?
    package let issuedAt: Instant
    /// Its bytes, once they were made.
    package private(set) var file: BlobRef?
    package private(set) var service: Service?
    package private(set) var isVoided = false
    /// Why it was voided; nil when it was not, or when the reason was erased.
    package private(set) var voidReason: String?

    /// How it was served.
    package struct Service: Hashable, Sendable {
        package let served: PaperEvent.Served
        /// Nil once it was erased.
        package let handing: PaperEvent.Handing?
    }

    init(_ id: PaperID, _ first: PaperEvent, at: Instant) throws {
        guard case .issued(let issued, let values) = first else {
            throw Fault.corrupt("paper \(id) does not begin with its issue")
        }
        self.id = id
        self.issued = issued
        self.values = values?.values
        issuedAt = at
        sequence = 1
    }

    mutating func apply(_ event: PaperEvent) throws {
        sequence += 1
        switch event {
        case .issued: throw Fault.corrupt("paper \(id) was issued twice")
        case .produced(let produced):
            guard file == nil else { throw Fault.corrupt("paper \(id) was produced twice") }
            file = produced.file
        case .served(let served, let handing):
            guard service == nil else { throw Fault.corrupt("paper \(id) was served twice") }
            service = Service(served: served, handing: handing)
        case .voided(let reason):
            (isVoided, voidReason) = (true, reason?.text)
        }
    }

    /// The fold of all entries of one paper; nil when there are none.
    package static func folded(_ id: PaperID, _ entries: [JournalEntry]) throws -> Paper? {
        guard let first = entries.first else { return nil }
        var paper = try Paper(id, PaperEvent(first), at: first.at)
        for entry in entries.dropFirst() {
            guard entry.sequence == paper.sequence + 1 else { throw Fault.corrupt("paper \(id) has a gap") }
            try paper.apply(PaperEvent(entry))
        }
        return paper
    }

    /// Its kind; throws `Fault.corrupt` for one that never was.
    package func kind() throws -> PaperKind {
        guard let kind = PaperKind.named(issued.kind) else { throw Fault.corrupt("no paper is a \(issued.kind)") }
        return kind
    }
}

/// A paper that is to be issued.
package struct PaperDraft: Hashable, Sendable {
    package let kind: PaperKind
    package let body: PaperBody
    package let dossier: DossierID
    package var values: [String: PaperValue]
    /// The papers that a proof of service is about.
    package var about: [PaperID]?

    /// A paper of a kind, by a body, about a case, that says this.
    package init(_ kind: PaperKind, by body: PaperBody, about dossier: DossierID, _ values: [String: PaperValue]) {
        (self.kind, self.body, self.dossier, self.values) = (kind, body, dossier, values)
    }
}
