import Crypto
import Foundation
import Vocabulary

/// One file of the interface, held in memory under an address that carries its digest.
package struct Asset: Sendable {
    /// The name in the sources: `onewindow.css`.
    package let name: String
    /// The address: `/assets/onewindow.0123456789.css`, with the first ten hexadecimal digits of the SHA-256.
    package let path: String
    package let bytes: [UInt8]
    /// The media type, with its character set where it is text.
    package let contentType: String
    /// The strong entity tag, quotes included.
    package let etag: String

    /// What a browser is told about keeping it: for ever, because another content has another address.
    package static let cacheControl = "public, max-age=31536000, immutable"

    /// Reads the bytes under a name with an extension that is known. Refuses others as `Fault.misconfigured`.
    package init(name: String, bytes: [UInt8]) throws {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let type = Self.types[parts[1]] else {
            throw Fault.misconfigured("asset \(name) has no known type")
        }
        let digest = SHA256.hash(data: bytes).flatMap { [$0 >> 4, $0 & 15] }.prefix(10)
            .map { String($0, radix: 16) }.joined()
        self.name = name
        self.bytes = bytes
        path = "/assets/\(parts[0]).\(digest).\(parts[1])"
        contentType = type
        etag = "\"\(digest)\""
    }

    private static let types = [
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]
}

/// All files of the interface: read and hashed once, at start.
package struct Assets: Sendable {
    /// In the order of their names.
    package let all: [Asset]
    private let byPath: [String: Asset]

    /// LIMIT: bytes of style sheet for all pages.
    package static let styleBytesMax = 60_000
    /// LIMIT: bytes of script for all pages.
    package static let scriptBytesMax = 30_000

    /// The files that ship.
    package static func shipped() throws -> Assets {
        try Assets(
            ["favicon.svg", "onewindow.css", "onewindow.js", "screen.css", "screen.js"].map { name in
                try Asset(name: name, bytes: Array(WebResource.data("assets/\(name)")))
            })
    }

    /// These files and no others.
    package init(_ all: [Asset]) {
        self.all = all
        byPath = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The file at the address; nil when there is none, an outdated digest among them.
    package func at(_ path: String) -> Asset? {
        byPath[path]
    }

    /// The address of the file with this name. A name that does not ship is a bug.
    func path(of name: String) -> String {
        guard let asset = all.first(where: { $0.name == name }) else { preconditionFailure("no asset \(name)") }
        return asset.path
    }
}
