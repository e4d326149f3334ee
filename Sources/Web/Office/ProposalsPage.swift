import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `GET /office/catalogue/proposals`: what other houses say of items of the catalogue, and what became of it.
struct ProposalsPage {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        let state = CatalogueProposal.State(rawValue: request.asked("state")) ?? .open
        let after = ProposalID(request.asked("after"))
        let all = try await site.hall.proposals(state, before: after, site.composer)
        let visit = site.visit(context, .office)
        let words = visit.words
        return .page(
            visit.page(words["proposal.title"], crumbs: [PageLink(words["nav.catalogue"], "/office/catalogue")]) {
                html in
                html.title(words["proposal.title"])
                html.lead(words["proposal.lead"])
                html.tabs(
                    CatalogueProposal.State.allCases.map {
                        PageLink(words.pick($0.label), "\(Self.path)?state=\($0.rawValue)")
                    }, current: "\(Self.path)?state=\(state.rawValue)")
                html.table(
                    words.pick(state.label),
                    [
                        Column(words["column.item"]), Column(words["proposal.from"]), Column(words["proposal.family"]),
                        Column(words["proposal.arrived"]), Column(words["proposal.lines"], isNumeric: true),
                    ], all
                ) { html in
                    html.empty(words["proposal.none"], words["proposal.none-help"])
                } row: { html, one in
                    html.row { html in
                        html.headCell(one.name, href: Self.path(of: one.proposal.id))
                        html.cell(one.partner)
                        html.cell(site.hall.familyTitle(one.proposal.source.family))
                        html.cell { $0.moment(one.proposal.arrivedAt) }
                        html.cell(words.number(one.lines.count), isNumeric: true)
                    }
                }
                let next = all.count < Limits.pageRowsMax ? nil : all.last
                html.pager(
                    previous: nil,
                    next: next.map { "\(Self.path)?state=\(state.rawValue)&after=\($0.proposal.id)" })
            })
    }

    static let path = "/office/catalogue/proposals"

    static func path(of id: ProposalID) -> String { "\(path)/\(id)" }
}

/// What stands above a sheet of which another house says something else.
struct ProposalNotice {
    let proposals: [ProposalView]
    let words: Words

    func show(_ html: inout HTML) {
        html.banner(.information, words.count("proposal.open-count", proposals.count)) { html in
            html.element("ul") { html in
                for one in proposals {
                    html.element("li") { html in
                        html.link(
                            PageLink(
                                words(
                                    "proposal.of",
                                    ["partner": one.partner, "n": words.number(one.lines.count)]),
                                ProposalsPage.path(of: one.proposal.id)))
                    }
                }
            }
        }
    }
}
