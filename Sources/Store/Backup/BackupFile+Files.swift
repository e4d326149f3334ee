import Vocabulary

/// The large files in a backup, cut into parts.
extension BackupFile {
    /// LIMIT: bytes of a large file that stand in one row.
    private static let partBytes = 1 << 20

    /// Puts in the large files that the copied database names. Answers the digests of those that are missing or torn;
    /// the backup holds everything else.
    package func add(_ files: BlobFiles) throws -> [String] {
        var damaged: [String] = []
        try eachFile { ref in
            do {
                guard let bytes = try files.bytes(of: ref) else { return damaged.append(ref.digest) }
                try put(ref, bytes)
            } catch Fault.corrupt {
                damaged.append(ref.digest)
            }
        }
        return damaged
    }

    private func put(_ ref: BlobRef, _ bytes: [UInt8]) throws {
        try transaction { tx in
            for (part, start) in stride(from: 0, to: bytes.count, by: Self.partBytes).enumerated() {
                let piece = Array(bytes[start..<min(start + Self.partBytes, bytes.count)])
                try tx.execute(
                    "INSERT INTO backup_part (digest, part, bytes) VALUES (\(ref.digest), \(part), \(piece))")
            }
        }
    }

    /// Takes the large files out again. Answers the digests of those that the backup does not hold whole.
    package func extract(to files: BlobFiles) throws -> [String] {
        var damaged: [String] = []
        try eachFile { ref in
            let writer = try files.begin(name: ref.digest, bytesMax: max(ref.size, 1))
            var part = 0
            while let bytes = try piece(ref.digest, part) {
                try writer.append(bytes)
                part += 1
            }
            if part == 0 || !writer.holds(ref) {
                writer.abandon()
                damaged.append(ref.digest)
            } else {
                _ = try writer.finish()
            }
        }
        return damaged
    }

    private func piece(_ digest: String, _ part: Int) throws -> [UInt8]? {
        try transaction { tx in
            try tx.row("SELECT bytes FROM backup_part WHERE digest = \(digest) AND part = \(part)")?.bytes(0)
        }
    }

    private func eachFile(_ work: (BlobRef) throws -> Void) throws {
        var last = ""
        while true {
            let page = try transaction { tx in try Blobs.files(after: last, limit: Limits.pageRowsMax, in: tx) }
            guard let end = page.last else { return }
            for ref in page { try work(ref) }
            last = end.digest
        }
    }
}
