package import Vocabulary

/// How whoever gives a command stands to the desk: for herself, in the place of a colleague who is away or for the
/// applicant whom she assists, and whether whoever has the dossier is away. Who is away and who has an authority, the
/// staff's own room knows.
package struct DeskStanding: Hashable, Sendable {
    /// In whose place she acts; nil for herself.
    package let principal: StaffID?
    /// Whether the holder is away today.
    package let isHolderAway: Bool
    /// For whom she does it as an assistant; nil for anything else.
    package let assisting: Assisting?

    package init(principal: StaffID? = nil, isHolderAway: Bool = false, assisting: Assisting? = nil) {
        (self.principal, self.isHolderAway, self.assisting) = (principal, isHolderAway, assisting)
    }

    /// For herself.
    package static let own = DeskStanding()
}
