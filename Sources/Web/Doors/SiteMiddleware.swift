import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Logging
import Vocabulary

/// Reads the cookies, finds out who it is, sets the headers that every page has, and turns refusals and faults into
/// pages.
struct SiteMiddleware: RouterMiddleware {
    typealias Context = SiteContext

    static let sessionCookie = "session"
    /// What browsers are told with every answer.
    private static let policies: [(name: HTTPField.Name, value: String)] = [
        ("Content-Security-Policy", Visit.contentSecurityPolicy), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.path = request.uri.string
        context.preferences = Preferences(cookie: request.cookies[Preferences.cookieName]?.value)
        var response: Response
        do {
            if let token = request.cookies[Self.sessionCookie].flatMap({ SessionToken($0.value) }) {
                context.guest = try await site.hall.guest(token)
                context.session = context.guest == nil ? nil : token
            }
            // No database keeps a NUL in a text, so no place has one in its address.
            guard !request.uri.path.contains("%00") else { throw DoorRefusal.noSuchPage }
            response = try await next(request, context)
        } catch {
            response = failure(error, request, context)
        }
        for (name, value) in Self.policies { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func failure(_ error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        switch error {
        case DoorRefusal.notSignedIn where request.method == .get:
            return .redirect(to: Paths.signIn(back: context.path))
        case let refusal as any Refusal:
            return ErrorPage(site: site).refused(refusal, context)
        case let error as HTTPError where error.status == .notFound:
            return ErrorPage(site: site).refused(DoorRefusal.noSuchPage, context)
        case let error as HTTPError where error.status.code < 500:
            return ErrorPage(site: site).refused(DoorRefusal.malformedForm, context)
        default:
            context.logger.error(
                "request failed", metadata: ["error": "\(type(of: error))", "path": "\(request.uri.path)"])
            // What is neither a refusal nor a fault is a mistake of ours: it will not go away by waiting.
            return ErrorPage(site: site).failed(error as? Fault ?? .corrupt("internal"), context)
        }
    }
}
