package import Accounts
import Catalogue
import Dossiers
package import Identity
import Store
package import Vocabulary

/// People who come from the provider of unified identities.
extension Hall {
    /// Remembers that a request was answered, before its code is taken anywhere; refuses the second answer.
    package func spend(_ request: IdentityRequest) async throws {
        try await store.write { tx in try IdentityLinkTable.spend(request, in: tx) }
    }

    /// Lets somebody in whom the provider has proved: links or registers her where she is new, ends the session she
    /// had in this browser, and begins another. Refuses by `IdentityLinkRefusal`; then nothing is written.
    package func enter(
        _ proven: IdentityProvider.Proven, at issuer: String, insteadOf session: Session?, key: AccountKey
    ) async throws -> SessionToken {
        let statement = IdentityStatement(proven, at: issuer)
        let origin = SessionOrigin(statement.subject, sid: proven.sid, token: proven.token)
        let (now, fresh, token) = (time.now(), PersonID(ids.next()), SessionToken(dice))
        let entropy = Entropy(dice)
        try await store.write { tx in
            let person = try person(statement, fresh: fresh, key: key, at: (now, entropy), in: tx)
            if let session { try SessionTable.end(session, in: tx) }
            try SessionTable.start(token, of: .person(person), level: statement.level, now: now, in: tx)
            try SessionTable.keep(origin, of: token, key: key, in: tx)
        }
        return token
    }

    private func person(
        _ statement: IdentityStatement, fresh: PersonID, key: AccountKey, at moment: (now: Instant, entropy: Entropy),
        in tx: Transaction
    ) throws -> PersonID {
        let known = try IdentityLinkTable.known(statement, key: key, in: tx)
        let person: PersonID
        switch try IdentityLinkRules.decide(statement, known: known) {
        case .enters(let id): return id
        case .links(let id): person = id
        case .registers(let name, let number):
            person = try PersonTable.newID(of: .citizen(number), fresh: fresh, key: key, in: tx)
            let deed = Deed(by: .person(person), now: moment.now, entropy: moment.entropy)
            let citizen = Citizen(person, name: name, number: number, mobile: statement.mobile)
            try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
        }
        let deed = Deed(by: .person(person), now: moment.now, entropy: moment.entropy)
        try IdentityLinkTable.link(statement, to: person, key: key, by: deed, in: tx)
        return person
    }

    /// Ends a session and answers the provider's token that it came with; nil where it began with a password.
    package func signOut(_ session: Session, of token: SessionToken) async throws -> String? {
        try await store.write { tx in
            let origin = try SessionTable.providerToken(of: token, in: tx)
            try SessionTable.end(session, in: tx)
            return origin
        }
    }

    /// Ends what somebody had here who signed out at the provider; answers how many sessions.
    @discardableResult
    package func end(_ ending: IdentityProvider.Ending, at issuer: String, key: AccountKey) async throws -> Int {
        let message = SignedOutThere(
            IdentityStatement.Subject(issuer: issuer, name: ending.subject), sid: ending.sid, message: ending.message,
            until: ending.until)
        return try await store.write { tx in try SessionTable.end(message, key: key, in: tx) }
    }

    /// What a filing in the mode demands beyond what is known of the guest; nil when that is enough.
    package func demandedLevel(for mode: ServiceMode, of session: Session) -> AssuranceLevel? {
        let demanded = demands.level(for: mode)
        return session.level(at: time.now()) < demanded ? demanded : nil
    }

    /// Refuses a filing by somebody who is not known surely enough.
    func requireLevel(_ performer: Performer, _ mode: ServiceMode) throws {
        guard let level = performer.level, level < demands.level(for: mode) else { return }
        throw LevelRefusal.tooLow
    }
}

extension IdentityStatement {
    fileprivate init(_ proven: IdentityProvider.Proven, at issuer: String) {
        let said = proven.particulars
        self.init(
            Subject(issuer: issuer, name: proven.subject), level: said.level, name: said.name.flatMap(FullName.init),
            number: said.number, mobile: said.mobile)
    }
}

/// The sign-in does not prove enough for what is asked.
package enum LevelRefusal: Refusal, Equatable {
    case tooLow

    package var code: String { "level.too-low" }
    package var kind: RefusalKind { .forbidden }

    package static let codes = ["level.too-low"]
}
