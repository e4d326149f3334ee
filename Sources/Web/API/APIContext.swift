import Accounts
import Hall
import Hummingbird
import Vocabulary

/// Somebody who showed the token of a session: without one there is no such context.
struct BearerContext: ChildRequestContext, DoorContext {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let guest: Hall.Guest

    init(context: SiteContext) throws {
        guard context.isAPI, let guest = context.guest else { throw DoorRefusal.notSignedIn }
        coreContext = context.coreContext
        (site, self.guest) = (context, guest)
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
    /// What comes before the token.
    private static let scheme = "bearer "

    /// The token in `Authorization`; nil when there is no such header. Refuses another scheme and another shape.
    static func bearer(_ request: Request) throws -> SessionToken? {
        guard let header = request.headers[.authorization] else { return nil }
        guard header.lowercased().hasPrefix(scheme),
            let token = SessionToken(String(header.dropFirst(scheme.count)))
        else { throw LoginRefusal.sessionEnded }
        return token
    }
}
