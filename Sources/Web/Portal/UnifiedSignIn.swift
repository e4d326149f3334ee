import Accounts
import HTTPTypes
import Hall
import Hummingbird
import Identity
import Vocabulary

/// Signing in and out through the provincial unified identity (省统一身份认证).
struct UnifiedSignIn {
    static let path = "/sign-in/unified"
    private static let requestCookie = "unified"
    let site: Site

    /// Where somebody proves more, and comes back.
    static func address(_ level: AssuranceLevel, back: String) -> String {
        path + "?level=\(level.rawValue)&back=\(Paths.query(back))"
    }

    /// `GET /sign-in/unified`: sends the browser to the provider. `level` asks for a new proof at a level.
    func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let back = request.asked("back")
        do {
            let provider = try provider()
            let level = AssuranceLevel(rawValue: request.asked("level"))
            let asked = IdentityRequest(.system, back: back, level: level ?? .realName, now: site.hall.time.now())
            let address = try await provider.signInAddress(for: asked.mark, level: asked.level, again: level != nil)
            var response = Response.seeOther(address)
            response.setCookie(
                site.cookie(
                    Self.requestCookie, asked.cookie(site.accountKey), maxAge: Int(IdentityRequest.openSeconds)))
            return response
        } catch let refusal as ProviderRefusal {
            return refused(refusal, back: back, context)
        }
    }

    /// `GET /sign-in/unified/answer`: the browser is back. Nothing is signed in before everything was found right.
    func answer(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = request.cookies[Self.requestCookie].flatMap {
            IdentityRequest(cookie: $0.value, now: site.hall.time.now(), key: site.accountKey)
        }
        let back = Paths.safe(asked?.back ?? "", or: "/business")
        var response: Response
        do {
            let provider = try provider()
            guard let asked, asked.isAnswered(with: request.asked("state")) else {
                throw IdentityLinkRefusal.requestUnknown
            }
            let code = try IdentityProvider.code(
                request.asked("code"), error: request.asked("error"), issuer: request.asked("iss"),
                of: provider.account)
            // Before the code goes anywhere: whatever comes of it, this answer does not come again.
            try await site.hall.spend(asked)
            let proven = try await provider.redeem(code, for: asked.mark)
            let token = try await site.hall.enter(
                proven, at: provider.account.issuer, insteadOf: context.guest?.session, key: site.accountKey)
            response = .seeOther(back)
            response.setCookie(site.cookie(SiteMiddleware.sessionCookie, token.cookie))
        } catch let refusal as ProviderRefusal {
            response = refused(refusal, back: back, context)
        } catch let refusal as IdentityLinkRefusal {
            response = refused(refusal, back: back, context)
        }
        if asked != nil { response.setCookie(site.cookie(Self.requestCookie, "", maxAge: 0)) }
        return response
    }

    /// Ends the session; answers where the browser signs out at the provider, too, nil where that is not needed.
    func signOut(_ context: SiteContext) async throws -> String? {
        guard let session = context.guest?.session, let token = context.session,
            let origin = try await site.hall.signOut(session, of: token)
        else { return nil }
        return try await site.identity?.signOutAddress(origin) ?? ProviderAccount.signedOutPath
    }

    /// `GET /signed-out`: where the provider sends the browser afterwards.
    func signedOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        let visit = site.visit(context, .portal)
        let words = visit.words
        return .page(
            visit.page(words["identity.signed-out"]) { html in
                html.reading { html in
                    html.title(words["identity.signed-out"])
                    html.lead(words["identity.signed-out-help"])
                    html.buttons { html in
                        html.buttonLink(words["identity.sign-in-again"], "/sign-in", .primary)
                        html.buttonLink(words["error.home"], "/")
                    }
                }
            })
    }

    /// `POST /sign-in/unified/ending`: the provider says that somebody signed out there (Back-Channel Logout section
    /// 2.5).
    func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        let provider = try provider()
        let form = try await PostedForm(unguarded: request)
        do {
            let ending = try await provider.ending(form["logout_token"])
            try await site.hall.end(ending, at: provider.account.issuer, key: site.accountKey)
            return Response(status: .ok)
        } catch ProviderRefusal.away {
            throw Fault.unavailable("the identity provider's keys")
        } catch let refusal as any Refusal {
            return Response(
                status: .badRequest, headers: [.contentType: "application/json"],
                body: .init(
                    byteBuffer: ByteBuffer(
                        string: #"{"error":"invalid_request","error_description":"\#(refusal.code)"}"#)))
        }
    }

    private func provider() throws(ProviderRefusal) -> IdentityProvider {
        guard let provider = site.identity else { throw .notOffered }
        return provider
    }

    private func refused(_ refusal: any Refusal, back: String, _ context: SiteContext) -> Response {
        SignInPage(site: site, door: .portal).show(context, back: back, refusal: refusal)
    }
}

extension IdentityRequest {
    fileprivate var mark: IdentityProvider.Mark {
        IdentityProvider.Mark(state: state, nonce: nonce, verifier: verifier)
    }
}

extension HTML {
    /// Writes the way in by the unified identity, and the heading of the other way. Whoever was known there and refused
    /// here has to prove herself anew: a provider that remembers her would send the same answer again.
    mutating func unified(back: String, after refusal: String?) {
        let isAgain = refusal.map(IdentityLinkRefusal.codes.contains) ?? false
        let address =
            isAgain
            ? UnifiedSignIn.address(.realName, back: back) : UnifiedSignIn.path + "?back=\(Paths.query(back))"
        card(words["identity.title"]) { html in
            html.paragraph(html.words["identity.help"])
            html.buttonLink(html.words["identity.enter"], address, .primary)
        }
        subheading(words["identity.password-title"])
    }

    /// Writes what level is needed, and the way to it and back.
    mutating func raise(to level: AssuranceLevel, back: String, isOffered: Bool) {
        let name = words[level.word]
        banner(.warning, words("level.raise-title", ["level": name])) { html in
            html.paragraph(html.words[isOffered ? Word("level.raise-help") : Word("level.raise-not-offered")])
        }
        guard isOffered else { return }
        buttonLink(words("level.raise", ["level": name]), UnifiedSignIn.address(level, back: back), .primary)
    }
}

extension AssuranceLevel {
    /// What the level is called.
    var word: Word {
        switch self {
        case .registered: Word("level.registered")
        case .realName: Word("level.real-name")
        case .certificate: Word("level.certificate")
        }
    }
}
