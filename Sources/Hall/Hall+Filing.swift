package import Accounts
package import Certificates
package import Dossiers
import Store
package import Vocabulary

/// What programs file: files that are sent first, people whom a partner names.
extension Hall {
    /// Refuses whoever has as many files waiting as one may have, before any byte of another one is kept.
    package func requireRoom(forUploadOf owner: Actor) async throws {
        let now = time.now()
        try await store.read { tx in try UploadTable.requireRoom(of: owner, now: now, in: tx) }
    }

    /// Keeps an upload until whoever sent it hands it in.
    package func keep(_ upload: Upload, named name: String, of owner: Actor) async throws -> (KeptUpload, Instant) {
        let (id, now) = (UploadID(ids.next()), time.now())
        let kept = KeptUpload(id, try await upload.finish(), name: name)
        try await store.write { tx in try UploadTable.keep(kept, of: owner, now: now, in: tx) }
        return (kept, now.advanced(bySeconds: KeptUpload.seconds))
    }

    /// Files that were sent before, as materials: by material, the ids in order. With the names of the files by their
    /// digests. Refuses what is not the sender's.
    package func uploads(
        _ asked: [(material: String, files: [UploadID])], of owner: Actor
    ) async throws -> (materials: [HandedIn], names: [String: String]) {
        let now = time.now()
        return try await store.read { tx in
            var (materials, names) = ([HandedIn](), [String: String]())
            for (material, files) in asked {
                let kept = try UploadTable.read(files, of: owner, now: now, in: tx)
                materials.append(HandedIn(material, .files(kept.map(\.file))))
                for upload in kept { names[upload.file.digest] = upload.name }
            }
            return (materials, names)
        }
    }

    /// What was answered to an actor who sent the same under the same mark before; nil for nothing. Refuses a mark
    /// under which something else was sent.
    package func answered(_ attempt: Attempt, by actor: Actor) async throws -> Outcome? {
        guard let sent = attempt.sent else { return nil }
        let answer = try await store.read { tx in
            try Tokens.answer(to: attempt.token, by: actor, command: sent, in: tx)
        }
        return try answer.map { try CanonicalJSON.value(in: $0) }
    }

    /// The dossier that an attempt came to, as it stands.
    package func dossier(of outcome: Outcome) async throws -> Dossier {
        try await store.read { tx in try load(outcome.dossier, in: tx) }
    }

    /// The command by which an applicant hands in what is asked for now: after a pre-review, after a notice, or what
    /// was to follow.
    package func supplying(_ materials: [HandedIn], to id: DossierID) async throws -> DossierCommand {
        guard let dossier = try await store.read({ tx in try DossierTable.load(id, in: tx) }) else {
            throw DossierRefusal.notFound
        }
        return switch dossier.stage {
        case .preReviewReturned: .resubmit(materials)
        case .correctionRequested: .supplyCorrection(materials)
        default: .tolerance(.supply(materials))
        }
    }

    /// The id of whoever has a number, or will have it once somebody registers her.
    package func expectedID(of number: PersonNumber, key: AccountKey) -> PersonID {
        PersonTable.expectedID(of: number, key: key)
    }

    /// The person whom a partner names: as she is known here, with the telephone that the partner gave, and then the
    /// look is written down; with the id that she will have where nobody knows her yet. Refuses a name that is not that
    /// of whoever has the number.
    package func known(
        _ named: Person, by partner: PartnerGuest, key: AccountKey
    ) async throws -> (person: Person, isKnown: Bool) {
        let (fresh, look, now) = (PersonID(ids.next()), ids.next(), time.now())
        let found = try await store.write { tx -> (person: Person, isKnown: Bool) in
            guard let id = try PersonTable.find(named.number, key: key, in: tx) else {
                return (named.with(try PersonTable.newID(of: named.number, fresh: fresh, key: key, in: tx)), false)
            }
            try note(Look(partner.looker, at: .person(id), for: .intake, now), as: look, in: tx)
            guard let person = try PersonTable.person(id, in: tx) else { throw AccountRefusal.personNotFound }
            return (person, true)
        }
        guard found.isKnown else { return found }
        guard found.person.name == named.name else { throw PartnerRefusal.nameDiffers }
        guard case .citizen(let citizen) = found.person, case .citizen(let said) = named else { return found }
        let mobile = said.mobile ?? citizen.mobile
        return (
            .citizen(Citizen(citizen.id, name: citizen.name, number: citizen.number, mobile: mobile)), true
        )
    }

    /// The file of the certificate that a dossier made, for whoever may open the dossier; a look of an official or a
    /// partner is written down before it is sent.
    package func file(
        of id: CertificateID, as format: CertificateFormat, in dossier: Dossier, for looker: Looker
    ) async throws -> (bytes: [UInt8], certificate: Certificate) {
        let (now, look) = (time.now(), ids.next())
        guard dossier.certificate == id, let certificate = try await certificate(id) else {
            throw CertificateRefusal.notFound
        }
        if !looker.actor.isPerson {
            try await store.write { tx in
                let seen = Look.Seen.certificate(id, of: certificate.reservation.holder, for: dossier.id)
                try note(Look(looker, at: seen, for: .result, now), as: look, in: tx)
            }
        }
        return (try await file(of: certificate, as: format), certificate)
    }
}

/// People whom the city does not know yet and who are registered with the application that names them.
package struct Newcomers: Sendable {
    private let persons: [Person]
    private let key: AccountKey

    package init(_ persons: [Person], key: AccountKey) { (self.persons, self.key) = (persons, key) }

    /// Registers them. Whoever was registered meanwhile under the same id is she; another id means that the application
    /// names somebody who is not there, and it is refused.
    func register(_ stamp: Stamp, in tx: Transaction) throws {
        let deed = Deed(by: stamp.actor, now: stamp.now, entropy: stamp.entropy)
        for person in persons {
            if let known = try PersonTable.find(person.number, key: key, in: tx) {
                guard known == person.id else { throw AccountRefusal.numberKnown }
                continue
            }
            try PersonTable.register(person, key: key, by: deed, in: tx)
        }
    }
}

extension Person {
    /// The same person under another id.
    fileprivate func with(_ id: PersonID) -> Person {
        switch self {
        case .citizen(let citizen):
            .citizen(Citizen(id, name: citizen.name, number: citizen.number, mobile: citizen.mobile))
        case .legalPerson(let legal):
            .legalPerson(
                LegalPerson(
                    id, name: legal.name, code: legal.code, kind: legal.kind, representative: legal.representative))
        }
    }
}

extension Actor {
    fileprivate var isPerson: Bool {
        if case .person = self { return true }
        return false
    }
}
