import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
package import Hummingbird
package import Vocabulary

/// What every request has: how the reader wants pages, and who it is, if anybody.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The peer's address as the server saw it.
    package let peer: String
    var preferences = Preferences()
    var session: SessionToken?
    var guest: Hall.Guest?
    /// The system of another organisation that asks, by its token; below `/api` only.
    var partner: Hall.PartnerGuest?
    /// Whether the request names an official for whom it may not speak: said once it is known what it asks.
    var namesStranger = false
    /// The whole address, as a page goes back to it.
    var path = "/"
    /// The path alone, by which the router goes.
    var address = "/"

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// LIMIT: bytes of a posted form without files.
    package var maxUploadSize: Int { PostedForm.bytesMax }

    /// Whoever is signed in; refuses nobody, and a partner, which has no session.
    func signedIn() throws(DoorRefusal) -> Hall.Guest {
        if let guest { return guest }
        throw partner == nil ? .notSignedIn : .wrongDoor
    }

    /// The token of this session's forms; empty without a session.
    var csrf: String { session.map { CSRF.token(for: PostedForm.purpose, session: $0) } ?? "" }
}

/// What the contexts of all doors have in common.
protocol DoorContext: RequestContext {
    var site: SiteContext { get }
}

extension SiteContext: DoorContext {
    var site: SiteContext { self }
}

/// Somebody who is signed in at the portal: a citizen, for herself or with the letters she holds.
struct PortalContext: ChildRequestContext, DoorContext {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let guest: Hall.Guest
    let citizen: Citizen

    init(context: SiteContext) throws {
        let guest = try context.signedIn()
        guard case .person(.citizen(let citizen)) = guest.who else { throw DoorRefusal.wrongDoor }
        coreContext = context.coreContext
        (site, self.guest, self.citizen) = (context, guest, citizen)
    }
}

/// A member of staff who may do something at this door.
protocol StaffContext: ChildRequestContext, DeedGiver where ParentContext == SiteContext {
    var guest: Hall.Guest { get }
    var staff: Staff { get }
    var grants: [Grant] { get }
}

/// A member of staff who has one of the roles of a door.
struct RoleContext<Roles: DoorRoles>: StaffContext {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let guest: Hall.Guest
    let staff: Staff
    let grants: [Grant]

    init(context: SiteContext) throws {
        (guest, staff, grants) = try staffGuest(context, Roles.roles)
        (coreContext, site) = (context.coreContext, context)
    }
}

/// The roles that open a door.
protocol DoorRoles {
    static var roles: [Role] { get }
}

/// A clerk of a comprehensive window.
typealias ClerkContext = RoleContext<ClerkRoles>
enum ClerkRoles: DoorRoles { static let roles: [Role] = [.clerk] }

/// A clerk of an issuing window.
typealias IssuerContext = RoleContext<IssuerRoles>
enum IssuerRoles: DoorRoles { static let roles: [Role] = [.issuingClerk] }

/// Somebody who sits at a window of a hall, or at its triage desk.
typealias SeatContext = RoleContext<SeatRoles>
enum SeatRoles: DoorRoles { static let roles: [Role] = [.clerk, .issuingClerk] }

/// An officer who reviews or decides, or who approves what the law reserves to a head.
typealias OfficerContext = RoleContext<OfficerRoles>
enum OfficerRoles: DoorRoles { static let roles: [Role] = [.reviewer, .decider, .head, .governmentHead] }

/// An officer who keeps the certificates of her body.
typealias CertificateContext = RoleContext<CertificateRoles>
enum CertificateRoles: DoorRoles { static let roles: [Role] = [.decider, .head] }

/// An editor of the city's catalogue.
typealias EditorContext = RoleContext<EditorRoles>
enum EditorRoles: DoorRoles { static let roles: [Role] = [.catalogueEditor] }

/// Somebody who administers the house.
typealias AdministratorContext = RoleContext<AdministratorRoles>
enum AdministratorRoles: DoorRoles { static let roles: [Role] = [.administrator] }

/// Whoever sees what the house could not do: supervisors and administrators.
typealias KeeperContext = RoleContext<KeeperRoles>
enum KeeperRoles: DoorRoles { static let roles: [Role] = [.supervisor, .administrator] }

/// Whoever sees what is due soon and urges: heads and supervisors.
typealias OverseerContext = RoleContext<OverseerRoles>
enum OverseerRoles: DoorRoles { static let roles: [Role] = [.head, .governmentHead, .supervisor] }

/// Anybody of the staff.
typealias AnyStaffContext = RoleContext<AnyRoles>
enum AnyRoles: DoorRoles { static let roles = Role.allCases }

/// Somebody of the staff who has one of these roles.
func staffGuest(_ context: SiteContext, _ roles: [Role]) throws -> (Hall.Guest, Staff, [Grant]) {
    let guest = try context.signedIn()
    // Whoever acts in somebody's place comes in by her door.
    guard case .staff(let staff, let grants) = guest.who, staff.serves,
        guest.places.flatMap(\.grants).contains(where: { roles.contains($0.role) && $0.revokedAt == nil })
    else { throw DoorRefusal.wrongDoor }
    return (guest, staff, grants)
}

/// Why a door stays shut.
package enum DoorRefusal: String, Refusal, CaseIterable {
    case notSignedIn = "door.not-signed-in"
    case wrongDoor = "door.wrong-door"
    case foreignOrigin = "door.foreign-origin"
    case malformedForm = "door.malformed-form"
    case noSuchPage = "door.no-such-page"

    package var code: String { rawValue }

    package var kind: RefusalKind {
        switch self {
        case .notSignedIn: .unauthenticated
        case .wrongDoor, .foreignOrigin: .forbidden
        case .malformedForm: .malformed
        case .noSuchPage: .notFound
        }
    }

    package static let codes = allCases.map(\.rawValue)
}
