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
        show(context, back: request.asked("back") ?? "", error: nil, login: "")
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
        if let session = context.guest?.session { try await site.hall.signOut(session) }
        var response = Response.seeOther("/")
        response.setCookie(cookie(SiteMiddleware.sessionCookie, "", maxAge: 0))
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
                if let sentence { html.banner(.error, sentence.what) { $0.paragraph(sentence.mend) } }
                html.title(title)
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
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: site.isSecure, httpOnly: true, sameSite: .lax)
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
