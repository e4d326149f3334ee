import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Identity
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
            try requireRealName(request, context)
            response = try await next(request, context)
        } catch {
            response = failure(error, request, context)
        }
        for (name, value) in Self.policies { response.headers[name] = value }
        if let identity = site.identity {
            response.headers[.contentSecurityPolicy] = Visit.contentSecurityPolicy(formsTo: identity.formTargets)
        }
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
        guard context.isAPI else {
            guard let shown = request.cookies[Self.sessionCookie].flatMap({ SessionToken($0.value) }) else { return }
            return try await recognise(shown, &context)
        }
        switch try Credential.bearer(request) {
        case .session(let token):
            // Whoever signs in speaks for herself.
            context.namesStranger = Credential.officer(request) != nil
            try await recognise(token, &context)
            guard let guest = context.guest else { throw LoginRefusal.sessionEnded }
            // What a program does counts as done under a real name.
            guard guest.session.level(at: site.hall.time.now()) >= .realName else { throw LevelRefusal.tooLow }
        case .partner(let token):
            let named = Credential.officer(request)
            let partner = try await site.hall.partner(token, officer: named.flatMap(OfficerCode.init))
            try site.partners.take(partner.partner, now: site.hall.time.now())
            (context.partner, context.namesStranger) = (partner, named != nil && !partner.hasOfficer)
        case nil: break
        }
    }

    private func recognise(_ token: SessionToken, _ context: inout SiteContext) async throws {
        context.guest = try await site.hall.guest(token)
        context.session = context.guest == nil ? nil : token
    }

    /// What somebody may send whose sign-in proved no real name: her drafts, whose last step asks for itself, and what
    /// everybody may.
    private static let openToAccounts = [
        "/drafts/", "/items/", "/sign-in", "/sign-out", "/staff/sign-in", "/preferences", "/lookup", "/verify",
    ]

    /// Below a real name one reads what is one's own; whatever binds somebody needs her name.
    private func requireRealName(_ request: Request, _ context: SiteContext) throws(LevelRefusal) {
        guard !isReading(request), let session = context.guest?.session,
            session.level(at: site.hall.time.now()) < .realName,
            !Self.openToAccounts.contains(where: context.address.hasPrefix)
        else { return }
        throw .tooLow
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
