package import Vocabulary

/// What a thing belongs to, when somebody asks whether she may touch it.
package struct Scope: Hashable, Sendable {
    /// The department that decides it.
    package let department: CreditCode
    /// The catalogue code of its item.
    package let itemCode: String
    /// The place whose government decides it.
    package let region: Region

    package init(department: CreditCode, itemCode: String, region: Region) {
        self.department = department
        self.itemCode = itemCode
        self.region = region
    }
}

/// Compares a power that a command needs with the grants of whoever gives it. That the receiver or the reviewer of a
/// dossier may not decide it is the dossier's own rule.
package enum Permits {
    /// Refuses the power for a thing of this scope, unless one of the grants gives it there today.
    package static func check(
        _ power: Power, scope: Scope, grants: [Grant], today: CivilDate
    ) throws(PermitRefusal) {
        let giving = try inForce(power, grants, today)
        guard giving.contains(where: { reach(power, of: $0.extent).contains { $0.covers(scope) } }) else {
            throw .outOfScope
        }
    }

    /// Refuses the power for everything in a place, whatever its department and item, unless a grant gives it there
    /// today.
    package static func check(
        _ power: Power, wholeOf region: Region, grants: [Grant], today: CivilDate
    ) throws(PermitRefusal) {
        let giving = try inForce(power, grants, today)
        guard
            giving.contains(where: { grant in
                reach(power, of: grant.extent).contains { $0.covers(wholeOf: region) }
            })
        else { throw .outOfScope }
    }

    /// Refuses the power for a deed that has no scope (accounts, figures of the whole city), unless a grant gives it
    /// today without any bound.
    package static func checkEverywhere(
        _ power: Power, grants: [Grant], today: CivilDate
    ) throws(PermitRefusal) {
        guard try inForce(power, grants, today).contains(where: { $0.extent == .everywhere }) else { throw .outOfScope }
    }

    /// What a list for this power may show: whatever one of these covers. Empty when nothing.
    ///
    /// None lies within another, and the order is total.
    package static func reach(_ power: Power, grants: [Grant], today: CivilDate) -> [Reach] {
        let all = grants.filter { $0.role.powers.contains(power) && $0.isInForce(on: today) }
            .flatMap { reach(power, of: $0.extent) }
        var result: [Reach] = []
        for (index, one) in all.enumerated() {
            let isCovered = all.enumerated().contains { other in
                other.offset != index && other.element.covers(one) && (other.element != one || other.offset < index)
            }
            if !isCovered { result.append(one) }
        }
        return result.sorted()
    }

    /// The powers that the grants give today, anywhere at all: for menus and doors.
    package static func powers(grants: [Grant], today: CivilDate) -> [Power] {
        let roles = grants.filter { $0.isInForce(on: today) }.map(\.role)
        return Power.allCases.filter { power in roles.contains { $0.powers.contains(power) } }
    }

    /// Refuses to let the citizen apply for the principal, unless she is the principal, represents it by law, or has a
    /// letter that covers the item today. The agencies are hers or the principal's; others among them count for
    /// nothing.
    package static func checkActing(
        _ citizen: Citizen, for principal: Person, itemCode: String, agencies: [Agency], today: CivilDate
    ) throws(PermitRefusal) {
        if citizen.id == principal.id { return }
        if case .legalPerson(let legal) = principal, legal.representative.number == citizen.number { return }
        let covers = agencies.contains {
            $0.principal == principal.id && $0.agent == citizen.id && $0.covers(itemCode, on: today)
        }
        guard covers else { throw .notAnAgent }
    }

    private static func inForce(
        _ power: Power, _ grants: [Grant], _ today: CivilDate
    ) throws(PermitRefusal) -> [Grant] {
        let giving = grants.filter { $0.role.powers.contains(power) }
        if giving.isEmpty { throw .noPower }
        let standing = giving.filter { $0.isInForce(on: today) }
        if standing.isEmpty { throw .notInForce }
        return standing
    }

    /// How far an extent reaches for a power.
    ///
    /// - At a window or a desk of the hall (receive, assist, issue): the whole city of the window, and what the
    ///   province decides, because a hall anywhere in the city takes, files and hands out every item (全城通办).
    /// - Review, decide, lead, govern, keep certificates: exactly the place of the grant, because the right to decide
    ///   stays where it was.
    /// - The others: the place and what lies in it.
    private static func reach(_ power: Power, of extent: Grant.Extent) -> [Reach] {
        guard let region = extent.region else { return [Reach(extent, regions: .anywhere)] }
        switch power {
        case .receive, .assist, .issue:
            return [Reach(extent, regions: .within(region.city)), Reach(extent, regions: .exactly(region.province))]
        case .review, .decide, .lead, .govern, .keepCertificates:
            return [Reach(extent, regions: .exactly(region))]
        case .apply, .editCatalogue, .supervise, .administer, .platform:
            return [Reach(extent, regions: .within(region))]
        }
    }
}
