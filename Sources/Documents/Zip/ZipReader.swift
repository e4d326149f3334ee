import CMinizip
import CZlib

/// A ZIP archive in memory. Every entry is listed and held against the limits before the first one is unpacked, and
/// what unpacks to more than it promised is refused: a small file cannot fill the memory.
package struct ZipReader: Sendable {
    /// LIMIT: entries of an archive, bytes of one unpacked and of all, and how much larger than the packed bytes all
    /// may be once they are more than `ratioFreeBytes`.
    package static let entriesMax = 1_000
    package static let entryBytesMax = 384 * 1024 * 1024
    package static let totalBytesMax = 512 * 1024 * 1024
    package static let ratioMax = 200
    static let ratioFreeBytes = 4 * 1024 * 1024
    /// LIMIT: bytes of a name.
    private static let nameBytesMax = 512
    /// LIMIT: bytes that are unpacked at a time.
    private static let pieceBytes = 256 * 1024

    /// The names in the order of the archive.
    package let names: [String]
    private let bytes: [UInt8]

    /// Lists an archive that unpacks to at most so many bytes. Throws `ZipRefusal`.
    package init(_ bytes: [UInt8], totalBytesMax: Int = ZipReader.totalBytesMax) throws {
        guard bytes.starts(with: [0x50, 0x4B]) else { throw ZipRefusal.notAnArchive }
        self.bytes = bytes
        names = try Self.open(bytes) { archive in
            var (names, folded, total): ([String], Set<String>, UInt64) = ([], [], 0)
            var status = unzGoToFirstFile(archive)
            while status == UNZ_OK {
                let (name, info) = try Self.entry(archive)
                guard names.count < Self.entriesMax else { throw ZipRefusal.tooManyEntries }
                guard info.flag & 1 == 0 else { throw ZipRefusal.encrypted }
                guard folded.insert(name.lowercased()).inserted else { throw ZipRefusal.nameTwice }
                total = total.addingReportingOverflow(info.uncompressed_size).partialValue
                guard info.uncompressed_size <= UInt64(Self.entryBytesMax), total <= UInt64(totalBytesMax),
                    total <= UInt64(max(Self.ratioFreeBytes, bytes.count * Self.ratioMax))
                else { throw ZipRefusal.unpacksTooLarge }
                names.append(name)
                status = unzGoToNextFile(archive)
            }
            guard status == UNZ_END_OF_LIST_OF_FILE, !names.isEmpty else { throw ZipRefusal.damaged }
            return names
        }
    }

    /// The bytes of an entry; nil when there is none of this name. Throws `ZipRefusal.damaged` when they are not what
    /// the archive promises, checksum and length.
    package func entry(_ name: String) throws -> [UInt8]? {
        guard let place = names.firstIndex(of: name) else { return nil }
        return try Self.open(bytes) { archive in
            var status = unzGoToFirstFile(archive)
            for _ in 0..<place where status == UNZ_OK { status = unzGoToNextFile(archive) }
            guard status == UNZ_OK else { throw ZipRefusal.damaged }
            return try Self.unpacked(archive)
        }
    }

    /// The bytes of the entry at which the archive stands: exactly as many as it promises, with its checksum.
    private static func unpacked(_ archive: unzFile) throws -> [UInt8] {
        let info = try entry(archive).info
        var method = Int32(0)
        guard unzOpenCurrentFile2(archive, &method, nil, 1) == UNZ_OK else { throw ZipRefusal.damaged }
        let packed =
            info.compressed_size <= UInt64(entryBytesMax) ? packed(archive, Int(info.compressed_size)) : nil
        guard unzCloseCurrentFile(archive) == UNZ_OK, let packed else { throw ZipRefusal.damaged }
        let size = Int(info.uncompressed_size)
        let content: [UInt8]? =
            switch method {
            case 0: packed.count == size ? packed : nil
            case Z_DEFLATED: Inflate.unpacked(packed, size: size)
            default: nil
            }
        guard let content, Deflate.sum(content) == UInt32(truncatingIfNeeded: info.crc) else {
            throw ZipRefusal.damaged
        }
        return content
    }

    /// The bytes of every entry in the order of the archive. Throws `ZipRefusal.damaged` like `entry`.
    package func entries() throws -> [(name: String, bytes: [UInt8])] {
        try Self.open(bytes) { archive in
            var status = unzGoToFirstFile(archive)
            return try names.map { name in
                guard status == UNZ_OK else { throw ZipRefusal.damaged }
                let content = try Self.unpacked(archive)
                status = unzGoToNextFile(archive)
                return (name, content)
            }
        }
    }

    /// The bytes of the open entry as they lie in the archive; nil when they are fewer or more than `count`.
    private static func packed(_ archive: unzFile, _ count: Int) -> [UInt8]? {
        var packed: [UInt8] = []
        packed.reserveCapacity(count)
        // One byte more than promised, so that what is longer shows.
        let room = min(count + 1, pieceBytes)
        var piece = [UInt8](repeating: 0, count: room)
        while true {
            let read = Int(unzReadCurrentFile(archive, &piece, UInt32(room)))
            guard read >= 0, packed.count + read <= count else { return nil }
            if read == 0 { return packed.count == count ? packed : nil }
            packed.append(contentsOf: piece.prefix(read))
        }
    }

    private static func entry(_ archive: unzFile) throws -> (name: String, info: unz_file_info64) {
        var info = unz_file_info64()
        var buffer = [CChar](repeating: 0, count: nameBytesMax + 1)
        guard
            unzGetCurrentFileInfo64(archive, &info, &buffer, UInt(nameBytesMax), nil, 0, nil, 0) == UNZ_OK
        else { throw ZipRefusal.damaged }
        let length = Int(info.size_filename)
        guard (1...nameBytesMax).contains(length),
            let name = String(validating: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self),
            isSafe(name)
        else { throw ZipRefusal.unsafeName }
        return (name, info)
    }

    /// Whether the name stays within the archive.
    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return !name.hasPrefix("/") && !parts.contains("..") && !parts.contains(".")
            && !name.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") }
    }

    private static func open<Value>(_ bytes: [UInt8], _ work: (unzFile) throws -> Value) throws -> Value {
        try ZipMemory(bytes).open { functions in
            guard let archive = unzOpen2_64("memory", &functions) else { throw ZipRefusal.notAnArchive }
            defer { unzClose(archive) }
            return try work(archive)
        }
    }
}
