import Accounts
import Hummingbird

/// The addresses of evaluations and of what is done about bad ones.
extension Routes {
    /// What everybody may see, and the ways by which a visit is judged.
    static func evaluations(_ router: Router<SiteContext>, _ site: Site) {
        router.get("/evaluations", use: EvaluationsPage(site: site).get)
        router.get("/open-data", use: OpenDataPage(site: site).get)
        router.get("/open-data/{file}", use: OpenDataPage(site: site).file)
        router.get("/e/{place}/{of}/{mark}", use: JudgeByLink(site: site).get)
        router.post("/e/{place}/{of}/{mark}", use: JudgeByLink(site: site).post)
        router.get("/halls/{hall}/kiosk/evaluation", use: JudgeAtWindow(site: site).get)
        router.post("/halls/{hall}/kiosk/evaluation", use: JudgeAtWindow(site: site).post)
    }

    /// An applicant's own cases.
    static func judging(_ group: RouterGroup<PortalContext>, _ site: Site) {
        group.get("/dossiers/{dossier}/evaluation", use: JudgeCase(site: site).get)
        group.post("/dossiers/{dossier}/evaluation", use: JudgeCase(site: site).post)
    }

    /// What is said to the house is entered at a window.
    static func entering(_ group: RouterGroup<SeatContext>, _ site: Site) {
        group.get("/window/evaluations", use: EnterEvaluation(site: site).get)
        group.post("/window/evaluations", use: EnterEvaluation(site: site).post)
    }

    /// The loop of bad reviews.
    static func rectifying(_ group: RouterGroup<AnyStaffContext>, _ site: Site) {
        group.get("/office/evaluations", use: BadReviewsPage(site: site).get)
        group.get("/office/evaluations/{review}", use: BadReviewPage(site: site).get)
        group.post("/office/evaluations/{review}/{deed}", use: BadReviewPage(site: site).post)
    }
}
