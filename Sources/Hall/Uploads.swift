package import Dossiers
package import Store
import Vocabulary

/// One file on its way in: small ones become rows, larger ones files that are durable before anybody names them.
///
/// Used by one task at a time.
package final class Upload {
    private let hall: Hall
    private let name: String
    private var bytes: [UInt8] = []
    private var writer: WriterBox?
    private var size = 0

    fileprivate init(_ hall: Hall) {
        self.hall = hall
        name = "\(hall.ids.next())"
    }

    /// How many bytes have come.
    package var count: Int { size }

    /// The first bytes, by which the kind of file is told.
    package private(set) var beginning: [UInt8] = []

    /// Adds bytes. Refuses a file beyond `Limits.uploadBytesMax`.
    package func append(_ more: [UInt8]) async throws {
        size += more.count
        guard size <= Limits.uploadBytesMax else {
            await abandon()
            throw BlobRefusal.tooLarge
        }
        if beginning.count < 64 { beginning += more.prefix(64 - beginning.count) }
        if let writer {
            try await hall.disk.run { try writer.writer.append(more) }
            return
        }
        bytes += more
        if bytes.count > Blobs.rowBytesMax { try await spill() }
    }

    /// Keeps the file, verifies it, and answers its name.
    package func finish() async throws -> BlobRef {
        let file = try await keep()
        // The same file was verified before: whoever opens it is told what is true then.
        _ = try await hall.report(of: file)
        return file
    }

    /// Keeps the file as it is.
    func keep() async throws -> BlobRef {
        let now = hall.time.now()
        if let ref = try await settle() {
            try await hall.store.write { tx in try Blobs.name(ref, now: now, in: tx) }
            return ref
        }
        let bytes = bytes
        return try await hall.store.write { tx in try Blobs.put(bytes, now: now, in: tx) }
    }

    /// Makes a large file durable, without a name yet; nil for a small one, whose bytes are a row.
    func settle() async throws -> BlobRef? {
        guard let writer else { return nil }
        return try await hall.disk.run { try writer.writer.finish() }
    }

    /// Drops what has come.
    package func abandon() async {
        writer?.writer.abandon()
        writer = nil
        bytes = []
    }

    private func spill() async throws {
        guard let files = hall.files else { throw BlobRefusal.tooLarge }
        let (name, first) = (name, bytes)
        writer = try await hall.disk.run {
            let box = WriterBox(try files.begin(name: name))
            try box.writer.append(first)
            return box
        }
        bytes = []
    }
}

/// Carries a writer between the disk's threads.
// SAFETY: an upload awaits each use before the next, so one thread at a time has the writer.
private final class WriterBox: @unchecked Sendable {
    let writer: BlobFiles.Writer

    init(_ writer: BlobFiles.Writer) {
        self.writer = writer
    }
}

extension Hall {
    /// Begins to take in a file.
    package func upload() -> Upload { Upload(self) }

    /// The bytes of a file that was handed in; nil when it is not there.
    package func bytes(of ref: BlobRef) async throws -> [UInt8]? {
        if let row = try await store.read({ tx in try Blobs.bytes(of: ref, in: tx) }) { return row }
        guard let files else { return nil }
        return try await disk.run { try files.bytes(of: ref) }
    }
}

extension HandedIn {
    /// The files that were handed in as this material: name (64 hexadecimal digits) and size in bytes.
    package var keptFiles: [(digest: String, size: Int)] {
        guard case .files(let files) = source else { return [] }
        return files.map { ($0.digest, $0.size) }
    }

    /// The same material without one of its files; nil when none is left.
    package func without(_ digest: String) -> HandedIn? {
        guard case .files(let files) = source else { return self }
        let rest = files.filter { $0.digest != digest }
        return rest.isEmpty ? nil : HandedIn(material, .files(rest))
    }

    /// The same material with one more file.
    package func adding(_ file: BlobRef) -> HandedIn {
        guard case .files(let files) = source else { return HandedIn(material, .files([file])) }
        return HandedIn(material, .files(files.filter { $0 != file } + [file]))
    }
}

extension Upload {
    /// Keeps the file and answers it as a material that is handed in.
    package func handIn(as material: String) async throws -> HandedIn {
        HandedIn(material, .files([try await finish()]))
    }
}

extension HandedIn {
    /// The same material with the files of another one.
    package func joined(with other: HandedIn) -> HandedIn {
        guard case .files(let more) = other.source else { return self }
        return more.reduce(self) { $0.adding($1) }
    }
}

extension Hall {
    /// The bytes of a file by its digest, if it is one of these materials'; nil otherwise.
    package func bytes(ofFile digest: String, among materials: [HandedIn]) async throws -> [UInt8]? {
        for material in materials {
            guard case .files(let files) = material.source, let file = files.first(where: { $0.digest == digest })
            else {
                continue
            }
            return try await bytes(of: file)
        }
        return nil
    }
}
