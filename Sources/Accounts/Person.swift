package import Vocabulary

/// What a person or an organisation is called: 1 to 120 characters on one line, without white space at the ends.
package struct FullName: Hashable, Sendable, Encodable, CustomStringConvertible {
    /// LIMIT: characters of a name.
    package static let charactersMax = 120

    /// The name as it is written.
    package let text: String

    /// Nil for an empty text, a longer one, or one with line breaks or other control characters.
    package init?(_ text: String) {
        guard let line = oneLine(text, charactersMax: Self.charactersMax) else { return nil }
        self.text = line
    }

    /// `王**`: what may stand in a log.
    package var description: String { String(text.prefix(1)) + String(repeating: "*", count: text.count - 1) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// The number by which the state knows a person or an organisation.
package enum PersonNumber: Hashable, Sendable {
    case citizen(CitizenID)
    case organisation(CreditCode)

    /// The code of the kind of document, `111` for an identity card and `001` for a credit code (domain section 6.3).
    package var kind: String {
        switch self {
        case .citizen: "111"
        case .organisation: "001"
        }
    }

    /// The 18 characters in clear: for a column that can be erased, never for a log.
    package var text: String {
        switch self {
        case .citizen(let id): id.number
        case .organisation(let code): code.code
        }
    }
}

/// A natural person with an identity card.
package struct Citizen: Hashable, Sendable {
    package let id: PersonID
    package let name: FullName
    package let number: CitizenID
    /// Where messages go; nil when she gave none.
    package let mobile: MobileNumber?

    package init(_ id: PersonID, name: FullName, number: CitizenID, mobile: MobileNumber?) {
        self.id = id
        self.name = name
        self.number = number
        self.mobile = mobile
    }
}

/// What sort of organisation it is, by the codes of the service objects (服务对象, domain section 1.6).
package enum LegalPersonKind: String, Sendable, Encodable, CaseIterable {
    case enterprise
    case institution
    case socialOrganisation
    case unincorporatedEnterprise
    case governmentBody
    /// 个体工商户: a natural person in business (民法典 art. 54). The table has no code for it, so it goes under 其他组织.
    case individualBusiness
    case other

    /// `2` for 企业法人 to `9` for 其他组织.
    package var serviceObject: String {
        switch self {
        case .enterprise: "2"
        case .institution: "3"
        case .socialOrganisation: "4"
        case .unincorporatedEnterprise: "5"
        case .governmentBody: "6"
        case .individualBusiness, .other: "9"
        }
    }
}

/// An organisation with a unified social credit code.
package struct LegalPerson: Hashable, Sendable {
    /// Who acts for it by law, without a letter: the legal representative (民法典 art. 61), or whoever runs the business.
    package struct Representative: Hashable, Sendable, Encodable {
        package let name: FullName
        package let number: CitizenID

        package init(name: FullName, number: CitizenID) {
            self.name = name
            self.number = number
        }
    }

    package let id: PersonID
    package let name: FullName
    package let code: CreditCode
    package let kind: LegalPersonKind
    package let representative: Representative

    package init(
        _ id: PersonID, name: FullName, code: CreditCode, kind: LegalPersonKind, representative: Representative
    ) {
        self.id = id
        self.name = name
        self.code = code
        self.kind = kind
        self.representative = representative
    }
}

/// Whoever can apply for something.
package enum Person: Hashable, Sendable {
    case citizen(Citizen)
    case legalPerson(LegalPerson)

    package var id: PersonID {
        switch self {
        case .citizen(let citizen): citizen.id
        case .legalPerson(let legal): legal.id
        }
    }

    package var name: FullName {
        switch self {
        case .citizen(let citizen): citizen.name
        case .legalPerson(let legal): legal.name
        }
    }

    package var number: PersonNumber {
        switch self {
        case .citizen(let citizen): .citizen(citizen.number)
        case .legalPerson(let legal): .organisation(legal.code)
        }
    }
}

/// The text without white space at its ends; nil when it is empty, longer than allowed, or not one line.
func oneLine(_ text: String, charactersMax: Int) -> String? {
    guard text.utf8.count <= charactersMax * 16 else { return nil }
    let start = text.drop { $0.isWhitespace }
    let line = String(start.prefix(start.lastIndex { !$0.isWhitespace }.map { start[...$0].count } ?? 0))
    let hasControls = line.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
    }
    guard !line.isEmpty, line.count <= charactersMax, !hasControls else { return nil }
    return line
}
