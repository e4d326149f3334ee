import Foundation

/// One signature of an OFD, read and not yet judged: what `Signature.xml` says.
struct OFDSignatureParts: Sendable {
    /// A file that the signature covers, with the digest that was signed.
    struct Reference: Sendable {
        let path: String
        let digest: [UInt8]
    }

    /// The path of `Signature.xml`.
    let path: String
    /// Its bytes, over which the seal's digest goes.
    let bytes: [UInt8]
    /// `Seal` or `Sign`; the former where nothing is said.
    let type: String
    let references: [Reference]
    /// The digest that the references take: an object identifier or a name.
    let digestMethod: String
    /// The pages on which the seal stands.
    let stampPages: [String]
    /// The path of `SignedValue.dat`, and of the seal where there is one.
    let valuePath: String
    let sealPath: String?

    /// Reads one signature of the list. Throws `FileObstacle`.
    init(listed: XMLTree, in list: String, of contents: OFDContents) throws(FileObstacle) {
        guard let location = listed.attributes["BaseLoc"] else {
            throw FileObstacle(.failed(.malformedSignature), list)
        }
        path = try contents.resolved(location, from: list)
        guard let bytes = contents.files[path] else {
            throw FileObstacle(.failed(.missingSignaturePart), path)
        }
        self.bytes = bytes
        type = listed.attributes["Type"] ?? "Seal"
        let tree = try contents.tree(path)
        guard tree.name == "Signature", let info = tree["SignedInfo"], let covered = info["References"],
            let value = tree["SignedValue"]?.text, !value.isEmpty
        else { throw FileObstacle(.failed(.malformedSignature), path) }
        valuePath = try contents.resolved(value, from: path)
        digestMethod = covered.attributes["CheckMethod"] ?? "MD5"
        references = try Self.references(covered, path, contents)
        stampPages = info.all("StampAnnot").map { $0.attributes["PageRef"] ?? "" }
        let seal = info["Seal"]?["BaseLoc"]?.text ?? info["Seal"]?.text
        sealPath =
            if let seal, !seal.isEmpty { try contents.resolved(seal, from: path) } else { nil }
        guard contents.files[valuePath] != nil else {
            throw FileObstacle(.failed(.missingSignaturePart), valuePath)
        }
    }

    private static func references(
        _ covered: XMLTree, _ path: String, _ contents: OFDContents
    ) throws(FileObstacle) -> [Reference] {
        let listed = covered.all("Reference")
        guard (1...OFDContents.coveredMax).contains(listed.count) else {
            throw FileObstacle(.failed(.malformedSignature), path)
        }
        return try listed.map { (reference) throws(FileObstacle) in
            guard let location = reference.attributes["FileRef"], let text = reference["CheckValue"]?.text,
                let digest = Data(base64Encoded: text)
            else { throw FileObstacle(.failed(.malformedSignature), path) }
            return Reference(path: try contents.resolved(location, from: path), digest: [UInt8](digest))
        }
    }

    /// The files that must not be covered by this very signature: it cannot cover itself.
    var own: Set<String> { [path, valuePath] }
}
