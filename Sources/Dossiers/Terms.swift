package import Vocabulary

/// A limit of the law or a promise: how long, in which unit, counted from when (domain section 4.1).
package struct TimeLimit: Hashable, Sendable, Codable {
    /// Units of the national exchange (时限单位).
    package enum Unit: String, Sendable, Codable {
        case workingDays, calendarDays, hours, minutes, months
    }

    /// What starts the clock: acceptance (行政许可法 art. 42) unless a special law says receipt (e.g. 建筑法 art. 8).
    package enum Start: String, Sendable, Codable {
        case receipt, acceptance
    }

    /// How many units; 0 is "at once" (即办).
    package let value: Int
    package let unit: Unit
    package let startsAt: Start
    /// The article it rests on, as it is cited on papers.
    package let article: String

    package init(_ value: Int, _ unit: Unit, from start: Start = .acceptance, article: String) {
        self.value = value
        self.unit = unit
        startsAt = start
        self.article = article
    }
}

/// What the item version lays down for a dossier, pinned when it is submitted: later versions change nothing of it.
package struct Terms: Hashable, Sendable, Codable {
    /// 31 characters: who implements which item.
    package let implementationCode: String
    /// 33 characters, where the item has handling items.
    package let handlingItemCode: String?
    /// The version of the guide.
    package let version: Int
    /// SHA-256 of the guide's bytes, in hexadecimal.
    package let guideDigest: String
    /// The item's name in Chinese, as papers and lists show it.
    package let itemName: String
    /// The body that decides.
    package let body: CreditCode
    /// Its name in Chinese.
    package let bodyName: String
    /// Whose region it is.
    package let region: Region
    package let statutory: TimeLimit
    package let promised: TimeLimit
    /// Working days from the decision to the delivery (行政许可法 art. 44 unless the item says otherwise).
    package let delivery: WorkingDays
    /// Working days that an applicant has to correct; after that the filing lapses.
    package let correction: WorkingDays
    /// The certificate type (21 characters) that a grant makes; nil when the result is no certificate.
    package let certificateType: String?
    /// The certificate's name in Chinese; nil when the result is no certificate.
    package let certificateName: String?
    /// Months for which a certificate is valid; nil for long-term.
    package let validityMonths: Int?
    /// The materials that this applicant's situation asks for, by id.
    package let materials: [String]
    /// What else the way to the decision needs; nil where the Licensing Law says it all.
    package let procedure: ProcedureTerms?

    package init(
        item: Item, limits: Limits, result: Result, materials: [String], procedure: ProcedureTerms? = nil
    ) {
        implementationCode = item.implementationCode
        handlingItemCode = item.handlingItemCode
        version = item.version.number
        guideDigest = item.version.digest
        itemName = item.name
        body = item.body.code
        bodyName = item.body.name
        region = item.body.region
        statutory = limits.statutory
        promised = limits.promised
        delivery = limits.delivery
        correction = limits.correction
        certificateType = result.certificateType
        certificateName = result.certificateName
        validityMonths = result.validityMonths
        self.materials = materials
        self.procedure = procedure
    }

    /// The body that decides, and where.
    package struct Body: Sendable {
        let code: CreditCode
        let name: String
        let region: Region

        package init(_ code: CreditCode, name: String, region: Region) {
            self.code = code
            self.name = name
            self.region = region
        }
    }

    /// Which item, of which body, in which version.
    package struct Item: Sendable {
        let implementationCode: String
        let handlingItemCode: String?
        let name: String
        let version: (number: Int, digest: String)
        let body: Body

        package init(
            implementationCode: String, handlingItemCode: String?, name: String, version: (number: Int, digest: String),
            body: Body
        ) {
            self.implementationCode = implementationCode
            self.handlingItemCode = handlingItemCode
            self.name = name
            self.version = version
            self.body = body
        }
    }

    /// The clocks.
    package struct Limits: Sendable {
        let statutory: TimeLimit
        let promised: TimeLimit
        let delivery: WorkingDays
        let correction: WorkingDays

        package init(
            statutory: TimeLimit, promised: TimeLimit, delivery: WorkingDays = WorkingDays(10),
            correction: WorkingDays = WorkingDays(15)
        ) {
            self.statutory = statutory
            self.promised = promised
            self.delivery = delivery
            self.correction = correction
        }
    }

    /// What comes out: a certificate of this type and name, valid for so many months, or none.
    package struct Result: Sendable {
        let certificateType: String?
        let certificateName: String?
        let validityMonths: Int?

        package init(certificateType: String, name: String, validityMonths: Int?) {
            self.certificateType = certificateType
            certificateName = name
            self.validityMonths = validityMonths
        }

        private init() {
            certificateType = nil
            certificateName = nil
            validityMonths = nil
        }

        /// A decision on paper or in the portal, and no certificate.
        package static let none = Result()
    }

    /// The code by which the item is pinned: 33 characters where there is a handling item, else 31.
    package var itemCode: String { handlingItemCode ?? implementationCode }

    /// 12 characters: the item wherever it is implemented.
    package var catalogCode: String { String(implementationCode.suffix(12)) }
}
