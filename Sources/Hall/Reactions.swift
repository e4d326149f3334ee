import Catalogue
import Certificates
import Dossiers
import Store
import Vocabulary

/// And then what happens? The only coupling between rooms.
extension Hall {
    /// What follows from events, in the transaction of the events.
    func react(
        to events: [DossierEvent], of dossier: Dossier, after sequence: Int, stamp: Stamp, in tx: Transaction
    ) throws {
        for (offset, event) in events.enumerated() {
            try follow(event, dossier, stamp, in: tx)
            try followDesk(event, dossier, after: sequence + offset, stamp, in: tx)
            try noteCauses(of: event, numbered: sequence + offset + 1, on: dossier, at: stamp.now, in: tx)
            let effects = try effects(of: event, on: dossier, stamp: stamp, in: tx)
            try Outbox.enqueue(
                effects, of: dossier.id.subject, sequence: sequence + offset + 1, now: stamp.now, in: tx)
            try openParcel(for: event, numbered: sequence + offset + 1, of: dossier, stamp: stamp, in: tx)
            try keepResult(of: event, on: dossier, stamp: stamp, in: tx)
            try notify(of: event, numbered: sequence + offset + 1, on: dossier, stamp: stamp, in: tx)
            try inviteEvaluation(of: event, numbered: sequence + offset + 1, on: dossier, stamp: stamp, in: tx)
        }
    }

    /// What another room writes down at once.
    private func follow(
        _ event: DossierEvent, _ dossier: Dossier, _ stamp: Stamp, in tx: Transaction
    ) throws {
        switch event {
        case .submitted(let submitted, _): try authorise(submitted.materials, in: dossier, stamp: stamp, tx)
        case .resubmitted(let materials), .corrected(let materials), .mended(let materials),
            .tolerance(.supplied(let materials)):
            try authorise(materials, in: dossier, stamp: stamp, tx)
        case .commitment(.verified(isKept: false, _, _)):
            try CommitmentRegister.bar(
                dossier.submitted.applicant, because: dossier.id, today: stamp.now.day, in: tx)
        case .licence(.ended(let end, _)):
            guard let certificate = dossier.certificate else { return }
            try CertificateTable.end(certificate, end.certificateEnding, stamp: stamp, in: tx)
        case .tolerance(.lapsed):
            guard let certificate = dossier.certificate else { return }
            try CertificateTable.end(certificate, .revoked, stamp: stamp, in: tx)
        default: break
        }
    }

    private func effects(
        of event: DossierEvent, on dossier: Dossier, stamp: Stamp, in tx: Transaction
    ) throws -> [Effect] {
        switch event {
        case .granted(.some(let certificate), _), .clock(.renewed(.some(let certificate))):
            try reserve(certificate, for: dossier, stamp: stamp, in: tx)
            return [.signCertificate]
        // A result is made ready when nothing that may follow is missing any more.
        case .granted(.none, _), .refused, .certificateFiled, .clock(.renewed(.none)), .tolerance(.supplied):
            return dossier.awaitsIssue ? [.issueResult] : []
        case .issued: return dossier.submitted.delivery == .eCertificate ? [.deliverElectronically] : []
        case .handedOver: return [.closeDossier]
        case .submitted, .preReviewReturned, .resubmitted, .preReviewPassed, .received, .correctionRequested,
            .corrected, .mended, .accepted, .declined, .reviewPassed, .returnedToReviewer, .closed, .withdrawn,
            .terminated, .lapsed, .special, .hearing, .extended, .party, .tolerance, .commitment, .licence, .overrun,
            .handling, .clock:
            return []
        }
    }

    /// Reserves the certificate's number with the grant.
    private func reserve(
        _ id: CertificateID, for dossier: Dossier, stamp: Stamp, in tx: Transaction
    ) throws {
        let terms = dossier.submitted.terms
        guard let type = terms.certificateType, let name = terms.certificateName, let person = dossier.personal else {
            throw CertificateRefusal.unknownType
        }
        let today = stamp.now.day
        let changed = try dossier.submitted.change.flatMap { try CertificateTable.load($0.certificate, in: tx) }
        guard let identifier = try identifier(type, terms, after: changed, year: today.year, in: tx) else {
            throw CertificateRefusal.unknownType
        }
        let kind = try CertificateKindTable.kind(type, in: tx)
        let end = try lastDay(terms, kind, after: changed, from: today, face: person.answers)
        let face = kind?.faceFields.map(\.id) ?? []
        let form = try papers.guides.guide(terms.itemCode, version: terms.version, in: tx)?.form
        let said = form?.inWords(person.answers, papers.tables) ?? person.answers
        let personal = Certificate.Personal(
            holder: (
                person.applicantName, person.applicantNumber,
                CreditCode(person.applicantNumber) == nil ? "111" : "001"
            ),
            names: (name, terms.bodyName),
            face: Self.face(face, said, of: person, from: today, until: end, number: identifier.serial))
        let reservation = Certificate.Reservation(
            identifier: identifier, holder: dossier.submitted.applicant,
            origin: (dossier.id, terms.catalogCode), validFrom: today, validUntil: end, supersedes: changed?.id)
        try CertificateTable.reserve(id, reservation, personal, stamp: stamp, in: tx)
        if let changed { try supersede(changed, by: id, stamp: stamp, in: tx) }
    }

    /// What is changed keeps its last day; the guide's months come before the type's own rule.
    private func lastDay(
        _ terms: Terms, _ kind: CertificateKind?, after changed: Certificate?, from today: CivilDate,
        face: [String: String]
    ) throws -> CivilDate? {
        if let changed { return changed.reservation.validUntil }
        let rule = terms.validityMonths.map(CertificateValidity.months) ?? kind?.validity
        return try rule?.lastDay(from: today, face: face)
    }

    /// The next version of a certificate that is changed, under its own number; a new number otherwise.
    private func identifier(
        _ type: String, _ terms: Terms, after changed: Certificate?, year: Int, in tx: Transaction
    ) throws -> CertificateIdentifier? {
        if let old = changed?.reservation.identifier {
            return CertificateIdentifier(
                type: type, issuer: terms.body, serial: old.serial, version: old.version + 1)
        }
        let number = try CertificateTable.nextNumber(
            type: type, issuer: terms.body, region: terms.region, year: year, in: tx)
        return CertificateIdentifier(type: type, issuer: terms.body, serial: number, version: 1)
    }
}

extension Hall {
    /// The face of a certificate: what the form says under the field's own name, else what every case knows.
    static func face(
        _ fields: [String], _ answers: [String: String], of person: Submission.Personal, from: CivilDate,
        until: CivilDate?, number: String
    ) -> [String: String] {
        let organisation = answers["organisationName"] ?? person.applicantName
        let known = [
            "name": person.applicantName, "citizenID": person.applicantNumber, "creditCode": person.applicantNumber,
            "employer": answers["employerName"] ?? organisation, "operator": organisation, "holder": organisation,
            "builder": organisation,
            "registrationNumber": number, "validFrom": from.description, "validUntil": until?.description ?? "长期",
        ]
        return Dictionary(
            uniqueKeysWithValues: fields.compactMap { field in
                (answers[field] ?? known[field]).map { (field, $0) }
            })
    }
}

extension LicenceEnd {
    fileprivate var certificateEnding: Certificate.Ending {
        switch kind {
        case .recalled: .recalled
        case .revoked: .revoked
        case .cancelled: .cancelled
        }
    }
}

extension Effect {
    static let signCertificate = Effect("certificate.sign")
    static let issueResult = Effect("dossier.issue")
    static let deliverElectronically = Effect("dossier.deliver")
    static let closeDossier = Effect("dossier.close")
}
