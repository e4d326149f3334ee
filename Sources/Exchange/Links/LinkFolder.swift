import Foundation
import Store
import Vocabulary

/// The folders by which a link goes that speaks through files. Nothing leads out of them: no name with a slash, and no
/// symbolic link, of a file or of a folder, is followed.
///
/// These calls block on the disk, perhaps on another machine's: run them on `Workers`.
struct LinkFolder: Sendable {
    /// One of the folders.
    enum Part: String, CaseIterable {
        case to
        case toReceipts = "to-receipts"
        case from
        case fromReceipts = "from-receipts"
        case files
    }

    /// What stands under a name.
    enum Found {
        case nothing
        /// A folder, a link, a pipe, or a file that is larger than it may be. It was not read.
        case unfit
        /// The bytes, and when they were changed last.
        case file([UInt8], changed: Instant)
    }

    /// LIMIT: names of one folder.
    static let namesMax = 100_000
    private static let pieceBytes = 1 << 16

    let root: String

    /// Makes the folders that are not there yet.
    func make() throws {
        for part in Part.allCases {
            guard mkdir("\(root)/\(part.rawValue)", 0o770) == 0 || errno == EEXIST else { throw Self.trouble(part) }
        }
        for part in Part.allCases { try within(part) { _ in } }
    }

    /// The names in a folder, in no order, without those that begin with a dot.
    func names(in part: Part) throws -> [String] {
        try within(part) { descriptor in
            // The stream closes its descriptor, and reads on where the other one stands.
            let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard copy >= 0, let stream = fdopendir(copy) else { throw Self.trouble(part) }
            defer { closedir(stream) }
            var names: [String] = []
            errno = 0
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
                }
                if !name.hasPrefix(".") { names.append(name) }
                guard names.count <= Self.namesMax else {
                    throw LinkTrouble(.unreadable, message: "\(part.rawValue): more than \(Self.namesMax) names")
                }
                errno = 0
            }
            guard errno == 0 else { throw Self.trouble(part) }
            return names
        }
    }

    /// Whether anything stands under a name.
    func has(_ name: String, in part: Part) throws -> Bool {
        try within(part) { descriptor in
            guard faccessat(descriptor, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 else { return true }
            guard errno == ENOENT else { throw Self.trouble(part) }
            return false
        }
    }

    /// What stands under a name; at most so many bytes are read.
    func file(_ name: String, in part: Part, bytesMax: Int) throws -> Found {
        try within(part) { folder in
            // Not blocking: a pipe without a writer would hold up whoever opens it.
            let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else {
                switch errno {
                case ENOENT: return .nothing
                case ELOOP, ENXIO: return .unfit
                // Somebody's mistake, and soon mended: whoever called it unfit would have lost it.
                case EACCES: throw LinkTrouble(.unreadable, message: "\(part.rawValue)/\(name): permission denied")
                default: throw Self.trouble(part)
                }
            }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.trouble(part) }
            guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= bytesMax else { return .unfit }
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
            while true {
                let count = read(descriptor, &piece, piece.count)
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw Self.trouble(part) }
                if count == 0 { break }
                bytes += piece[..<count]
                // It grows while it is read.
                guard bytes.count <= bytesMax else { return .unfit }
            }
            return .file(bytes, changed: Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1000))
        }
    }

    /// Writes a file whole, over one of the same name.
    func write(_ bytes: [UInt8], as name: String, in part: Part) throws {
        try within(part) { folder in
            do {
                try DurableFile.write(bytes, as: name, in: folder)
            } catch let fault as Fault {
                throw LinkTrouble(.unanswered, .unreachable, message: "\(part.rawValue)/\(name): \(fault)")
            }
        }
    }

    /// Takes a file away, if it is there.
    func remove(_ name: String, in part: Part) throws {
        try within(part) { folder in
            guard unlinkat(folder, name, 0) == 0 || errno == ENOENT else { throw Self.trouble(part) }
        }
    }

    private func within<Value>(_ part: Part, _ work: (Int32) throws -> Value) throws -> Value {
        let descriptor = open("\(root)/\(part.rawValue)", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.trouble(part) }
        defer { close(descriptor) }
        return try work(descriptor)
    }

    private static func trouble(_ part: Part) -> LinkTrouble {
        LinkTrouble(.unanswered, .unreachable, message: "\(part.rawValue): \(String(cString: strerror(errno)))")
    }
}
