import Hall
import Hummingbird
import Vocabulary
import Windows

/// What `/window/queue` shows.
extension QueueDesk {
    func show(_ context: SeatContext, refused: (any Refusal)?) async throws -> Response {
        let visit = site.visit(context, .window)
        let words = visit.words
        let view = try await site.hall.seatView(of: context.guest)
        let places = view == nil ? try await places(context) : []
        let title = view.map {
            words("queue.title", ["window": words.number($0.window.number), "hall": words.name(of: $0.hall)])
        }
        return .page(
            visit.page(title ?? words["queue.choose-window"], hasErrors: refused != nil) { html in
                html.refused(refused, site)
                html.title(title ?? words["queue.choose-window"])
                guard let view else { return choose(&html, places, context) }
                html.element(
                    "div", .id("queue"), .address("data-refresh", Paths.boardEvents(view.hall.code))
                ) { html in
                    html.columns { html in
                        current(&html, view, context)
                        html.waiting(view)
                    } aside: { html in
                        interrupted(&html, view, context)
                        seat(&html, view, context)
                    }
                }
            }, status: refused.map { .init(code: $0.kind.rawValue) } ?? .ok)
    }

    private func places(_ context: SeatContext) async throws -> [(ServiceHall, [Window])] {
        var places: [(ServiceHall, [Window])] = []
        for hall in try await site.hall.halls(for: context.guest) {
            places.append((hall, try await site.hall.windows(of: hall.code)))
        }
        return places
    }

    private func choose(_ html: inout HTML, _ places: [(ServiceHall, [Window])], _ context: SeatContext) {
        let words = html.words
        html.lead(words["queue.choose-lead"])
        if places.isEmpty { html.empty(words["halls.none"], words["halls.none-help"]) }
        for (hall, windows) in places {
            html.table(
                words.name(of: hall),
                [
                    Column(words["queue.window"], isNumeric: true), Column(words["capability.title"]),
                    Column(words["column.deed"]),
                ], windows
            ) { html in
                html.empty(html.words["hall.no-windows"], html.words["hall.no-windows-help"])
            } row: { html, window in
                html.row { html in
                    html.cell(html.words.number(window.number), isNumeric: true)
                    html.headCell(html.words.list(window.capabilities.map { html.words[$0.word] }))
                    html.cell { html in
                        guard window.sitting == nil else { return html.tag(Tag(html.words["queue.taken"], .waiting)) }
                        html.deed("/window/seat", site.tokens(context)) { html in
                            html.hidden("window", "\(hall.code) \(window.number)")
                            html.button(html.words["queue.sit-down"], .secondary)
                        }
                    }
                }
            }
        }
    }

    private func current(_ html: inout HTML, _ view: Hall.SeatView, _ context: SeatContext) {
        let words = html.words
        html.card(words["queue.now"]) { html in
            guard let ticket = view.current else {
                html.paragraph(words[view.window.isCalling ? "queue.nobody-here" : "queue.pausing"])
                guard view.window.isCalling else { return }
                return button(&html, "call", words["queue.call"], .primary, "c", context)
            }
            html.element("p", .class("ticket-number"), .flag("data-told"), text: ticket.number)
            html.summary(facts(of: ticket, words))
            html.buttons { html in
                switch ticket.state {
                case .called:
                    button(&html, "start", words["queue.start"], .primary, "s", context)
                    button(&html, "recall", words["queue.recall"], .secondary, "r", context)
                    button(&html, "passing", words["queue.pass"], .quiet, "p", context)
                default:
                    if view.window.capabilities.contains(where: { $0.power == .receive }) {
                        html.buttonLink(words["nav.intake"], Paths.queue + "/applicant", .primary, key: "n")
                    }
                    if view.window.capabilities.contains(.issuing) {
                        html.buttonLink(words["nav.issuing"], "/issuing", .secondary, key: "o")
                    }
                    button(&html, "finish", words["queue.finish"], .secondary, "f", context)
                    button(&html, "interruption", words["queue.interrupt"], .quiet, "i", context)
                }
            }
            transfer(&html, view, context)
        }
    }

    private func facts(of ticket: Ticket, _ words: Words) -> [SummaryRow] {
        var rows = [
            SummaryRow(words["column.state"], words(ticket.state.word.key, ["window": "\(ticket.window ?? 0)"])),
            SummaryRow(words["ticket.what-for"], words[ticket.need.wish]),
        ]
        if ticket.calls > 1 { rows.append(SummaryRow(words["queue.calls"], words.number(ticket.calls))) }
        if let ground = ticket.priority {
            rows.append(SummaryRow(words["priority.title"], words[ground.word], note: words["priority.check"]))
        }
        if ticket.booking != nil { rows.append(SummaryRow(words["appointment.title"], words["appointment.kept"])) }
        return rows
    }

    private func button(
        _ html: inout HTML, _ deed: StaticString, _ label: String, _ kind: ButtonKind, _ key: Key,
        _ context: SeatContext
    ) {
        html.deed("\(Paths.queue)/\(deed)", site.tokens(context)) { $0.button(label, kind, key: key) }
    }

    private func transfer(_ html: inout HTML, _ view: Hall.SeatView, _ context: SeatContext) {
        let words = html.words
        let here = Capability.allCases.map { Option($0.rawValue, words[$0.wish]) }
        let there = view.others.flatMap { window in
            window.capabilities.map { need in
                Option(
                    "\(need.rawValue) \(window.number)",
                    words("queue.to-window", ["window": words.number(window.number), "need": words[need.word]]))
            }
        }
        html.form("\(Paths.queue)/transfer", site.tokens(context)) { html in
            html.field(Field("to", words["queue.transfer-to"], .list(here + there)).with { $0.isOptional = true })
            html.button(words["queue.transfer"], .quiet, key: "t")
        }
    }

    private func interrupted(_ html: inout HTML, _ view: Hall.SeatView, _ context: SeatContext) {
        guard !view.interrupted.isEmpty else { return }
        let words = html.words
        html.card(words["queue.interrupted"]) { html in
            for ticket in view.interrupted {
                html.deed("\(Paths.queue)/resumption", site.tokens(context)) { html in
                    html.hidden("ticket", ticket.id.description)
                    html.button(words("queue.resume", ["number": ticket.number]), .secondary)
                }
            }
        }
    }

    private func seat(_ html: inout HTML, _ view: Hall.SeatView, _ context: SeatContext) {
        let words = html.words
        html.card(words["queue.my-window"]) { html in
            html.paragraph(words.list(view.window.capabilities.map { words[$0.word] }))
            if view.window.isCalling {
                html.form("/window/seat/pause", site.tokens(context)) { html in
                    html.field(
                        Field(
                            "reason", words["queue.pause-why"],
                            .list(PauseReason.allCases.map { Option($0.rawValue, words[$0.word]) }),
                            answer: Answer(PauseReason.rest.rawValue)))
                    html.button(words["queue.pause"], .secondary)
                }
            } else {
                html.deed("/window/seat/pause", site.tokens(context)) { html in
                    html.hidden("reason", "")
                    html.button(words["queue.go-on"], .primary, key: "g")
                }
            }
            html.deed("/window/seat/closing", site.tokens(context)) { $0.button(words["queue.close"], .quiet) }
            html.element("p") { html in
                html.link(PageLink(words["queue.board"], Paths.board(view.hall.code)))
            }
            html.element("p") { html in
                html.link(
                    PageLink(words["queue.display"], Paths.display(view.hall.code, view.window.number)))
            }
        }
    }
}

extension HTML {
    /// Writes who waits for a window, in the order in which they are called.
    fileprivate mutating func waiting(_ view: Hall.SeatView) {
        let words = words
        table(
            words("queue.waiting", ["n": words.number(view.waiting.count)]),
            [
                Column(words["ticket.number"]), Column(words["ticket.what-for"]), Column(words["ticket.taken"]),
                Column(words["priority.title"]),
            ], Array(view.waiting.prefix(Limits.pageRowsMax))
        ) { html in
            html.empty(html.words["queue.nobody-waits"], html.words["queue.nobody-waits-help"])
        } row: { html, ticket in
            html.row { html in
                html.headCell(ticket.number)
                html.cell(html.words[ticket.need.wish])
                html.cell(ticket.takenAt.timeOfDay)
                html.cell(
                    ticket.priority.map { html.words[$0.word] }
                        ?? (ticket.booking == nil ? "" : html.words["appointment.title"]))
            }
        }
    }
}

extension PauseReason {
    var word: Word {
        switch self {
        case .rest: Word("pause.rest")
        case .meal: Word("pause.meal")
        case .errand: Word("pause.errand")
        case .system: Word("pause.system")
        }
    }
}
