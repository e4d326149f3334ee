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

/// Finds out who it is, by the cookie or, below `/api`, by the token; sets the headers that every answer has; turns
/// refusals and faults into pages or, below `/api`, into problems.
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
        (context.path, context.address) = (request.uri.string, request.uri.path)
        context.preferences = preferences(request, context)
        var response: Response
        do {
            try await recognise(request, &context)
            // No database keeps a NUL in a text, so no place has one in its address.
            guard !request.uri.path.contains("%00") else { throw DoorRefusal.noSuchPage }
            response = try await next(request, context)
        } catch {
            response = failure(error, request, context)
        }
        for (name, value) in Self.policies { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func preferences(_ request: Request, _ context: SiteContext) -> Preferences {
        context.isAPI
            ? Preferences(language: Language(accepting: request.headers[.acceptLanguage]))
            : Preferences(cookie: request.cookies[Preferences.cookieName]?.value)
    }

    /// A cookie travels with whatever a browser is made to send, so below `/api` it proves nothing; a token that is
    /// shown there must be a session's, whatever is asked for.
    private func recognise(_ request: Request, _ context: inout SiteContext) async throws {
        let shown =
            context.isAPI
            ? try Credential.bearer(request)
            : request.cookies[Self.sessionCookie].flatMap { SessionToken($0.value) }
        guard let shown else { return }
        context.guest = try await site.hall.guest(shown)
        context.session = context.guest == nil ? nil : shown
        if context.isAPI, context.guest == nil { throw LoginRefusal.sessionEnded }
    }

    private func failure(_ error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        switch error {
        case DoorRefusal.notSignedIn where isReading(request) && !context.isAPI:
            return .redirect(to: Paths.signIn(back: context.path))
        case let refusal as any Refusal:
            return refused(refusal, context)
        case let error as HTTPError where error.status == .notFound:
            return context.isAPI
                ? Problems(site: site).noSuchAddress(request, context) : refused(DoorRefusal.noSuchPage, context)
        case let error as HTTPError where error.status.code < 500:
            return refused(context.isAPI ? APIRefusal.malformed : DoorRefusal.malformedForm, context)
        default:
            context.logger.error(
                "request failed", metadata: ["error": "\(type(of: error))", "route": "\(context.endpointPath ?? "")"])
            // What is neither a refusal nor a fault is a mistake of ours: it will not go away by waiting.
            let fault = error as? Fault ?? .corrupt("internal")
            return context.isAPI
                ? Problems(site: site).failed(fault, context) : ErrorPage(site: site).failed(fault, context)
        }
    }

    private func refused(_ refusal: any Refusal, _ context: SiteContext) -> Response {
        context.isAPI
            ? Problems(site: site).refused(refusal, context) : ErrorPage(site: site).refused(refusal, context)
    }

    private func isReading(_ request: Request) -> Bool { request.method == .get || request.method == .head }
}
