import Accounts
import Dossiers
import Documents
import Hall
import HTTPTypes
import Hummingbird
import Vocabulary

/// `GET …/files/{digest}/report`: what the verifier says now of a file that was handed in, check by check; for whoever
/// may open the file.
struct FileReportPage {
    let site: Site

    func draft(_ request: Request, _ context: PortalContext) async throws -> Response {
        let application = try await ApplicationDesk(site: site).open(context)
        let back = Paths.draft(application.draft.id, "materials")
        return try await page(application.draft.contents.materials, context, .portal, back)
    }

    func portal(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let id = DossierID(try context.parameters.require("dossier")) else { throw DoorRefusal.noSuchPage }
        let dossier = try await site.own(id, of: context.citizen).opened.dossier
        return try await page(dossier.materials, context, .portal, Paths.dossier(id))
    }

    func window(_ request: Request, _ context: ClerkContext) async throws -> Response {
        let dossier = try await WindowDossier(site: site).open(context, purpose: .material).dossier
        return try await page(dossier.materials, context, .window, Paths.window(dossier.id))
    }

    func office(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let dossier = try await OfficeDossier(site: site).open(context, purpose: .material).dossier
        return try await page(dossier.materials, context, .office, Paths.office(dossier.id))
    }

    private func page(
        _ materials: [HandedIn], _ context: some DoorContext, _ door: Door, _ back: String
    ) async throws -> Response {
        let digest = try context.parameters.require("digest")
        guard let report = try await site.hall.report(onFile: digest, among: materials) else {
            throw DoorRefusal.noSuchPage
        }
        let visit = site.visit(context, door)
        let words = visit.words
        return .page(
            visit.page(words["file.report"]) { html in
                html.reading { html in
                    html.back(back)
                    html.title(words["file.report"])
                    if report.isUnreadable {
                        html.banner(.warning, words["file.unreadable"]) {
                            $0.paragraph(words["file.unreadable-help"])
                        }
                    } else if report.isSigned {
                        html.report(report, words, site.verdicts)
                    } else {
                        html.note(words["file.not-signed"])
                    }
                    html.summary([SummaryRow(words["file.digest"], digest)])
                }
            })
    }
}

extension FileReport {
    /// Whether there is anything to say: a scan that nobody signed and a picture are what they are.
    var isSigned: Bool { verdict != .unsigned }

    /// Whether it could not even be opened, so that nobody knows whether it was signed: a scan that a telephone wrote
    /// badly is not a forgery.
    var isUnreadable: Bool { signatures.isEmpty && verdict == .invalid }
}

extension HTML {
    /// Writes what the verifier says of a file that was handed in, with the way to every check; nothing for a scan.
    mutating func verdict(_ report: FileReport?, _ sentences: ReportSentences, path: String) {
        let words = self.words
        guard let report, let tag = FileReportText(report, words, sentences).tagOfUpload else { return }
        raw(" ")
        self.tag(tag)
        raw(" ")
        link(PageLink(words["file.report"], path))
    }
}
