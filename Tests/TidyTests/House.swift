import Foundation
import Testing

/// The project's own source as text.
enum House {
    /// Which rooms of our own a target may import (docs/house.md section 1). A new room is one line here.
    static let table: [String: Set<String>] = {
        let ground: Set<String> = ["Vocabulary"]
        let room = ground.union(["Store"])
        let papers = room.union(["Documents", "Signing"])
        let rooms: Set<String> = [
            "Accounts", "Catalogue", "Certificates", "Delivery", "Dossiers", "Exchange", "Identity", "Notices",
            "Papers", "Supervision", "Windows",
        ]
        let hall = rooms.union(papers)
        return [
            "Vocabulary": [],
            "Store": ground,
            "Signing": ground,
            "Documents": ground.union(["Signing"]),
            "Catalogue": room,
            "Accounts": room,
            "Dossiers": room.union(["Catalogue"]),
            "Windows": room,
            "Papers": papers,
            "Notices": room,
            "Identity": room,
            "Certificates": papers,
            "Delivery": room,
            "Exchange": room.union(["Catalogue"]),
            "Supervision": room,
            "Hall": hall,
            "City": hall.union(["Hall"]),
            "Sandboxes": room.union(["Exchange", "Signing"]),
            "Web": hall.union(["Hall"]).subtracting(["Store"]),
            "onewindow": hall.union(["Hall", "City", "Sandboxes", "Web"]),
            // Not rooms: C libraries, and what the tests of the rooms share.
            "CCairo": [],
            "CCurl": [],
            "CHarfbuzzSubset": [],
            "CLibpq": [],
            "CMinizip": [],
            "COpenSSL": [],
            "CPKCS11": [],
            "CQpdf": [],
            "CLibdeflate": [],
            "CQrencode": [],
            "CZlib": [],
            "DocumentsTestSupport": [],
            "StoreTestSupport": room,
        ]
    }()

    /// Libraries of others that only some targets may import.
    static let guarded: [String: Set<String>] = [
        "GRDB": ["Store"],
        "CLibpq": ["Store"],
        "COpenSSL": ["Signing"],
        "CPKCS11": ["Signing"],
        "CCairo": ["Documents"],
        "CCurl": ["Store"],
        "CHarfbuzzSubset": ["Documents"],
        "CMinizip": ["Documents"],
        "Yams": ["Catalogue"],
        "CQpdf": ["Documents"],
        "JWTKit": ["Identity", "Sandboxes"],
        "CLibdeflate": ["Documents"],
        "CQrencode": ["Documents"],
        "CZlib": ["Documents"],
        "Hummingbird": ["Sandboxes", "Web", "onewindow"],
        "HummingbirdCore": ["Web", "onewindow"],
        "HummingbirdHTTP2": ["Web", "onewindow"],
        "HummingbirdTLS": ["Web", "onewindow"],
        "AsyncHTTPClient": ["Exchange"],
        "NIOCore": ["Exchange", "Sandboxes"],
        "NIOHTTP1": ["Exchange"],
        "NIOPosix": ["Exchange", "Sandboxes"],
        "HTTPTypes": ["Sandboxes", "Web", "onewindow"],
    ]

    /// The folder that holds `Package.swift`.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// One source file.
    struct File: Sendable, CustomTestStringConvertible {
        /// `Sources/Store/Store.swift`.
        let path: String
        let lines: [String]

        var name: String { String(path.split(separator: "/").last ?? "") }
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var testDescription: String { path }

        init(path: String, lines: [String]) {
            self.path = path
            self.lines = lines
        }

        /// The lines with this word that are not comments, with their numbers from 1.
        func code(with word: String) -> [(number: Int, text: String)] {
            lines.enumerated()
                .filter { $0.element.contains(word) && !Self.isComment($0.element) }
                .map { ($0.offset + 1, $0.element) }
        }

        static func isComment(_ line: String) -> Bool {
            line.drop { $0 == " " }.hasPrefix("//")
        }

        /// The modules that the file imports.
        var imports: [String] {
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
            let levels: Set<Substring> = ["package", "public", "internal", "private", "fileprivate"]
            return code(with: "import ").compactMap { line in
                let words = line.text.split(separator: " ")
                let rest = words.drop { $0.hasPrefix("@") || levels.contains($0) }
                guard rest.first == "import" else { return nil }
                let module = rest.dropFirst().drop { kinds.contains($0) }.first?.split(separator: ".").first
                return module.map(String.init)
            }
        }
    }

    private static let sources = Result { try read("Sources") }
    private static let tests = Result { try read("Tests") }

    /// The files of the product, in order of their paths.
    static func productFiles() throws -> [File] { try sources.get() }

    /// The files of the tests.
    static func testFiles() throws -> [File] { try tests.get() }

    private static func read(_ folder: String) throws -> [File] {
        let base = root.appending(path: folder)
        guard FileManager.default.fileExists(atPath: base.path) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted()
            .filter { $0.hasSuffix(".swift") }
            .map { path in
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return File(path: "\(folder)/\(path)", lines: lines)
            }
    }

    static func text(_ path: String) throws -> String? {
        let url = root.appending(path: path)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
