package import Vocabulary

/// The metadata of a certificate by the elements of `MetadataElement.all`, for files and for the directory.
package struct CertificateMetadata: Equatable, Sendable {
    /// Values by the element's id. What is not known is not there.
    package private(set) var values: [String: String]
    /// The fields of the face, by id.
    package let face: [String: String]

    /// What the certificate itself says; nil once its personal part was erased.
    package init?(_ certificate: Certificate) {
        guard let personal = certificate.personal else { return nil }
        let (reservation, identifier) = (certificate.reservation, certificate.reservation.identifier)
        face = personal.face
        values = [
            "name": personal.typeName, "typeName": personal.typeName, "typeCode": identifier.type,
            "number": identifier.serial, "identifier": identifier.description, "version": identifier.versionText,
            "issuerName": personal.issuerName, "issuerCode": identifier.issuer.code,
            "issuedOn": reservation.validFrom.compact, "definerCode": String(identifier.type.prefix(18)),
            "holderName": personal.holderName, "holderCode": personal.holderNumber,
            "holderTypeName": Self.holderTypeName(personal.holderNumberType),
            "holderType": personal.holderNumberType, "validFrom": reservation.validFrom.compact,
            "validUntil": reservation.validUntil?.compact ?? "",
            "validity": Self.validity(reservation), "areaCode": identifier.issuer.regionCode,
            "itemCode": reservation.catalogCode ?? "", "createdAt": Self.moment(certificate.reservedAt),
        ]
    }

    /// Who sealed the file, under which seal, and when.
    package struct Sealing: Hashable, Sendable {
        package let sealer: String
        package let sealName: String
        package let at: Instant

        package init(sealer: String, sealName: String, at: Instant) {
            (self.sealer, self.sealName, self.at) = (sealer, sealName, at)
        }
    }

    /// The same with what the type says: the name of the body that defines it.
    package func defined(by kind: CertificateKind?) -> CertificateMetadata {
        adding(["definerName": kind?.definingBody?.name])
    }

    /// The same with the name of the item that it comes from.
    package func related(to itemName: String?) -> CertificateMetadata { adding(["itemName": itemName]) }

    /// The same with the seal.
    package func sealed(_ sealing: Sealing) -> CertificateMetadata {
        adding([
            "sealer": sealing.sealer, "sealName": sealing.sealName, "sealedAt": Self.moment(sealing.at),
        ])
    }

    /// The same as an annotated copy.
    package func annotated(_ copy: CertificateCopy) -> CertificateMetadata {
        adding([
            "copyMadeAt": Self.moment(copy.madeAt), "copyMaker": copy.maker, "copyCause": copy.cause,
            "copyExpires": copy.expiresAt.map(Self.moment),
        ])
    }

    /// The same as the directory has it now.
    package func listed(_ standing: Certificate.Standing, fileURL: String?) -> CertificateMetadata {
        adding(["status": standing.rawValue, "fileURL": fileURL])
    }

    private func adding(_ more: [String: String?]) -> CertificateMetadata {
        var changed = self
        for (id, value) in more { if let value { changed.values[id] = value } }
        return changed
    }

    /// The custom data of an OFD file: pinyin keys in the order of the standard, then the face as `KZ_…`, by key.
    package var customData: [(key: String, value: String)] {
        let own = MetadataElement.all.compactMap { element -> (key: String, value: String)? in
            guard let key = element.pinyin, let value = values[element.id], !value.isEmpty else { return nil }
            return (key, value)
        }
        let extended = face.sorted { $0.key < $1.key }.map {
            (key: MetadataElement.facePrefix + $0.key, value: $0.value)
        }
        return own + extended
    }

    /// The directory record: English keys, and the face as an object under `extend_info`.
    package var record: JSONValue {
        var members: [String: JSONValue] = [:]
        for element in MetadataElement.all {
            if let key = element.english, let value = values[element.id] { members[key] = .text(value) }
        }
        members[MetadataElement.faceKey] = .record(face.mapValues(JSONValue.text))
        return .record(members)
    }

    /// Elements that must be there and are not, or that are too long.
    package var defects: [MetadataElement] {
        let isCopy = values["copyMadeAt"] != nil
        return MetadataElement.all.filter { element in
            let value = values[element.id] ?? ""
            if value.count > element.charactersMax { return true }
            switch element.need {
            // State and file are the directory's own, and stand in no file.
            case .required: return value.isEmpty && element.signedSince != nil
            case .onCopies: return isCopy && value.isEmpty && element.id != "copyExpires"
            case .conditional, .optional: return false
            }
        }
    }

    /// 持证主体代码类型 by its code.
    private static func holderTypeName(_ code: String) -> String {
        switch code {
        case "001": "统一社会信用代码"
        case "111": "公民身份号码"
        default: "其他"
        }
    }

    private static func validity(_ reservation: Certificate.Reservation) -> String {
        let from = written(reservation.validFrom)
        return "\(from)至\(reservation.validUntil.map(written) ?? CertificateValidity.longTermText)"
    }

    /// `2026年11月24日`, as certificates write a day.
    static func written(_ day: CivilDate) -> String {
        let (year, month, dayOfMonth) = day.parts
        return "\(year)年\(month)月\(dayOfMonth)日"
    }

    /// `20261124093000`: the clock of Fuzhou, without separators.
    private static func moment(_ instant: Instant) -> String {
        instant.description.prefix(19).filter(\.isNumber)
    }
}

/// 加注件: a copy of a certificate that says for whom and for what it was made.
package struct CertificateCopy: Hashable, Sendable {
    /// LIMIT: characters of a cause, as the sharing interface has it.
    package static let causeCharactersMax = 200
    /// LIMIT: characters of the name of whom it is for.
    package static let recipientCharactersMax = 100

    package let madeAt: Instant
    /// Who made it: a body or a person.
    package let maker: String
    /// For what.
    package let cause: String
    /// For whom; nil for whoever has it.
    package let recipient: String?
    /// Nil for a copy without an end.
    package let expiresAt: Instant?

    /// Nil for a cause that is missing or too long, and for a recipient that is too long.
    package init?(madeAt: Instant, maker: String, cause: String, recipient: String? = nil, expiresAt: Instant?) {
        guard (1...Self.causeCharactersMax).contains(cause.count),
            recipient.map({ $0.count <= Self.recipientCharactersMax }) ?? true
        else { return nil }
        (self.madeAt, self.maker, self.cause) = (madeAt, maker, cause)
        (self.recipient, self.expiresAt) = (recipient, expiresAt)
    }

    /// Whether it may still be used.
    package func isValid(at now: Instant) -> Bool { expiresAt.map { now < $0 } ?? true }
}
