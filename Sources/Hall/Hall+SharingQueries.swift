import Accounts
import Certificates
import Signing
import Store
import Vocabulary

/// What callers ask about certificates.
extension Hall {
    /// LIMIT: certificates in one reply about a holder.
    package static let sharedMax = 20
    /// LIMIT: fields that one call compares.
    package static let comparedMax = 40

    /// queryCertInfo: one certificate by its identifier.
    func certInfo(_ data: SharingData, _ caller: SharingCaller) async throws -> SharingReply {
        let found = try await shared(data, caller, "certIdentifier")
        return SharingReply(
            data: .record(["certData": Self.fields(found.certificate, found.kind)]), shown: [found.certificate.id])
    }

    /// queryCertInfoByHolderCode: what a holder has of one type, as far as it is in force.
    func certInfoByHolder(_ data: SharingData, _ caller: SharingCaller, _ key: AccountKey) async throws -> SharingReply
    {
        let (certificates, kind) = try await held(data, caller, key)
        let list = certificates.map { certificate in
            JSONValue.record([
                "certIdentifier": .text(certificate.reservation.identifier.description),
                "certData": Self.fields(certificate, kind),
            ])
        }
        return SharingReply(data: .record(["certDataList": .list(list)]), shown: certificates.map(\.id))
    }

    /// queryCertInfoByQRcode: by the code that a holder shows (亮证码), or by the one on a face.
    func certInfoByCode(_ data: SharingData, _ caller: SharingCaller, _ key: AccountKey) async throws -> SharingReply {
        let code = try data.text("qrcode", max: 4096)
        let isPresented = PresentationCode(code) != nil
        let id = isPresented ? try await presented(code, data.cause, caller, key) : try await faceCertificate(code)
        let (certificate, kind) = try await permitted(id, caller)
        return SharingReply(
            data: .record([
                "certIdentifier": .text(certificate.reservation.identifier.description),
                "certData": Self.fields(certificate, kind),
            ]), shown: [certificate.id], isNoted: isPresented)
    }

    /// verifyCertInfo: whether the library says the same of a certificate; never what it says.
    func comparison(_ data: SharingData, _ caller: SharingCaller, _ key: AccountKey) async throws -> SharingReply {
        guard case .record(let asked)? = data.value["fields"], (1...Self.comparedMax).contains(asked.count) else {
            throw SharingRefusal.malformed
        }
        let found: Certificate
        if data.value["certIdentifier"] != nil {
            found = try await shared(data, caller, "certIdentifier").certificate
        } else {
            let certificates = try await held(data, caller, key).certificates
            guard certificates.count == 1, let only = certificates.first else { throw SharingRefusal.malformed }
            found = only
        }
        guard let metadata = CertificateMetadata(found) else { throw SharingRefusal.notFound }
        let columns = Self.columns(metadata)
        let isSame = try asked.allSatisfy { name, value in
            guard let text = value.text else { throw SharingRefusal.malformed }
            return columns[name] == text
        }
        return SharingReply(data: .record(["valid": .flag(isSame)]), shown: [found.id])
    }

    /// getCertRemarkInfo: the fields of a type's face.
    func remarks(_ data: SharingData, _ caller: SharingCaller) async throws -> SharingReply {
        let kind = try await permittedKind(try data.text("certTypeCode"), caller)
        let fields = kind.faceFields.enumerated().map { index, field in
            var members: [String: JSONValue] = [
                "name": .text(field.label), "columnName": .text(field.id), "valueType": .text(field.type.rawValue),
                "orderNum": .number(index + 1),
            ]
            if !field.choices.isEmpty { members["choices"] = .list(field.choices.map(JSONValue.text)) }
            return JSONValue.record(members)
        }
        return SharingReply(
            data: .record([
                "certTypeCode": .text(kind.code), "certTypeName": .text(kind.name), "fields": .list(fields),
            ]))
    }

    /// The certificate that a call names, in force and permitted, with its type.
    func shared(
        _ data: SharingData, _ caller: SharingCaller, _ name: String
    ) async throws -> (certificate: Certificate, kind: CertificateKind) {
        guard let identifier = CertificateIdentifier(try data.text(name)) else { throw SharingRefusal.malformed }
        // Whether there is such a certificate is said only to whoever may ask for its type.
        _ = try await permittedKind(identifier.type, caller, issuer: identifier.issuer)
        let id = try await store.read { tx in try CertificateTable.id(identifier, in: tx) }
        guard let id else { throw SharingRefusal.notFound }
        return try await permitted(id, caller)
    }

    /// A certificate in force whose type a caller may ask for.
    func permitted(
        _ id: CertificateID, _ caller: SharingCaller
    ) async throws -> (certificate: Certificate, kind: CertificateKind) {
        guard let certificate = try await certificate(id) else { throw SharingRefusal.notFound }
        let identifier = certificate.reservation.identifier
        let kind = try await permittedKind(identifier.type, caller, issuer: identifier.issuer)
        try SharingRules.check(certificate, on: time.now().day)
        guard certificate.personal != nil else { throw SharingRefusal.notFound }
        return (certificate, kind)
    }

    func permittedKind(
        _ type: String, _ caller: SharingCaller, issuer: CreditCode? = nil
    ) async throws -> CertificateKind {
        let (kind, isPermitted) = try await store.read { tx in
            (try CertificateKindTable.kind(type, in: tx), try SharingTable.isPermitted(caller, type, in: tx))
        }
        try SharingRules.check(caller, asks: kind, isPermitted: isPermitted, issuer: issuer)
        guard let kind else { throw SharingRefusal.unknownType }
        return kind
    }

    /// What a holder has of one type, as far as it is in force, the newest first. Where nothing is, the newest says
    /// why.
    func held(
        _ data: SharingData, _ caller: SharingCaller, _ key: AccountKey
    ) async throws -> (certificates: [Certificate], kind: CertificateKind) {
        let (type, holder) = (try data.text("certTypeCode"), try Self.holder(data))
        let kind = try await permittedKind(type, caller)
        let (serial, today) = (try data.optionalText("certNo"), time.now().day)
        let all = try await store.read { tx -> [Certificate] in
            guard let person = try PersonTable.find(holder, key: key, in: tx) else { return [] }
            var filter = CertificateSearch.Filter()
            // With a number the way is by the number, however many the holder has.
            (filter.holder, filter.number, filter.types) = (serial == nil ? person : nil, serial, [type])
            return try CertificateSearch.page(filter, on: today, limit: Self.sharedMax, in: tx).lines
                .filter { $0.holder == person }
                .compactMap { try CertificateTable.load($0.id, in: tx) }
        }
        guard let newest = all.first else { throw SharingRefusal.notFound }
        // Of a type that is shared with its issuer alone, others' certificates are not there.
        let open = all.filter { certificate in
            let isPublished =
                kind.handling.sharing != .issuer || certificate.reservation.identifier.issuer == caller.body
            return isPublished && certificate.sharing(on: today) == .valid && certificate.personal != nil
        }
        if open.isEmpty { try SharingRules.check(newest, on: today) }
        guard !open.isEmpty else { throw SharingRefusal.notFound }
        return (open, kind)
    }

    private static func holder(_ data: SharingData) throws(SharingRefusal) -> PersonNumber {
        let code = try data.text("holderCode")
        switch try data.text("holderTypeCode") {
        case "001":
            guard let number = CreditCode(code) else { throw .malformed }
            return .organisation(number)
        case "111":
            guard let number = CitizenID(code) else { throw .malformed }
            return .citizen(number)
        default: throw .wrongHolderType
        }
    }

    private func presented(
        _ typed: String, _ purpose: String, _ caller: SharingCaller, _ key: AccountKey
    ) async throws -> CertificateID {
        guard let code = PresentationCode(typed) else { throw SharingRefusal.notFound }
        let digest = key.presentationDigest(of: code.text)
        let found = try await store.read { tx in try PresentationTable.find(digest, in: tx) }
        guard let found else { throw SharingRefusal.notFound }
        // First whether the caller may ask at all: a code for one look is not used up by whoever may not.
        _ = try await permitted(found.certificate, caller)
        let viewer = (looker: Looker(.caller(caller.id), body: caller.body), purpose: purpose)
        let shown = try await show(digest, to: viewer, guess: nil) { _, _ in }
        return try shown.get().certificate
    }

    private func faceCertificate(_ text: String) async throws -> CertificateID {
        let code = text.split(separator: "/").last.map(String.init) ?? ""
        // The signature is not what counts here: the register says what is true of the identifier.
        let found = try await faceCode(code, trusting: try TrustedKeys([]))
        guard found.agrees else { throw SharingRefusal.notFound }
        let id = try await store.read { tx in try CertificateTable.id(found.claims.identifier, in: tx) }
        guard let id else { throw SharingRefusal.notFound }
        return id
    }
}

/// A certificate as a list of fields.
extension Hall {
    private static let dates: Set<String> = ["issuedOn", "validFrom", "validUntil"]

    /// Name, value, type, column and place of each field that has a value: the directory record, then the face.
    static func fields(_ certificate: Certificate, _ kind: CertificateKind) -> JSONValue {
        guard let metadata = CertificateMetadata(certificate)?.defined(by: kind) else { return .list([]) }
        var rows: [(name: String, column: String, type: String, value: String)] = []
        for element in MetadataElement.all {
            guard let column = element.english, let value = metadata.values[element.id], !value.isEmpty else {
                continue
            }
            rows.append((element.label, column, dates.contains(element.id) ? "date" : "text", value))
        }
        for field in kind.faceFields {
            guard let value = metadata.face[field.id], !value.isEmpty else { continue }
            rows.append((field.label, field.id, field.type.rawValue, value))
        }
        return .list(
            rows.enumerated().map { index, row in
                .record([
                    "name": .text(row.name), "value": .text(row.value), "valueType": .text(row.type),
                    "columnName": .text(row.column), "orderNum": .number(index + 1),
                ])
            })
    }

    /// Values by column: the English keys of the directory record, and the ids of the face's fields.
    static func columns(_ metadata: CertificateMetadata) -> [String: String] {
        var columns = metadata.face
        for element in MetadataElement.all {
            if let column = element.english { columns[column] = metadata.values[element.id] ?? "" }
        }
        return columns
    }
}
