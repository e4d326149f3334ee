import Accounts
import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `/assist/authorities/{principal}/{authority}`: one letter: for whom, in what, until when; where something is filed
/// under it; and the way to end it.
struct AuthorityPage {
    let site: Site

    func get(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (id, principal) = try context.authorityOnPage()
        let line = try await site.hall.authority(id, of: principal, for: context.guest)
        let today = site.hall.time.now().day
        let isStanding = line.authority.stands(on: today)
        var bodies: [ItemLine] = []
        if isStanding {
            for code in line.authority.items { bodies += try await site.hall.items(catalogued: code.text) }
        }
        let visit = site.visit(context, .window)
        let words = visit.words
        let name = line.principal?.name.text ?? "—"
        return .page(
            visit.page(
                words("assist.for", ["name": name]), crumbs: [PageLink(words["assist.title"], Paths.assist)]
            ) { html in
                html.title(words("assist.for", ["name": name]), over: words["assist.letter"])
                html.columns { html in
                    file(&html, line.authority, bodies)
                } aside: { html in
                    html.card(words["assist.letter"]) { html in
                        html.facts { html in
                            html.fact(words["column.state"]) {
                                $0.tag(words.standing(of: line.authority, on: today))
                            }
                            html.fact(words["assist.items"]) { $0.text(words.items(of: line)) }
                            html.fact(words["assist.until"]) { html in
                                if let until = line.authority.term.until { html.date(until) }
                            }
                            html.fact(words["assist.scan"]) { html in
                                html.link(
                                    PageLink(words["assist.open-scan"], Paths.authority(line.authority) + "/letter"))
                            }
                        }
                        guard line.authority.endedAt == nil else { return }
                        html.deed(Paths.authority(line.authority) + "/ending", site.tokens(context)) {
                            $0.button(words["assist.end"], .secondary)
                        }
                    }
                }
            })
    }

    private func file(_ html: inout HTML, _ letter: Assistance, _ bodies: [ItemLine]) {
        let words = html.words
        html.table(
            words["assist.file"], [Column(words["column.item"]), Column(words["column.body"])], bodies
        ) { html in
            html.empty(words["assist.cannot-file"], words["assist.cannot-file-help"])
        } row: { html, line in
            html.row { html in
                html.headCell(words.pick(line.title), href: Paths.filing(letter, line.itemCode))
                html.cell(words.pick(line.bodyName))
            }
        }
    }

    /// `GET …/letter`: the scan of what was signed.
    func scan(_ request: Request, _ context: AssistantContext) async throws -> Response {
        let (id, principal) = try context.authorityOnPage()
        let line = try await site.hall.authority(id, of: principal, for: context.guest)
        let scan = site.hall.scan(of: line.authority)
        return try await site.file(scan.digest, among: [scan.file])
    }

    /// `POST …/ending`: the member of staff gives it back.
    func end(_ request: Request, _ context: AssistantContext) async throws -> Response {
        _ = try await PostedForm(request, context)
        let (id, principal) = try context.authorityOnPage()
        try await site.hall.endAuthority(id, of: principal, by: context.guest)
        return .seeOther(Paths.assist)
    }

    /// `POST /assistances/{principal}/{authority}/ending`: the applicant ends it, at once.
    func endAsApplicant(_ request: Request, _ context: PortalContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let (id, principal) = try context.authorityOnPage()
        try await site.hall.endAuthority(id, of: principal, by: context.citizen)
        return .seeOther(Paths.safe(form["back"], or: "/business"))
    }
}
