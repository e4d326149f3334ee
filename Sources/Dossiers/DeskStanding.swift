package import Vocabulary

/// How whoever gives a command stands to the desk: for herself or in the place of a colleague who is away, and whether
/// whoever has the dossier is away. Who is away, the staff's own room knows.
package struct DeskStanding: Hashable, Sendable {
    /// In whose place she acts; nil for herself.
    package let principal: StaffID?
    /// Whether the holder is away today.
    package let isHolderAway: Bool

    package init(principal: StaffID? = nil, isHolderAway: Bool = false) {
        (self.principal, self.isHolderAway) = (principal, isHolderAway)
    }

    /// For herself.
    package static let own = DeskStanding()
}
