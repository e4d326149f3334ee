import Hummingbird

/// The addresses of reviews of closed files.
extension Routes {
    /// What everybody may see.
    static func fileReviews(_ router: Router<SiteContext>, _ site: Site) {
        router.get("/file-reviews", use: PublicFileReviewPage(site: site).list)
        router.get("/file-reviews/{review}", use: PublicFileReviewPage(site: site).get)
    }

    /// Reviewers, heads and supervisors.
    static func reviewingFiles(_ group: RouterGroup<AnyStaffContext>, _ site: Site) {
        group.get("/office/file-reviews", use: FileReviewsPage(site: site).get)
        group.post("/office/file-reviews", use: FileReviewsPage(site: site).post)
        group.get("/office/reviewed-files/{file}", use: ReviewedFilePage(site: site).get)
        group.post("/office/reviewed-files/{file}/{deed}", use: ReviewedFilePage(site: site).post)
    }

    /// One campaign, for its supervisors.
    static func fileReviewCampaign(_ group: RouterGroup<SupervisorContext>, _ site: Site) {
        let page = FileReviewPage(site: site)
        group.get("/office/file-reviews/{review}", use: page.get)
        group.get("/office/file-reviews/{review}/population.txt", use: page.population)
        group.get("/office/file-reviews/{review}/results.csv", use: page.csv)
        group.get("/office/file-reviews/{review}/results.xlsx", use: page.workbook)
        group.get("/office/file-reviews/{review}/report", use: page.report)
        group.post("/office/file-reviews/{review}/{deed}", use: page.post)
    }
}
