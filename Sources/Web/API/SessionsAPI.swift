import Accounts
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// `/api/v1/sessions`: a session for a program, counted and throttled like any sign-in.
struct SessionsAPI {
    let site: Site

    struct Entry: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("login", .words),
            .must("password", .words),
            .must("door", .one(of: Accounts.Door.self)),
        ]
        let login: String
        let password: String
        let door: String
    }

    private struct Answer: Encodable {
        let token: String
        let door: String
        let startedAt: String
        /// When it ends if nothing more happens.
        let expiresAt: String
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entry = try await Entry(request)
        guard let door = Accounts.Door(rawValue: entry.door) else { throw APIRefusal.malformed }
        let entrance = try await site.signIn.enter(
            SignIn.Attempt(login: entry.login, password: entry.password, address: context.peer, door: door),
            dice: .system, now: site.hall.time.now())
        return try .json(
            Answer(
                token: entrance.token.cookie, door: door.rawValue,
                startedAt: entrance.session.startedAt.description, expiresAt: entrance.session.expiresAt.description),
            status: .created)
    }

    /// `DELETE /api/v1/sessions/current`.
    func delete(_ request: Request, _ context: BearerContext) async throws -> Response {
        try await site.hall.signOut(context.guest.session)
        return .noContent
    }
}
