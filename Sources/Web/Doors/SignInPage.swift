import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// Signing in and out, at the portal and for staff.
struct SignInPage {
    private static let nonceCookie = "sign-in"
    let site: Site
    let door: Accounts.Door

    private var path: String { door == .portal ? "/sign-in" : "/staff/sign-in" }

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        show(context, back: request.asked("back"), error: nil, login: "")
    }

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        guard let nonce = request.cookies[Self.nonceCookie].flatMap({ LoginForm(nonce: $0.value) }) else {
            return show(context, back: form["back"], error: "login.form-expired", login: form["login"])
        }
        do {
            try nonce.verify(form["csrf"], for: path, now: site.hall.time.now(), key: site.accountKey)
            let entrance = try await site.signIn.enter(
                SignIn.Attempt(
                    login: form["login"], password: form["password"], address: context.peer, door: door),
                dice: .system, now: site.hall.time.now())
            let guest = try await site.hall.guest(entrance.token)
            let home = guest?.home ?? "/"
            var response = Response.seeOther(Paths.safe(form["back"], or: home))
            response.setCookie(cookie(SiteMiddleware.sessionCookie, entrance.token.cookie))
            return response
        } catch let refusal as LoginRefusal {
            return show(context, back: form["back"], error: refusal.code, login: form["login"])
        }
    }

    func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let next = try await UnifiedSignIn(site: site).signOut(context)
        var response = Response.seeOther(next ?? "/")
        response.setCookie(cookie(SiteMiddleware.sessionCookie, "", maxAge: 0))
        return response
    }

    /// The page again after the provider of unified identities, or what it said, was refused: the sentence, the code
    /// and every way in.
    func show(_ context: SiteContext, back: String, refusal: any Refusal) -> Response {
        var response = show(context, back: back, error: refusal.code, login: "")
        response.status = .init(code: refusal.kind.rawValue)
        return response
    }

    private func show(_ context: SiteContext, back: String, error: String?, login: String) -> Response {
        let visit = site.visit(context, door == .portal ? .portal : .office)
        let words = visit.words
        let nonce = LoginForm(.system)
        let token = nonce.token(for: path, now: site.hall.time.now(), key: site.accountKey)
        let sentence = error.map { site.refusals[$0, words] }
        let title = door == .portal ? words["sign-in.title"] : words["sign-in.staff-title"]
        let html = visit.page(title, hasErrors: error != nil) { html in
            html.reading { html in
                if let sentence, let error {
                    html.banner(.error, sentence.what) { html in
                        html.paragraph(sentence.mend)
                        html.note(words("error.code", ["code": error]))
                    }
                }
                html.title(title)
                if door == .portal, site.identity != nil { html.unified(back: back, after: error) }
                html.form(path, FormTokens(csrf: token, command: "")) { html in
                    html.hidden("back", back)
                    html.field(
                        Field("login", words["sign-in.login"], .text(max: 64), answer: Answer(login)).with {
                            $0.autocomplete = "username"
                        })
                    html.passwordField("password", words["sign-in.password"])
                    html.button(words["sign-in.enter"])
                }
                html.note(words["sign-in.demonstration"])
            }
        }
        var response = Response.page(html, status: error == nil ? .ok : .unauthorized)
        response.setCookie(cookie(Self.nonceCookie, nonce.nonce, maxAge: Int(LoginForm.openSeconds)))
        return response
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        site.cookie(name, value, maxAge: maxAge)
    }
}

extension Site {
    /// A cookie that no script reads and no other site's form carries.
    func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}

extension HTML {
    /// Writes the field for a password, which is never written back.
    mutating func passwordField(_ name: StaticString, _ label: String) {
        element("div", .class("field")) { html in
            html.element("label", Attribute("for", "field-password"), text: label)
            html.void(
                "input", Attribute("type", "password"), .id("field-password"), Attribute("name", name),
                Attribute("autocomplete", "current-password"), Attribute("maxlength", "128"))
        }
    }
}
