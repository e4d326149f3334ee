package import Vocabulary

/// A system of another organisation that uses the API or a link (接入系统): a row. Another house of the province, a
/// department's own system, a bank's terminal.
package struct Partner: Hashable, Sendable {
    /// LIMIT: characters of a name.
    package static let nameCharactersMax = 100
    /// LIMIT: requests in a minute that one partner can be given.
    package static let callsPerMinute = 1...60_000
    /// LIMIT: partners of one house.
    package static let perHouseMax = 1_000

    package let id: PartnerID
    /// The name under which it asks for tokens (`client_id`).
    package let clientID: AccessID
    /// The organisation's name, as people see it who did what.
    package let name: String
    /// The body that it belongs to; nil for what is no body of the state.
    package let body: CreditCode?
    /// LIMIT: requests in a minute.
    package let perMinute: Int
    /// Which secret counts: each renewal has the next.
    package let edition: Int
    package let revokedAt: Instant?

    package init(
        _ id: PartnerID, clientID: AccessID, name: String, body: CreditCode?, perMinute: Int, edition: Int = 1,
        revokedAt: Instant? = nil
    ) {
        (self.id, self.clientID, self.name, self.body) = (id, clientID, name, body)
        (self.perMinute, self.edition, self.revokedAt) = (perMinute, edition, revokedAt)
    }
}

/// What a partner may do somewhere. The raw values are the scopes of OAuth 2.0 (RFC 6749 section 3.3).
package enum PartnerScope: String, Sendable, CaseIterable, Codable {
    /// File applications for people who showed who they are over there, and follow those.
    case file = "dossiers.file"
    /// Read dossiers with everything in them.
    case read = "dossiers.read"
    /// Accept, ask for corrections, decline.
    case receive = "dossiers.receive"
    /// Examine.
    case review = "dossiers.review"
    case decide = "dossiers.decide"
    /// What the law reserves to the head of the authority.
    case lead = "dossiers.lead"
    /// Follow what happens.
    case events = "events.read"
    /// Propose changes of the catalogue, over a link.
    case propose = "catalogue.propose"

    /// The power of an official that stands behind it; nil for what needs no official.
    package var power: Power? {
        switch self {
        case .receive: .receive
        case .review: .review
        case .decide: .decide
        case .lead: .lead
        case .file, .read, .events, .propose: nil
        }
    }
}

/// What a grant to a partner is the id of; see `DossierThing`.
package enum PartnerGrantThing {}
package typealias PartnerGrantID = ID<PartnerGrantThing>

/// A scope that a partner has for certain departments, items and places.
package struct PartnerGrant: Hashable, Sendable {
    /// LIMIT: grants that one partner has at a time.
    package static let perPartnerMax = 200

    package let id: PartnerGrantID
    package let scope: PartnerScope
    package let extent: Grant.Extent

    package init(_ id: PartnerGrantID, _ scope: PartnerScope, _ extent: Grant.Extent) {
        (self.id, self.scope, self.extent) = (id, scope, extent)
    }

    /// What it covers: its place, and what lies in it.
    package var reach: Reach { Reach(extent, regions: extent.region.map(Reach.Regions.within) ?? .anywhere) }
}

/// An official of a partner's organisation, as the partner named her: whoever accepts, examines or decides over there
/// answers for it by name (行政许可法 art. 31, 34, 38).
package struct PartnerOfficer: Hashable, Sendable {
    /// LIMIT: officials that one partner names.
    package static let perPartnerMax = 5_000

    package let code: OfficerCode
    package let name: FullName
    /// By which it is known whether a matter is her own (回避), and whether she did something in it elsewhere.
    package let citizenID: CitizenID

    package init(_ code: OfficerCode, name: FullName, citizenID: CitizenID) {
        (self.code, self.name, self.citizenID) = (code, name, citizenID)
    }
}
