package import Accounts
package import Certificates
import Store
package import Vocabulary

/// 亮证: what a holder shows for a short time, and who looks.
extension Hall {
    /// A code as its holder sees it.
    package struct Presenting: Sendable {
        package let presentation: Presentation
        package let code: PresentationCode
    }

    /// A look in words.
    package struct ShownLine: Sendable {
        package let showing: Showing
        /// Who looked: a member of staff by name or number, a caller by its name.
        package let viewer: String
    }

    /// Makes a code for a certificate of one of the holders. Refuses strangers, as if there were no certificate, one
    /// that is not in force, other minutes than `Presentation.minutes`, and more than `Presentation.liveMax` at once.
    /// The same attempt makes one code.
    package func present(
        _ id: CertificateID, for holders: [PersonID], by actor: Actor, terms: (minutes: Int, isOnce: Bool),
        key: AccountKey, attempt: Attempt
    ) async throws {
        let (stamp, new) = (stamp(of: actor), PresentationID(ids.next()))
        let code = PresentationCode(bits: key.presentationBits(of: new.subject))
        let mark = Array("present \(id) \(terms.minutes) \(terms.isOnce)".utf8)
        try await store.write { tx in
            let certificate = try held(id, by: holders, in: tx)
            if try Tokens.answer(to: attempt.token, by: actor, command: mark, in: tx) != nil { return }
            let live = try PresentationTable.presentations(of: id, in: tx).count { $0.lives(at: stamp.now) }
            let presentation = try PresentationRules.begin(
                new, of: certificate, minutes: terms.minutes, isOnce: terms.isOnce, beside: live, at: stamp.now)
            try PresentationTable.add(
                presentation, digest: key.presentationDigest(of: code.text), stamp: stamp, in: tx)
            try Tokens.keep([], for: attempt.token, by: actor, command: mark, now: stamp.now, in: tx)
        }
    }

    /// The codes of a certificate that live, the latest first; for its holder.
    package func presentings(
        of id: CertificateID, for holders: [PersonID], key: AccountKey
    ) async throws -> [Presenting] {
        let now = time.now()
        return try await store.read { tx in
            _ = try held(id, by: holders, in: tx)
            return try PresentationTable.presentations(of: id, in: tx).filter { $0.lives(at: now) }.map {
                Presenting(
                    presentation: $0, code: PresentationCode(bits: key.presentationBits(of: $0.id.subject)))
            }
        }
    }

    /// Ends a code before its time. Refuses strangers; one that is over already is no mistake.
    package func end(
        _ presentation: PresentationID, of id: CertificateID, for holders: [PersonID], by actor: Actor
    ) async throws {
        let stamp = stamp(of: actor)
        try await store.write { tx in
            _ = try held(id, by: holders, in: tx)
            let found = try PresentationTable.presentations(of: id, in: tx).first { $0.id == presentation }
            guard let found else { throw PresentationRefusal.unknownCode }
            try PresentationTable.end(found, stamp: stamp, in: tx)
        }
    }

    private func held(_ id: CertificateID, by holders: [PersonID], in tx: Transaction) throws -> Certificate {
        guard let certificate = try CertificateTable.load(id, in: tx),
            holders.contains(certificate.reservation.holder)
        else { throw CertificateRefusal.notFound }
        return certificate
    }
}

/// Those who look.
extension Hall {
    /// Opens what a holder shows to a member of staff by the code: the look is written down for both, with its purpose,
    /// and stands in the journal before anything is shown. Wrong codes are counted like failed sign-ins, for each
    /// member of staff and each address. Refuses, by `PresentationRefusal`, whatever opens nothing. The same attempt is
    /// one look.
    package func look(
        at typed: String, purpose: String, by staff: Guest, from address: String, key: AccountKey, attempt: Attempt
    ) async throws -> ShowingID {
        try PresentationRules.check(purpose: purpose)
        guard let code = PresentationCode(typed) else { throw PresentationRefusal.malformedCode }
        let actor = staff.session.holder.actor
        let digest = key.presentationDigest(of: code.text)
        let mark = digest + Array(purpose.utf8)
        if let answer = try await store.read({ tx in
            try Tokens.answer(to: attempt.token, by: actor, command: mark, in: tx)
        }), let id = Subject(bytes: answer) {
            return ShowingID(id)
        }
        let (guess, now) = (LoginAttempt(login: "presented:\(actor)", address: address, key: key), time.now())
        do {
            try await store.write { tx in try ThrottleTable.begin(guess, now: now, in: tx) }
        } catch LoginRefusal.wait {
            throw PresentationRefusal.tooManyGuesses
        }
        let viewer = (looker: staff.looker, purpose: purpose)
        let shown = try await show(digest, to: viewer, guess: guess) { id, tx in
            try Tokens.keep(id.subject.bytes, for: attempt.token, by: actor, command: mark, now: now, in: tx)
        }
        return try shown.get().id
    }

    /// Writes a look by a code down; a code that is over is answered so, and its look-up counts as no guess.
    func show(
        _ digest: [UInt8], to viewer: (looker: Looker, purpose: String), guess: LoginAttempt?,
        keep: @escaping @Sendable (ShowingID, Transaction) throws -> Void
    ) async throws -> Result<Showing, PresentationRefusal> {
        let (looker, purpose) = viewer
        let (id, look, stamp) = (ShowingID(ids.next()), ids.next(), stamp(of: looker.actor))
        return try await store.write { tx -> Result<Showing, PresentationRefusal> in
            guard let found = try PresentationTable.find(digest, in: tx) else { return .failure(.unknownCode) }
            if let guess { try ThrottleTable.succeeded(guess, in: tx) }
            do throws(PresentationRefusal) {
                try PresentationRules.check(found, at: stamp.now)
            } catch {
                return .failure(error)
            }
            let showing = Showing(
                id, of: found.certificate, at: stamp.now, by: (looker.actor, looker.body), way: .presented,
                purpose: purpose)
            try PresentationTable.show(found, showing, stamp: stamp, in: tx)
            let seen = Look.Seen.certificate(found.certificate, of: try holder(of: found.certificate, in: tx))
            try note(Look(looker, at: seen, for: .presented, stamp.now), as: look, in: tx)
            try keep(id, tx)
            return .success(showing)
        }
    }

    /// What a member of staff was shown, as it stands now, for as long as a code can live after her look. Refuses
    /// another's look and one of longer ago.
    package func shown(_ id: ShowingID, to staff: Guest) async throws -> (showing: Showing, opened: CertificateOpened) {
        let (now, actor) = (time.now(), staff.session.holder.actor)
        return try await store.read { tx in
            guard let showing = try ShowingTable.showing(id, to: actor, in: tx), showing.way == .presented,
                now < showing.at.advanced(bySeconds: Int64(Presentation.minutes.upperBound) * 60)
            else { throw PresentationRefusal.unknownCode }
            return (showing, try gathered(showing.certificate, in: tx))
        }
    }

    /// What a member of staff was shown lately, the latest first, with the types' codes; at most a page.
    package func shown(to staff: Guest) async throws -> [(showing: Showing, kind: CertificateKind?)] {
        let actor = staff.session.holder.actor
        return try await store.read { tx in
            try ShowingTable.showings(to: actor, limit: Self.shownLinesMax, in: tx).map { showing in
                let type = try CertificateTable.load(showing.certificate, in: tx)?.reservation.identifier.type
                return (showing, try type.flatMap { try CertificateKindTable.kind($0, in: tx) })
            }
        }
    }

    /// LIMIT: lines of the list of what somebody was shown.
    package static let shownLinesMax = 20

    /// Who was shown a certificate by a code or by the sharing service, the latest first; for its holder.
    package func showings(of id: CertificateID) async throws -> [ShownLine] {
        try await store.read { tx in
            try ShowingTable.showings(of: id, in: tx).map { showing in
                ShownLine(showing: showing, viewer: try name(of: showing.viewer, in: tx))
            }
        }
    }

    private func name(of viewer: Actor, in tx: Transaction) throws -> String {
        switch viewer {
        case .staff(let id):
            let staff = try StaffTable.staff(id, in: tx)
            return staff?.name?.text ?? staff?.employeeNumber.text ?? "—"
        case .caller(let id): return try SharingTable.caller(id, in: tx)?.name ?? "—"
        case .partner(let id, _): return try PartnerTable.partner(id, in: tx)?.name ?? "—"
        case .person, .platform: return "—"
        }
    }
}
