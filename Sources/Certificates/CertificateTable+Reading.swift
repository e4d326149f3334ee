package import Store
package import Vocabulary

/// What is read of one certificate or of one holder, and what is erased.
extension CertificateTable {
    /// The certificate with the identifier; nil when there is none.
    package static func id(_ identifier: CertificateIdentifier, in tx: Transaction) throws -> CertificateID? {
        try tx.row(
            """
            SELECT certificate FROM certificate_by_serial
            WHERE serial = \(identifier.serial) AND version = \(identifier.version)
                AND kind = (SELECT number FROM certificate_code WHERE code = \(identifier.type))
                AND issuer = (SELECT number FROM certificate_code WHERE code = \(identifier.issuer.code))
            """)?.id(0)
    }

    /// What a holder has, by type and then the newest first.
    package static func held(
        by holder: PersonID, limit: Int = Limits.pageRowsMax, in tx: Transaction
    ) throws -> [CertificateLine] {
        var filter = CertificateSearch.Filter()
        filter.holder = holder
        return try CertificateSearch.page(
            filter, on: CivilDate(daysSinceEpoch: 0), limit: limit, in: tx
        ).lines
    }

    /// What a holder has of one type: first what is in force on a day, then whatever else there is; of each at most a
    /// page, the newest first. However many others she holds, none is passed over for them.
    package static func held(
        by holder: PersonID, of type: String, on today: CivilDate, in tx: Transaction
    ) throws -> [CertificateLine] {
        var filter = CertificateSearch.Filter()
        (filter.holder, filter.types) = (holder, [type])
        var valid = filter
        valid.state = .valid
        let good = try CertificateSearch.page(valid, on: today, in: tx).lines
        let known = Set(good.map(\.id))
        return good + (try CertificateSearch.page(filter, on: today, in: tx).lines.filter { !known.contains($0.id) })
    }

    /// The day on which another took its place; nil for one that was not changed.
    package static func changedOn(_ id: CertificateID, in tx: Transaction) throws -> CivilDate? {
        for entry in try Journal.entries(of: id.subject, in: tx) {
            if case .ended(.changed, _) = try CertificateEvent(entry) { return entry.at.day }
        }
        return nil
    }

    /// The certificate as the fold of its events; nil when there is none.
    package static func load(_ id: CertificateID, in tx: Transaction) throws -> Certificate? {
        try Certificate.folded(id, try Journal.entries(of: id.subject, in: tx))
    }

    /// What its face shows of people; nil where there is none or it was erased.
    package static func personal(of id: CertificateID, in tx: Transaction) throws -> Certificate.Personal? {
        guard let first = try Journal.first(of: id.subject, in: tx) else { return nil }
        guard let beginning = try CertificateEvent(first).beginning else {
            throw Fault.corrupt("certificate \(id) does not begin with a reservation")
        }
        return beginning.personal
    }

    /// Everything that happened to it, the oldest first.
    package static func history(of id: CertificateID, in tx: Transaction) throws -> [HistoryLine] {
        try Journal.entries(of: id.subject, in: tx).map {
            HistoryLine(at: $0.at, actor: $0.actor, event: try CertificateEvent($0))
        }
    }

    /// Something that happened to a certificate, with when and by whom.
    package struct HistoryLine: Equatable, Sendable {
        package let at: Instant
        package let actor: Actor
        package let event: CertificateEvent
    }

    /// Those that have something to come by the day, the longest due first.
    package static func due(by day: CivilDate, limit: Int, in tx: Transaction) throws -> [CertificateID] {
        try tx.rows(
            """
            SELECT certificate FROM certificate_wake WHERE day <= \(day) ORDER BY day, certificate LIMIT \(limit)
            """
        ).map { try $0.id(0) }
    }

    /// Erases what is personal in the certificates of a holder, and the ways by her name, when its retention has ended.
    /// The log still verifies; the certificates stay under their numbers.
    package static func forget(_ holder: PersonID, in tx: Transaction) throws {
        var last = CertificateSearch.HolderPlace.start
        while true {
            let page = try CertificateSearch.held(by: holder, after: last, limit: Limits.pageRowsMax, in: tx)
            for place in page {
                try ShowingTable.forget(place.certificate, in: tx)
                for entry in try Journal.entries(of: place.certificate.subject, in: tx) where entry.personal != nil {
                    try Journal.forget(place.certificate.subject, sequence: entry.sequence, in: tx)
                }
            }
            guard page.count == Limits.pageRowsMax, let end = page.last else { break }
            last = end
        }
        try HolderNames.forget(holder, in: tx)
    }
}
