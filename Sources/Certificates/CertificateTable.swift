package import Store
package import Vocabulary

/// One line of a list.
package struct CertificateLine: Equatable, Sendable {
    package let id: CertificateID
    package let identifier: CertificateIdentifier
    package let holder: PersonID
    /// State and days.
    package let days: CertificateDays
    /// The case that made it; nil for one that the library took over from elsewhere.
    package let dossier: DossierID?

    package var validFrom: CivilDate { days.validFrom }
    package var validUntil: CivilDate? { days.validUntil }
    /// Whether it was signed.
    package var isFiled: Bool { days.state != .draft && days.state != .made }
    /// Whether the licence behind it ended before its time.
    package var hasEnded: Bool { days.state.hasEnded }

    /// Whether it can stand in for a material on the day.
    package func isValid(on day: CivilDate) -> Bool { days.standing(on: day) == .valid }
}

/// The library's rows and the ways to them.
package enum CertificateTable {
    package static let migrations = [
        CertificateKindTable.migration, CertificateShape.first, CertificateShape.ending, CertificateShape.library,
        CertificateLogTable.migration,
    ]

    /// The next number of a type at an issuer in a year: region, year and seven digits, unique under (type, issuer).
    package static func nextNumber(
        type: String, issuer: CreditCode, region: Region, year: Int, in tx: Transaction
    ) throws -> String {
        let serial = try Serials.take(1, of: "certificate:\(type):\(issuer.code)", period: year, in: tx)
        return "\(region.code)\(year)\("0000000\(serial)".suffix(max(7, "\(serial)".utf8.count)))"
    }

    /// Reserves: the first event, the row and the ways to it.
    package static func reserve(
        _ id: CertificateID, _ reservation: Certificate.Reservation, _ personal: Certificate.Personal,
        stamp: Stamp, in tx: Transaction
    ) throws {
        try Journal.append(
            [CertificateEvent.reserved(reservation, personal)], to: id.subject, after: 0, stamp: stamp, in: tx)
        let identifier = reservation.identifier
        let kind = try CertificateCodes.number(of: identifier.type, in: tx)
        let issuer = try CertificateCodes.number(of: identifier.issuer.code, in: tx)
        try tx.execute(
            """
            INSERT INTO certificate
                (id, kind, issuer, serial, version, holder, dossier, state, valid_from, valid_until)
            VALUES (\(id), \(kind), \(issuer), \(identifier.serial), \(identifier.version), \(reservation.holder),
                \(reservation.dossier), \(Certificate.State.draft.rawValue), \(reservation.validFrom),
                \(reservation.validUntil))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_by_serial (serial, kind, issuer, version, certificate)
            VALUES (\(identifier.serial), \(kind), \(issuer), \(identifier.version), \(id))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_of_holder (holder, kind, certificate) VALUES (\(reservation.holder), \(kind), \(id))
            """)
        try tx.execute(
            """
            INSERT INTO certificate_of_issuer (issuer, kind, day, certificate)
            VALUES (\(issuer), \(kind), \(reservation.validFrom), \(id))
            """)
        try HolderNames.note(personal.holderName, of: reservation.holder, in: tx)
    }

    /// Writes what was decided, and brings the rows up to it; answers the certificate as it stands then.
    @discardableResult
    package static func append(
        _ events: [CertificateEvent], to certificate: Certificate, stamp: Stamp, in tx: Transaction
    ) throws -> Certificate {
        guard !events.isEmpty else { return certificate }
        try Journal.append(events, to: certificate.id.subject, after: certificate.sequence, stamp: stamp, in: tx)
        let after = try events.reduce(certificate) { try $0.applying($1) }
        try move(certificate, to: after, in: tx)
        return after
    }

    /// Files: the event that follows, and the row brought up to it.
    package static func file(
        _ event: CertificateEvent, on certificate: Certificate, stamp: Stamp, in tx: Transaction
    ) throws {
        try append([event], to: certificate, stamp: stamp, in: tx)
    }

    /// Ends: the licence behind it was taken back, revoked or struck off, or `successor` took its place.
    package static func end(
        _ id: CertificateID, _ ending: Certificate.Ending, successor: CertificateID? = nil, stamp: Stamp,
        in tx: Transaction
    ) throws {
        guard let certificate = try load(id, in: tx) else { throw CertificateRefusal.notFound }
        try append([.ended(ending, successor: successor)], to: certificate, stamp: stamp, in: tx)
    }

    private static func move(_ before: Certificate, to after: Certificate, in tx: Transaction) throws {
        let (id, day) = (after.id, after.reservation.validFrom)
        if before.state != after.state {
            try tx.execute("UPDATE certificate SET state = \(after.state.rawValue) WHERE id = \(id)")
            let issuer = try CertificateCodes.number(of: after.reservation.identifier.issuer.code, in: tx)
            if before.state.isRare {
                try tx.execute(
                    """
                    DELETE FROM certificate_in_state WHERE issuer = \(issuer) AND state = \(before.state.rawValue)
                        AND day = \(day) AND certificate = \(id)
                    """)
            }
            if after.state.isRare {
                try tx.execute(
                    """
                    INSERT INTO certificate_in_state (issuer, state, day, certificate)
                    VALUES (\(issuer), \(after.state.rawValue), \(day), \(id))
                    """)
            }
        }
        try wake(id, from: before.wake, to: after.wake, in: tx)
    }

    private static func wake(
        _ id: CertificateID, from before: CivilDate?, to after: CivilDate?, in tx: Transaction
    ) throws {
        guard before != after else { return }
        if let before {
            try tx.execute("DELETE FROM certificate_wake WHERE day = \(before) AND certificate = \(id)")
        }
        guard let after else { return }
        try tx.execute(
            """
            INSERT INTO certificate_wake (day, certificate) VALUES (\(after), \(id))
            ON CONFLICT (day, certificate) DO NOTHING
            """)
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
        guard case .reserved(_, let personal) = try CertificateEvent(first) else {
            throw Fault.corrupt("certificate \(id) does not begin with a reservation")
        }
        return personal
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

    /// Puts the wake of a certificate that had nothing to write down where it belongs, so that it is not due for ever.
    package static func rest(_ certificate: Certificate, on today: CivilDate, in tx: Transaction) throws {
        try tx.execute("DELETE FROM certificate_wake WHERE day <= \(today) AND certificate = \(certificate.id)")
        try wake(certificate.id, from: nil, to: certificate.wake, in: tx)
    }

    /// Erases what is personal in the certificates of a holder, and the ways by her name, when its retention has ended.
    /// The log still verifies; the certificates stay under their numbers.
    package static func forget(_ holder: PersonID, in tx: Transaction) throws {
        var last = CertificateSearch.HolderPlace.start
        while true {
            let page = try CertificateSearch.held(by: holder, after: last, limit: Limits.pageRowsMax, in: tx)
            for place in page {
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

extension Certificate.State {
    /// Whether certificates in it have a list of their own: few are, and they are asked for. What is in force, over by
    /// the day, or not signed yet is found among all of an issuer.
    var isRare: Bool {
        switch self {
        case .draft, .made, .issued, .expired: false
        case .restricted, .suspended, .superseded, .cancelled, .revoked, .recalled, .archived: true
        }
    }
}
