import Hummingbird

/// What came, as a page that looks again by itself. Its frame and words are a resource.
struct MessagePage: Sendable {
    private let page: SandboxPage

    init() throws {
        page = try SandboxPage("messages.html")
    }

    func response(
        _ messages: [SandboxMessage], _ faults: FaultSwitches, _ ways: [SandboxMessage.Way]
    ) -> Response {
        let rows = messages.map { message in
            let cells = [message.way.rawValue, message.to, message.subject, message.words, message.id]
            let again = message.handedOver > 1 ? " ×\(message.handedOver)" : ""
            return "<tr>" + cells.map { "<td>\(SandboxPage.escaped($0))</td>" }.joined() + "<td>\(again)</td></tr>"
        }
        let states = ways.map { "\($0.rawValue): \(faults.setting($0).fault.rawValue)" }
        return page.response([
            "rows": rows.joined(separator: "\n"), "faults": SandboxPage.escaped(states.joined(separator: " · ")),
            "count": "\(messages.count)",
        ])
    }
}
