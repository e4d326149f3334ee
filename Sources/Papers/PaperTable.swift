package import Store
package import Vocabulary

/// One line of a dossier's list of papers.
package struct PaperLine: Hashable, Sendable {
    package let id: PaperID
    package let kind: PaperKind
    /// Its name, in Chinese as the paper has it.
    package let title: String
    package let number: String
    package let day: CivilDate
    package let isServed: Bool
    package let isVoided: Bool
}

/// The journal of papers, and the rows by which a dossier finds its own.
package enum PaperTable {
    /// LIMIT: papers of one dossier that a list shows.
    package static let perDossierMax = 200

    package static let migrations = [
        Migration(
            "papers.001-paper",
            tables: [
                TemplateTable.table,
                Table(
                    "paper_by_dossier", .distributed(by: "dossier"),
                    columns: """
                        dossier BYTEA NOT NULL, paper BYTEA NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
                        number TEXT NOT NULL, day BIGINT NOT NULL, is_served BIGINT NOT NULL, is_voided BIGINT NOT NULL,
                        PRIMARY KEY (dossier, paper)
                        """),
            ] + PaperNumbering.tables)
    ]

    /// Issues a paper, with the next number of its series, in the transaction that makes it lawful. The number is taken
    /// at the very end of the transaction, and everything that names it is written there; by `naming`
    /// what others write.
    package static func issue(
        _ draft: PaperDraft, as id: PaperID, shelf: TemplateShelf, stamp: Stamp, in tx: Transaction,
        naming: @escaping (PaperNumber, Transaction) throws -> Void = { _, _ in }
    ) throws {
        try PaperRules.check(draft)
        let template = try shelf.current(draft.kind, in: tx)
        let day = stamp.now.day
        tx.atLast(PaperNumbering.key(draft.kind, of: draft.body.code, year: day.year)) { tx in
            let serial = try PaperNumbering.take(draft.kind, of: draft.body.code, year: day.year, in: tx)
            let event = try PaperRules.issue(draft, number: serial, template: template.digest, on: day)
            let paper = try Paper(id, event, at: stamp.now)
            try Journal.append([event], to: id.subject, after: 0, stamp: stamp, in: tx)
            try tx.execute(
                """
                INSERT INTO paper_by_dossier (dossier, paper, kind, title, number, day, is_served, is_voided)
                VALUES (\(draft.dossier), \(id), \(draft.kind.id), \(template.template.title(draft.values)),
                    \(paper.issued.number.description), \(day), 0, 0)
                """)
            try PaperNumbering.register(paper.issued, as: id, in: tx)
            try naming(paper.issued.number, tx)
        }
    }

    /// The paper as the fold of its events; refuses an id that nobody has.
    package static func load(_ id: PaperID, in tx: Transaction) throws -> Paper {
        let entries = try Journal.entries(of: id.subject, in: tx)
        // An address may name anything that the journal is about.
        guard entries.first?.kind == PaperEvent.issuedKind, let paper = try Paper.folded(id, entries) else {
            throw PaperRefusal.notFound
        }
        return paper
    }

    /// Gives the paper its bytes and answers which it has: the first writer's stay. The bytes are in `Blobs` or in a
    /// file that is durable already.
    package static func produce(
        _ file: BlobRef, of id: PaperID, stamp: Stamp, in tx: Transaction
    ) throws -> BlobRef {
        let paper = try load(id, in: tx)
        guard let event = PaperRules.produce(file, on: paper) else { return paper.file ?? file }
        try Journal.append([event], to: id.subject, after: paper.sequence, stamp: stamp, in: tx)
        return file
    }

    /// Writes down that a paper was served. It must have its bytes by then: what is served is kept byte for byte.
    package static func serve(
        _ id: PaperID, _ served: PaperEvent.Served, _ handing: PaperEvent.Handing, stamp: Stamp, in tx: Transaction
    ) throws {
        let paper = try load(id, in: tx)
        let event = try PaperRules.serve(paper, served, handing, at: stamp.now)
        precondition(paper.file != nil, "a paper is produced before it is served")
        try Journal.append([event], to: id.subject, after: paper.sequence, stamp: stamp, in: tx)
        try tx.execute(
            "UPDATE paper_by_dossier SET is_served = 1 WHERE dossier = \(paper.issued.dossier) AND paper = \(id)")
    }

    /// 作废.
    package static func void(_ id: PaperID, reason: String, stamp: Stamp, in tx: Transaction) throws {
        let paper = try load(id, in: tx)
        let event = try PaperRules.void(paper, reason: reason)
        try Journal.append([event], to: id.subject, after: paper.sequence, stamp: stamp, in: tx)
        try tx.execute(
            "UPDATE paper_by_dossier SET is_voided = 1 WHERE dossier = \(paper.issued.dossier) AND paper = \(id)")
    }

    /// The papers of a dossier, the oldest first.
    package static func of(_ dossier: DossierID, in tx: Transaction) throws -> [PaperLine] {
        try tx.rows(
            """
            SELECT paper, kind, title, number, day, is_served, is_voided FROM paper_by_dossier
            WHERE dossier = \(dossier) ORDER BY paper LIMIT \(perDossierMax)
            """
        ).map { row in
            PaperLine(
                id: try row.id(0), kind: try row.value(1, PaperKind.named), title: try row.text(2),
                number: try row.text(3), day: try row.day(4), isServed: try row.bool(5), isVoided: try row.bool(6))
        }
    }
}
