import Accounts
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// Somebody who showed the token of a session: without one there is no such context.
struct BearerContext: ChildRequestContext, DoorContext {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let guest: Hall.Guest

    init(context: SiteContext) throws {
        guard context.isAPI else { throw DoorRefusal.notSignedIn }
        guest = try context.signedIn()
        (coreContext, site) = (context.coreContext, context)
    }
}

/// Somebody who showed a token: of a session, or of a partner.
struct AskerContext: ChildRequestContext, DoorContext {
    enum Asker: Sendable {
        case guest(Hall.Guest)
        case partner(Hall.PartnerGuest)

        var actor: Actor {
            switch self {
            case .guest(let guest): guest.session.holder.actor
            case .partner(let partner): partner.actor
            }
        }

        /// As one who looks at somebody's record.
        var looker: Hall.Looker {
            switch self {
            case .guest(let guest): guest.looker
            case .partner(let partner): partner.looker
            }
        }
    }

    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let asker: Asker

    init(context: SiteContext) throws {
        guard context.isAPI else { throw DoorRefusal.notSignedIn }
        guard !context.namesStranger else { throw PartnerRefusal.officerUnknown }
        asker = if let partner = context.partner { .partner(partner) } else { .guest(try context.signedIn()) }
        (coreContext, site) = (context.coreContext, context)
    }
}

extension AskerContext {
    /// Whoever speaks for the applicant of a dossier: she herself, who may act for her, a clerk, or the partner that
    /// filed it.
    func applicant(of id: DossierID, _ site: Site) async throws -> Performer {
        switch asker {
        case .partner(let partner): return try await site.hall.filer(partner, of: id)
        case .guest(let guest):
            switch guest.who {
            case .person(.citizen(let citizen)): return try await site.own(id, of: citizen).performer
            case .person: throw DoorRefusal.wrongDoor
            case .staff:
                _ = try staffGuest(self.site, ClerkRoles.roles)
                return guest.performer(today: site.hall.time.now().day)
            }
        }
    }
}

extension AskerContext {
    /// The dossier that the address names, for whoever may see it; a look is written down before it is answered.
    func open(_ site: Site) async throws -> Hall.Opened { try await open(try dossier(), site) }

    /// The same for a dossier that is named otherwise.
    func open(_ id: DossierID, _ site: Site) async throws -> Hall.Opened {
        switch asker {
        case .partner(let partner): return try await site.hall.open(id, by: partner)
        case .guest(let guest):
            switch guest.who {
            case .person(.citizen(let citizen)):
                return try await site.own(id, of: citizen).opened
            case .person: throw DoorRefusal.wrongDoor
            case .staff: return try await look(site, id)
            }
        }
    }

    /// Opens it at the first of the doors at which the member of staff handles it. Each leaves the entry that its page
    /// leaves; one that is refused leaves none.
    private func look(_ site: Site, _ id: DossierID) async throws -> Hall.Opened {
        let (guest, _, grants) = try staffGuest(
            self.site, [.clerk, .reviewer, .decider, .head, .governmentHead, .issuingClerk])
        let roles = Set(grants.filter { $0.revokedAt == nil }.map(\.role))
        let doors: [(roles: Set<Role>, powers: [Power], purpose: LookPurpose)] = [
            ([.clerk], [.receive], .intake),
            ([.reviewer, .decider, .head, .governmentHead], Power.office, .review),
            ([.issuingClerk], [.issue], .issuing),
        ]
        for door in doors where !door.roles.isDisjoint(with: roles) {
            do {
                return try await site.hall.open(id, by: guest, with: door.powers, purpose: door.purpose)
            } catch PerformerRefusal.notAllowed {
                continue
            }
        }
        throw PerformerRefusal.notAllowed
    }
}

/// Somebody who gives commands.
protocol DeedGiver: DoorContext {
    /// As one who gives commands today.
    func performer(_ site: Site) throws -> Performer
}

/// Who gives the deeds of a door over the API: a member of staff with one of its roles, or a partner for an official of
/// its own.
struct DeedContext<Roles: DoorRoles>: ChildRequestContext, DeedGiver {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    private let asker: AskerContext.Asker

    init(context: SiteContext) throws {
        guard !context.namesStranger else { throw PartnerRefusal.officerUnknown }
        if let partner = context.partner {
            guard PartnerScope.allCases.contains(where: { Roles.has($0) && partner.has($0) }) else {
                throw PartnerRefusal.scopeMissing
            }
            asker = .partner(partner)
        } else {
            asker = .guest(try staffGuest(context, Roles.roles).0)
        }
        (coreContext, site) = (context.coreContext, context)
    }

    func performer(_ site: Site) -> Performer {
        switch asker {
        case .guest(let guest): guest.performer(today: site.hall.time.now().day)
        case .partner(let partner): partner.performer
        }
    }
}

extension DoorRoles {
    /// Whether a scope gives a power of one of the roles.
    static func has(_ scope: PartnerScope) -> Bool {
        scope.power.map { power in roles.contains { $0.powers.contains(power) } } ?? false
    }
}

extension SiteContext {
    /// Whether this request is a program's: it shows its session's token, its cookies count for nothing, and it gets no
    /// page. Decided as the router does, by the first part of the path.
    var isAPI: Bool { Self.isAPI(address) }

    static func isAPI(_ path: String) -> Bool { path.split(separator: "/").first == "api" }
}

/// Who a request shows to be, by the door it comes to.
enum Credential {
    case session(SessionToken)
    case partner(PartnerToken)

    /// What comes before the token.
    private static let scheme = "bearer "

    /// The token in `Authorization`; nil when there is no such header, or another scheme where the token endpoint asks
    /// for one. Refuses another scheme and another shape.
    static func bearer(_ request: Request) throws -> Credential? {
        guard let header = request.headers[.authorization] else { return nil }
        if request.uri.path == OAuthAPI.path { return nil }
        guard header.lowercased().hasPrefix(scheme) else { throw LoginRefusal.sessionEnded }
        let text = header.dropFirst(scheme.count)
        if text.hasPrefix(PartnerToken.prefix) {
            guard let token = PartnerToken(text) else { throw PartnerRefusal.tokenEnded }
            return .partner(token)
        }
        guard let token = SessionToken(String(text)) else { throw LoginRefusal.sessionEnded }
        return .session(token)
    }

    /// The official for whom a partner speaks, by her number over there; nil where none is named.
    static func officer(_ request: Request) -> String? {
        HTTPField.Name(OfficersAPI.header).flatMap { request.headers[$0] }
    }
}
