import Hall
import Hummingbird
import Vocabulary
import Windows

/// `GET /halls/{hall}/board`: the big screen: the latest calls, readable at ten metres, with a chime and a voice where
/// scripts run. `GET /halls/{hall}/windows/{window}`: the display over one window.
struct BoardScreen {
    let site: Site
    /// Seconds after which a screen comes again where no script brings the news.
    private static let againSeconds = 5

    func get(_ request: Request, _ context: SiteContext) async throws -> Response {
        let board = try await site.hall.board(of: try context.hallOnPage())
        let events = Paths.boardEvents(board.hall.code)
        return show(context, board, events: events) { $0.board(board) }
    }

    func display(_ request: Request, _ context: SiteContext) async throws -> Response {
        let number = try context.windowOnPage()
        let board = try await site.hall.board(of: try context.hallOnPage())
        guard board.windows.contains(where: { $0.number == number }) else { throw WindowRefusal.windowNotFound }
        let events = Paths.displayEvents(board.hall.code, number)
        return show(context, board, events: events) { $0.display(board, number) }
    }

    private func show(
        _ context: SiteContext, _ board: HallBoard, events: String, content: (inout HTML) -> Void
    ) -> Response {
        var visit = site.visit(context, .portal)
        visit.againSeconds = Self.againSeconds
        let words = visit.words
        return .page(
            visit.screen(
                words("board.title", ["hall": words.name(of: board.hall)]), home: Paths.board(board.hall.code),
                brand: words.name(of: board.hall)
            ) { html in
                html.element("h1", .class("unseen"), text: words("board.title", ["hall": words.name(of: board.hall)]))
                html.element(
                    "div", .id("board"), .address("data-live", events), Attribute("data-tongue", words.language.tag),
                    children: content)
                html.element("p", .class("lost"), .flag("data-lost"), .flag("hidden"), text: words["board.lost"])
                html.element(
                    "button", Attribute("type", "button"), .class("touch sound"), .flag("data-sound"), .flag("hidden"),
                    text: words["board.sound"])
            })
    }
}

extension HTML {
    /// Writes the latest calls and how many wait: what stands on the big screen.
    mutating func board(_ board: HallBoard) {
        let words = words
        element("ol", .class("calls")) { html in
            for call in board.calls {
                html.element(
                    "li", .class(call.isOpen ? "open" : nil),
                    .data("data-call", "\(call.number)-\(call.at.milliseconds)"),
                    .data("data-say", call.isOpen ? words.spoken(call) : nil)
                ) { html in
                    html.element("strong", text: call.number)
                    html.element("span", text: words("board.to-window", ["window": words.number(call.window)]))
                }
            }
            if board.calls.isEmpty {
                let isAtWork = board.windows.contains { $0.sitting != nil }
                html.element(
                    "li", .class("none"), text: words[isAtWork ? Word("board.none") : Word("board.none-open")])
            }
        }
        element("dl", .class("waiting")) { html in
            for line in board.waiting {
                html.element("div") { html in
                    html.element("dt", text: words[line.need.word])
                    html.element("dd", text: words.count("board.waiting", line.waiting))
                }
            }
        }
    }

    /// Writes what stands over one window.
    mutating func display(_ board: HallBoard, _ number: Int) {
        let words = words
        guard let window = board.windows.first(where: { $0.number == number }) else { return }
        let call = board.calls.first { $0.window == number }
        element("div", .class("display")) { html in
            html.element("p", .class("display-window"), text: words("board.window", ["window": words.number(number)]))
            html.element(
                "p", .class("display-kind"), text: words.list(window.capabilities.map { words[$0.word] }))
            if window.sitting == nil {
                html.element("p", .class("display-now"), text: words["board.closed"])
            } else if let call {
                html.element(
                    "p", .class(call.isOpen ? "display-now open" : "display-now"),
                    .data("data-call", "\(call.number)-\(call.at.milliseconds)"),
                    .data("data-say", call.isOpen ? words.spoken(call) : nil), text: call.number)
                html.element("p", text: words[call.isOpen ? Word("board.please") : Word("board.serving")])
            } else {
                html.element(
                    "p", .class("display-now"),
                    text: words[window.isCalling ? Word("board.free") : Word("board.paused")])
            }
        }
    }
}

extension Words {
    /// What the voice says: the number digit by digit.
    func spoken(_ call: HallBoard.Call) -> String {
        let digits = call.number.map(String.init).joined(separator: " ")
        return self("board.spoken", ["number": digits, "window": "\(call.window)"])
    }
}
