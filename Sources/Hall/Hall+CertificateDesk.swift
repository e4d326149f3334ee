package import Accounts
package import Certificates
import Store
package import Vocabulary

/// The library as the officers of the bodies that issued certificates see it.
extension Hall {
    /// What an officer looks for.
    package struct CertificateQuestion: Hashable, Sendable {
        /// An identifier, a certificate's number, the number of its holder, or a part of the holder's name; empty for
        /// everything.
        package var words = ""
        /// A type's code or a part of its name; empty for all.
        package var type = ""
        package var issuer: CreditCode?
        package var standing: Certificate.Standing?
        package var ending: Certificate.State?
        package var days: ClosedRange<CivilDate>?

        package init() {}
    }

    /// A line of her list; the name is masked where it is a person's.
    package struct CertificateFound: Sendable {
        package let line: CertificateLine
        package let kind: CertificateKind?
        /// Nil once it was erased.
        package let personal: Certificate.Personal?
    }

    /// LIMIT: lines on one page of the list.
    package static let certificateLinesMax = 50

    /// The bodies whose certificates somebody keeps today.
    package func keptIssuers(of staff: Guest) -> [CreditCode] {
        let today = time.now().day
        let reaches = staff.places.flatMap { place in
            Permits.reach(.keepCertificates, grants: place.grants, today: today)
        }
        return Array(Set(reaches.compactMap(\.department))).sorted()
    }

    /// One page of what somebody looks for among the certificates of one of her bodies. A search by a name or a number
    /// leaves an entry about each holder whom it finds. Refuses other bodies, and whoever keeps none.
    package func certificates(
        asked question: CertificateQuestion, by staff: Guest, after cursor: CertificateSearch.Cursor? = nil,
        key: AccountKey
    ) async throws -> (lines: [CertificateFound], next: CertificateSearch.Cursor?) {
        guard let issuer = question.issuer ?? keptIssuers(of: staff).first else { throw PerformerRefusal.notAllowed }
        try require(.keepCertificates, at: issuer, staff)
        let now = time.now()
        let looks = (0..<Self.certificateLinesMax).map { _ in ids.next() }
        typealias Found = (lines: [CertificateFound], next: CertificateSearch.Cursor?)
        let find: @Sendable (Transaction) throws -> Found = { tx in
            guard let filter = try filter(question, issuer, key, in: tx) else { return ([], nil) }
            let page = try CertificateSearch.page(
                filter, on: now.day, after: cursor, limit: Self.certificateLinesMax, in: tx)
            let found = try page.lines.map { line in
                CertificateFound(
                    line: line, kind: try CertificateKindTable.kind(line.identifier.type, in: tx),
                    personal: try CertificateTable.personal(of: line.id, in: tx))
            }
            if filter.name != nil || filter.holder != nil {
                for (id, holder) in zip(looks, Set(page.lines.map(\.holder)).sorted()) {
                    try note(Look(staff.looker, at: .person(holder), for: .certificates, now), as: id, in: tx)
                }
            }
            return (found, page.next)
        }
        // Only a search by words can be about somebody and leave an entry.
        return try await question.words.isEmpty ? store.read(find) : store.write(find)
    }

    /// What the words mean, the surest first; nil where nobody has such a number or there is no such type.
    private func filter(
        _ question: CertificateQuestion, _ issuer: CreditCode, _ key: AccountKey, in tx: Transaction
    ) throws -> CertificateSearch.Filter? {
        var filter = CertificateSearch.Filter()
        (filter.issuer, filter.state, filter.ending) = (issuer, question.standing, question.ending)
        filter.days = question.days
        if !question.type.isEmpty {
            let known = try CertificateKindTable.kind(question.type, in: tx)
            filter.types =
                try known.map { [$0.code] } ?? CertificateKindTable.kinds(named: question.type, in: tx).map(\.code)
        }
        let words = question.words
        if words.isEmpty { return filter }
        if let identifier = CertificateIdentifier(words) {
            filter.identifier = identifier
            return filter
        }
        let number = CitizenID(words).map(PersonNumber.citizen) ?? CreditCode(words).map(PersonNumber.organisation)
        if let number, let holder = try PersonTable.find(number, key: key, in: tx) {
            filter.holder = holder
            return filter
        }
        let isNumber = words.utf8.allSatisfy { $0 < 128 } && words.utf8.contains { (48...57).contains($0) }
        if isNumber {
            filter.number = words.uppercased()
        } else {
            filter.name = words
        }
        return filter
    }

    private func require(_ power: Power, at issuer: CreditCode, _ staff: Guest) throws {
        let scope = Scope(department: issuer, itemCode: "", region: Region(issuer.regionCode) ?? .fuzhou)
        guard staff.reaches(power, scope, today: time.now().day) else { throw PerformerRefusal.notAllowed }
    }

    /// A certificate as its own page shows it.
    package struct CertificateOpened: Sendable {
        package let certificate: Certificate
        package let kind: CertificateKind?
        package let history: [CertificateTable.HistoryLine]
        /// The certificate whose place it took, and the one that took its place, if they are there.
        package let versions: [Certificate]

        /// Whose it is.
        var holder: PersonID { certificate.reservation.holder }
    }

    /// Opens a certificate for an officer of the body that issued it; the look is written down before the page is sent.
    /// Refuses everybody else.
    package func open(_ id: CertificateID, by staff: Guest) async throws -> CertificateOpened {
        let (now, look) = (time.now(), ids.next())
        let powers: [Power] = [.keepCertificates, .decide, .lead]
        return try await store.write { tx -> CertificateOpened in
            let opened = try gathered(id, in: tx)
            let scope = Self.scope(of: opened.certificate)
            let place = Scope(department: scope.body, itemCode: scope.catalogCode, region: scope.region)
            guard powers.contains(where: { staff.reaches($0, place, today: now.day) }) else {
                throw PerformerRefusal.notAllowed
            }
            let seen = Look.Seen.certificate(id, of: opened.holder)
            try note(Look(staff.looker, at: seen, for: .certificates, now), as: look, in: tx)
            return opened
        }
    }

    /// Opens a certificate for its holder or whoever may act for her in everything: no entry is left. Refuses
    /// everybody else, as if there were none.
    package func open(_ id: CertificateID, for holders: [PersonID]) async throws -> CertificateOpened {
        let opened = try await store.read { tx in try gathered(id, in: tx) }
        guard holders.contains(opened.certificate.reservation.holder) else { throw CertificateRefusal.notFound }
        return opened
    }

    /// A certificate with what its page shows; refuses one that nobody has.
    func gathered(_ id: CertificateID, in tx: Transaction) throws -> CertificateOpened {
        guard let certificate = try CertificateTable.load(id, in: tx) else { throw CertificateRefusal.notFound }
        let others = [certificate.reservation.supersedes, certificate.successor].compactMap { $0 }
        return CertificateOpened(
            certificate: certificate,
            kind: try CertificateKindTable.kind(certificate.reservation.identifier.type, in: tx),
            history: try CertificateTable.history(of: id, in: tx),
            versions: try others.compactMap { try CertificateTable.load($0, in: tx) })
    }
}

extension Hall {
    /// Takes types of certificates in, each in the place of the one with its code; what changed stands in the journal.
    /// Answers how many are new or say something else.
    @discardableResult
    package func take(_ kinds: [CertificateKind], by actor: Actor = .platform) async throws -> Int {
        var changed = 0
        for start in stride(from: 0, to: kinds.count, by: Self.kindsAtOnce) {
            let part = Array(kinds[start..<min(start + Self.kindsAtOnce, kinds.count)])
            let (id, stamp) = (ids.next(), stamp(of: actor))
            changed += try await store.write { tx in
                try CertificateKindTable.take(part, as: id, stamp: stamp, in: tx)
            }
        }
        return changed
    }

    /// LIMIT: types that are written in one transaction.
    private static let kindsAtOnce = 500

    /// One page of the types, by code, after one of them.
    package func certificateKinds(after code: String = "") async throws -> [CertificateKind] {
        try await store.read { tx in try CertificateKindTable.kinds(after: code, in: tx) }
    }
}
