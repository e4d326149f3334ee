import Accounts
import Catalogue
import Certificates
package import Documents
import Dossiers
package import Papers
import Store
package import Vocabulary

/// The papers of dossiers: issued with the event that makes them lawful, produced when somebody first wants them,
/// served with proof.
extension Hall {
    /// Lays a paper out and answers its bytes: the doors have the typeface and the thread for it.
    package typealias PaperPrinter =
        @Sendable (@escaping @Sendable (Typeface) throws -> PDFFile) async throws -> [UInt8]

    /// A paper with the template that it is pinned to.
    package struct OpenedPaper: Sendable {
        package let paper: Paper
        package let template: PaperTemplate
    }

    /// Issues the papers of events, in the transaction of the events. Nothing is laid out here.
    func issuePapers(
        of events: [DossierEvent], on dossier: Dossier, after sequence: Int, stamp: Stamp, in tx: Transaction
    ) throws {
        for (offset, event) in events.enumerated() {
            let name = try staffName(stamp.actor, for: event, on: dossier, in: tx)
            var contents = PaperContents(
                dossier: dossier, guide: try guide(of: dossier, for: event, in: tx),
                rules: rules(for: dossier.submitted.terms.region),
                remedies: papers.remedies, now: stamp.now, staffName: name)
            if event.namesCertificate, let certificate = dossier.certificate {
                contents.certificateNumber =
                    try CertificateTable.load(certificate, in: tx)?.reservation.identifier.serial
            }
            if case .hearing = event, let chair = dossier.proceedings.hearing?.chair {
                contents.chairName = try StaffTable.staff(chair, in: tx)?.name?.text
            }
            if case .commitment(.announced(let visit)) = event {
                contents.visitorNames = try visit.staff.compactMap { try StaffTable.staff($0, in: tx)?.name?.text }
            }
            for draft in contents.drafts(for: event) {
                let id = Self.paperID(draft.kind, of: dossier.id.subject, sequence + offset + 1, stamp)
                // What is no licence is nobody's business.
                let isPublic = draft.kind == .grant && contents.isLicence
                try PaperTable.issue(draft, as: id, shelf: papers.shelf, stamp: stamp, in: tx) { number, tx in
                    guard isPublic else { return }
                    try publishGrant(number, of: dossier, because: events, day: stamp.now.day, in: tx)
                }
            }
        }
    }

    /// Where proofs of service stand among ids of one instant: behind what the events of a dossier brought.
    static let proofPlace = 0x800

    /// The id of a paper: the same again when the body is replayed, on either database.
    static func paperID(_ kind: PaperKind, of subject: Subject, _ sequence: Int, _ stamp: Stamp) -> PaperID {
        let bytes = stamp.entropy.salt(for: "paper \(subject) \(sequence) \(kind.id)")
        let low = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let high = UInt64(bitPattern: stamp.now.milliseconds) << 16 | 0x7000 | UInt64(sequence) & 0xFFF
        return PaperID(Subject(high: high, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
    }

    private func guide(of dossier: Dossier, for event: DossierEvent, in tx: Transaction) throws -> Guide? {
        guard event.makesPaper else { return nil }
        let terms = dossier.submitted.terms
        return try papers.guides.guide(terms.itemCode, version: terms.version, in: tx)
    }

    private func staffName(
        _ actor: Actor, for event: DossierEvent, on dossier: Dossier, in tx: Transaction
    ) throws -> String? {
        if case .partner(let partner, let code?) = actor {
            switch event {
            case .received, .extended(.approved):
                return try PartnerTable.officer(code, of: partner, in: tx)?.name.text
            default: return nil
            }
        }
        // Whoever files for the applicant takes nothing in.
        guard case .staff(let id) = actor, !dossier.proceedings.handling.assistants.contains(id) else { return nil }
        switch event {
        case .received: return try StaffTable.staff(id, in: tx)?.name?.text ?? "@window"
        case .extended(.approved): return try StaffTable.staff(id, in: tx)?.name?.text
        default: return nil
        }
    }

    /// The papers of a dossier, the oldest first.
    package func papers(of dossier: DossierID) async throws -> [PaperLine] {
        try await store.read { tx in try PaperTable.of(dossier, in: tx) }
    }

    /// A paper of a dossier; refuses, by `PaperRefusal.notFound`, another dossier's.
    package func paper(_ id: PaperID, of dossier: DossierID) async throws -> OpenedPaper {
        try await store.read { tx in try opened(id, of: dossier, in: tx) }
    }

    private func opened(_ id: PaperID, of dossier: DossierID, in tx: Transaction) throws -> OpenedPaper {
        let paper = try PaperTable.load(id, in: tx)
        guard paper.issued.dossier == dossier else { throw PaperRefusal.notFound }
        return OpenedPaper(paper: paper, template: try papers.shelf.template(paper.issued.template, in: tx))
    }

    /// The bytes of a paper. They are made when somebody first asks, and are the paper from then on: of two who ask at
    /// once, both get the first one's.
    package func file(of opened: OpenedPaper, for actor: Actor, printer: PaperPrinter) async throws -> [UInt8] {
        if let file = opened.paper.file { return try await kept(file) }
        let print = try PaperPrint(opened.paper, opened.template)
        let made = try await printer { typeface in try print.file(typeface) }
        let file = try await keep(made)
        let stamp = stamp(of: actor)
        let id = opened.paper.id
        let first = try await store.write { tx in try PaperTable.produce(file, of: id, stamp: stamp, in: tx) }
        return first == file ? made : try await kept(first)
    }

    private func kept(_ file: BlobRef) async throws -> [UInt8] {
        guard let bytes = try await bytes(of: file) else { throw Fault.corrupt("paper \(file.digest) is missing") }
        return bytes
    }

    private func keep(_ bytes: [UInt8]) async throws -> BlobRef {
        let upload = upload()
        try await upload.append(bytes)
        return try await upload.keep()
    }

    /// Serves a paper, which is produced before, and issues its proof of service in the same transaction. The same
    /// token does it once. Refuses what `PaperRules.serve` refuses.
    package func serve(
        _ id: PaperID, of dossier: DossierID, _ served: PaperEvent.Served, _ handing: PaperEvent.Handing,
        by actor: Actor, attempt: Attempt, printer: PaperPrinter
    ) async throws {
        let stamp = stamp(of: actor)
        let mark = Array("serve \(id) \(served.mode.rawValue) \(handing.recipient.debugDescription)".utf8)
        let (found, isDone) = try await store.read { tx in
            let answer = try Tokens.answer(to: attempt.token, by: actor, command: mark, in: tx)
            return (try opened(id, of: dossier, in: tx), answer != nil)
        }
        if isDone { return }
        // What is refused produces nothing.
        _ = try PaperRules.serve(found.paper, served, handing, at: stamp.now)
        _ = try await file(of: found, for: actor, printer: printer)
        try await store.write { tx in
            guard try Tokens.answer(to: attempt.token, by: actor, command: mark, in: tx) == nil else { return }
            let opened = try opened(id, of: dossier, in: tx)
            try PaperTable.serve(id, served, handing, stamp: stamp, in: tx)
            let done = try PaperTable.load(id, in: tx)
            let title = opened.template.title(done.values ?? [:])
            let draft = try PaperRules.proof(of: done, title: title)
            let proof = Self.paperID(.serviceRecord, of: id.subject, Self.proofPlace + done.sequence, stamp)
            try PaperTable.issue(draft, as: proof, shelf: papers.shelf, stamp: stamp, in: tx)
            try Tokens.keep([], for: attempt.token, by: actor, command: mark, now: stamp.now, in: tx)
        }
    }

    /// Sets a paper aside (作废), by whoever leads the authority; it keeps its number. Refuses what `PaperRules.void`
    /// refuses.
    package func void(_ id: PaperID, of dossier: DossierID, reason: String, by performer: Performer) async throws {
        let stamp = stamp(of: performer.actor)
        try await store.write { tx in
            let whole = try load(dossier, in: tx)
            let terms = whole.submitted.terms
            try performer.require(anyOf: [.lead], scope(of: whole, at: (terms.body, terms.region)))
            _ = try opened(id, of: dossier, in: tx)
            try PaperTable.void(id, reason: reason, stamp: stamp, in: tx)
        }
    }
}

extension DossierEvent {
    /// Whether a paper may come of it, so that its guide is wanted.
    fileprivate var makesPaper: Bool {
        switch self {
        case .submitted(let submitted, _): submitted.isCommitted == true
        case .received, .correctionRequested, .accepted, .declined, .granted, .refused, .withdrawn, .terminated,
            .lapsed, .special, .hearing, .extended, .party, .tolerance, .licence, .commitment(.announced),
            .clock(.renewed):
            true
        default: false
        }
    }

    /// Whether a paper of it names the certificate.
    fileprivate var namesCertificate: Bool {
        switch self {
        case .granted, .clock(.renewed), .licence: true
        default: false
        }
    }
}

/// What papers are composed from: templates, remedies and guides.
struct PaperStock: Sendable {
    let shelf: TemplateShelf
    let remedies: RemedyTable
    let guides = GuideShelf()
    /// What the elements of guides are read with.
    let tables: CodeTables

    init() throws {
        tables = try CodeTables.shipped()
        shelf = try TemplateShelf()
        remedies = try RemedyTable.shipped()
    }
}
