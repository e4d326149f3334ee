import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// `POST /preferences`: language, theme, size; kept in a cookie, without an account.
struct PreferencesDeed {
    let site: Site

    func post(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await PostedForm(unguarded: request)
        var preferences = context.preferences
        preferences.apply(form["look"])
        var response = Response.seeOther(Paths.safe(form["back"], or: "/"))
        response.setCookie(
            Cookie(
                name: Preferences.cookieName, value: preferences.cookie, maxAge: 365 * 86_400, path: "/",
                secure: site.isSecure, httpOnly: true, sameSite: .lax))
        return response
    }
}
