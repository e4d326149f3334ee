import Accounts
package import Hummingbird
import Vocabulary

/// Every address of the house.
package enum Routes {
    /// The router of a site.
    package static func router(_ site: Site) -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(MeterMiddleware(meter: site.operations.meter))
        router.middlewares.add(SiteMiddleware(site: site))
        site.interior.assets.addRoutes(to: router)
        open(router, site)
        identity(router, site)
        portal(router.group(context: PortalContext.self), site)
        window(router.group(context: ClerkContext.self), site)
        assist(router.group(context: AssistantContext.self), site)
        issuing(router.group(context: IssuerContext.self), site)
        halls(router, site)
        booking(router.group(context: PortalContext.self), site)
        queue(router.group(context: SeatContext.self), site)
        originals(router.group(context: SeatContext.self), site, .window)
        originals(router.group(context: OfficerContext.self), site, .office)
        hallDesk(router.group(context: AdministratorContext.self), site)
        traces(router.group(context: TraceContext.self), site)
        office(router.group(context: OfficerContext.self), site)
        catalogue(router.group(context: EditorContext.self), site)
        calendar(router.group(context: AdministratorContext.self), site)
        keeping(router.group(context: KeeperContext.self), site)
        exchange(router.group(context: KeeperContext.self), site)
        overseeing(router.group(context: OverseerContext.self), site)
        supervision(router.group(context: OverseerContext.self), site)
        statistics(router.group(context: OverseerContext.self), site)
        lightTerms(router.group(context: SupervisorContext.self), site)
        orders(router.group(context: OrderContext.self), site)
        certificates(router.group(context: CertificateContext.self), site)
        staff(router.group(context: AnyStaffContext.self), site)
        evaluations(router, site)
        judging(router.group(context: PortalContext.self), site)
        entering(router.group(context: SeatContext.self), site)
        rectifying(router.group(context: AnyStaffContext.self), site)
        fileReviews(router, site)
        reviewingFiles(router.group(context: AnyStaffContext.self), site)
        fileReviewCampaign(router.group(context: SupervisorContext.self), site)
        ownLooks(router.group(context: PortalContext.self), site)
        lookBoard(router.group(context: SupervisorContext.self), site)
        inquiries(router.group(context: AnyStaffContext.self), site)
        relatives(router.group(context: RelativeContext.self), site)
        api(router, site)
        events(router, site)
        channels(router, site)
        return router
    }

    private static func open(_ router: Router<SiteContext>, _ site: Site) {
        router.get("/", use: HomePage(site: site).get)
        router.get("/items", use: ItemsPage(site: site).get)
        router.get("/items/suggestions", use: ItemsPage(site: site).suggestions)
        router.get("/items/{code}", use: ItemPage(site: site).get)
        router.get("/items/{code}/trips", use: TripPage(site: site).get)
        router.get("/items/{code}/guide.pdf", use: GuidePrint(site: site).get)
        router.get("/figures", use: FiguresPage(site: site).get)
        router.get("/grants", use: GrantsPage(site: site).get)
        router.get("/grants.json", use: GrantsPage(site: site).json)
        router.get("/grants.csv", use: GrantsPage(site: site).csv)
        router.get("/overruns", use: OverrunsPage(site: site).get)
        router.get("/overruns.json", use: OverrunsPage(site: site).json)
        router.get("/overruns.csv", use: OverrunsPage(site: site).csv)
        router.get("/items/{code}/form.pdf", use: FormPrint(site: site).get)
        router.get("/verify", use: VerifyPage(site: site).get)
        router.post("/verify", use: VerifyFile(site: site).post)
        router.get("/V/{code}", use: FaceCodePage(site: site).get)
        router.get("/v/{code}", use: FaceCodePage(site: site).get)
        router.get("/log", use: LogPage(site: site).get)
        router.get("/log/certificates/checkpoint", use: LogFiles(site: site).checkpoint)
        router.get("/log/certificates/key", use: LogFiles(site: site).key)
        router.get("/log/certificates/tile/**", use: LogFiles(site: site).part)
        router.get("/lookup", use: LookupPage(site: site).get)
        router.post("/lookup", use: LookupPage(site: site).post)
        router.post("/preferences", use: PreferencesDeed(site: site).post)
        for (path, door) in [("/sign-in", .portal), ("/staff/sign-in", .staff)] as [(RouterPath, Accounts.Door)] {
            let page = SignInPage(site: site, door: door)
            router.get(path, use: page.get)
            router.post(path, use: page.post)
        }
        router.post("/sign-out", use: SignInPage(site: site, door: .portal).signOut)
        router.get("/health", use: Health(site: site).ready)
        router.get("/health/live", use: Health(site: site).live)
        router.get("/health/ready", use: Health(site: site).ready)
        router.get("/metrics", use: Health(site: site).metrics)
    }

    private static func portal(_ group: RouterGroup<PortalContext>, _ site: Site) {
        group.get("/business", use: Business(site: site).get)
        group.post("/assistances/{principal}/{authority}/ending", use: AuthorityPage(site: site).endAsApplicant)
        group.get("/certificates", use: CertificatesPage(site: site).get)
        group.get("/certificates/{certificate}", use: CertificatePage(site: site).get)
        group.get("/certificates/{certificate}/files/{format}", use: CertificateFiles(site: site).get)
        group.post("/certificates/{certificate}/copies", use: CertificateFiles(site: site).copy)
        group.get("/certificates/{certificate}/presentations", use: PresentPage(site: site).get)
        group.post("/certificates/{certificate}/presentations", use: PresentPage(site: site).post)
        group.post(
            "/certificates/{certificate}/presentations/{presentation}/ending", use: PresentPage(site: site).end)
        group.get("/certificates/{certificate}/log/{position}", use: CertificateLogFile(site: site).get)
        group.get("/notices", use: NoticesPage(site: site).get)
        group.post("/notices/reading", use: NoticesPage(site: site).readAll)
        group.get("/notices/preferences", use: NoticePreferences(site: site).get)
        group.post("/notices/preferences", use: NoticePreferences(site: site).post)
        group.post("/notices/{addressee}/{notice}", use: NoticesPage(site: site).read)
        group.post("/items/{code}/drafts", use: ApplicationDesk(site: site).begin)
        group.get("/drafts/{draft}/situation", use: ApplySituation(site: site).get)
        group.post("/drafts/{draft}/situation", use: ApplySituation(site: site).post)
        group.get("/drafts/{draft}/materials", use: ApplyMaterials(site: site).get)
        group.post("/drafts/{draft}/materials", use: ApplyMaterials(site: site).post)
        group.get("/drafts/{draft}/files/{digest}", use: ApplyMaterials(site: site).file)
        group.get("/drafts/{draft}/files/{digest}/report", use: FileReportPage(site: site).draft)
        group.get("/dossiers/{dossier}/files/{digest}/report", use: FileReportPage(site: site).portal)
        group.get("/dossiers/{dossier}/files/{digest}", use: DossierPage(site: site).file)
        group.get("/drafts/{draft}/commitment", use: ApplyCommitment(site: site).get)
        group.post("/drafts/{draft}/commitment", use: ApplyCommitment(site: site).post)
        group.get("/drafts/{draft}/way", use: ApplyWay(site: site).get)
        group.post("/drafts/{draft}/way", use: ApplyWay(site: site).post)
        group.get("/drafts/{draft}/address", use: ApplyAddress(site: site).get)
        group.post("/drafts/{draft}/address", use: ApplyAddress(site: site).post)
        group.post("/drafts/{draft}/address/{address}/removal", use: ApplyAddress(site: site).remove)
        group.post("/dossiers/{dossier}/parcels", use: ResultByCourier(site: site).post)
        group.post("/dossiers/{dossier}/parcels/{parcel}/address", use: ParcelDeeds(site: site).readdress)
        group.post("/dossiers/{dossier}/parcels/{parcel}/cancellation", use: ParcelDeeds(site: site).cancel)
        group.get("/dossiers/{dossier}/parcels/{parcel}/labels", use: PickUpPage(site: site).labels)
        group.get("/dossiers/{dossier}/pick-up", use: PickUpPage(site: site).get)
        group.post("/dossiers/{dossier}/pick-up", use: PickUpPage(site: site).post)
        group.get("/drafts/{draft}/check", use: ApplyCheck(site: site).get)
        group.post("/drafts/{draft}/check", use: ApplyCheck(site: site).post)
        group.get("/drafts/{draft}/form-{page}", use: ApplyForm(site: site).get)
        group.post("/drafts/{draft}/form-{page}", use: ApplyForm(site: site).post)
        group.post("/drafts/{draft}/form-{page}/autosave", use: ApplyForm(site: site).autosave)
        group.get("/dossiers/{dossier}", use: DossierPage(site: site).get)
        for deed in DossierDeed.hearingAnswers {
            group.post("/dossiers/{dossier}/\(deed.resource)") {
                try await DossierPage(site: site).post(deed, $0, $1)
            }
        }
        group.post("/dossiers/{dossier}/lagging-materials", use: DossierPage(site: site).supplyLagging)
        group.get("/dossiers/{dossier}/clock", use: ClockPage(site: site).portal)
        group.get("/dossiers/{dossier}/clock.pdf", use: ClockPage(site: site).portalPrint)
        group.get("/dossiers/{dossier}/form.pdf", use: DossierPage(site: site).form)
        group.get("/dossiers/{dossier}/papers/{paper}", use: DossierPage(site: site).paper)
        group.post("/dossiers/{dossier}/withdrawal", use: DossierPage(site: site).withdraw)
        group.post("/dossiers/{dossier}/urging", use: DossierPage(site: site).urge)
        group.post("/dossiers/{dossier}/corrections", use: DossierPage(site: site).supply)
    }

    private static func window(_ group: RouterGroup<ClerkContext>, _ site: Site) {
        group.get("/window", use: Inbox(site: site).get)
        presented(group, site, .window, "/window/presented")
        group.get("/window/intake", use: Intake(site: site).get)
        group.post("/window/intake", use: Intake(site: site).register)
        group.get("/window/intake/{code}", use: IntakeForm(site: site).get)
        group.post("/window/intake/{code}", use: IntakeForm(site: site).post)
        group.get("/window/dossiers/{dossier}", use: WindowDossier(site: site).get)
        group.get("/window/dossiers/{dossier}/slip", use: WindowPapers(site: site).slip)
        group.get("/window/dossiers/{dossier}/clock", use: ClockPage(site: site).window)
        group.get("/window/dossiers/{dossier}/clock.pdf", use: ClockPage(site: site).windowPrint)
        group.get("/window/dossiers/{dossier}/form.pdf", use: WindowPapers(site: site).form)
        group.get("/window/dossiers/{dossier}/papers/{paper}", use: PaperService(site: site).get)
        group.post("/window/dossiers/{dossier}/papers/{paper}/service", use: PaperService(site: site).post)
        group.get("/window/dossiers/{dossier}/files/{digest}", use: WindowDossier(site: site).file)
        group.get("/window/dossiers/{dossier}/files/{digest}/report", use: FileReportPage(site: site).window)
        group.get("/window/dossiers/{dossier}/certificates/{code}", use: CertificateInCase(site: site).window)
        group.post("/window/dossiers/{dossier}/originals", use: WindowDossier(site: site).receiveOriginal)
        group.post("/window/dossiers/{dossier}/originals-return", use: WindowDossier(site: site).sendBack)
        group.post("/window/dossiers/{dossier}/{deed}", use: WindowDossier(site: site).post)
    }

    /// What holders show to the people of a door.
    private static func presented<Context: StaffContext>(
        _ group: RouterGroup<Context>, _ site: Site, _ door: Door, _ path: String
    ) {
        let page = PresentedPage<Context>(site: site, door: door, path: path)
        group.get(RouterPath(path), use: page.get)
        group.post(RouterPath(path), use: page.post)
        group.get(RouterPath(path + "/{showing}"), use: page.shown)
    }

    /// The desk that files and follows for those who cannot do it alone.
    private static func assist(_ group: RouterGroup<AssistantContext>, _ site: Site) {
        group.get("/assist", use: AssistDesk(site: site).get)
        group.get("/assist/authorities", use: AuthorityForm(site: site).get)
        group.post("/assist/authorities", use: AuthorityForm(site: site).post)
        group.get("/assist/letter", use: AuthorityForm(site: site).letter)
        group.get("/assist/authorities/{principal}/{authority}", use: AuthorityPage(site: site).get)
        group.get("/assist/authorities/{principal}/{authority}/letter", use: AuthorityPage(site: site).scan)
        group.post("/assist/authorities/{principal}/{authority}/ending", use: AuthorityPage(site: site).end)
        group.get("/assist/authorities/{principal}/{authority}/items/{code}", use: AssistFiling(site: site).get)
        group.post("/assist/authorities/{principal}/{authority}/items/{code}", use: AssistFiling(site: site).post)
        group.get("/assist/dossiers/{dossier}", use: AssistDossier(site: site).get)
        group.get("/assist/dossiers/{dossier}/files/{digest}", use: AssistDossier(site: site).file)
        group.post("/assist/dossiers/{dossier}/corrections", use: AssistDossier(site: site).supply)
        group.post("/assist/dossiers/{dossier}/withdrawal", use: AssistDossier(site: site).withdraw)
    }

    private static func issuing(_ group: RouterGroup<IssuerContext>, _ site: Site) {
        group.get("/issuing", use: IssuingDesk(site: site).get)
        group.get("/issuing/dossiers/{dossier}", use: IssuingCase(site: site).get)
        group.post("/issuing/dossiers/{dossier}/shelf", use: IssuingCase(site: site).shelve)
        group.post("/issuing/dossiers/{dossier}/hand-over", use: IssuingCase(site: site).handOver)
        group.get("/issuing/dossiers/{dossier}/papers/{paper}", use: IssuingCase(site: site).paper)
    }

    private static func office(_ group: RouterGroup<OfficerContext>, _ site: Site) {
        group.get("/office", use: DeskPage(site: site).get)
        presented(group, site, .office, "/office/presented")
        group.get("/office/procedures", use: ProceduresPage(site: site).get)
        group.get("/office/dossiers/{dossier}", use: OfficeDossier(site: site).get)
        group.get("/office/dossiers/{dossier}/files/{digest}", use: OfficeDossier(site: site).file)
        group.get("/office/dossiers/{dossier}/clock", use: ClockPage(site: site).office)
        group.get("/office/dossiers/{dossier}/clock.pdf", use: ClockPage(site: site).officePrint)
        group.get("/office/dossiers/{dossier}/form.pdf", use: OfficeDossier(site: site).form)
        group.get("/office/dossiers/{dossier}/evidence", use: EvidencePage(site: site).get)
        group.post("/office/dossiers/{dossier}/evidence", use: EvidencePage(site: site).post)
        group.get("/office/dossiers/{dossier}/papers/{paper}", use: OfficeDossier(site: site).paper)
        group.post("/office/dossiers/{dossier}/papers/{paper}/voiding", use: OfficeDossier(site: site).void)
        group.get("/office/dossiers/{dossier}/files/{digest}/report", use: FileReportPage(site: site).office)
        group.get("/office/dossiers/{dossier}/certificates/{code}", use: CertificateInCase(site: site).office)
        group.post("/office/dossiers/{dossier}/{deed}", use: OfficeDossier(site: site).post)
        group.get("/office/batch", use: BatchPage(site: site).get)
        group.post("/office/batch/decisions", use: BatchPage(site: site).post)
    }

    /// What is due soon, whoever has it.
    private static func overseeing(_ group: RouterGroup<OverseerContext>, _ site: Site) {
        group.get("/office/due-soon", use: DueSoonPage(site: site).get)
        group.post("/office/due-soon/{dossier}/urging", use: DueSoonPage(site: site).post)
    }

    /// The certificates of one's own body.
    private static func certificates(_ group: RouterGroup<CertificateContext>, _ site: Site) {
        group.get("/office/certificates", use: KeptCertificates(site: site).get)
        group.get("/office/certificates/{certificate}", use: KeptCertificate(site: site).get)
        group.post("/office/certificates/{certificate}/{deed}", use: KeptCertificate(site: site).post)
    }

    /// What the house could not do by itself.
    private static func keeping(_ group: RouterGroup<KeeperContext>, _ site: Site) {
        group.get("/office/parcels", use: ParcelsPage(site: site).get)
        group.get("/office/uncollected", use: UncollectedPage(site: site).get)
        group.get("/office/undelivered", use: UndeliveredPage(site: site).get)
        group.post("/office/undelivered/{effect}/{deed}", use: UndeliveredPage(site: site).post)
    }

    private static func staff(_ group: RouterGroup<AnyStaffContext>, _ site: Site) {
        group.get("/staff/notices", use: StaffNoticesPage(site: site).get)
        group.post("/staff/notices/reading", use: StaffNoticesPage(site: site).readAll)
        group.post("/staff/notices/{addressee}/{notice}", use: StaffNoticesPage(site: site).read)
        group.get("/staff/absences", use: AbsencePage(site: site).get)
        group.post("/staff/absences", use: AbsencePage(site: site).post)
        group.post("/staff/absences/{absence}/ending", use: AbsencePage(site: site).end)
    }

    private static func catalogue(_ group: RouterGroup<EditorContext>, _ site: Site) {
        group.get("/office/catalogue", use: SheetList(site: site).get)
        group.get("/office/catalogue/defects", use: MisguidancePage(site: site).get)
        group.get("/office/catalogue/proposals", use: ProposalsPage(site: site).get)
        group.get("/office/catalogue/proposals/{proposal}", use: ProposalPage(site: site).get)
        group.post("/office/catalogue/proposals/{proposal}/{deed}", use: ProposalPage(site: site).post)
        group.get("/office/catalogue/new", use: NewSheet(site: site).get)
        group.post("/office/catalogue/new", use: NewSheet(site: site).post)
        group.get("/office/catalogue/{slug}", use: SheetPage(site: site).get)
        group.get("/office/catalogue/{slug}/preview", use: SheetPreview(site: site).get)
        group.post("/office/catalogue/{slug}/{deed}", use: SheetPage(site: site).post)
        group.get("/office/catalogue/{slug}/fields/{key}", use: SheetPartPage(site: site).get)
        group.post("/office/catalogue/{slug}/fields/{key}", use: SheetPartPage(site: site).post)
    }

    private static func calendar(_ group: RouterGroup<AdministratorContext>, _ site: Site) {
        group.get("/office/calendar", use: CalendarPage(site: site).get)
        group.post("/office/calendar/preview", use: CalendarPage(site: site).preview)
        group.post("/office/calendar/editions", use: CalendarPage(site: site).take)
        group.get("/office/calendar/editions/{edition}", use: CalendarEditionPage(site: site).get)
    }

    /// The same guides for those who come another way.
    private static func channels(_ router: Router<SiteContext>, _ site: Site) {
        router.get("/screen", use: HallScreen(site: site).get)
        router.get("/items/{code}/screen", use: GuideScreen(site: site).get)
        router.get("/items/{code}/guide.json", use: GuideForPrograms(site: site).elements)
        router.get("/items/{code}/guide.jsonld", use: GuideForPrograms(site: site).linkedData)
        let weChat = WeChatDesk(site: site)
        router.get("/channels/wechat", use: weChat.get)
        router.post("/channels/wechat", use: weChat.post)
    }
}
