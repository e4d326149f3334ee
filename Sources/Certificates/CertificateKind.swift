package import Vocabulary

/// A type of certificate: a row, not a case. There are thousands.
package struct CertificateKind: Equatable, Sendable, Codable {
    /// LIMIT: characters of a type's name (GB/T 36903: 256).
    package static let nameCharactersMax = 256
    /// LIMIT: fields of one face.
    package static let faceFieldsMax = 40

    /// Who can hold one.
    package enum HolderKind: String, Sendable, Codable, CaseIterable { case person, organisation, either }

    /// After which pattern the face is drawn.
    package enum Template: String, Sendable, Codable, CaseIterable {
        case licence, permit, card, register, approval, proof
    }

    /// Who may ask for one of these, with a permission for the type: whoever has it, bodies of the city, or nobody but
    /// the body that issued it.
    package enum SharingScope: String, Sendable, Codable, CaseIterable { case permitted, city, issuer }

    /// 证照执照, 证明文件, 批文批复, 鉴定报告, 办事结果.
    package enum Group: String, Sendable, Codable, CaseIterable { case licence, proof, approval, report, result }

    /// 可信等级: `a` issued and sealed at the source, `b` made from the issuer's own records of earlier years, `c`
    /// copied from paper and compared by a clerk, `d` anything else.
    package enum TrustLevel: String, Sendable, Codable, CaseIterable { case a, b, c, d }

    /// The body that defines the type; its credit code begins the type's code.
    package struct DefiningBody: Hashable, Sendable, Codable {
        package let code: CreditCode
        package let name: String
        package let nameEnglish: String

        package init(code: CreditCode, name: String, nameEnglish: String) {
            (self.code, self.name, self.nameEnglish) = (code, name, nameEnglish)
        }
    }

    /// What the library does with certificates of the type.
    package struct Handling: Hashable, Sendable {
        package var template: Template
        package var sharing: SharingScope
        package var group: Group
        package var trust: TrustLevel
        /// 年检: whether it is checked every year.
        package var annualCheck: Bool

        package init(
            template: Template = .licence, sharing: SharingScope = .permitted, group: Group = .licence,
            trust: TrustLevel = .a, annualCheck: Bool = false
        ) {
            (self.template, self.sharing, self.group) = (template, sharing, group)
            (self.trust, self.annualCheck) = (trust, annualCheck)
        }
    }

    /// 21 characters: the defining body's credit code and a serial of three digits.
    package let code: String
    package let name: String
    package let nameEnglish: String
    /// Nil for a type that was taken in before types named it.
    package let definingBody: DefiningBody?
    package let holderKind: HolderKind
    package let validity: CertificateValidity
    package let faceFields: [FaceField]
    package let handling: Handling

    package init(
        code: String, names: (zh: String, en: String), definingBody: DefiningBody? = nil, holderKind: HolderKind,
        validity: CertificateValidity, faceFields: [FaceField], handling: Handling = Handling()
    ) {
        self.code = code
        (name, nameEnglish) = names
        self.definingBody = definingBody
        self.holderKind = holderKind
        self.validity = validity
        self.faceFields = faceFields
        self.handling = handling
    }

    /// The fields whose value their type does not take, in the order of the face. A field that is not there is empty.
    package func misfits(in face: [String: String]) -> [FaceField] {
        faceFields.filter { field in face[field.id].map { !field.accepts($0) } ?? false }
    }

    private enum CodingKeys: String, CodingKey {
        case code, name, nameEnglish, definingBody, holderKind, validityMonths, validUntil, validUntilField, faceFields
        case template, sharing, group, trust, annualCheck
    }

    /// Reads a row; what older rows do not say has the value that it always had.
    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        code = try row.decode(String.self, forKey: .code)
        name = try row.decode(String.self, forKey: .name)
        nameEnglish = try row.decode(String.self, forKey: .nameEnglish)
        definingBody = try row.decodeIfPresent(DefiningBody.self, forKey: .definingBody)
        holderKind = try row.decode(HolderKind.self, forKey: .holderKind)
        faceFields = try row.decode([FaceField].self, forKey: .faceFields)
        handling = Handling(
            template: try row.decodeIfPresent(Template.self, forKey: .template) ?? .licence,
            sharing: try row.decodeIfPresent(SharingScope.self, forKey: .sharing) ?? .permitted,
            group: try row.decodeIfPresent(Group.self, forKey: .group) ?? .licence,
            trust: try row.decodeIfPresent(TrustLevel.self, forKey: .trust) ?? .a,
            annualCheck: try row.decodeIfPresent(Bool.self, forKey: .annualCheck) ?? false)
        if let months = try row.decodeIfPresent(Int.self, forKey: .validityMonths) {
            validity = .months(months)
        } else if let day = try row.decodeIfPresent(CivilDate.self, forKey: .validUntil) {
            validity = .until(day)
        } else if let field = try row.decodeIfPresent(String.self, forKey: .validUntilField) {
            validity = .field(field)
        } else {
            validity = .longTerm
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(code, forKey: .code)
        try row.encode(name, forKey: .name)
        try row.encode(nameEnglish, forKey: .nameEnglish)
        try row.encodeIfPresent(definingBody, forKey: .definingBody)
        try row.encode(holderKind, forKey: .holderKind)
        try row.encode(faceFields, forKey: .faceFields)
        try row.encode(handling.template, forKey: .template)
        try row.encode(handling.sharing, forKey: .sharing)
        try row.encode(handling.group, forKey: .group)
        try row.encode(handling.trust, forKey: .trust)
        if handling.annualCheck { try row.encode(true, forKey: .annualCheck) }
        switch validity {
        case .longTerm: break
        case .months(let months): try row.encode(months, forKey: .validityMonths)
        case .until(let day): try row.encode(day, forKey: .validUntil)
        case .field(let field): try row.encode(field, forKey: .validUntilField)
        }
    }
}

/// How long a certificate of a type is valid.
package enum CertificateValidity: Hashable, Sendable {
    /// LIMIT: months from issue.
    package static let monthsMax = 1200
    /// What a face says where there is no last day.
    package static let longTermText = "长期"

    case longTerm
    /// So many months from the day of issue, the day before the same day of the month.
    case months(Int)
    /// All until one day.
    case until(CivilDate)
    /// Until the day that a field of the face says.
    case field(String)

    /// So many months, where that is the rule; nil for any other.
    package var months: Int? { if case .months(let months) = self { months } else { nil } }

    /// The last day of one that begins on a day; nil for long-term. Refuses, by
    /// `CertificateRefusal.validityUnreadable`, a face that does not say it where the face must.
    package func lastDay(
        from first: CivilDate, face: [String: String]
    ) throws(CertificateRefusal) -> CivilDate? {
        switch self {
        case .longTerm: return nil
        case .months(let months): return first.advanced(byMonths: months).advanced(byDays: -1)
        case .until(let day): return day
        case .field(let id):
            guard let text = face[id] else { throw .validityUnreadable }
            if text == Self.longTermText { return nil }
            guard let day = CivilDate(text) else { throw .validityUnreadable }
            return day
        }
    }
}
