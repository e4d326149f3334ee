import Store
package import Vocabulary

/// What may happen to a certificate.
package enum CertificateRules {
    /// How long before the last day the holder is told.
    package static let nearingDays = 30

    /// Files the signature. The digest must be that of the certificate's own data: nobody signs another's.
    package static func file(
        _ filing: Certificate.Filing, on certificate: Certificate
    ) throws(CertificateRefusal) -> CertificateEvent {
        guard certificate.filing == nil else { throw .alreadyFiled }
        guard try digest(of: certificate, edition: filing.edition ?? 1) == filing.digest else { throw .otherData }
        return .filed(filing)
    }

    /// Whether a file may be made of a certificate on a day: only of what is in force, and was not forgotten.
    package static func requirePressable(
        _ certificate: Certificate, on day: CivilDate
    ) throws(CertificateRefusal) {
        switch certificate.standing(on: day) {
        case .valid: break
        case .reserved: throw .notIssued
        case .expired: throw .hasExpired
        default: throw .hasEnded
        }
        guard certificate.personal != nil else { throw .forgotten }
    }

    /// The file of a certificate that had none.
    package static func press(
        _ file: Certificate.SealedFile, of certificate: Certificate, on day: CivilDate
    ) throws(CertificateRefusal) -> CertificateEvent {
        try requirePressable(certificate, on: day)
        return .pressed(file)
    }

    private static func digest(
        of certificate: Certificate, edition: Int
    ) throws(CertificateRefusal) -> String {
        guard let data = CertificateData(certificate, edition: edition) else { throw .forgotten }
        do {
            return BlobRef(of: try data.bytes()).digest
        } catch {
            preconditionFailure("strings and days can always be written as JSON")
        }
    }

    /// What a command does to a certificate; empty for a tick that has nothing to write down. `hasAnnualCheck` is what
    /// its type says.
    package static func decide(
        _ command: CertificateCommand, on certificate: Certificate, at now: Instant, hasAnnualCheck: Bool
    ) throws(CertificateRefusal) -> [CertificateEvent] {
        switch command {
        case .make:
            guard certificate.state == .draft else { throw .alreadyMade }
            return [.made]
        case .tick: return tick(certificate, on: now.day)
        case .archive: return try archive(certificate, on: now.day)
        case .restrict(let ground, let text):
            return [.restricted(ground, try restriction(ground, .ofRestriction, text, on: certificate, now.day))]
        case .suspend(let ground, let text):
            return [.suspended(ground, try restriction(ground, .ofSuspension, text, on: certificate, now.day))]
        case .lift(let text):
            try requireOpen(certificate, on: now.day)
            guard certificate.state != .issued else { throw .notRestricted }
            return [.lifted(try note(text))]
        case .check(let passed, let text):
            try requireOpen(certificate, on: now.day)
            guard hasAnnualCheck else { throw .noAnnualCheck }
            return check(certificate, year: now.day.year, passed: passed, note: try note(text))
        case .end(let ending, let ground, let text):
            try requireEndable(certificate, ending)
            guard CertificateGround.of(ending).contains(ground) else { throw .wrongGround }
            return [.terminated(ending, ground, try note(text))]
        }
    }

    /// A second check of one year takes the place of the first. One that fails restricts; one that passes lifts what a
    /// failed one restricted.
    private static func check(
        _ certificate: Certificate, year: Int, passed: Bool, note: Certificate.Note
    ) -> [CertificateEvent] {
        let checked = CertificateEvent.checked(Certificate.Check(year: year, passed: passed), note)
        switch (passed, certificate.state) {
        case (false, .issued): return [checked, .restricted(.checkFailed, note)]
        case (true, .restricted) where certificate.restriction == .checkFailed: return [checked, .lifted(note)]
        default: return [checked]
        }
    }

    private static func restriction(
        _ ground: CertificateGround, _ grounds: [CertificateGround], _ text: String, on certificate: Certificate,
        _ today: CivilDate
    ) throws(CertificateRefusal) -> Certificate.Note {
        try requireOpen(certificate, on: today)
        guard grounds.contains(ground) else { throw .wrongGround }
        // A suspension is more than a restriction; neither is laid upon itself.
        let isStronger = certificate.state == .restricted && grounds == .ofSuspension
        guard certificate.state == .issued || isStronger else { throw .alreadyRestricted }
        return try note(text)
    }

    /// Refuses what is not signed yet, what has ended, and what is over by the day.
    private static func requireOpen(_ certificate: Certificate, on today: CivilDate) throws(CertificateRefusal) {
        switch certificate.state {
        case .draft, .made: throw .notIssued
        case .archived: throw .isArchived
        case .superseded, .cancelled, .revoked, .recalled: throw .hasEnded
        case .expired: throw .hasExpired
        case .issued, .restricted, .suspended:
            guard !certificate.days.isOver(on: today) else { throw .hasExpired }
        }
    }

    /// What was recalled or revoked, and what is over, can still be struck off (行政许可法 art. 70); nothing else ends
    /// twice.
    private static func requireEndable(
        _ certificate: Certificate, _ ending: Certificate.Ending
    ) throws(CertificateRefusal) {
        switch certificate.state {
        case .draft, .made: throw .notIssued
        case .archived: throw .isArchived
        case .superseded, .cancelled: throw .hasEnded
        case .revoked, .recalled, .expired: guard ending == .cancelled else { throw .hasEnded }
        case .issued, .restricted, .suspended: break
        }
    }

    private static func archive(
        _ certificate: Certificate, on today: CivilDate
    ) throws(CertificateRefusal) -> [CertificateEvent] {
        switch certificate.state {
        case .draft, .made: throw .notIssued
        case .archived: throw .isArchived
        case .superseded, .cancelled, .revoked, .recalled, .expired: return [.archived]
        case .issued, .restricted, .suspended:
            guard certificate.days.isOver(on: today) else { throw .stillInForce }
            return [.expired, .archived]
        }
    }

    private static func tick(_ certificate: Certificate, on today: CivilDate) -> [CertificateEvent] {
        guard let wake = certificate.wake, wake <= today else { return [] }
        return certificate.days.isOver(on: today) ? [.expired] : [.nearing]
    }

    private static func note(_ text: String) throws(CertificateRefusal) -> Certificate.Note {
        guard !text.isEmpty else { throw .reasonMissing }
        guard text.count <= Limits.textCharactersMax else { throw .textTooLong }
        return Certificate.Note(text)
    }
}

extension [CertificateGround] {
    fileprivate static var ofRestriction: [CertificateGround] { CertificateGround.ofRestriction }
    fileprivate static var ofSuspension: [CertificateGround] { CertificateGround.ofSuspension }
}
