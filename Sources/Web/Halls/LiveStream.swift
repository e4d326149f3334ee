import HTTPTypes
import Hall
import Hummingbird
import ServiceLifecycle
import Vocabulary
import Windows

/// `GET /halls/{hall}/board/events` and `/halls/{hall}/windows/{window}/events`: what a screen shows, again at each
/// change (server-sent events). A screen that stays away for a while simply asks again; nothing is owed to it.
struct LiveStream {
    let site: Site

    func board(_ request: Request, _ context: SiteContext) async throws -> Response {
        let code = try context.hallOnPage()
        let words = site.visit(context, .portal).words
        return try await stream(code, words) { $0.board($1) }
    }

    func display(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (code, number) = (try context.hallOnPage(), try context.windowOnPage())
        let words = site.visit(context, .portal).words
        guard try await site.hall.windows(of: code).contains(where: { $0.number == number }) else {
            throw WindowRefusal.windowNotFound
        }
        return try await stream(code, words) { $0.display($1, number) }
    }

    private func stream(
        _ code: HallCode, _ words: Words, _ write: @escaping @Sendable (inout HTML, HallBoard) -> Void
    ) async throws -> Response {
        let (news, watch) = (try await site.hall.boards(of: code), site.hall.watch)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
            // A house that closes does not wait for screens: they come back when it is open again.
            try await withGracefulShutdownHandler {
                for await item in news {
                    switch item {
                    case .still: try await writer.write(ByteBuffer(string: ": still\n\n"))
                    case .board(let board):
                        var html = HTML(words: words)
                        write(&html, board)
                        try await writer.write(ByteBuffer(bytes: Self.event(board.revision, html.bytes)))
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

    /// One event; each line of the content is a line of data.
    static func event(_ revision: Int, _ content: [UInt8]) -> [UInt8] {
        var bytes = Array("event: board\nid: \(revision)\n".utf8)
        for line in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            bytes += Array("data: ".utf8) + line + [UInt8(ascii: "\n")]
        }
        return bytes + [UInt8(ascii: "\n")]
    }
}

extension RequestContext {
    /// The number of the window that a page's address names.
    func windowOnPage() throws -> Int {
        guard let number = Int(try parameters.require("window")), Window.numbers.contains(number) else {
            throw DoorRefusal.noSuchPage
        }
        return number
    }
}
