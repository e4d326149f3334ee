package import Dossiers
package import Exchange
import Store
import Vocabulary

/// The files of applications that come over links.
extension Hall {
    /// Takes in a file that an application names by its digest, as a material: from the side that sent the application,
    /// always, since a digest alone gives nobody a file that somebody else handed in. `check` refuses by its first
    /// bytes what is not taken in. Early where the other side did not give it just now; refuses one that is not there
    /// and one that is not the one that is named.
    package func handIn(
        _ digest: String, as material: String, of coming: IncomingApplication, _ check: ([UInt8]) throws -> Void
    ) async throws -> HandedIn {
        let bytes: [UInt8]
        do {
            bytes = try await coming.files(digest)
        } catch let trouble as LinkTrouble {
            guard [.fileMissing, .fileUnfit].contains(trouble.reason) else {
                throw RecordEarly(because: trouble.reason)
            }
            throw trouble.reason
        }
        guard bytes.count <= Limits.uploadBytesMax, BlobRef(of: bytes).digest == digest else {
            throw LinkRefusal.fileUnfit
        }
        try check(bytes)
        let upload = upload()
        try await upload.append(bytes)
        return try await upload.handIn(as: material)
    }
}

extension HandedIn {
    /// A material as files that are not here yet, by their digests. Refuses what is no digest.
    package init(_ material: String, awaiting digests: [String]) throws(LinkRefusal) {
        var files: [BlobRef] = []
        for digest in digests {
            // Its size is known once it is here.
            guard let file = BlobRef(digest: digest, size: 1) else { throw .fileUnfit }
            files.append(file)
        }
        self.init(material, .files(files))
    }
}
