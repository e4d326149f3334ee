import Accounts
package import Certificates
import Vocabulary

/// One row of a file of records, as it stands there. Columns of a CSV file have these names, and `face.ID` for the
/// fields of a face.
package struct RecordRow: Hashable, Sendable, Decodable {
    /// LIMIT: characters of a holder's or a body's name.
    static let nameCharactersMax = 256
    /// The columns that a file must have.
    static let needed = ["type", "number", "issuer", "issuerName", "holderName", "holderNumber", "validFrom"]
    /// Before the id of a field of the face, in a column's name.
    static let facePrefix = "face."

    /// 21 characters.
    var type = ""
    var number = ""
    /// 1 where it says nothing.
    var version: String?
    /// The credit code of the body that issued it.
    var issuer = ""
    var issuerName = ""
    var holderName = ""
    var holderNumber = ""
    /// 111 identity card, 001 credit code; told by the number where it says nothing.
    var holderNumberType: String?
    var validFrom = ""
    /// Empty, or 长期: without an end.
    var validUntil: String?
    /// `issued`, or nothing.
    var state: String?
    var face: [String: String]?

    init() {}

    /// Of a row of a CSV file; nil for other fields than there are columns. An empty field says nothing.
    package init?(_ fields: [String], columns: [String]) {
        guard fields.count == columns.count else { return nil }
        var values = Dictionary(zip(columns, fields).filter { !$0.1.isEmpty }) { first, _ in first }
        let take = { (name: String) in values.removeValue(forKey: name) }
        (type, number, version) = (take("type") ?? "", take("number") ?? "", take("version"))
        (issuer, issuerName) = (take("issuer") ?? "", take("issuerName") ?? "")
        (holderName, holderNumber) = (take("holderName") ?? "", take("holderNumber") ?? "")
        (holderNumberType, state) = (take("holderNumberType"), take("state"))
        (validFrom, validUntil) = (take("validFrom") ?? "", take("validUntil"))
        face = Dictionary(
            uniqueKeysWithValues: values.map {
                ($0.key.replacing(Self.facePrefix, with: "", maxReplacements: 1), $0.value)
            })
    }
}

/// Reads rows by the types that the library knows.
package struct RecordReader: Sendable {
    private let kinds: [String: CertificateKind]

    /// Reads by these types.
    package init(kinds: [CertificateKind]) {
        self.kinds = Dictionary(kinds.map { ($0.code, $0) }) { first, _ in first }
    }

    /// The record of a row, or why it cannot be taken and at which field.
    package func record(_ row: RecordRow) -> Result<NamedRecord, RowFault> {
        Result { () throws(RowFault) in try read(row) }
    }

    /// Why a row cannot be taken.
    package struct RowFault: Error, Hashable {
        package let refusal: CertificateImportRefusal
        package let place: String

        init(_ refusal: CertificateImportRefusal, _ place: String) { (self.refusal, self.place) = (refusal, place) }
    }

    private func read(_ row: RecordRow) throws(RowFault) -> NamedRecord {
        guard let kind = kinds[row.type] else { throw RowFault(.unknownType, "type") }
        guard row.state ?? "issued" == "issued" else { throw RowFault(.notIssued, "state") }
        guard let issuer = CreditCode(row.issuer) else { throw RowFault(.wrongIssuer, "issuer") }
        guard let version = Int(row.version ?? "1"),
            let identifier = CertificateIdentifier(
                type: row.type, issuer: issuer, serial: row.number, version: version)
        else { throw RowFault(.wrongIdentifier, "number") }
        for (name, place) in [(row.issuerName, "issuerName"), (row.holderName, "holderName")] {
            guard (1...RecordRow.nameCharactersMax).contains(name.count) else { throw RowFault(.nameMissing, place) }
        }
        let number = try holder(row, kind)
        let (first, last) = try days(row)
        let face = row.face ?? [:]
        let known = Set(kind.faceFields.map(\.id))
        if let field = face.keys.sorted().first(where: { !known.contains($0) }) ?? kind.misfits(in: face).first?.id {
            throw RowFault(.wrongFace, RecordRow.facePrefix + field)
        }
        let personal = Certificate.Personal(
            holder: (row.holderName, number.text, number.kind), names: (kind.name, row.issuerName), face: face)
        return NamedRecord(identifier, of: number, personal, from: first, until: last)
    }

    private func holder(_ row: RecordRow, _ kind: CertificateKind) throws(RowFault) -> PersonNumber {
        let fault = RowFault(.wrongHolder, "holderNumber")
        if row.holderNumberType != "001", kind.holderKind != .organisation, let number = CitizenID(row.holderNumber) {
            return .citizen(number)
        }
        if row.holderNumberType != "111", kind.holderKind != .person, let code = CreditCode(row.holderNumber) {
            return .organisation(code)
        }
        throw fault
    }

    private func days(_ row: RecordRow) throws(RowFault) -> (first: CivilDate, last: CivilDate?) {
        guard let first = CivilDate(row.validFrom) else { throw RowFault(.wrongDays, "validFrom") }
        let text = row.validUntil ?? ""
        if text.isEmpty || text == CertificateValidity.longTermText { return (first, nil) }
        guard let last = CivilDate(text), last >= first else { throw RowFault(.wrongDays, "validUntil") }
        return (first, last)
    }
}
