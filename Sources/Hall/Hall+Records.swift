import Accounts
import Catalogue
import Certificates
import Delivery
import Dossiers
package import Exchange
import Papers
import Store
import Supervision
package import Vocabulary

/// Dossiers as records of the national exchange.
extension Hall {
    /// A record, and the event that makes it due: sent when that has happened, it says what it will say.
    package struct CausedRecord: Sendable {
        /// Whose event: the dossier's, that of one of its parcels, or that of its evaluation.
        package let subject: Subject
        package let sequence: Int
        package let record: ExchangeRecord

        /// The event, as partners know it.
        package var event: String { OutgoingEvent.id(subject, sequence) }
    }

    /// The records of a dossier as it stands, in the order in which they became due: none before it is accepted or at
    /// its end, and none once its applicant was forgotten. The same history gives the same records, but for the
    /// columns of the envelope, the names that people have since, and holidays that were published since. `batch` is
    /// the sending that they belong to. Refuses an id that no dossier has.
    package func records(
        of id: DossierID, in families: RecordFamilies, batch: String? = nil
    ) async throws -> [CausedRecord] {
        let envelope = (at: time.now(), batch: batch ?? "\(ids.next())")
        let facts = try await store.read { tx -> CaseFacts? in try caseFacts(of: id, envelope, in: tx) }
        guard let facts else { return [] }
        return try facts.records(in: families)
    }

    private func caseFacts(
        of id: DossierID, _ envelope: (at: Instant, batch: String), in tx: Transaction
    ) throws -> CaseFacts? {
        guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
        guard let personal = dossier.personal else { return nil }
        let (history, terms) = (try DossierTable.history(of: id, in: tx), dossier.submitted.terms)
        let guide = try papers.guides.guide(terms.itemCode, version: terms.version, in: tx)
        var names: [Actor: String] = [:]
        for actor in Set(history.map(\.actor)) { names[actor] = try name(of: actor, personal, in: tx) }
        let acceptance = try PaperTable.of(id, in: tx).first { $0.kind == .acceptance && !$0.isVoided }
        return CaseFacts(
            dossier: dossier, personal: personal, history: history,
            materials: Dictionary(
                (guide?.materials ?? []).map { ($0.id, $0.name.zh) }, uniquingKeysWith: { first, _ in first }),
            names: names, applicant: try PersonTable.remaining(dossier.submitted.applicant, in: tx),
            certificate: try dossier.certificate.flatMap { try CertificateTable.load($0, in: tx) },
            acceptanceNumber: acceptance?.number,
            promiseEnd: try promiseEnd(of: id, history, rules(for: terms.region)),
            scans: try scans(of: id, in: tx),
            evaluation: try EvaluationTable.find(id.subject, in: tx).map { try EvaluationTable.load($0, in: tx) },
            envelope: CaseFacts.Envelope(
                source: String(terms.region.code.prefix(3)), at: envelope.at, batch: envelope.batch))
    }

    /// The end of the promised time as it stood at the acceptance; nil where there was none.
    private func promiseEnd(
        of id: DossierID, _ history: [DossierTable.HistoryLine], _ rules: DossierRules
    ) throws -> Instant? {
        guard let first = history.first, let accepted = history.firstIndex(where: { $0.event.isAcceptance }) else {
            return nil
        }
        var then = try Dossier(id, first.event, at: first.at, by: first.actor)
        for line in history[...accepted].dropFirst() { try then.apply(line.event, at: line.at, by: line.actor) }
        return rules.promisedDue(of: then)?.end
    }

    /// What the carrier reported of the parcels of a dossier.
    private func scans(of id: DossierID, in tx: Transaction) throws -> [RecordScan] {
        try ParcelTable.of(id, in: tx).flatMap { parcel in
            let entries = try Journal.entries(of: parcel.subject, in: tx)
            guard let folded = try Parcel.folded(parcel, entries) else { return [RecordScan]() }
            return try entries.compactMap { entry in
                guard case .scanned(let scan, let words) = try ParcelEvent(entry) else { return nil }
                return RecordScan(parcel: folded, sequence: entry.sequence, scan: scan, place: words?.place)
            }
        }
    }

    /// As people call whoever did something; nil for the platform, and for whoever is not known any more.
    private func name(of actor: Actor, _ personal: Submission.Personal, in tx: Transaction) throws -> String? {
        switch actor {
        case .staff(let id): try StaffTable.staff(id, in: tx)?.name?.text
        case .partner(let partner, let code?): try PartnerTable.officer(code, of: partner, in: tx)?.name.text
        case .partner(let partner, nil): try PartnerTable.partner(partner, in: tx)?.name
        case .person: personal.agentName ?? personal.applicantName
        case .caller, .platform: nil
        }
    }
}

extension CaseFacts {
    /// Everything that is to be said by now.
    func records(in families: RecordFamilies) throws -> [Hall.CausedRecord] {
        let ending = line { RecordCodes.result($0) != nil }
        guard let opening = line(where: \.isAcceptance) ?? ending else { return [] }
        var records: [Hall.CausedRecord] = []
        func add(_ record: ExchangeRecord, dueAt sequence: Int) {
            records.append(
                Hall.CausedRecord(subject: dossier.id.subject, sequence: sequence, record: record))
        }
        add(try RecordMaps.acceptance.record(self, opening, in: families), dueAt: opening.sequence)
        // What was there before the acceptance is told with it.
        for material in RecordMaterial.all(of: self) {
            let record = try RecordMaps.material.record(self, material, in: families)
            add(record, dueAt: max(opening.sequence, material.sequence))
            for file in RecordAttachment.all(of: material, personal) {
                let record = try RecordMaps.file.record(self, file, in: families)
                add(record, dueAt: max(opening.sequence, material.sequence))
            }
        }
        for step in RecordStep.all(of: history, terms.steps) {
            let record = try RecordMaps.step.record(self, step, in: families)
            add(record, dueAt: max(opening.sequence, step.line.sequence))
        }
        for special in RecordSpecial.all(of: self) {
            add(try RecordMaps.special.record(self, special, in: families), dueAt: special.ended.sequence)
        }
        if let ending { add(try RecordMaps.result.record(self, ending, in: families), dueAt: ending.sequence) }
        if let filed = line(where: \.isFiling), let certificate, let personal = certificate.personal {
            let source = RecordCertificate(certificate: certificate, personal: personal)
            add(try RecordMaps.certificate.record(self, source, in: families), dueAt: filed.sequence)
        }
        // One event makes several records due: they stand as they were made, the acceptance before what belongs to it.
        records = records.enumerated().sorted {
            ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
        }.map(\.element)
        if let evaluation {
            let record = try RecordMaps.evaluation.record(self, evaluation, in: families)
            records.append(Hall.CausedRecord(subject: evaluation.id.subject, sequence: 1, record: record))
        }
        // What the carrier reports comes by events of the parcels.
        return try records
            + scans.map { scan in
                Hall.CausedRecord(
                    subject: scan.parcel.id.subject, sequence: scan.sequence,
                    record: try RecordMaps.scan.record(self, scan, in: families))
            }
    }
}

extension DossierEvent {
    fileprivate var isAcceptance: Bool {
        if case .accepted = self { return true }
        return false
    }

    fileprivate var isFiling: Bool {
        if case .certificateFiled = self { return true }
        return false
    }
}
