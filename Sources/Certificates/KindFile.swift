import Vocabulary

/// A file of certificate types as it was read: JSON, either a list of types or a record with the list under
/// `certificateTypes`. Each row is taken or refused by itself.
package struct KindFile: Sendable {
    /// LIMIT: bytes of a file.
    package static let bytesMax = 64 * 1024 * 1024
    /// LIMIT: types of a file.
    package static let rowsMax = 20_000

    /// A row that is not taken.
    package struct Refused: Equatable, Sendable {
        /// 1 for the first.
        package let row: Int
        /// Its code or name, as far as it has one.
        package let name: String
        package let refusal: CertificateTypeRefusal
        /// The member or the field that it is about.
        package let place: String
    }

    package let kinds: [CertificateKind]
    package let refused: [Refused]

    /// Reads a file; refuses, by `CertificateTypeRefusal.fileMalformed`, what is none.
    package init(_ bytes: [UInt8]) throws(CertificateTypeRefusal) {
        let rows = try Self.rows(bytes)
        var (kinds, refused, codes): ([CertificateKind], [Refused], Set<String>) = ([], [], [])
        for (index, row) in rows.enumerated() {
            var reading = KindRow(row)
            do throws(CertificateTypeRefusal) {
                let kind = try reading.kind()
                reading.place = "code"
                guard codes.insert(kind.code).inserted else { throw .codeTwice }
                kinds.append(kind)
            } catch {
                refused.append(
                    Refused(
                        row: index + 1, name: row["code"]?.text ?? row["name"]?.text ?? "", refusal: error,
                        place: reading.place))
            }
        }
        (self.kinds, self.refused) = (kinds, refused)
    }

    private static func rows(_ bytes: [UInt8]) throws(CertificateTypeRefusal) -> [JSONValue] {
        guard bytes.count <= bytesMax else { throw .fileMalformed }
        let file: JSONValue
        do {
            file = try CanonicalJSON.value(in: bytes)
        } catch {
            throw .fileMalformed
        }
        guard let rows = file.list ?? file["certificateTypes"]?.list, rows.count <= rowsMax else {
            throw .fileMalformed
        }
        return rows
    }
}

/// Reads one row and remembers which member it was at.
private struct KindRow {
    let row: JSONValue
    var place = ""

    init(_ row: JSONValue) { self.row = row }

    mutating func kind() throws(CertificateTypeRefusal) -> CertificateKind {
        guard case .record = row else { throw .rowMalformed }
        let code = try text("code")
        guard CertificateIdentifier.isType(code) else { throw .codeMalformed }
        let names = (zh: try name("name"), en: try name("nameEnglish"))
        let body = try body(code)
        let holder: CertificateKind.HolderKind = try choice("holderKind", nil)
        let fields = try fields()
        let validity = try validity(fields)
        let handling = CertificateKind.Handling(
            template: try choice("template", .licence), sharing: try choice("sharing", .permitted),
            group: try choice("group", .licence), trust: try choice("trust", .a), annualCheck: try flag("annualCheck"))
        return CertificateKind(
            code: code, names: names, definingBody: body, holderKind: holder, validity: validity, faceFields: fields,
            handling: handling)
    }

    private mutating func text(_ member: String) throws(CertificateTypeRefusal) -> String {
        place = member
        guard let text = row[member]?.text else { throw .rowMalformed }
        return text
    }

    private mutating func name(_ member: String) throws(CertificateTypeRefusal) -> String {
        place = member
        guard let text = row[member]?.text, !text.isEmpty, text.count <= CertificateKind.nameCharactersMax else {
            throw .nameMissing
        }
        return text
    }

    private mutating func flag(_ member: String) throws(CertificateTypeRefusal) -> Bool {
        place = member
        guard let value = row[member] else { return false }
        guard case .flag(let flag) = value else { throw .rowMalformed }
        return flag
    }

    private mutating func choice<Choice: RawRepresentable>(
        _ member: String, _ otherwise: Choice?
    ) throws(CertificateTypeRefusal) -> Choice where Choice.RawValue == String {
        place = member
        guard let value = row[member] else {
            guard let otherwise else { throw .rowMalformed }
            return otherwise
        }
        guard let choice = value.text.flatMap(Choice.init) else { throw .valueUnknown }
        return choice
    }

    private mutating func body(_ code: String) throws(CertificateTypeRefusal) -> CertificateKind.DefiningBody {
        place = "definingBody"
        guard let body = row[place], let own = body["code"]?.text.flatMap(CreditCode.init),
            let name = body["name"]?.text, let english = body["nameEnglish"]?.text, !name.isEmpty
        else { throw .rowMalformed }
        guard code.hasPrefix(own.code) else { throw .bodyMismatch }
        return CertificateKind.DefiningBody(code: own, name: name, nameEnglish: english)
    }

    private mutating func fields() throws(CertificateTypeRefusal) -> [FaceField] {
        place = "faceFields"
        guard let list = row[place]?.list, (1...CertificateKind.faceFieldsMax).contains(list.count) else {
            throw .faceMalformed
        }
        var fields: [FaceField] = []
        for value in list {
            let field = try field(value)
            guard !fields.contains(where: { $0.id == field.id }) else { throw .fieldTwice }
            fields.append(field)
        }
        return fields
    }

    private mutating func field(_ value: JSONValue) throws(CertificateTypeRefusal) -> FaceField {
        let id = value["id"]?.text ?? ""
        place = "faceFields." + id
        let isASCII = id.utf8.allSatisfy { $0 < 128 && Character(UnicodeScalar($0)).isLetter || (48...57).contains($0) }
        guard isASCII, id.first?.isLowercase == true, id.utf8.count <= FaceField.idCharactersMax,
            let label = value["label"]?.text, let english = value["labelEnglish"]?.text, !label.isEmpty,
            max(label.count, english.count) <= FaceField.labelCharactersMax
        else { throw .faceMalformed }
        let named = value["type"]?.text ?? FaceField.Kind.text.rawValue
        guard let kind = FaceField.Kind(rawValue: named) else { throw .valueUnknown }
        let choices = value["choices"]?.list?.compactMap(\.text) ?? []
        guard (kind == .choice) == !choices.isEmpty, choices.count <= FaceField.choicesMax else {
            throw .choicesMismatch
        }
        return FaceField(id: id, label: label, labelEnglish: english, type: kind, choices: choices)
    }

    private mutating func validity(_ fields: [FaceField]) throws(CertificateTypeRefusal) -> CertificateValidity {
        place = "validityMonths"
        let rules = ["validityMonths", "validUntil", "validUntilField"].compactMap { member in
            row[member].map { (member, $0) }
        }
        guard let (member, value) = rules.first else { return .longTerm }
        guard rules.count == 1 else { throw .validityUnclear }
        place = member
        switch (member, value) {
        case ("validityMonths", .number(let months)) where (1...CertificateValidity.monthsMax).contains(months):
            return .months(months)
        case ("validUntil", .text(let text)):
            guard let day = CivilDate(text) else { throw .validityUnclear }
            return .until(day)
        case ("validUntilField", .text(let id)) where fields.contains { $0.id == id && $0.type == .date }:
            return .field(id)
        default: throw .validityUnclear
        }
    }
}
