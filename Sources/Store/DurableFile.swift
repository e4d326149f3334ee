import Foundation
import Vocabulary

/// Files that are whole and on the disk before their name appears.
package enum DurableFile {
    /// Brings a finished file to the disk and gives it its name.
    static func publish(_ unfinished: String, as path: String) throws {
        let descriptor = open(unfinished, O_RDONLY)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0, rename(unfinished, path) == 0 else { throw fault() }
        let folder = (path as NSString).deletingLastPathComponent
        try syncDirectory(folder.isEmpty ? "." : folder)
    }

    /// Writes a file whole under a name in an open folder: until it is on the disk it has another name, which begins
    /// with a dot. What a process that died left there is written over.
    package static func write(_ bytes: [UInt8], as name: String, in folder: Int32) throws {
        let unfinished = ".\(name).unfinished"
        guard unlinkat(folder, unfinished, 0) == 0 || errno == ENOENT else { throw fault() }
        let descriptor = openat(folder, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o660)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw fault() }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(descriptor) == 0, renameat(folder, unfinished, folder, name) == 0, fsync(folder) == 0 else {
            throw fault()
        }
    }

    /// Brings the names in a folder to the disk.
    static func syncDirectory(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault() }
    }

    /// What the system call that just failed says.
    static func fault() -> Fault {
        errno == ENOSPC || errno == EDQUOT ? .storageFull : .unavailable("file: \(String(cString: strerror(errno)))")
    }
}
