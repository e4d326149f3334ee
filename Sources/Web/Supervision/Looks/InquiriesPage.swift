import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/looks/questions`: questions about looks at one stage, the oldest first, for who answers or decides them.
struct InquiriesPage {
    let site: Site

    func get(_ request: Request, _ context: AnyStaffContext) async throws -> Response {
        let stage = LookInquiry.Stage(rawValue: request.asked("stage")) ?? .atBody
        let after = LookInquiryID(request.asked("after"))
        let lines = try await site.hall.inquiries(at: stage, for: context.guest, after: after)
        let visit = site.visit(context, .office)
        let words = visit.words
        let own = Paths.inquiries(at: stage)
        let next = lines.count == Limits.pageRowsMax ? lines.last.map { "\(own)&after=\($0.id)" } : nil
        return .page(
            visit.page(words["look.questions"]) { html in
                html.title(words["look.questions"])
                html.lead(words["look.questions-lead"])
                html.tabs(
                    LookInquiry.Stage.allCases.map { PageLink(words[$0.word], Paths.inquiries(at: $0)) },
                    current: own)
                html.inquiries(lines, LookText(site: site, words: words))
                html.pager(previous: after == nil ? nil : own, next: next)
            })
    }
}

extension HTML {
    /// Writes questions about looks as a table.
    mutating func inquiries(_ lines: [LookInquiryLine], _ text: LookText) {
        element("div", .class("hits")) { $0.inquiryTable(lines, text) }
    }

    private mutating func inquiryTable(_ lines: [LookInquiryLine], _ text: LookText) {
        table(
            words.count("looks.lines", lines.count),
            [
                Column(words["look.number"]), Column(words["column.state"]), Column(words["look.where"]),
                Column(words["look.asked-by"]), Column(words["look.asked-at"]), Column(words["look.due"]),
            ], lines
        ) { html in
            html.empty(html.words["look.no-questions"], html.words["look.no-questions-help"])
        } row: { html, line in
            html.row { html in
                let words = html.words
                html.headCell(line.id.short, href: Paths.inquiry(line.id))
                html.cell { html in
                    html.tag(Tag(words[line.stage.word], line.stage.tag))
                    if line.isLate { html.tag(Tag(words["look.late"], .bad)) }
                }
                html.cell(text.place(line.body, line.region))
                html.cell(words[line.isOfSupervisor ? Word("look.asked-by-supervisor") : Word("look.asked-by-person")])
                html.cell { $0.moment(line.askedAt) }
                html.cell { html in
                    if let due = line.due { html.date(due) } else { html.text("—") }
                }
            }
        }
    }
}
