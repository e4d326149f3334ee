import Catalogue
import Certificates
import Delivery
import Dossiers
import Foundation
import Papers
import Store
package import Vocabulary

/// Evidence packs of cases.
extension Hall {
    /// What a pack needs from whoever has the keys and the typeface.
    package struct EvidenceTools: Sendable {
        /// The public key of the journal's log, as it is published.
        let key: String
        /// Makes a signed note of a text with that key.
        let sign: @Sendable (_ text: String) throws -> String
        /// Seals what waits and makes a checkpoint, or leaves it to whoever does that already.
        let seal: @Sendable () async throws -> Void
        let printer: PaperPrinter
        /// The clock sheet.
        let clock: @Sendable (Opened) throws -> String

        package init(
            key: String, sign: @escaping @Sendable (_ text: String) throws -> String,
            seal: @escaping @Sendable () async throws -> Void, printer: @escaping PaperPrinter,
            clock: @escaping @Sendable (Opened) throws -> String
        ) {
            (self.key, self.sign, self.seal, self.printer, self.clock) = (key, sign, seal, printer, clock)
        }
    }

    /// What a pack may take.
    package struct EvidenceLimits: Sendable {
        /// LIMIT: times that it is looked whether the log covers the case, a fifth of a second apart.
        package var sealTriesMax = 150
        /// LIMIT: bytes of the files of one pack.
        package var bytesMax = 1 << 30

        package init() {}
    }

    /// The evidence pack of a case. That it is made is a look at the case, written down before and part of the pack;
    /// papers that nobody has seen yet are produced. Refuses a case that there is not, one whose files are more than a
    /// pack holds, and a log that is not sealed in time.
    package func evidence(
        of id: DossierID, by looker: Looker, _ tools: EvidenceTools, within limits: EvidenceLimits = EvidenceLimits()
    ) async throws -> EvidencePack {
        let opened = try await open(id)
        let (look, now) = (ids.next(), time.now())
        try await store.write { tx in
            try note(Look(looker, at: opened.dossier.seen, for: .evidence, now), as: look, in: tx)
        }
        for line in opened.papers {
            _ = try await file(of: try await paper(line.id, of: id), for: looker.actor, printer: tools.printer)
        }
        let (checkpoint, lines) = try await sealedLines(
            of: id, look: look, tries: limits.sealTriesMax, tools.seal)
        let after = try await open(id)
        let files = try await evidenceFiles(
            of: lines, names: try await evidenceNames(of: after), bytesMax: limits.bytesMax)
        return try EvidencePack(
            EvidencePack.Contents(
                number: after.dossier.submitted.numbers.number, madeAt: now, key: tools.key,
                checkpoint: checkpoint, lines: lines, files: files,
                others: try EvidenceKit.files() + [
                    ("case.json", CanonicalJSON.bytes(writing: after.dossier.evidence)),
                    ("clock.txt", Array(try tools.clock(after).utf8)),
                ]), sign: tools.sign)
    }

    /// Everything of a case that the newest checkpoint covers, which is all that was there when it was asked for.
    private func sealedLines(
        of id: DossierID, look: Subject, tries: Int, _ seal: @Sendable () async throws -> Void
    ) async throws -> (Checkpoint, [EvidencePack.Line]) {
        let wanted = try await store.read { tx in
            try evidenceSubjects(of: id, look: look, in: tx).map { subject in
                (subject, try Journal.lastSequence(of: subject, in: tx))
            }
        }
        for _ in 0..<tries {
            try await seal()
            let found = try await store.read { tx in try evidenceLines(wanted, in: tx) }
            if let found { return found }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw EvidenceRefusal.notSealed
    }

    private func evidenceSubjects(of id: DossierID, look: Subject, in tx: Transaction) throws -> [Subject] {
        let certificate = try load(id, in: tx).certificate.map { [$0.subject] } ?? []
        return [id.subject] + (try PaperTable.of(id, in: tx).map(\.id.subject)) + certificate
            + (try ParcelTable.of(id, in: tx).map(\.subject)) + [look]
    }

    /// Nil while an entry is not covered.
    private func evidenceLines(
        _ wanted: [(subject: Subject, last: Int)], in tx: Transaction
    ) throws -> (Checkpoint, [EvidencePack.Line])? {
        guard let checkpoint = try SealedLog.latestCheckpoint(in: tx) else { return nil }
        var lines: [EvidencePack.Line] = []
        for (subject, last) in wanted {
            for entry in try Journal.entries(of: subject, in: tx) where entry.sequence <= last {
                let position = try SealedLog.position(of: subject, sequence: entry.sequence, in: tx)
                guard let position, position < checkpoint.size else { return nil }
                lines.append(
                    EvidencePack.Line(
                        entry: entry, position: position,
                        proof: try SealedLog.inclusionProof(of: position, size: checkpoint.size, in: tx)))
            }
        }
        return (checkpoint, lines)
    }

    /// Every file that the entries name, each once. Refuses more than a pack holds before it reads any; one that should
    /// be there and is not is a fault of the house, not a pack without it.
    private func evidenceFiles(
        of lines: [EvidencePack.Line], names: [String: String], bytesMax: Int
    ) async throws -> [(file: BlobRef, name: String, bytes: [UInt8])] {
        var seen: Set<BlobRef> = []
        let wanted = lines.flatMap(\.named).filter { seen.insert($0).inserted }
        guard wanted.reduce(0, { $0 + $1.size }) <= bytesMax else { throw EvidenceRefusal.tooLarge }
        var files: [(file: BlobRef, name: String, bytes: [UInt8])] = []
        for file in wanted {
            guard let bytes = try await bytes(of: file) else {
                throw Fault.corrupt("file \(file.digest) of a case is gone")
            }
            files.append((file, names[file.digest] ?? "", bytes))
        }
        return files
    }

    /// What the files of a case are called, by digest.
    private func evidenceNames(of opened: Opened) async throws -> [String: String] {
        var names: [String: String] = [:]
        let submitted = opened.dossier.submitted
        let guide = try await store.read { [papers] tx in
            try papers.guides.guide(submitted.terms.itemCode, version: submitted.terms.version, in: tx)
        }
        let titles = Dictionary((guide?.materials ?? []).map { ($0.id, $0.name.zh) }) { first, _ in first }
        for material in opened.dossier.materials {
            guard case .files(let files) = material.source else { continue }
            for file in files {
                let own = opened.dossier.personal?.fileNames[file.digest]
                names[file.digest] = [titles[material.material] ?? material.material, own].compactMap(\.self)
                    .joined(separator: ": ")
            }
        }
        for line in opened.papers {
            let paper = try await paper(line.id, of: opened.dossier.id).paper
            if let file = paper.file { names[file.digest] = "\(line.title) \(line.number)" }
        }
        if let id = opened.dossier.certificate,
            let certificate = try await store.read({ tx in try CertificateTable.load(id, in: tx) }),
            let file = certificate.file
        {
            names[file.digest] = certificate.reservation.identifier.serial
        }
        return names
    }
}

extension Dossier {
    /// What the case is, for people who open a pack.
    fileprivate var evidence: JSONValue {
        let terms = submitted.terms
        var members: [String: JSONValue] = [
            "number": .text(submitted.numbers.number), "short": .text(submitted.numbers.short),
            "item": .text(terms.itemName), "itemCode": .text(terms.itemCode), "guideVersion": .number(terms.version),
            "guideDigest": .text(terms.guideDigest), "body": .text(terms.bodyName), "stage": .text("\(stage.name)"),
            "mode": .text(submitted.mode.id), "delivery": .text(submitted.delivery.id),
            "situation": .record(submitted.situation.mapValues(JSONValue.text)),
        ]
        if let personal {
            members["applicant"] = .text(personal.applicantName)
            members["answers"] = .record(personal.answers.mapValues(JSONValue.text))
        }
        return .record(members)
    }
}
