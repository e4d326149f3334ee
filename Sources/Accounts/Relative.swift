package import Vocabulary

/// What a declared relative is the id of; see `DossierThing`.
package enum RelativeThing {}
package typealias RelativeID = ID<RelativeThing>

/// A relative whom somebody of the staff declared, so that a look at a record under the name can be told apart
/// (公务员法 art. 76: whoever carries out an official task keeps away from what concerns her relatives). The name itself
/// is kept nowhere.
package struct Relative: Hashable, Sendable {
    /// LIMIT: relatives of one member of staff.
    package static let perStaffMax = 50

    /// The degrees of art. 74: 夫妻、直系血亲、三代以内旁系血亲、近姻亲.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case spouse, direct, collateral, inLaw = "in-law"
    }

    package let id: RelativeID
    package let staff: StaffID
    package let kind: Kind
    package let declaredAt: Instant

    package init(_ id: RelativeID, of staff: StaffID, _ kind: Kind, declaredAt: Instant) {
        (self.id, self.staff, self.kind, self.declaredAt) = (id, staff, kind, declaredAt)
    }
}
