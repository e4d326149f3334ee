import Hall
import Hummingbird
import Supervision
import Vocabulary

/// `/office/looks`: 查阅监察: how many looks of a month bear which pattern, by body, and the questions that went up. A
/// pattern accuses nobody.
struct LookBoardPage {
    let site: Site

    func get(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        let month = Month(request.asked("month")) ?? Month(of: site.hall.time.now().day)
        let board = try await site.hall.lookBoard(month, for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let text = LookText(site: site, words: words)
        return .page(
            visit.page(words["look.board"]) { html in
                html.title(words["look.board"], over: words.month(month))
                html.lead(words["look.board-lead"])
                html.figures([
                    Figure(
                        words["look.stage-at-body"], count(.atBody, board, words), href: Paths.inquiries(at: .atBody)),
                    Figure(
                        words["look.stage-at-supervisor"], count(.atSupervisor, board, words),
                        href: Paths.inquiries(at: .atSupervisor)),
                    Figure(
                        words["look.stage-answered"], count(.answered, board, words),
                        href: Paths.inquiries(at: .answered)),
                ])
                html.heading(words["look.raised"])
                html.inquiries(board.raised, text)
                html.heading(words["look.patterns"])
                html.patterns(board, text)
                html.pager(
                    previous: Paths.lookBoard(month.advanced(by: -1)),
                    next: month < Month(of: site.hall.time.now().day)
                        ? Paths.lookBoard(month.advanced(by: 1)) : nil)
            })
    }

    private func count(_ stage: LookInquiry.Stage, _ board: Hall.LookBoard, _ words: Words) -> String {
        let number = board.inquiries[stage] ?? 0
        return words.number(number) + (number >= LookInquiryTable.countedMax ? "+" : "")
    }
}

/// `/office/looks/patterns/{pattern}`: the looks behind a count. Whose records they were is not shown.
struct LookPatternPage {
    let site: Site

    func get(_ request: Request, _ context: SupervisorContext) async throws -> Response {
        guard let pattern = LookPattern(rawValue: try context.parameters.require("pattern")) else {
            throw DoorRefusal.noSuchPage
        }
        let month = Month(request.asked("month")) ?? Month(of: site.hall.time.now().day)
        let asked = request.asked("body")
        let body: CreditCode?? = asked == "window" ? .some(nil) : CreditCode(asked).map(Optional.some)
        let looks = try await site.hall.looks(
            bearing: pattern, in: month, of: body.map { $0?.code ?? "" }, for: context.guest,
            before: Subject(request.asked("before")))
        let visit = site.visit(context, .office)
        let words = visit.words
        let text = LookText(site: site, words: words)
        let own = Paths.patterns(pattern, in: month, of: body)
        let next = looks.count == Limits.pageRowsMax ? looks.last.map { "\(own)&before=\($0.id)" } : nil
        return .page(
            visit.page(
                words[pattern.word], crumbs: [PageLink(words["look.board"], Paths.lookBoard(month))]
            ) { html in
                html.title(words[pattern.word], over: words.month(month))
                html.lead(words[pattern.help])
                html.supervised(looks, text)
                html.pager(previous: request.asked("before").isEmpty ? nil : own, next: next)
            })
    }
}

extension HTML {
    /// Writes the counts as a table, one line a body, and over it how the patterns share the month.
    fileprivate mutating func patterns(_ board: Hall.LookBoard, _ text: LookText) {
        let words = words
        let sums = LookPattern.allCases.map { pattern in
            (pattern, board.counts.filter { $0.pattern == pattern }.reduce(0) { $0 + $1.looks })
        }
        let tones: [Share.Tone] = [.first, .second, .third, .fourth, .fifth, .first]
        shares(
            zip(sums, tones).filter { $0.0.1 > 0 }.map { sum, tone in
                Share(
                    words[sum.0.word], sum.1, tone, href: Paths.patterns(sum.0, in: board.month, of: nil))
            })
        if board.isAtLeast { note(words("look.capped", ["n": words.number(LookPatternTable.countedMax)])) }
        let bodies = Set(board.counts.map { $0.body?.code ?? "" }).sorted()
        table(
            words.count("looks.bodies", bodies.count),
            [Column(words["column.body"])]
                + LookPattern.allCases.map { Column(words[$0.word], isNumeric: true) }, bodies
        ) { html in
            html.empty(html.words["look.none-unusual"], html.words["look.none-unusual-help"])
        } row: { html, code in
            let body = CreditCode(code)
            html.row { html in
                html.headCell(body.map { text.place($0, nil) } ?? html.words["look.windows"])
                for pattern in LookPattern.allCases {
                    let count = board.counts.filter { $0.pattern == pattern && $0.body == body }
                        .reduce(0) { $0 + $1.looks }
                    html.element("td", .class("number")) { html in
                        guard count > 0 else { return html.text("0") }
                        html.link(
                            PageLink(
                                html.words.number(count),
                                Paths.patterns(pattern, in: board.month, of: .some(body))))
                    }
                }
            }
        }
    }

    fileprivate mutating func supervised(_ looks: [Hall.LookSupervised], _ text: LookText) {
        element("div", .class("hits")) { html in
            let words = html.words
            html.table(
                words.count("looks.lines", looks.count),
                [
                    Column(words["look.when"]), Column(words["look.who"]), Column(words["look.why"]),
                    Column(words["look.case"]), Column(words["look.patterns"]), Column(words["look.question"]),
                ], looks
            ) { html in
                html.empty(html.words["look.none-unusual"], html.words["look.none-unusual-help"])
            } row: { html, look in
                html.row { html in html.supervised(look, text) }
            }
        }
    }

    private mutating func supervised(_ look: Hall.LookSupervised, _ text: LookText) {
        let words = words
        cell { $0.moment(look.at) }
        headCell(text.who(look.who))
        cell(text.why(look.purpose, look.word))
        cell(text.matter(look.number))
        cell(words.list(look.patterns.map { words[$0.word] }))
        cell { html in
            for it in look.inquiries {
                html.link(PageLink(words[it.stage.word], Paths.inquiry(it.id)))
                html.raw(" ")
            }
            if !look.inquiries.contains(where: \.isOfSupervisor) {
                html.link(PageLink(words["look.demand"], Paths.demand(look.id)))
            }
        }
    }
}
