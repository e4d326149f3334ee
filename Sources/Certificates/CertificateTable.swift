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
        CertificateKindTable.migration, CertificateShape.first, CertificateShape.ending,
        CertificateShape.library, CertificateLogTable.migration, CertificateUseTable.migration,
        FileReportTable.migration, PresentationTable.migration, SharingTable.migration,
        CertificateImportTable.migration, HolderNameShape.migration, CertificateShape.narrow,
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

    /// Keeps the file that was made of a certificate that had none, and answers the one that it has: of two who made
    /// one at once, the first. Only where the answer is this file are its bytes kept, in the same transaction. Refuses
    /// what is not in force any more, and what was forgotten meanwhile.
    package static func keep(
        _ file: Certificate.SealedFile, of id: CertificateID, stamp: Stamp, in tx: Transaction
    ) throws -> Certificate.SealedFile {
        guard let certificate = try load(id, in: tx) else { throw CertificateRefusal.notFound }
        if let first = certificate.file { return first }
        try append(
            [try CertificateRules.press(file, of: certificate, on: stamp.now.day)], to: certificate, stamp: stamp,
            in: tx)
        return file
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
        }
        if before.state != after.state, before.state.isRare || after.state.isRare {
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

    /// Puts the wake of a certificate that had nothing to write down where it belongs, so that it is not due for ever.
    package static func rest(_ certificate: Certificate, on today: CivilDate, in tx: Transaction) throws {
        try tx.execute("DELETE FROM certificate_wake WHERE day <= \(today) AND certificate = \(certificate.id)")
        try wake(certificate.id, from: nil, to: certificate.wake, in: tx)
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
