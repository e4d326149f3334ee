import Vocabulary

/// Compares the large files with the rows that name them.
package struct FileCheck: Sendable {
    private let store: any Store
    private let files: BlobFiles

    package init(store: any Store, files: BlobFiles) {
        self.store = store
        self.files = files
    }

    /// Reads every file. One sentence for each that is missing, torn or named by nobody, and for what an upload left
    /// behind; empty when all holds. A file that an upload is just bringing in may be among those named by nobody.
    package func run() async throws -> [String] {
        var findings: [String] = []
        var named: Set<String> = []
        var last = ""
        while true {
            let page = try await store.read { [last] tx in
                try Blobs.files(after: last, limit: Limits.pageRowsMax, in: tx)
            }
            guard let end = page.last else { break }
            for ref in page {
                named.insert(ref.digest)
                do {
                    if try files.bytes(of: ref) == nil { findings.append("file \(ref.digest) is missing") }
                } catch Fault.corrupt {
                    findings.append("file \(ref.digest) is torn")
                }
            }
            last = end.digest
        }
        for digest in try files.digests() where !named.contains(digest) {
            findings.append("file \(digest) is named by nobody")
        }
        for name in try files.incoming() { findings.append("an upload left \(name) behind") }
        return findings
    }
}
