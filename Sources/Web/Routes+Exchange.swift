import Hummingbird

extension Routes {
    /// What partners follow.
    static func events(_ router: Router<SiteContext>, _ site: Site) {
        let follower = router.group("/api/v1", context: PartnerContext.self)
        follower.get("/events", use: EventsAPI(site: site).list)
        let subscriptions = SubscriptionsAPI(site: site)
        follower.get("/subscriptions", use: subscriptions.list)
        follower.post("/subscriptions", use: subscriptions.post)
        follower.get("/subscriptions/{subscription}", use: subscriptions.get)
        follower.delete("/subscriptions/{subscription}", use: subscriptions.delete)
        follower.post("/subscriptions/{subscription}/secret-renewals", use: subscriptions.renew)
        follower.post("/subscriptions/{subscription}/pings", use: subscriptions.ping)
    }

    /// What those who look after it see.
    static func exchange(_ group: RouterGroup<KeeperContext>, _ site: Site) {
        let page = ExchangePage(site: site)
        group.get("/office/exchange", use: page.get)
        group.post("/office/exchange/{subscription}/waking", use: page.wake)
        group.post("/office/exchange/{subscription}/events/{position}/redelivery", use: page.redeliver)
        group.get("/office/exchange/records", use: CaseRecordsPage(site: site).get)
        group.get("/office/exchange/links", use: LinksPage(site: site).get)
        let link = LinkPage(site: site)
        group.get("/office/exchange/links/{subscription}", use: link.get)
        group.post("/office/exchange/links/{subscription}/comparisons", use: link.compare)
        group.post("/office/exchange/links/{subscription}/healings", use: link.mend)
        group.post("/office/exchange/links/{subscription}/sendings", use: link.sendAgain)
        group.post("/office/exchange/links/{subscription}/repetitions", use: link.doAgain)
    }
}
