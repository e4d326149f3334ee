import Crypto
import Foundation
package import Vocabulary

/// Large files, content-addressed in a directory: `ab/cdef…`. A file is durable before its name is given out.
///
/// These calls block on the disk: run them on `Workers`.
package struct BlobFiles: Sendable {
    private let directory: String

    /// Uses (and makes) the directory. Throws `Fault.unavailable` when it cannot be made.
    package init(directory: String) throws {
        self.directory = directory
        try Self.makeDirectory(directory + "/incoming")
    }

    /// Begins to take in a file of at most `bytesMax` bytes. `name` is any name that no other writer uses.
    package func begin(name: String, bytesMax: Int = Limits.uploadBytesMax) throws -> Writer {
        try Writer(files: self, temporary: "\(directory)/incoming/\(name)", bytesMax: bytesMax)
    }

    /// The bytes of a file; throws `Fault.corrupt` when they are not what the name says,
    /// `Fault.unavailable` when they cannot be read; nil when there is no file.
    package func bytes(of ref: BlobRef) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path(of: ref)) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: path(of: ref))))
        } catch {
            throw Fault.unavailable("file \(ref.digest) cannot be read")
        }
        guard BlobRef(of: bytes) == ref else { throw Fault.corrupt("file \(ref.digest) is torn") }
        return bytes
    }

    /// Where the file lies.
    package func path(of ref: BlobRef) -> String {
        "\(directory)/\(ref.digest.prefix(2))/\(ref.digest.dropFirst(2))"
    }

    /// The digests of all files there are, for `onewindow check`.
    package func digests() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            .filter { $0.utf8.count == 2 }
            .flatMap { prefix in
                try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(prefix)").sorted().map {
                    prefix + $0
                }
            }
    }

    /// What is on its way in, or was when a process died.
    package func incoming() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory + "/incoming").sorted()
    }

    static func makeDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Fault.unavailable("cannot make the folder \(path)")
        }
    }

    /// One file on its way in. Use it from one thread at a time.
    package final class Writer {
        private let files: BlobFiles
        private let temporary: String
        private let bytesMax: Int
        private var descriptor: Int32
        private var hasher = SHA256()
        private var size = 0

        fileprivate init(files: BlobFiles, temporary: String, bytesMax: Int) throws {
            self.files = files
            self.temporary = temporary
            self.bytesMax = bytesMax
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            guard descriptor >= 0 else { throw DurableFile.fault() }
        }

        deinit {
            abandon()
        }

        /// Adds bytes. Refuses a file that grows beyond its limit.
        package func append(_ bytes: [UInt8]) throws {
            size += bytes.count
            guard size <= bytesMax else {
                abandon()
                throw BlobRefusal.tooLarge
            }
            hasher.update(data: bytes)
            try bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while !rest.isEmpty {
                    let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if written < 0 && errno == EINTR { continue }
                    guard written > 0 else { throw DurableFile.fault() }
                    rest = rest.dropFirst(written)
                }
            }
        }

        /// Makes the file durable under its digest and answers its name.
        package func finish() throws -> BlobRef {
            guard let ref = BlobRef(digest: BlobRef.hex(hasher.finalize()), size: size) else {
                throw Fault.corrupt("a digest of the wrong length")
            }
            guard fsync(descriptor) == 0 else { throw DurableFile.fault() }
            let target = files.path(of: ref)
            let folder = String(target.dropLast(63))
            try BlobFiles.makeDirectory(folder)
            guard rename(temporary, target) == 0 else { throw DurableFile.fault() }
            close(descriptor)
            descriptor = -1
            try DurableFile.syncDirectory(folder)
            try DurableFile.syncDirectory(files.directory)
            return ref
        }

        /// Whether what was taken in so far is the whole file of this name.
        func holds(_ ref: BlobRef) -> Bool {
            let soFar = hasher
            return BlobRef(digest: BlobRef.hex(soFar.finalize()), size: size) == ref
        }

        /// Drops what was taken in so far.
        package func abandon() {
            guard descriptor >= 0 else { return }
            close(descriptor)
            unlink(temporary)
            descriptor = -1
        }
    }
}

/// A file that is refused.
package enum BlobRefusal: Refusal, Equatable {
    case tooLarge

    package var code: String { "upload.too-large" }
    package var kind: RefusalKind { .tooLarge }

    package static let codes = ["upload.too-large"]
}
