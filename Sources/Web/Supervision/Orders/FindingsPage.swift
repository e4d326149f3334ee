import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/supervision/findings`: 发现的问题 in one state, the latest first.
struct FindingsPage {
    let site: Site

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let state = Finding.State(rawValue: request.asked("state")) ?? .open
        let lines = try await site.hall.findings(
            state, for: context.guest, after: FindingTable.Cursor(text: request.asked("after")))
        let visit = site.visit(context, .office)
        let words = visit.words
        let names = try await SupervisionNames(site, words, of: lines.map(\.matter))
        let next =
            lines.count == Limits.pageRowsMax
            ? lines.last.map { "\(Paths.findings(state))&after=\($0.cursor.text)" } : nil
        return .page(
            visit.page(
                words["supervision.findings"], crumbs: [PageLink(words["supervision.title"], Paths.supervision)]
            ) { html in
                html.title(words["supervision.findings"])
                html.lead(words["finding.lead"])
                html.tabs(
                    Finding.State.allCases.map { PageLink(words[$0.word], Paths.findings($0)) },
                    current: Paths.findings(state))
                html.findings(lines, names, words["supervision.findings"])
                html.pager(previous: request.asked("after").isEmpty ? nil : Paths.findings(state), next: next)
            })
    }
}

extension Finding {
    /// Where the page after this line begins.
    fileprivate var cursor: FindingTable.Cursor {
        FindingTable.Cursor(at: lastAt, dossier: matter.dossier, rule: rule.rawValue)
    }
}

extension FindingTable.Cursor {
    /// As an address has it: `1542589200000.….promisePassed`.
    fileprivate var text: String { "\(at.milliseconds).\(dossier).\(rule)" }

    fileprivate init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let at = Int64(parts[0]), let dossier = DossierID(String(parts[1])),
            let rule = FindingRule(rawValue: String(parts[2]))
        else { return nil }
        self.init(at: Instant(milliseconds: at), dossier: dossier, rule: rule.rawValue)
    }
}
