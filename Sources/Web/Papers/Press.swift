package import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary

/// Where the public finds the house: `https://zwfw.example.gov.cn`.
package struct SiteAddress: Hashable, Sendable {
    /// The address without a slash at its end.
    package let origin: String

    /// An address of http or https without path, query, fragment, name or password. Throws `Fault.misconfigured` for
    /// anything else.
    package init(_ text: String) throws {
        let text = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme), parts.path.isEmpty, parts.query == nil, parts.fragment == nil,
            [parts.user, parts.password] == [nil, nil], text.utf8.allSatisfy({ $0 < 0x80 })
        else {
            throw Fault.misconfigured("ONEWINDOW_ADDRESS is no address like https://zwfw.example.gov.cn: \(text)")
        }
        origin = text
    }

    /// The whole address of a path of this site.
    package func absolute(_ path: String) -> String { origin + path }
}

/// What prints papers: the typeface, the address that their codes lead to, and a thread on which they are laid out.
package struct Press: Sendable {
    /// LIMIT: papers that may wait; at 30 ms each, the last of them waits for about a second. The next is
    /// `Fault.busy("print")`.
    package static let queueMax = 32

    /// The address of the house.
    package let address: SiteAddress
    private let typeface: Typeface
    private let song: Typeface
    private let workers = Workers(name: "print", threads: 1, queueMax: queueMax)

    /// A press with its typeface for guides and forms, and a Song face for the papers of the law.
    package init(_ typeface: Typeface, song: Typeface, address: SiteAddress) {
        self.typeface = typeface
        self.song = song
        self.address = address
    }

    /// The bytes of a paper. Refuses, by `DocumentRefusal`, what cannot be printed.
    func printed(_ paper: @escaping @Sendable (Typeface) throws -> PDFFile) async throws -> [UInt8] {
        try await workers.run { [typeface] in try paper(typeface).bytes() }
    }

    /// The bytes of a paper of the law, which is set in the Song face.
    func printedInSong(_ paper: @escaping @Sendable (Typeface) throws -> PDFFile) async throws -> [UInt8] {
        try await workers.run { [song] in try paper(song).bytes() }
    }

    /// The seal of a body. Refuses what `SealDrawing` refuses.
    func seal(_ kind: SealDrawing.Kind, name: String, isExample: Bool) async throws -> SealDrawing {
        try await workers.run { [song] in
            try SealDrawing(kind, name: name, isExample: isExample, typeface: song)
        }
    }
}

extension Response {
    /// A PDF that a browser shows; it is saved under `name`.
    static func pdf(_ bytes: [UInt8], name: String, for request: Request) -> Response {
        .tagged(
            bytes,
            [
                .contentType: "application/pdf", .vary: "Cookie",
                .contentDisposition: "inline; filename*=UTF-8''\(Paths.query(name)).pdf",
            ], for: request)
    }
}
