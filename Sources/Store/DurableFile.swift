import Foundation
import Vocabulary

/// Files that are whole and on the disk before their name appears.
enum DurableFile {
    /// Brings a finished file to the disk and gives it its name.
    static func publish(_ unfinished: String, as path: String) throws {
        let descriptor = open(unfinished, O_RDONLY)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0, rename(unfinished, path) == 0 else { throw fault() }
        let folder = (path as NSString).deletingLastPathComponent
        try syncDirectory(folder.isEmpty ? "." : folder)
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
