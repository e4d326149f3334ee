import Vocabulary

/// An OFD as a verifier reads it (GB/T 33190): its files, its pages, its signatures. Nothing is drawn.
struct OFDContents: Sendable {
    /// LIMIT: bytes of a file, bytes that it may unpack to, its pages, its signatures and the files that one covers.
    static let bytesMax = 50 * 1024 * 1024
    static let unpackedBytesMax = 128 * 1024 * 1024
    static let pagesMax = 1_000
    static let signaturesMax = 100
    static let coveredMax = 2_000
    /// LIMIT: bytes of a path.
    static let pathBytesMax = 1_024

    /// Every file by its path from the root, with a leading slash.
    let files: [String: [UInt8]]
    /// The paths in the order of the archive.
    let paths: [String]

    /// Opens the archive. Throws `FileObstacle`.
    init(_ bytes: [UInt8]) throws(FileObstacle) {
        guard bytes.count <= Self.bytesMax else { throw FileObstacle(.failed(.unpacksTooLarge)) }
        do throws(ZipStructure.Defect) {
            try ZipStructure.check(bytes)
        } catch {
            throw FileObstacle(.failed(error.defect))
        }
        do {
            let entries = try ZipReader(bytes, totalBytesMax: Self.unpackedBytesMax).entries()
            var files: [String: [UInt8]] = [:]
            var paths: [String] = []
            // An entry for a folder has no content and is nothing to cover.
            for entry in entries where !(entry.name.hasSuffix("/") && entry.bytes.isEmpty) {
                files["/" + entry.name] = entry.bytes
                paths.append("/" + entry.name)
            }
            (self.files, self.paths) = (files, paths)
        } catch let refusal as ZipRefusal {
            throw FileObstacle(.failed(refusal.defect))
        } catch {
            throw FileObstacle(.failed(.damagedContainer))
        }
    }

    /// The document of the package: where its pages, its templates and its signatures are.
    func document() throws(FileObstacle) -> OFDDocument {
        let root = try tree("/OFD.xml")
        let bodies = root.all("DocBody")
        guard root.name == "OFD", let body = bodies.first, let path = body["DocRoot"]?.text else {
            throw FileObstacle(.failed(.malformedXML), "/OFD.xml")
        }
        guard bodies.count == 1 else { throw FileObstacle(.unsupported(.severalDocuments), "/OFD.xml") }
        let documentPath = try resolved(path, from: "/OFD.xml")
        let document = try tree(documentPath)
        var pages: Set<String> = []
        let listed = document["Pages"]?.all("Page") ?? []
        guard listed.count <= Self.pagesMax else { throw FileObstacle(.failed(.tooManyPages), "\(listed.count)") }
        guard document.name == "Document", !listed.isEmpty else {
            throw FileObstacle(.failed(.malformedXML), documentPath)
        }
        let parts = listed + (document["CommonData"]?.all("TemplatePage") ?? [])
        for part in parts {
            guard let location = part.attributes["BaseLoc"] else {
                throw FileObstacle(.failed(.malformedXML), documentPath)
            }
            let place = try resolved(location, from: documentPath)
            guard files[place] != nil else { throw FileObstacle(.failed(.missingPart), place) }
            if part.name == "Page" { pages.insert(part.attributes["ID"] ?? "") }
        }
        return OFDDocument(
            path: documentPath, pages: pages, tree: document,
            signatures: try body["Signatures"].map { (list) throws(FileObstacle) in
                try resolved(list.text, from: "/OFD.xml")
            })
    }

    /// A part as XML. Throws `FileObstacle` when it is missing or no such XML.
    func tree(_ path: String) throws(FileObstacle) -> XMLTree {
        guard let bytes = files[path] else { throw FileObstacle(.failed(.missingPart), path) }
        do throws(XMLTree.Defect) {
            return try XMLTree(bytes)
        } catch {
            throw FileObstacle(.failed(error == .documentType ? .documentType : .malformedXML), path)
        }
    }

    /// A location (ST_Loc): from the root when it begins with a slash, else from the folder of the file that says it.
    func resolved(_ location: String, from path: String) throws(FileObstacle) -> String {
        let folder = location.hasPrefix("/") ? [] : path.split(separator: "/").dropLast()
        let own = location.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
        guard !own.isEmpty, location.utf8.count <= Self.pathBytesMax, !own.contains(".."), !location.utf8.contains(0)
        else { throw FileObstacle(.failed(.unsafeName), location) }
        let place = "/" + (folder + own).joined(separator: "/")
        // Some programs write a path from the root without its slash.
        let fromRoot = "/" + own.joined(separator: "/")
        return files[place] == nil && files[fromRoot] != nil ? fromRoot : place
    }
}

/// The one document of an OFD.
struct OFDDocument: Sendable {
    let path: String
    /// The ids of its pages.
    let pages: Set<String>
    let tree: XMLTree
    /// The path of `Signatures.xml`; nil when nobody sealed it.
    let signatures: String?
}

extension ZipStructure.Defect {
    var defect: FileDefect {
        switch self {
        case .notAnArchive: .notADocument
        case .trailingBytes: .trailingBytes
        case .ambiguous: .ambiguousContainer
        case .cutOff, .unknownMethod: .damagedContainer
        }
    }
}

extension ZipRefusal {
    var defect: FileDefect {
        switch self {
        case .notAnArchive: .notADocument
        case .encrypted: .encrypted
        case .unsafeName: .unsafeName
        case .nameTwice: .nameTwice
        case .tooManyEntries: .tooManyEntries
        case .unpacksTooLarge: .unpacksTooLarge
        case .damaged: .damagedContainer
        }
    }
}
