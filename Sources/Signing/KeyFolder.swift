import Foundation
import Vocabulary

/// A folder of secrets: mode 0700, its files 0600, each written once and durable before its name appears.
struct KeyFolder: Sendable {
    /// LIMIT: bytes of one file.
    static let fileBytesMax = 16 * 1024
    private let path: String

    /// Uses the folder, or makes it. Refuses one that others may use.
    init(path: String) throws {
        self.path = path
        let parent = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw Fault.unavailable("cannot make the folder \(parent)")
        }
        if mkdir(path, 0o700) == 0 {
            try Self.sync(folder: parent)
        } else if errno != EEXIST {
            throw Self.fault()
        }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw KeyRingRefusal.exposedFile(path) }
        defer { close(descriptor) }
        try Self.check(descriptor, type: S_IFDIR, name: path)
    }

    /// The bytes of a file; nil when there is none. Refuses one that others may use and one that is too long.
    func read(_ name: String) throws -> [UInt8]? {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw KeyRingRefusal.exposedFile(name)
            default: throw Self.fault()
            }
        }
        defer { close(descriptor) }
        try Self.check(descriptor, type: S_IFREG, name: name)
        var bytes = [UInt8](repeating: 0, count: Self.fileBytesMax + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw Self.fault() }
            if got == 0 { break }
            count += got
        }
        guard count <= Self.fileBytesMax else { throw KeyRingRefusal.tornFile(name) }
        return Array(bytes.prefix(count))
    }

    /// Writes a new file; false, and nothing is written, when there is one of this name.
    ///
    /// The finished file gets its name by `link`, not by `rename`: of two processes that make the same key at once the
    /// later one must not replace the key that the earlier one may already have signed with.
    func create(_ name: String, _ bytes: [UInt8]) throws -> Bool {
        precondition(bytes.count <= Self.fileBytesMax, "a key file beyond its limit")
        let temporary = "\(path)/.\(name).\(Hex.text(Dice.system.bytes(8)))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.fault() }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        guard fchmod(descriptor, 0o600) == 0 else { throw Self.fault() }
        try Self.write(bytes, to: descriptor)
        guard fsync(descriptor) == 0 else { throw Self.fault() }
        guard link(temporary, "\(path)/\(name)") == 0 else {
            if errno == EEXIST { return false }
            throw Self.fault()
        }
        try Self.sync(folder: path)
        return true
    }

    /// Which file stands under a name: another one has another mark, also after it was replaced.
    struct Mark: Equatable, Sendable {
        let inode: UInt64
        let seconds: Int
        let nanoseconds: Int
    }

    /// The mark of a file; nil when there is none.
    func mark(_ name: String) throws -> Mark? {
        var status = stat()
        guard lstat("\(path)/\(name)", &status) == 0 else {
            guard errno == ENOENT else { throw Self.fault() }
            return nil
        }
        return Mark(
            inode: UInt64(status.st_ino), seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
    }

    /// Removes a file for good; does nothing when there is none.
    func remove(_ name: String) throws {
        guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else { throw Self.fault() }
        try Self.sync(folder: path)
    }

    /// The names of the files with this ending, in order; unfinished ones left out.
    func names(endingWith suffix: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
        } catch {
            throw Fault.unavailable("cannot list the folder \(path)")
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw fault() }
            rest = rest.dropFirst(written)
        }
    }

    private static func check(_ descriptor: Int32, type: mode_t, name: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault() }
        guard status.st_mode & S_IFMT == type, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw KeyRingRefusal.exposedFile(name)
        }
    }

    private static func sync(folder: String) throws {
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault() }
    }

    private static func fault() -> Fault {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .storageFull }
        return .unavailable("keys: \(String(cString: strerror(code)))")
    }
}
