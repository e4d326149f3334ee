import Accounts
import Documents
import Dossiers
import HTTPTypes
package import Hall
import Hummingbird
package import Signing
import Vocabulary

/// By what evidence packs are sealed and signed.
package struct EvidenceKeys: Sendable {
    /// The key of the journal's log.
    let log: NoteSigner
    /// Seals what waits, and makes a checkpoint.
    let seal: @Sendable () async throws -> Void

    package init(log: NoteSigner, seal: @escaping @Sendable () async throws -> Void) {
        (self.log, self.seal) = (log, seal)
    }

    /// What the hall needs for a pack.
    package func tools(for hall: Hall, printer: @escaping Hall.PaperPrinter) throws -> Hall.EvidenceTools {
        let (log, words) = (log, try WordTables.shipped().words(.office, .zh))
        return Hall.EvidenceTools(
            key: log.verifierKey.text, sign: { try Note.signed($0, by: [log]) }, seal: seal, printer: printer,
            clock: { opened in
                ClockText(opened, in: hall, words).lines.joined(separator: "\n") + "\n"
            })
    }
}

/// `/office/dossiers/{id}/evidence`: the evidence pack of a case, for whoever leads the authority. That one was made is
/// a look at the case, and stands in the pack.
struct EvidencePage {
    /// Whoever has one of these there may take a case away with everything in it.
    static let powers: [Power] = [.lead, .govern]

    let site: Site

    static func isOffered(to guest: Hall.Guest, _ dossier: Dossier, _ site: Site) -> Bool {
        let today = site.hall.time.now().day
        return site.evidence != nil && powers.contains { guest.may($0, dossier, today: today) }
    }

    func get(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let (id, _, number) = try await asked(context)
        let visit = site.visit(context, .office)
        let words = visit.words
        let path = Paths.office(id)
        return .page(
            visit.page(
                words["evidence.title"], crumbs: [PageLink(words["nav.office"], "/office"), PageLink(number, path)]
            ) { html in
                html.title(words["evidence.title"], over: number)
                html.lead(words["evidence.lead"])
                html.element("ul") { html in
                    html.element("li", text: words["evidence.journal"])
                    html.element("li", text: words["evidence.files"])
                    html.element("li", text: words["evidence.clock"])
                    html.element("li", text: words["evidence.verifier"])
                }
                html.banner(.warning, words["evidence.personal"]) { $0.paragraph(words["evidence.personal-help"]) }
                html.deed("\(path)/evidence", site.tokens(context)) { html in
                    html.button(words["evidence.make"])
                }
                html.note(words["evidence.help"])
                if let key = site.evidence?.log.verifierKey.text {
                    html.subheading(words["evidence.key"])
                    html.element("p", .class("code"), text: key)
                    html.note(words["evidence.key-help"])
                }
            })
    }

    /// `POST …/evidence`: makes it, and sends it.
    func post(_ request: Request, _ context: OfficerContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let (id, looker, _) = try await asked(context)
        guard let keys = site.evidence else { throw DoorRefusal.noSuchPage }
        let tools = try keys.tools(for: site.hall, printer: site.press.printedInSong)
        let pack = try await site.hall.evidence(of: id, by: looker, tools)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .contentLength: "\(pack.bytes.count)",
                .contentDisposition: "attachment; filename=\"\(pack.name)\"", .cacheControl: "private, no-store",
            ], body: .init(byteBuffer: ByteBuffer(bytes: pack.bytes)))
    }

    /// The case of the address, and who asks; nothing of it is shown yet.
    private func asked(_ context: OfficerContext) async throws -> (DossierID, Hall.Looker, short: String) {
        let id = try context.dossierOnPage()
        let (looker, short) = try await site.hall.looker(at: id, by: context.guest, with: Self.powers)
        return (id, looker, short)
    }
}
