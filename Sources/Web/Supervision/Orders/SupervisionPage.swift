import Accounts
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import ServiceLifecycle
import Supervision
import Vocabulary

/// `/office/supervision`: 电子监察, for those who supervise, govern or lead: lights now, what will be late soonest, what is
/// to be looked at, and the orders that are not closed. It changes by itself; without scripts a link reads it again.
struct SupervisionPage {
    let site: Site
    /// LIMIT: bodies in the strip, the worst first.
    static let bodiesMax = 60
    /// LIMIT: cases that will be late soonest.
    static let soonMax = 20

    func get(_ request: Request, _ context: OverseerContext) async throws -> Response {
        let board = try await site.hall.supervisionBoard(for: context.guest)
        let visit = site.visit(context, .office)
        let words = visit.words
        let soon = try await site.hall.desk(.soon, of: context.guest, DeskFilter(), limit: Self.soonMax)
        let rows = try await site.deskRows(soon, words)
        let names = try await SupervisionNames(
            site, words, of: board.findings.map(\.matter) + board.orders.map(\.matter))
        let raised = try await site.hall.inquiries(at: .atSupervisor, for: context.guest)
        let view = SupervisionView(
            board: board, soon: rows, raised: raised, names: names, text: LookText(site: site, words: words))
        let isSupervisor = context.grants.contains { SupervisorRoles.roles.contains($0.role) }
        return .page(
            visit.page(words["supervision.title"]) { html in
                html.title(words["supervision.title"])
                html.lead(words["supervision.lead"])
                html.element("div", .id("supervision"), .address("data-refresh", Paths.supervisionEvents)) { html in
                    view.write(&html)
                }
                html.buttons { html in
                    html.buttonLink(words["supervision.again"], Paths.supervision)
                    if isSupervisor { html.buttonLink(words["lights.title"], Paths.lightTerms) }
                }
            })
    }

    /// `GET …/board/events`: says when something is other than it was (server-sent events). What it is, the page reads
    /// by itself, with the session of whoever looks.
    func events(_ request: Request, _ context: OverseerContext) async throws -> Response {
        guard try context.parameters.require("view") == "board" else { throw DoorRefusal.noSuchPage }
        let (news, watch) = (try await site.hall.followLights(), site.hall.lightsWatch)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
            // A house that closes does not wait for pages: they come back when it is open again.
            try await withGracefulShutdownHandler {
                var number = 0
                for await item in news {
                    switch item {
                    case .still: try await writer.write(ByteBuffer(string: ": still\n\n"))
                    case .changed:
                        number += 1
                        try await writer.write(ByteBuffer(bytes: LiveStream.event(number, [])))
                    }
                }
            } onGracefulShutdown: {
                Task { await watch.close() }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"], body: body)
    }
}

/// How the city stands, in words and numbers.
struct SupervisionView {
    let board: Hall.SupervisionBoard
    let soon: [DeskRow]
    /// Questions about looks that nobody answered, or whose answer was not enough.
    let raised: [LookInquiryLine]
    let names: SupervisionNames
    let text: LookText
    var words: Words { text.words }

    func write(_ html: inout HTML) {
        let counts = Light.allCases.map { light in board.cells.reduce(0) { $0 + $1[light] } }
        html.element("p", .class("unseen"), .flag("data-told"), text: told(counts))
        html.heading(words["supervision.now"])
        html.element("ul", .class("lights")) { html in
            for light in Light.allCases.reversed() {
                html.element("li") { html in
                    html.light(light.sign)
                    html.element("b", .class("figure"), text: words.number(counts[light.rawValue]))
                }
            }
        }
        html.figures([
            Figure(
                words["supervision.findings"], count(board.findingCount, FindingTable.countedMax),
                href: Paths.findings()),
            Figure(words["order.stage-open"], orders(.open), href: Paths.orders(at: .open)),
            Figure(words["order.red"], words.number(board.red), href: Paths.orders(at: .open)),
            Figure(words["order.stage-answered"], orders(.answered), href: Paths.orders(at: .answered)),
            Figure(words["order.stage-appealed"], orders(.appealed), href: Paths.orders(at: .appealed)),
        ])
        html.heading(words["supervision.findings"])
        html.findings(board.findings, names, lines(board.findings.count))
        html.heading(words["order.title"])
        html.orders(board.orders, names, lines(board.orders.count))
        if !raised.isEmpty {
            html.heading(words["supervision.looks"])
            html.inquiries(raised, text)
        }
        html.heading(words["supervision.soon"])
        late(&html)
        html.heading(words["supervision.strip"])
        strip(&html)
    }

    /// What whoever listens to the page is told when it has changed.
    private func told(_ counts: [Int]) -> String {
        words(
            "supervision.told",
            [
                "red": words.number(counts[Light.red.rawValue] + counts[Light.statutory.rawValue]),
                "yellow": words.number(counts[Light.yellow.rawValue]), "findings": words.number(board.findingCount),
            ])
    }

    private func count(_ number: Int, _ most: Int) -> String {
        words.number(number) + (number >= most ? "+" : "")
    }

    /// What stands over a table whose heading says what it holds.
    private func lines(_ count: Int) -> String { words.count("stat.lines", count) }

    private func orders(_ stage: SupervisionOrder.Stage.Name) -> String {
        count(board.orderCounts[stage] ?? 0, OrderTable.countedMax)
    }

    private func late(_ html: inout HTML) {
        html.element("div", .class("hits")) { lateTable(&$0) }
    }

    private func lateTable(_ html: inout HTML) {
        html.table(
            lines(soon.count),
            [
                Column(words["column.light"]), Column(words["column.number"]), Column(words["column.item"]),
                Column(words["column.step"]), Column(words["desk.with"]),
            ], soon
        ) { html in
            html.empty(html.words["desk.soon-none"], html.words["desk.soon-help"])
        } row: { html, row in
            html.row { html in
                html.cell { $0.light(row.line.dossier.light.sign, days: row.work.left) }
                html.headCell(row.line.dossier.short, href: Paths.supervised(row.line.dossier.id))
                html.cell(row.work.item)
                html.cell(row.step)
                html.cell(row.holder.isEmpty ? html.words["desk.nobody"] : row.holder)
            }
        }
    }

    /// One line a place and body, the worst first: a bar, and beside it the numbers that it draws.
    private func strip(_ html: inout HTML) {
        let order: [Light] = [.statutory, .red, .yellow]
        let cells = board.cells.sorted { left, right in
            let (mine, other) = (order.map { left[$0] }, order.map { right[$0] })
            if mine != other { return other.lexicographicallyPrecedes(mine) }
            return (left.region, left.body.code) < (right.region, right.body.code)
        }
        let lights: [Light] = [.green, .yellow, .red, .statutory]
        html.table(
            lines(cells.count),
            [Column(words["supervision.place"]), Column(words["column.body"]), Column(words["supervision.bar"])]
                + lights.map { Column(words[$0.sign.word], isNumeric: true) },
            Array(cells.prefix(SupervisionPage.bodiesMax))
        ) { html in
            html.empty(html.words["supervision.none-open"], html.words["supervision.none-open-help"])
        } row: { html, cell in
            html.row { html in
                html.cell(names.place(cell.region))
                html.headCell(names.body(cell.body))
                html.cell { $0.lightBar(cell) }
                for light in lights { html.cell(html.words.number(cell[light]), isNumeric: true) }
            }
        }
        if cells.count > SupervisionPage.bodiesMax {
            html.note(words("supervision.strip-capped", ["n": words.number(SupervisionPage.bodiesMax)]))
        }
    }
}

extension HTML {
    /// Writes a bar of lights; the numbers stand beside it, so that the picture is silent.
    fileprivate mutating func lightBar(_ cell: LightCell) {
        let whole = max(cell.all, 1)
        element(
            "svg", .class("plot strip"), Attribute("viewBox", "0 0 1000 10"),
            Attribute("preserveAspectRatio", "none"), Attribute("aria-hidden", "true")
        ) { html in
            var before = 0
            for light in [Light.statutory, .red, .yellow, .green] {
                let left = before * 1000 / whole
                before += cell[light]
                html.element(
                    "rect", .data("class", light.sign.rawValue), .data("x", "\(left)"),
                    .data("width", "\(before * 1000 / whole - left)"), Attribute("height", "10")
                ) { _ in }
            }
        }
    }
}
