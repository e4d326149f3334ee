package import Store
package import Vocabulary

/// Finds certificates among more than ten million: always along one of the ways, page by page.
package enum CertificateSearch {
    /// LIMIT: holders that one page of a search by name looks at.
    package static let holdersMax = 500

    /// LIMIT: characters of what is searched for: a whole identifier and more.
    package static let wordsMax = 128

    /// What is asked for. At least one of `number`, `identifier`, `holder`, `name` and `issuer` must be given.
    package struct Filter: Hashable, Sendable {
        package var identifier: CertificateIdentifier?
        /// The whole number of the certificate.
        package var number: String?
        package var holder: PersonID?
        /// A part of the holder's name, one character or more.
        package var name: String?
        /// The types, by code; nil for all.
        package var types: [String]?
        package var issuer: CreditCode?
        package var state: Certificate.Standing?
        /// Those ended in this state, or archived; beside `state`, which says what is true on a day.
        package var ending: Certificate.State?
        /// The first day of validity, which is the day of issue.
        package var days: ClosedRange<CivilDate>?

        package init() {}
    }

    /// Where a page begins: after the last line of the page before. Which of its parts count depends on the way.
    package struct Cursor: Hashable, Sendable {
        var holder = PersonID(Subject(high: 0, low: 0))
        var kind = 0
        var day = CivilDate(daysSinceEpoch: 0)
        var certificate = CertificateID(Subject(high: 0, low: 0))
    }

    /// One page.
    package struct Page: Equatable, Sendable {
        package var lines: [CertificateLine]
        /// Nil at the end. A page of a search by name may be short and still go on.
        package var next: Cursor?
    }

    /// A page of those that fit, on a day. Refuses, by `CertificateRefusal.searchTooWide`, a filter without a way.
    package static func page(
        _ filter: Filter, on today: CivilDate, after cursor: Cursor? = nil, limit: Int = Limits.pageRowsMax,
        in tx: Transaction
    ) throws -> Page {
        guard let conditions = try Conditions(filter, on: today, in: tx) else { return Page(lines: [], next: nil) }
        var reader = CertificateReader(conditions, limit: limit, in: tx)
        if let identifier = filter.identifier {
            return try reader.numbered(identifier.serial, only: identifier)
        }
        if let number = filter.number { return try reader.numbered(number, only: nil) }
        if let holder = filter.holder { return try reader.held(by: holder, after: cursor) }
        if let name = filter.name, !HolderNames.folded(name).isEmpty {
            return try reader.named(name, after: cursor)
        }
        guard let issuer = conditions.issuer else { throw CertificateRefusal.searchTooWide }
        if let state = conditions.rare { return try reader.rare(issuer, state, after: cursor) }
        if conditions.kinds.count == 1 { return try reader.issued(issuer, kind: conditions.kinds[0], after: cursor) }
        return try reader.issued(issuer, after: cursor)
    }

    /// A place in the list of what somebody holds.
    struct HolderPlace: Hashable {
        let kind: Int
        let certificate: CertificateID

        static let start = HolderPlace(
            kind: .max, certificate: CertificateID(Subject(high: .max, low: .max)))
    }

    /// The places of what somebody holds, by type and then the newest first.
    static func held(
        by holder: PersonID, after place: HolderPlace, limit: Int, in tx: Transaction
    ) throws -> [HolderPlace] {
        try tx.rows(
            """
            SELECT kind, certificate FROM certificate_of_holder
            WHERE holder = \(holder) AND (kind, certificate) < (\(place.kind), \(place.certificate))
            ORDER BY kind DESC, certificate DESC LIMIT \(limit)
            """
        ).map { HolderPlace(kind: try $0.integer(0), certificate: try $0.id(1)) }
    }

    /// What every line must be, as numbers: the same for all ways.
    struct Conditions {
        /// Nil for any.
        let issuer: Int?
        /// Empty for any.
        let kinds: [Int]
        let days: ClosedRange<Int>
        /// The states, by number; empty for any.
        let states: [Int]
        /// Nil for any; else whether the last day must be past.
        let isOver: Bool?
        let today: CivilDate
        /// The state that has a list of its own, where only that one is asked for.
        let rare: Certificate.State?

        /// Nil where nothing can fit: nobody has a certificate of such a type or body.
        init?(_ filter: Filter, on today: CivilDate, in tx: Transaction) throws {
            self.today = today
            var issuer: Int?
            if let code = filter.issuer?.code {
                issuer = try CertificateCodes.known(code, in: tx)
                guard issuer != nil else { return nil }
            }
            self.issuer = issuer
            kinds = try (filter.types ?? []).compactMap { try CertificateCodes.known($0, in: tx) }
            if filter.types != nil, kinds.isEmpty { return nil }
            var first = filter.days?.lowerBound.daysSinceEpoch ?? Int(Int32.min)
            var last = filter.days?.upperBound.daysSinceEpoch ?? Int(Int32.max)
            if filter.state == .valid { last = min(last, today.daysSinceEpoch) }
            if filter.state == .notYetValid { first = max(first, today.daysSinceEpoch + 1) }
            guard first <= last else { return nil }
            days = first...last
            let (states, isOver) = Self.states(filter.state, filter.ending)
            (self.states, self.isOver) = (states.map(\.rawValue), isOver)
            rare = states.count == 1 && states[0].isRare ? states[0] : nil
        }

        private static func states(
            _ standing: Certificate.Standing?, _ ending: Certificate.State?
        ) -> ([Certificate.State], Bool?) {
            if let ending { return ([ending], nil) }
            switch standing {
            case nil: return ([], nil)
            case .reserved: return ([.draft, .made], nil)
            case .notYetValid, .valid: return ([.issued], false)
            case .restricted: return ([.restricted], false)
            case .suspended: return ([.suspended], false)
            case .expired: return ([.issued, .restricted, .suspended, .expired], true)
            case .ended: return ([.superseded, .cancelled, .revoked, .recalled], nil)
            }
        }

        /// As a piece of a statement in which the certificate is called `c`.
        var sql: SQL {
            let issuer: SQL = self.issuer.map { "AND c.issuer = \($0)" } ?? ""
            let kind: SQL = kinds.isEmpty ? "" : "AND c.kind IN \(list: kinds)"
            let state: SQL = states.isEmpty ? "" : "AND c.state IN \(list: states)"
            let end: SQL =
                switch isOver {
                case nil: ""
                case true?: "AND c.valid_until < \(today)"
                case false?: "AND (c.valid_until IS NULL OR c.valid_until >= \(today))"
                }
            return """
                c.valid_from BETWEEN \(days.lowerBound) AND \(days.upperBound)
                \(part: issuer) \(part: kind) \(part: state) \(part: end)
                """
        }
    }
}

extension CertificateSearch.Cursor: CustomStringConvertible, LosslessStringConvertible {
    /// As it stands in an address: numbers and ids with dots between them.
    package var description: String { "\(holder).\(kind).\(day.daysSinceEpoch).\(certificate)" }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let holder = PersonID(parts[0]), let kind = Int(parts[1]), let day = Int(parts[2]),
            let certificate = CertificateID(parts[3]), abs(day) < Int(Int32.max)
        else { return nil }
        self.init(
            holder: holder, kind: kind, day: CivilDate(daysSinceEpoch: day), certificate: certificate)
    }
}
