package import Vocabulary

extension Certificate {
    /// The public part of `imported`: a record that another system issued, with the digest of its own data. It has no
    /// signature of this house until a sealed file is asked for; the sealed journal and the public log hold the digest.
    package struct Taking: Hashable, Sendable {
        package let reservation: Reservation
        /// SHA-256 of the canonical data, in hexadecimal.
        package let digest: String
        /// The edition of the data that were digested.
        package let edition: Int

        package init(_ reservation: Reservation, digest: String, edition: Int = CertificateData.newestEdition) {
            (self.reservation, self.digest, self.edition) = (reservation, digest, edition)
        }

        /// How the record stands on the day on which it is taken in.
        package func state(on day: CivilDate) -> State {
            reservation.validUntil.map { day > $0 } ?? false ? .expired : .issued
        }

        /// Canonical JSON; nothing in it is a character that JSON escapes.
        var bytes: [UInt8] {
            var text = "{\"digest\":\"\(digest)\",\"edition\":\(edition),\"holder\":\"\(reservation.holder)\","
            text += "\"identifier\":\"\(reservation.identifier)\",\"validFrom\":\"\(reservation.validFrom)\""
            if let last = reservation.validUntil { text += ",\"validUntil\":\"\(last)\"" }
            return Array((text + "}").utf8)
        }
    }
}

extension Certificate.Taking: Codable {
    private enum CodingKeys: String, CodingKey { case digest, edition, holder, identifier, validFrom, validUntil }

    package init(from decoder: any Decoder) throws {
        let body = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            Certificate.Reservation(
                identifier: try body.decode(CertificateIdentifier.self, forKey: .identifier),
                holder: try body.decode(PersonID.self, forKey: .holder), origin: nil,
                validFrom: try body.decode(CivilDate.self, forKey: .validFrom),
                validUntil: try body.decodeIfPresent(CivilDate.self, forKey: .validUntil)),
            digest: try body.decode(String.self, forKey: .digest), edition: try body.decode(Int.self, forKey: .edition))
    }

    package func encode(to encoder: any Encoder) throws {
        var body = encoder.container(keyedBy: CodingKeys.self)
        try body.encode(digest, forKey: .digest)
        try body.encode(edition, forKey: .edition)
        try body.encode(reservation.holder, forKey: .holder)
        try body.encode(reservation.identifier, forKey: .identifier)
        try body.encode(reservation.validFrom, forKey: .validFrom)
        try body.encodeIfPresent(reservation.validUntil, forKey: .validUntil)
    }
}

extension Certificate.Personal {
    /// Canonical JSON.
    var bytes: [UInt8] {
        CanonicalJSON.bytes(
            writing: .record([
                "face": .record(face.mapValues(JSONValue.text)), "holderName": .text(holderName),
                "holderNumber": .text(holderNumber), "holderNumberType": .text(holderNumberType),
                "issuerName": .text(issuerName), "typeName": .text(typeName),
            ]))
    }
}
