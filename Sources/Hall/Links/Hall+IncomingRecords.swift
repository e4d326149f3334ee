import Accounts
import Certificates
import Dossiers
package import Exchange
import Store
package import Vocabulary

/// A file that a record names, fetched from the other side.
package typealias IncomingFiles = @Sendable (_ digest: String) async throws -> [UInt8]

/// An application that came over a link, for whoever reads the forms of items.
package struct IncomingApplication: Sendable {
    package let record: ExchangeRecord
    package let partner: Hall.PartnerGuest
    /// The same for the same coming: it files nothing twice.
    package let attempt: Attempt
    package let files: IncomingFiles
}

/// What records that come over a link do to dossiers.
extension Hall {
    /// LIMIT: times that a record is tried anew because something else happened to its dossier at that moment.
    private static let recordTriesMax = 5

    /// Does what a record says that came over a link, as the partner who sent it. Answers the number of the dossier.
    /// The same record under the same mark gets the same answer and does nothing twice. Throws a refusal that is for
    /// ever, or `RecordEarly` where what it needs has not happened yet.
    package func take(
        _ record: LinkRecord, from partner: PartnerID, at mark: String, files: @escaping IncomingFiles
    ) async throws -> String {
        let attempt = try Attempt(record, at: mark)
        if record.record.family == RecordFamily.application {
            return try await take(application: record.record, from: partner, attempt, files)
        }
        if record.record.isOfCatalogue { return try await propose(record, from: partner) }
        let deed = try IncomingDeed(record)
        for _ in 0..<Self.recordTriesMax {
            do {
                return try await take(deed, from: partner, attempt)
            } catch DossierRefusal.movedOn {
                continue
            }
        }
        throw RecordEarly(because: DossierRefusal.movedOn)
    }

    private func take(
        application record: ExchangeRecord, from partner: PartnerID, _ attempt: Attempt,
        _ files: @escaping IncomingFiles
    ) async throws -> String {
        if let outcome = try await answered(attempt, by: .partner(partner, officer: nil)) {
            return try await store.read { tx in try load(outcome.dossier, in: tx).submitted.numbers.number }
        }
        guard let applications, record.values["cd_operation"]?.text != "D" else { throw LinkRefusal.familyUnfit }
        let sender = try await store.read { tx in try allowed(try guest(partner, in: tx)) }
        try sender.require(.file)
        return try await applications(
            IncomingApplication(record: record, partner: sender, attempt: attempt, files: files))
    }

    /// What is known of a record before it does anything.
    private struct Sight {
        let guest: PartnerGuest
        let officers: [Actor]
        let dossier: Dossier
        let certificate: Certificate?
    }

    private func take(_ deed: IncomingDeed, from partner: PartnerID, _ attempt: Attempt) async throws -> String {
        guard let sight = try await sight(deed, from: partner, attempt) else { return deed.number }
        let dossier = sight.dossier
        let standing = rules(for: dossier.submitted.terms.region).standing(of: dossier, at: time.now())
        let bearing: IncomingBearing
        do {
            bearing = try deed.bearing(on: standing, officers: sight.officers, certificate: sight.certificate)
        } catch {
            try await noteClaim(deed, on: dossier, by: sight.guest.performer.actor, refused: error)
            throw error
        }
        switch bearing {
        case .known: return deed.number
        case .early:
            if standing.isBeingExamined {
                try await noteClaim(deed, on: dossier, by: sight.guest.performer.actor, refused: .tooEarly)
            }
            throw RecordEarly(because: LinkRefusal.tooEarly)
        case .command(var command):
            if case .grant(let grounds, nil) = command { command = grant(dossier, grounds: grounds) }
            do {
                // What is early or late was judged on the dossier as it was seen.
                _ = try await perform(
                    command, on: dossier.id, by: sight.guest.performer, attempt: attempt.expecting(dossier.sequence))
            } catch let refusal as DossierRefusal where refusal.waitsForOthers {
                throw RecordEarly(because: refusal)
            }
            return deed.number
        }
    }

    /// Everything in one snapshot; nil where the same coming was answered, whatever became of the grants since. Refuses
    /// a partner that may not, an official whom nobody named, and a number that no dossier has within the partner's
    /// reach: whether somebody else's dossier has it is nothing to the partner.
    private func sight(
        _ deed: IncomingDeed, from partner: PartnerID, _ attempt: Attempt
    ) async throws -> Sight? {
        try await store.read { tx in
            let bare = try guest(partner, in: tx)
            let officials = try deed.officials.compactMap { try official($0, of: partner, in: tx) }
            let named = PartnerGuest(partner: bare.partner, grants: bare.grants, officer: officials.first)
            let answer = try attempt.sent.flatMap {
                try Tokens.answer(to: attempt.token, by: named.actor, command: $0, in: tx)
            }
            guard answer == nil else { return nil }
            try allowed(bare).require(deed.scope)
            guard let id = try DossierTable.id(number: deed.number, in: tx) else { throw LinkRefusal.numberUnknown }
            let dossier = try load(id, in: tx)
            guard dossier.submitted.numbers.number == deed.number, bare.reaches(dossier) else {
                throw LinkRefusal.numberUnknown
            }
            guard officials.count == deed.officials.count else { throw LinkRefusal.officerUnknown }
            if deed.needsOfficial {
                try named.performer.require(
                    anyOf: deed.scope.power.map { [$0] } ?? [], scope(of: dossier, at: deed.desk(on: dossier)))
            } else {
                try named.require(deed.scope, for: dossier.submitted.terms)
            }
            return Sight(
                guest: named, officers: officials.map { .partner(partner, officer: $0.code) }, dossier: dossier,
                certificate: try dossier.certificate.flatMap { try CertificateTable.load($0, in: tx) })
        }
    }

    /// A partner with all that it may do.
    func guest(_ id: PartnerID, in tx: Transaction) throws -> PartnerGuest {
        guard let partner = try PartnerTable.partner(id, in: tx) else { throw PartnerRefusal.unknown }
        return PartnerGuest(partner: partner, grants: try PartnerTable.grants(of: id, in: tx), officer: nil)
    }

    /// The same partner, unless it was shut out.
    func allowed(_ guest: PartnerGuest) throws -> PartnerGuest {
        guard guest.partner.revokedAt == nil else { throw PartnerRefusal.shutOut }
        return guest
    }

    /// The only official with a name; nil for none.
    private func official(_ name: String, of partner: PartnerID, in tx: Transaction) throws -> PartnerOfficer? {
        try FullName(name).flatMap { try PartnerTable.officer(named: $0, of: partner, in: tx) }
    }
}

extension Hall.PartnerGuest {
    /// Whether any of its grants reaches a dossier: at the body that decides, or at one that takes a step of its
    /// examination.
    fileprivate func reaches(_ dossier: Dossier) -> Bool {
        let terms = dossier.submitted.terms
        let desks = [(terms.body, terms.region)] + terms.steps.compactMap { $0.body.map { ($0.code, $0.region) } }
        return PartnerScope.allCases.contains { scope in
            ![.events, .propose].contains(scope)
                && desks.contains { body, region in
                    covers(scope, Scope(department: body, itemCode: terms.catalogCode, region: region))
                }
        }
    }
}

extension DossierRefusal {
    /// Whether what stands in the way is not the dossier's own stage and goes by itself: somebody before it in the
    /// line (行政许可法 art. 57), or the time that others have to be heard (art. 36).
    fileprivate var waitsForOthers: Bool { self == .earlierApplicationFirst || self == .partyNotHeard }
}

extension Attempt {
    /// The attempt to do what a record says that came under a mark.
    fileprivate init(_ record: LinkRecord, at mark: String) throws {
        let coming = "record \(record.record.family) \(record.number) \(record.record.digest) \(mark)"
        let sent = Array(coming.utf8)
        guard let token = CommandToken(BlobRef(of: sent).digest) else { throw Fault.corrupt("no token of a digest") }
        self = Attempt(token).sending(sent)
    }
}
