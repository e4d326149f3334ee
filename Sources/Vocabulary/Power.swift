/// What a command asks its actor to be allowed to do. `Permits` compares it with the actor's grants.
package enum Power: String, Sendable, Codable, CaseIterable {
    /// Act on one's own application, as the applicant or an agent.
    case apply
    /// Receive, accept, decline or request corrections at a window (综合窗口).
    case receive
    /// Examine an accepted dossier (审查).
    case review
    /// Decide it (决定); never the person who received or reviewed it.
    case decide
    /// Approve what the law reserves to the head of the authority (机关负责人: 行政许可法 art. 42(1)).
    case lead
    /// Approve what it reserves to the head of the government at the same level (art. 42(2)).
    case govern
    /// File and follow for somebody who cannot do it alone, on her written authority (帮办代办).
    case assist
    /// Hand results over (出件).
    case issue
    /// Keep the certificates of one's own body: annual check, restrict, suspend, lift, archive (证照管理).
    case keepCertificates
    /// Edit items and guides.
    case editCatalogue
    /// See every light and figure, change nothing.
    case supervise
    /// Accounts, grants, keys.
    case administer
    /// What only the platform itself does: silence of the law, filing a certificate that was signed.
    case platform
}

/// Who acts. Ids only, never names: an actor stands in the public part of every entry.
package enum Actor: Hashable, Sendable {
    /// A person acting for herself, or the agent of somebody.
    case person(PersonID)
    /// A member of staff, at a window or in an office.
    case staff(StaffID)
    /// A program of another organisation, by the sharing service.
    case caller(CallerID)
    /// A system of another organisation, by the API or a link; `officer` is the official who did it there, named where
    /// somebody must answer for the deed.
    case partner(PartnerID, officer: OfficerCode?)
    /// The platform: the pulse of the legal clock or an effect that came back.
    case platform
}

extension Actor {
    /// The member of staff; nil for anybody else.
    package var staff: StaffID? {
        if case .staff(let id) = self { return id }
        return nil
    }
}

extension Actor: CustomStringConvertible, LosslessStringConvertible, Codable {
    /// `person:…`, `staff:…`, `caller:…`, `partner:…`, `partner:…:` and the official's number, or `platform`.
    package var description: String {
        switch self {
        case .person(let id): "person:\(id)"
        case .staff(let id): "staff:\(id)"
        case .caller(let id): "caller:\(id)"
        case .partner(let id, nil): "partner:\(id)"
        case .partner(let id, let officer?): "partner:\(id):\(officer)"
        case .platform: "platform"
        }
    }

    /// Reads `description`; nil for anything else.
    package init?(_ text: String) {
        if text == "platform" {
            self = .platform
        } else if text.hasPrefix("person:"), let id = PersonID(String(text.dropFirst(7))) {
            self = .person(id)
        } else if text.hasPrefix("staff:"), let id = StaffID(String(text.dropFirst(6))) {
            self = .staff(id)
        } else if text.hasPrefix("caller:"), let id = CallerID(String(text.dropFirst(7))) {
            self = .caller(id)
        } else if text.hasPrefix("partner:"), let partner = Self.partner(text.dropFirst(8)) {
            self = partner
        } else {
            return nil
        }
    }

    private static func partner(_ text: Substring) -> Actor? {
        guard let id = PartnerID(String(text.prefix(26))) else { return nil }
        let rest = text.dropFirst(26)
        if rest.isEmpty { return .partner(id, officer: nil) }
        guard rest.hasPrefix(":"), let officer = OfficerCode(String(rest.dropFirst())) else { return nil }
        return .partner(id, officer: officer)
    }

    package init(from decoder: any Decoder) throws {
        self = try decodeChecked(decoder, Actor.init, "not an actor")
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
