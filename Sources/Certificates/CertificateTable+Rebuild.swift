package import Store
package import Vocabulary

/// Rows that are written again from the journal.
extension CertificateTable {
    /// The ids of certificates in their order, after one of them.
    package static func ids(after id: CertificateID, limit: Int, in tx: Transaction) throws -> [CertificateID] {
        try tx.rows("SELECT id FROM certificate WHERE id > \(id) ORDER BY id LIMIT \(limit)").map { try $0.id(0) }
    }

    /// Brings the state of a certificate, its place among those of its state, what is to come, and the way by the
    /// holder's name to what the journal says.
    package static func rebuild(_ id: CertificateID, in tx: Transaction) throws {
        guard let certificate = try load(id, in: tx) else { throw Fault.corrupt("certificate \(id) has no events") }
        let reservation = certificate.reservation
        try tx.execute("UPDATE certificate SET state = \(certificate.state.rawValue) WHERE id = \(id)")
        let issuer = try CertificateCodes.number(of: reservation.identifier.issuer.code, in: tx)
        for state in Certificate.State.allCases where state.isRare {
            try tx.execute(
                """
                DELETE FROM certificate_in_state WHERE issuer = \(issuer) AND state = \(state.rawValue)
                    AND day = \(reservation.validFrom) AND certificate = \(id)
                """)
        }
        if certificate.state.isRare {
            try tx.execute(
                """
                INSERT INTO certificate_in_state (issuer, state, day, certificate)
                VALUES (\(issuer), \(certificate.state.rawValue), \(reservation.validFrom), \(id))
                """)
        }
        for day in CertificateDays.wakes(until: reservation.validUntil) {
            try tx.execute("DELETE FROM certificate_wake WHERE day = \(day) AND certificate = \(id)")
        }
        if let wake = certificate.wake {
            try tx.execute("INSERT INTO certificate_wake (day, certificate) VALUES (\(wake), \(id))")
        }
        if let name = certificate.personal?.holderName { try HolderNames.note(name, of: reservation.holder, in: tx) }
    }
}
