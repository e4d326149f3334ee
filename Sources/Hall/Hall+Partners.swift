package import Accounts
package import Dossiers
import Store
package import Vocabulary

/// Systems of other organisations as they come to the API.
extension Hall {
    /// A partner whose token counts, with what the token and its grants allow together.
    package struct PartnerGuest: Sendable {
        package let partner: Partner
        let grants: [PartnerGrant]
        /// The official for whom it speaks; nil where it names none.
        let officer: PartnerOfficer?

        /// Whether it speaks for an official whom it named before.
        package var hasOfficer: Bool { officer != nil }

        package var actor: Actor { .partner(partner.id, officer: officer?.code) }
        /// As one who looks at somebody's record.
        package var looker: Looker { Look.Looker(actor, body: partner.body) }

        /// Whether it may do something anywhere at all.
        package func has(_ scope: PartnerScope) -> Bool { grants.contains { $0.scope == scope } }

        /// Refuses what it may not do anywhere.
        package func require(_ scope: PartnerScope) throws(PartnerRefusal) {
            guard has(scope) else { throw .scopeMissing }
        }

        /// Refuses what it may not do for what an application would be under these terms.
        package func require(_ scope: PartnerScope, for terms: Terms) throws(PartnerRefusal) {
            try require(scope)
            guard covers(scope, terms) else { throw .outOfReach }
        }

        /// What it may see or follow in a scope: whatever one of these covers.
        package func reaches(_ scope: PartnerScope) -> [Reach] {
            grants.filter { $0.scope == scope }.map(\.reach).sorted()
        }

        /// Whether what stands under these terms is within a scope.
        func covers(_ scope: PartnerScope, _ terms: Terms) -> Bool {
            covers(scope, Scope(department: terms.body, itemCode: terms.catalogCode, region: terms.region))
        }

        private func covers(_ scope: PartnerScope, _ place: Performer.Scope) -> Bool {
            covers(scope, Scope(department: place.body, itemCode: place.catalogCode, region: place.region))
        }

        /// Whether a matter is within a scope.
        func covers(_ scope: PartnerScope, _ matter: Scope) -> Bool {
            reaches(scope).contains { $0.covers(matter) }
        }

        /// As one who gives the commands of officials. Refuses each for which it has no scope there, and each for
        /// which no official answers by name.
        package var performer: Performer {
            Performer(actor) { power, place in
                guard let scope = PartnerScope.allCases.first(where: { $0.power == power }), has(scope) else {
                    throw PartnerRefusal.scopeMissing
                }
                guard covers(scope, place) else { throw PartnerRefusal.outOfReach }
                guard officer != nil else { throw PartnerRefusal.officerMissing }
            }
        }

        /// As one who files, and follows, for somebody who showed who she is over there. The partner's word is for her
        /// real name and proves no certificate, whatever she showed it.
        package func filer(for applicant: PersonID) -> Performer {
            Performer(.partner(partner.id, officer: nil), level: .realName) { power, place in
                guard power == .apply, place.applicant == applicant else { throw PerformerRefusal.notAllowed }
                guard has(.file) else { throw PartnerRefusal.scopeMissing }
                guard covers(.file, place) else { throw PartnerRefusal.outOfReach }
            }
        }
    }

    /// The partner behind a token, speaking for one of its officials where it names one that it named before. Refuses a
    /// token that is over.
    package func partner(_ token: PartnerToken, officer: OfficerCode?) async throws -> PartnerGuest {
        let now = time.now()
        return try await store.read { tx in
            guard let (id, scopes) = try PartnerTokenTable.read(token, now: now, in: tx),
                let partner = try PartnerTable.partner(id, in: tx), partner.revokedAt == nil
            else { throw PartnerRefusal.tokenEnded }
            let named = try officer.flatMap { try PartnerTable.officer($0, of: id, in: tx) }
            let grants = try PartnerTable.grants(of: id, in: tx).filter { scopes.contains($0.scope) }
            return PartnerGuest(partner: partner, grants: grants, officer: named)
        }
    }

    /// What a partner gets for its secret.
    package struct PartnerEntrance: Sendable {
        package let token: PartnerToken
        package let scopes: [PartnerScope]
    }

    /// Gives a short token for a client id and its secret: for the scopes that are asked for, or for all that it has.
    /// Nil where the client id or the secret is wrong, or the partner was shut out. Refuses a scope that it has not,
    /// and what `counting` refuses.
    package func enter(
        _ clientID: AccessID, secret: String, scopes asked: [PartnerScope], key: AccountKey,
        counting: @Sendable (Partner) throws -> Void = { _ in }
    ) async throws -> PartnerEntrance? {
        let (now, token) = (time.now(), PartnerToken(dice))
        // Whoever has not the secret writes nothing.
        let claimed = try await store.read { tx in try PartnerTable.partner(clientID, in: tx) }
        guard let claimed, claimed.revokedAt == nil, key.isSecret(secret, of: claimed) else { return nil }
        try counting(claimed)
        return try await store.write { tx in
            guard let partner = try PartnerTable.partner(clientID, in: tx), partner.revokedAt == nil,
                partner.edition == claimed.edition
            else { return nil }
            let granted = Set(try PartnerTable.grants(of: partner.id, in: tx).map(\.scope))
            guard granted.isSuperset(of: asked) else { throw PartnerRefusal.scopeMissing }
            let scopes = PartnerScope.allCases.filter { asked.isEmpty ? granted.contains($0) : asked.contains($0) }
            try PartnerTokenTable.give(token, to: partner.id, scopes: scopes, now: now, in: tx)
            return PartnerEntrance(token: token, scopes: scopes)
        }
    }

    /// Writes down who an official of a partner is.
    package func name(_ officer: PartnerOfficer, of partner: PartnerGuest) async throws {
        let deed = deed(by: .partner(partner.partner.id, officer: nil))
        try await store.write { tx in try PartnerTable.name(officer, of: partner.partner.id, by: deed, in: tx) }
    }

    /// Opens a dossier for a partner that filed it or may read it; the look is written down before the answer is sent.
    package func open(_ id: DossierID, by guest: PartnerGuest) async throws -> Opened {
        let (now, look) = (time.now(), ids.next())
        return try await store.write { tx in
            guard let dossier = try DossierTable.load(id, in: tx) else { throw DossierRefusal.notFound }
            let isOwn = try PartnerFilingTable.has(id, by: guest.partner.id, in: tx)
            let terms = dossier.submitted.terms
            guard guest.covers(.read, terms) || isOwn && guest.covers(.file, terms) else {
                throw PartnerRefusal.outOfReach
            }
            try note(Look(guest.looker, at: dossier.seen, for: .partner, now), as: look, in: tx)
            return try opened(dossier, in: tx)
        }
    }

    /// A partner as the one who filed a dossier and speaks for its applicant; refuses any other dossier.
    package func filer(_ guest: PartnerGuest, of id: DossierID) async throws -> Performer {
        let applicant = try await store.read { tx -> PersonID? in
            guard try PartnerFilingTable.has(id, by: guest.partner.id, in: tx) else { return nil }
            return try DossierTable.load(id, in: tx)?.submitted.applicant
        }
        guard let applicant else { throw PartnerRefusal.outOfReach }
        return guest.filer(for: applicant)
    }

    /// One page of what a partner filed, the newest first, before one of them.
    package func filed(by guest: PartnerGuest, before last: DossierID? = nil) async throws -> [DossierLine] {
        try await store.read { tx in try PartnerFilingTable.filed(by: guest.partner.id, before: last, in: tx) }
    }

    private func deed(by actor: Actor) -> Deed { Deed(by: actor, now: time.now(), entropy: Entropy(dice)) }
}

/// The partners, for whoever runs the house.
extension Hall {
    /// Takes a partner in. Refuses a client id that another has, a name that is missing or too long, and a number of
    /// calls beyond `Partner.callsPerMinute`.
    package func add(
        partner clientID: AccessID, name: String, body: CreditCode?, perMinute: Int
    ) async throws -> Partner {
        guard (1...Partner.nameCharactersMax).contains(name.count), Partner.callsPerMinute.contains(perMinute) else {
            throw PartnerRefusal.termsUnfit
        }
        let partner = Partner(
            PartnerID(ids.next()), clientID: clientID, name: name, body: body, perMinute: perMinute)
        let deed = deed(by: .platform)
        try await store.write { tx in try PartnerTable.add(partner, by: deed, in: tx) }
        return partner
    }

    /// One page of the partners with their grants, by client id, after one of them.
    package func partners(after clientID: String = "") async throws -> [(partner: Partner, grants: [PartnerGrant])] {
        try await store.read { tx in
            try PartnerTable.page(after: clientID, in: tx).map { ($0, try PartnerTable.grants(of: $0.id, in: tx)) }
        }
    }

    /// Gives a partner a scope for some departments, items and places.
    package func give(
        _ scope: PartnerScope, _ extent: Grant.Extent, to clientID: AccessID
    ) async throws -> PartnerGrantID {
        let grant = PartnerGrant(PartnerGrantID(ids.next()), scope, extent)
        try await change(clientID) { partner, deed, tx in
            try PartnerTable.give(grant, to: partner, by: deed, in: tx)
        }
        return grant.id
    }

    /// Takes a grant back.
    package func take(_ grant: PartnerGrantID, from clientID: AccessID) async throws {
        try await change(clientID) { partner, deed, tx in
            try PartnerTable.take(grant, from: partner, by: deed, in: tx)
        }
    }

    /// Gives a partner its next secret; the one before and its tokens count no more.
    package func renewPartner(_ clientID: AccessID) async throws -> Partner {
        try await change(clientID) { partner, deed, tx in try PartnerTable.renew(partner, by: deed, in: tx) }
    }

    /// Shuts a partner out.
    package func revokePartner(_ clientID: AccessID) async throws {
        try await change(clientID) { partner, deed, tx in try PartnerTable.revoke(partner, by: deed, in: tx) }
    }

    private func change<Value: Sendable>(
        _ clientID: AccessID, _ body: @escaping @Sendable (Partner, Deed, Transaction) throws -> Value
    ) async throws -> Value {
        let deed = deed(by: .platform)
        return try await store.write { tx in
            guard let partner = try PartnerTable.partner(clientID, in: tx) else { throw PartnerRefusal.unknown }
            return try body(partner, deed, tx)
        }
    }
}
