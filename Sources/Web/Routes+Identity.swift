import Hummingbird
import Identity

/// The addresses through which people come from the provider of unified identities, and leave.
extension Routes {
    static func identity(_ router: Router<SiteContext>, _ site: Site) {
        let page = UnifiedSignIn(site: site)
        router.get(RouterPath(UnifiedSignIn.path), use: page.begin)
        router.get(RouterPath(ProviderAccount.answerPath), use: page.answer)
        router.post(RouterPath(ProviderAccount.endingPath), use: page.end)
        router.get(RouterPath(ProviderAccount.signedOutPath), use: page.signedOut)
    }
}
