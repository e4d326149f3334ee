import Catalogue
import Hall
import Hummingbird
import Vocabulary

/// `/office/catalogue/proposals/{proposal}`: what another house says of an item, column by column beside the sheet, and
/// what an editor does with it.
struct ProposalPage {
    let site: Site

    func get(_ request: Request, _ context: EditorContext) async throws -> Response {
        try await show(context, isReasonMissing: false)
    }

    private func show(_ context: EditorContext, isReasonMissing: Bool) async throws -> Response {
        let view = try await site.hall.proposal(try context.proposal(), site.composer)
        let visit = site.visit(context, .office)
        let words = visit.words
        let crumbs = [
            PageLink(words["nav.catalogue"], "/office/catalogue"),
            PageLink(words["proposal.title"], ProposalsPage.path),
        ]
        let errors = isReasonMissing ? [FieldError("reason", words["sheet.reason-missing"])] : []
        let part = ProposalParts(view: view, site: site, words: words, tokens: site.tokens(context))
        return .page(
            visit.page(view.name, crumbs: crumbs, hasErrors: !errors.isEmpty) { html in
                html.title(view.name, over: words("sheet.code-is", ["code": view.proposal.code.code]))
                html.errorSummary(errors)
                part.facts(&html)
                part.lines(&html)
                part.deeds(&html, isReasonMissing: isReasonMissing)
            }, status: errors.isEmpty ? .ok : .init(code: 422))
    }

    /// `POST …/{deed}`: adoption, beginning, completion, rejection.
    func post(_ request: Request, _ context: EditorContext) async throws -> Response {
        let form = try await PostedForm(request, context)
        let id = try context.proposal()
        let deed: ProposalDeed
        switch try context.parameters.require("deed") {
        case "adoption": deed = .take
        case "beginning": deed = .begin
        case "completion": deed = .finish
        case "rejection": deed = .decline(reason: form["reason"])
        default: throw DoorRefusal.noSuchPage
        }
        do {
            let slug = try await site.hall.perform(
                deed, on: id, revision: Int(form["revision"]), by: context.guest, site.composer)
            // What was written into the sheet is looked at there.
            let isWritten = deed == .take || deed == .begin
            return .seeOther(isWritten ? slug.map(Paths.sheet) ?? ProposalsPage.path : ProposalsPage.path)
        } catch CatalogueRefusal.reasonMissing {
            return try await show(context, isReasonMissing: true)
        }
    }
}

extension EditorContext {
    /// Refuses a path that names no proposal.
    fileprivate func proposal() throws -> ProposalID {
        guard let id = ProposalID(try parameters.require("proposal")) else { throw CatalogueRefusal.proposalNotFound }
        return id
    }
}

/// The parts of a proposal's page.
private struct ProposalParts {
    let view: ProposalView
    let site: Site
    let words: Words
    let tokens: FormTokens

    private var proposal: CatalogueProposal { view.proposal }

    func facts(_ html: inout HTML) {
        html.card { html in
            html.facts { html in
                html.fact(words["proposal.from"]) { $0.text(view.partner) }
                html.fact(words["proposal.family"]) { $0.text(site.hall.familyTitle(proposal.source.family)) }
                html.fact(words["proposal.arrived"]) { $0.moment(proposal.arrivedAt) }
                html.fact(words["proposal.state"]) { $0.text(words.pick(proposal.state.label)) }
                if let end = proposal.end, !end.reason.isEmpty {
                    html.fact(words["sheet.reason"]) { $0.text(end.reason) }
                }
                if let sheet = view.sheet {
                    html.fact(words["proposal.sheet"]) { html in
                        html.link(PageLink(words.pick(sheet.sheet.name), Paths.sheet(sheet.sheet.slug)))
                        html.text(" · " + words.pick(sheet.state.label))
                    }
                }
            }
        }
    }

    func lines(_ html: inout HTML) {
        guard !proposal.state.isOver else { return everything(&html) }
        let isKnown = view.sheet != nil
        html.note(words[isKnown ? "proposal.lines-help" : "proposal.unknown-item"])
        // Of an item that is not here there is nothing to compare with.
        let columns = [
            Column(words["sheet.element"]), isKnown ? Column(words["proposal.ours"]) : nil,
            Column(words["proposal.theirs"]), isKnown ? Column(words["proposal.how"]) : nil,
        ]
        html.table(words["proposal.lines"], columns.compactMap(\.self), view.lines) { html in
            html.note(words["proposal.no-lines"])
        } row: { html, line in
            html.row { html in
                let title = title(line.column)
                html.headCell(words.pick(title, line.label?.en ?? title))
                if isKnown { html.cell(ours(line)) }
                html.cell { html in
                    let theirs = words.pick(line.plain(line.theirs, site.tables))
                    html.paragraph(theirs.isEmpty ? words["proposal.nothing"] : theirs)
                    if let before = line.before {
                        html.note(words("proposal.before", ["text": words.pick(line.plain(before, site.tables))]))
                    }
                }
                if isKnown { html.cell(words[line.isTakable ? "proposal.by-click" : "proposal.by-hand"]) }
            }
        }
    }

    private func ours(_ line: ProposalLine) -> String {
        guard line.hasPlace else { return words["proposal.see-sheet"] }
        return line.ours.map { words.pick(line.plain($0, site.tables)) } ?? words["proposal.nothing"]
    }

    /// All columns of what is over, as they came.
    private func everything(_ html: inout HTML) {
        html.heading(words["proposal.as-it-came"])
        html.summary(
            proposal.values.keys.sorted().map { SummaryRow(title($0), proposal.text($0)) })
    }

    private func title(_ column: String) -> String {
        site.hall.columnTitle(proposal.source.family, column) ?? column
    }

    func deeds(_ html: inout HTML, isReasonMissing: Bool) {
        guard !proposal.state.isOver else { return }
        let path = ProposalsPage.path(of: proposal.id)
        let isWaiting = view.sheet.map { [.submitted, .approved].contains($0.state) } ?? false
        if isWaiting { html.banner(.warning, words["proposal.sheet-waits"]) { _ in } }
        if !isWaiting, view.lines.contains(where: \.isTakable) {
            deed(&html, "\(path)/adoption", words["proposal.take"], .primary)
            html.note(words["proposal.take-help"])
        }
        if view.canBegin {
            deed(&html, "\(path)/beginning", words["proposal.begin"], .primary)
            html.note(words["proposal.begin-help"])
        }
        deed(&html, "\(path)/completion", words["proposal.finish"], .secondary)
        html.unfold(words["proposal.decline"], isOpen: isReasonMissing) { html in
            html.form("\(path)/rejection", tokens) { html in
                html.hidden("revision", revision)
                var reason = Field("reason", words["sheet.reason"], .multiline(max: Hall.declineCharactersMax))
                if isReasonMissing { reason.answer.error = words["sheet.reason-missing"] }
                html.field(reason)
                html.button(words["proposal.decline"], .secondary)
            }
        }
    }

    private var revision: String { view.sheet.map { "\($0.revision)" } ?? "" }

    private func deed(_ html: inout HTML, _ path: String, _ label: String, _ kind: ButtonKind) {
        html.deed(path, tokens) { html in
            html.hidden("revision", revision)
            html.button(label, kind)
        }
    }
}
