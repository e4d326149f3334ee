import Foundation
import Hummingbird
import Vocabulary

/// What came, as a page that looks again by itself. Its frame and words are a resource.
struct MessagePage: Sendable {
    private let frame: String

    init() throws {
        guard let url = Bundle.module.url(forResource: "Resources/messages.html", withExtension: nil) else {
            throw Fault.misconfigured("the page of the sandbox is missing beside the program")
        }
        frame = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    func response(_ messages: [SandboxMessage], _ faults: FaultSwitches) -> Response {
        let rows = messages.map { message in
            let cells = [message.way.rawValue, message.to, message.subject, message.words, message.id]
            let again = message.handedOver > 1 ? " ×\(message.handedOver)" : ""
            return "<tr>" + cells.map { "<td>\(Self.escaped($0))</td>" }.joined() + "<td>\(again)</td></tr>"
        }
        let states = SandboxMessage.Way.allCases.map { "\($0.rawValue): \(faults.setting($0).fault.rawValue)" }
        let page = frame.replacing("{{rows}}", with: rows.joined(separator: "\n"))
            .replacing("{{faults}}", with: Self.escaped(states.joined(separator: " · ")))
            .replacing("{{count}}", with: "\(messages.count)")
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
