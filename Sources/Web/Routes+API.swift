import Accounts
import Certificates
import Hummingbird
import Vocabulary

extension Routes {
    /// The fourth door: what programs say and hear.
    static func api(_ router: Router<SiteContext>, _ site: Site) {
        let root: RouterPath = "/api/v1"
        router.get("/api/v1/openapi.json", use: APIDocument(site: site).get)
        router.get("/api/v1/problems/{code}", use: ProblemPage(site: site).get)
        router.post("/api/courier/scans", use: CourierAPI(site: site).post)
        router.post("/api/v1/sessions", use: SessionsAPI(site: site).post)
        router.get("/api/v1/items", use: CatalogueAPI(site: site).list)
        router.get("/api/v1/items/{code}", use: CatalogueAPI(site: site).get)
        router.get("/api/v1/items/{code}/form", use: CatalogueAPI(site: site).form)
        router.get(
            "/api/v1/certificates/{identifier}/verification", use: CertificatesAPI(site: site).verification)
        let log = LogAPI(site: site)
        router.get("/api/v1/log/checkpoint", use: log.checkpoint)
        router.get("/api/v1/log/entries", use: log.entries)
        router.get("/api/v1/log/entries/{position}/proof", use: log.proof)
        router.get("/api/v1/log/consistency", use: log.consistency)
        router.post("/api/v1/file-verifications", use: FilesAPI(site: site).post)
        sharing(router, site)
        router.post("/api/v1/oauth/token", use: OAuthAPI(site: site).post)
        router.get("/.well-known/oauth-authorization-server", use: OAuthMetadata(site: site).get)
        router.group(root, context: BearerContext.self)
            .delete("/sessions/current", use: SessionsAPI(site: site).delete)
        let bearer = router.group(root, context: AskerContext.self)
        router.group(root, context: PartnerContext.self).put("/officers/{code}", use: OfficersAPI(site: site).put)
        cases(bearer, site)
        bearer.get("/dossiers/{dossier}", use: DossiersAPI(site: site).get)
        bearer.get("/dossiers/{dossier}/clock", use: DossiersAPI(site: site).clock)
        bearer.get("/dossiers/{dossier}/papers/{paper}", use: DossiersAPI(site: site).paper)
        let deeds = DeedsAPI(site: site)
        let clerk = router.group(root, context: DeedContext<ClerkRoles>.self)
        clerk.post("/dossiers/{dossier}/acceptance", use: deeds.accept)
        clerk.post("/dossiers/{dossier}/correction-notices", use: deeds.requestCorrection)
        clerk.post("/dossiers/{dossier}/non-acceptance", use: deeds.decline)
        let officer = router.group(root, context: DeedContext<OfficerRoles>.self)
        officer.post("/dossiers/{dossier}/review", use: deeds.review)
        officer.post("/dossiers/{dossier}/decision", use: deeds.decide)
        procedures(officer, deeds)
        counter(clerk, bearer, deeds)
        let issuer = router.group(root, context: IssuerContext.self)
        issuer.post("/dossiers/{dossier}/hand-over", use: deeds.handOver)
    }

    /// What is filed, and what comes of it.
    private static func cases(_ asker: RouterGroup<AskerContext>, _ site: Site) {
        let materials = MaterialsAPI(site: site)
        let results = ResultsAPI(site: site)
        asker.post("/uploads", use: materials.upload)
        asker.post("/items/{code}/applications", use: FilingsAPI(site: site).post)
        asker.get("/dossiers", use: DossiersAPI(site: site).list)
        asker.get("/dossier-numbers/{number}", use: DossiersAPI(site: site).find)
        asker.get("/dossiers/{dossier}/materials", use: materials.list)
        asker.post("/dossiers/{dossier}/materials", use: materials.supply)
        asker.get("/dossiers/{dossier}/files/{digest}", use: materials.file)
        asker.get("/dossiers/{dossier}/certificates", use: results.certificates)
        asker.get("/dossiers/{dossier}/certificates/{certificate}/files/{format}", use: results.file)
        asker.get("/dossiers/{dossier}/parcels", use: results.parcels)
        asker.post("/dossiers/{dossier}/parcels/{parcel}/address", use: results.readdress)
        asker.post("/dossiers/{dossier}/parcels/{parcel}/cancellation", use: results.cancel)
    }

    /// The sharing service; its callers are rows, not sessions.
    private static func sharing(_ router: Router<SiteContext>, _ site: Site) {
        let sharing = SharingAPI(site: site)
        for operation in SharingOperation.allCases where operation != .download {
            router.post("/api/v1/sharing/\(operation.rawValue)") { try await sharing.post(operation, $0, $1) }
        }
        router.get("/api/v1/sharing/download", use: sharing.download)
    }

    /// The procedures of an office: each deed an address and a body.
    private static func procedures(_ officer: RouterGroup<DeedContext<OfficerRoles>>, _ deeds: DeedsAPI) {
        func deed<Body: CommandBody>(_ resource: String, _ body: Body.Type) {
            officer.post("/dossiers/{dossier}/\(resource)") { try await deeds.post(body, $0, $1) }
        }
        deed("special-procedures", ProcedureBody.Beginning.self)
        deed("special-prolongations", ProcedureBody.Prolongation.self)
        deed("special-results", ProcedureBody.Result.self)
        deed("hearing-notices", ProcedureBody.HearingNotice.self)
        deed("hearings", ProcedureBody.HearingPlan.self)
        deed("hearing-records", ProcedureBody.HearingRecord.self)
        deed("extension-requests", ProcedureBody.ExtensionRequest.self)
        deed("extensions", ProcedureBody.ExtensionAnswer.self)
        deed("third-parties", ProcedureBody.ThirdParty.self)
        deed("third-party-statements", ProcedureBody.Statement.self)
        deed("verification", ProcedureBody.Verification.self)
        deed("verification-notices", ProcedureBody.VerificationNotice.self)
        deed("licence-ends", ProcedureBody.LicenceEnding.self)
        deed("overrun-explanations", ProcedureBody.OverrunExplaining.self)
    }

    /// What a window takes in, and what an applicant says herself or at a window.
    private static func counter(
        _ clerk: RouterGroup<DeedContext<ClerkRoles>>, _ bearer: RouterGroup<AskerContext>, _ deeds: DeedsAPI
    ) {
        func deed<Body: CommandBody>(_ resource: String, _ body: Body.Type) {
            clerk.post("/dossiers/{dossier}/\(resource)") { try await deeds.post(body, $0, $1) }
        }
        deed("mending", CounterBody.Mending.self)
        deed("tolerant-acceptance", CounterBody.TolerantAcceptance.self)
        deed("lagging-materials", CounterBody.LaggingMaterials.self)
        bearer.post("/dossiers/{dossier}/hearing-requests") {
            try await deeds.say(CounterBody.HearingRequest.self, $0, $1)
        }
        bearer.post("/dossiers/{dossier}/withdrawal") { try await deeds.say(DeedsAPI.Withdrawal.self, $0, $1) }
        bearer.post("/dossiers/{dossier}/hearing-waivers") {
            try await deeds.say(CounterBody.HearingWaiver.self, $0, $1)
        }
    }
}
