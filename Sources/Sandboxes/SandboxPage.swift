import Foundation
import Hummingbird
import Vocabulary

/// A page of a sandbox: its frame and words are a resource, in whose `{{NAME}}` something is put.
struct SandboxPage: Sendable {
    private let frame: String

    /// The page with this file name, and the file of its style where several pages share one; throws
    /// `Fault.misconfigured` when one is not beside the program.
    init(_ name: String, style: String? = nil) throws {
        let css = try style.map { String(decoding: try Self.resource($0), as: UTF8.self) } ?? ""
        frame = String(decoding: try Self.resource(name), as: UTF8.self).replacing("{{style}}", with: css)
    }

    static func resource(_ name: String) throws -> Data {
        guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil) else {
            throw Fault.misconfigured("\(name) of the sandbox is missing beside the program")
        }
        return try Data(contentsOf: url)
    }

    /// The page with these parts, which are markup already.
    func response(_ parts: [String: String], status: HTTPResponse.Status = .ok) -> Response {
        // One pass over the frame: what a part says is not looked at again.
        let pieces = frame.split(separator: "{{", omittingEmptySubsequences: false)
        var page = String(pieces[0])
        for piece in pieces.dropFirst() {
            guard let end = piece.firstRange(of: "}}") else {
                page += "{{" + piece
                continue
            }
            page += (parts[String(piece[..<end.lowerBound])] ?? "") + piece[end.upperBound...]
        }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    /// Text as it stands in markup.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
