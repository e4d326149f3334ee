package import Vocabulary

/// What a grant is the id of; see `DossierThing`.
package enum GrantThing {}
package typealias GrantID = ID<GrantThing>

/// What somebody is at work. A role gives powers; a grant says where.
package enum Role: String, Sendable, Codable, CaseIterable {
    /// 综合窗口人员.
    case clerk
    /// 审查人员.
    case reviewer
    /// 决定人员.
    case decider
    /// 机关负责人.
    case head
    /// 本级人民政府负责人.
    case governmentHead
    /// 帮办代办人员.
    case assistant
    /// 出件窗口人员.
    case issuingClerk
    /// 事项管理员.
    case catalogueEditor
    /// 效能监察.
    case supervisor
    /// 系统管理员.
    case administrator

    /// The powers that the role gives. `apply` belongs to every person and `platform` to nobody, so no role has them.
    package var powers: [Power] {
        switch self {
        case .clerk: [.receive]
        case .reviewer: [.review]
        case .decider: [.decide, .keepCertificates]
        case .head: [.lead, .keepCertificates]
        case .governmentHead: [.govern]
        case .assistant: [.assist]
        case .issuingClerk: [.issue]
        case .catalogueEditor: [.editCatalogue]
        case .supervisor: [.supervise]
        case .administrator: [.administer]
        }
    }
}

/// A role that a member of staff has for certain departments, items and places, for a certain time.
package struct Grant: Hashable, Sendable {
    /// LIMIT: grants that one member of staff ever had.
    package static let perStaffMax = 100

    /// Where a grant holds; nil means anywhere.
    package struct Extent: Hashable, Sendable {
        /// The department whose items they are.
        package let department: CreditCode?
        /// How the items' catalogue codes begin.
        package let items: ItemCodePrefix?
        /// The place; `Permits` says how far it reaches for which power.
        package let region: Region?

        package init(department: CreditCode? = nil, items: ItemCodePrefix? = nil, region: Region? = nil) {
            self.department = department
            self.items = items
            self.region = region
        }

        /// Everywhere.
        package static let everywhere = Extent()
    }

    package let id: GrantID
    package let staff: StaffID
    package let role: Role
    package let extent: Extent
    package let term: Term
    /// When it was taken back; nil while it stands.
    package let revokedAt: Instant?

    /// A grant that stands.
    package init(_ id: GrantID, staff: StaffID, role: Role, extent: Extent, term: Term) {
        self.id = id
        self.staff = staff
        self.role = role
        self.extent = extent
        self.term = term
        revokedAt = nil
    }

    /// The same grant, taken back.
    package func revoked(at instant: Instant) -> Grant {
        Grant(self, revokedAt: instant)
    }

    init(_ grant: Grant, revokedAt: Instant?) {
        (id, staff, role, extent, term) = (grant.id, grant.staff, grant.role, grant.extent, grant.term)
        self.revokedAt = revokedAt
    }

    /// Whether it stands on the day.
    package func isInForce(on day: CivilDate) -> Bool {
        revokedAt == nil && term.contains(day)
    }
}

/// How a catalogue code begins (domain section 1.2), or a whole one: 1 to 50 letters and digits, in upper case.
package struct ItemCodePrefix: Hashable, Comparable, Sendable, Encodable, CustomStringConvertible {
    /// LIMIT: characters of a code; local codes have up to 50.
    package static let charactersMax = 50

    package let text: String

    /// Refuses a text of another shape; lower case is raised.
    package init(_ text: String) throws(AccountRefusal) {
        let raised = text.uppercased()
        guard (1...Self.charactersMax).contains(raised.utf8.count), isASCII(raised, alsoAllowed: "") else {
            throw .itemCodeMalformed
        }
        self.text = raised
    }

    package var description: String { text }

    package static func < (left: ItemCodePrefix, right: ItemCodePrefix) -> Bool { left.text < right.text }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
