package import Accounts
import Certificates
import Dossiers
import Store
package import Supervision
package import Vocabulary

/// What a person sees of the looks at what is hers.
extension Hall {
    /// Who looked, as the law lets a person know: the body and the number of the member of staff, not her name (个人信息
    /// 保护法 art. 44; the number is the one she wears).
    package enum LookerSeen: Hashable, Sendable {
        /// The body is nil for a window.
        case staff(EmployeeNumber, body: CreditCode?, Region?)
        /// A system of another organisation, by its name, and the number of its official where one was named.
        case partner(String, officer: String?)
        case platform
        /// Somebody whose record is gone.
        case unknown
    }

    /// What was looked at.
    package enum ThingSeen: Hashable, Sendable {
        /// Its short number.
        case dossier(DossierID, String)
        /// The name of its type in Chinese and, where there is one, in English.
        case certificate(CertificateID, String, String?)
        case person
        case evaluation
    }

    /// A look as whoever's record it was sees it.
    package struct LookSeen: Sendable {
        package let id: Subject
        package let at: Instant
        package let who: LookerSeen
        package let thing: ThingSeen
        /// Whose it is: her own, or that of somebody for whom she acts.
        package let holder: PersonID
        /// Why; nil for an older word, which stands in `word`.
        package let purpose: LookPurpose?
        package let word: String
        /// The case for which it was; nil where there was none.
        package let matter: DossierID?
        package let number: String?
        /// What she asked about it; nil where she did not.
        package let inquiry: LookInquiry?
    }

    /// One page of the looks at what is some people's, the latest first, before one of them; of one case or certificate
    /// where it is said. The people are those for whom the reader may act in everything.
    package func looks(
        of persons: [PersonID], about thing: Subject? = nil, before last: Subject? = nil
    ) async throws -> [LookSeen] {
        try await store.read { tx in
            let found = try persons.flatMap { try Looks.of($0, about: thing, before: last, in: tx) }
            return try found.sorted { $0.id > $1.id }.prefix(Limits.pageRowsMax).map { try seen($0, in: tx) }
        }
    }

    /// One look at what is one of some people's; refuses any other as one that there is not.
    package func look(_ id: Subject, of persons: [PersonID]) async throws -> LookSeen {
        try await store.read { tx in try seen(try own(id, of: persons, in: tx), in: tx) }
    }

    /// The look with an id, if it was at a record of one of some people's.
    func own(_ id: Subject, of persons: [PersonID], in tx: Transaction) throws -> Looks.Taken {
        for person in persons {
            if let taken = try Looks.look(id, of: person, in: tx) { return taken }
        }
        throw LookInquiryRefusal.lookNotFound
    }

    private func seen(_ taken: Looks.Taken, in tx: Transaction) throws -> LookSeen {
        let look = taken.look
        guard let holder = look.seen.holder else { throw Fault.corrupt("a look at nobody's record") }
        return LookSeen(
            id: taken.id, at: look.at, who: try who(look.by, in: tx), thing: try thing(look.seen, in: tx),
            holder: holder, purpose: look.why, word: look.purpose, matter: look.seen.matter,
            number: try caseNumber(of: look, in: tx),
            inquiry: try LookInquiryTable.find(.byPerson(taken.id), in: tx))
    }

    func who(_ by: Looker, in tx: Transaction) throws -> LookerSeen {
        switch by.actor {
        case .staff(let id):
            try StaffTable.staff(id, in: tx).map {
                .staff($0.employeeNumber, body: by.body, by.region ?? $0.region)
            } ?? .unknown
        case .partner(let id, let officer):
            try PartnerTable.partner(id, in: tx).map { .partner($0.name, officer: officer?.description) } ?? .unknown
        case .caller(let id): try SharingTable.caller(id, in: tx).map { .partner($0.name, officer: nil) } ?? .unknown
        case .platform: .platform
        case .person: .unknown
        }
    }

    private func thing(_ seen: Look.Seen, in tx: Transaction) throws -> ThingSeen {
        switch seen.target {
        case .dossier, .material:
            let id = DossierID(seen.of)
            return .dossier(id, try load(id, in: tx).submitted.numbers.short)
        case .certificate:
            let id = CertificateID(seen.of)
            let certificate = try CertificateTable.load(id, in: tx)
            let kind = try certificate.flatMap {
                try CertificateKindTable.kind($0.reservation.identifier.type, in: tx)
            }
            let name = certificate?.personal?.typeName ?? kind?.name ?? "—"
            return .certificate(id, name, kind?.nameEnglish)
        case .person: return .person
        case .evaluation: return .evaluation
        }
    }
}

/// The rows by which people find looks, made again.
extension Hall {
    /// LIMIT: looks that are read in one transaction of a recount.
    private static let looksAtOnce = 200

    /// Writes the rows of every look that has none: whose record it was is read from the journal, or from what was
    /// looked at where an older entry does not say. Done twice it is done once. Answers how many looks there are, and
    /// how many belong to somebody.
    package func recountLooks() async throws -> (looks: Int, filed: Int) {
        var (all, filed) = (0, 0)
        var cursor: Looks.Cursor?
        repeat {
            let after = cursor
            let page = try await store.write { tx -> (Int, Int, Looks.Cursor?) in
                let page = try Looks.page(after: after, limit: Self.looksAtOnce, in: tx)
                let looks = try page.looks.map { try whole($0, in: tx) }
                for taken in looks {
                    try Looks.mend(taken, in: tx)
                    try Looks.file(taken, in: tx)
                }
                return (looks.count, looks.filter { $0.look.seen.holder != nil }.count, page.next)
            }
            (all, filed, cursor) = (all + page.0, filed + page.1, page.2)
        } while cursor != nil
        return (all, filed)
    }

    /// A look with whose record it was and its case, as far as an older entry lets it be found.
    private func whole(_ taken: Looks.Taken, in tx: Transaction) throws -> Looks.Taken {
        let (look, seen) = (taken.look, taken.look.seen)
        let matter = try seen.matter ?? look.olderCaseNumber.flatMap { try DossierTable.id(number: $0, in: tx) }
        let holder = try seen.holder ?? holder(ofSeen: seen, in: tx)
        return Looks.Taken(taken.id, look.with(holder: holder, matter: matter))
    }

    private func holder(ofSeen seen: Look.Seen, in tx: Transaction) throws -> PersonID? {
        switch seen.target {
        case .dossier, .material: try DossierTable.load(DossierID(seen.of), in: tx)?.submitted.applicant
        case .certificate: try CertificateTable.load(CertificateID(seen.of), in: tx)?.reservation.holder
        case .person: PersonID(seen.of)
        case .evaluation: nil
        }
    }
}
