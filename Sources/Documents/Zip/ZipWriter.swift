/// Makes a ZIP archive in memory. Every entry bears 1 January 1980, the first day that ZIP knows, so that the same
/// entries are the same bytes.
package struct ZipWriter {
    private static let firstDay = 0x0021
    /// 2.0: folders and deflated entries.
    private static let version = 20
    /// Names are UTF-8.
    private static let flags = 0x0800

    /// An archive of entries in this order; each entry's bytes may come in pieces.
    package static func bytes(of entries: [(name: String, pieces: any Sequence<[UInt8]>)]) -> [UInt8] {
        let packer = ZipPiecePacker()
        return bytes(of: entries.map { packer.entry($0.name, pieces: $0.pieces) })
    }

    /// An archive of files as they are, in this order: a short program can make the same bytes again.
    package static func stored(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        let packer = ZipPacker(level: 0)
        return bytes(of: files.map { packer.entry($0.name, $0.bytes, isStored: true) })
    }

    /// An archive of packed entries in this order, less than 4 GiB in all.
    static func bytes(of entries: [ZipEntry]) -> [UInt8] {
        var archive: [UInt8] = []
        archive.reserveCapacity(entries.reduce(64) { $0 + $1.packed.count + 2 * $1.name.count + 90 })
        var offsets: [Int] = []
        for entry in entries {
            offsets.append(archive.count)
            append([0x0403_4B50], 4, to: &archive)
            head(entry, to: &archive)
            append([0], 2, to: &archive)
            archive += entry.name
            archive += entry.packed
        }
        let start = archive.count
        for (entry, offset) in zip(entries, offsets) {
            append([0x0201_4B50], 4, to: &archive)
            append([version], 2, to: &archive)
            head(entry, to: &archive)
            // No extra field, no comment, first disk, no attributes.
            append([0, 0, 0, 0], 2, to: &archive)
            append([0, offset], 4, to: &archive)
            archive += entry.name
        }
        let size = archive.count - start
        append([0x0605_4B50], 4, to: &archive)
        append([0, 0, entries.count, entries.count], 2, to: &archive)
        append([size, start], 4, to: &archive)
        append([0], 2, to: &archive)
        precondition(archive.count <= UInt32.max && entries.count <= UInt16.max, "an archive within 4 GiB")
        return archive
    }

    /// What stands in both heads of an entry.
    private static func head(_ entry: ZipEntry, to archive: inout [UInt8]) {
        append([version, flags, entry.isStored ? 0 : 8, 0, firstDay], 2, to: &archive)
        append([Int(entry.sum), entry.packed.count, entry.size], 4, to: &archive)
        append([entry.name.count], 2, to: &archive)
    }

    /// Numbers of so many bytes, the least first.
    private static func append(_ numbers: [Int], _ bytes: Int, to archive: inout [UInt8]) {
        for number in numbers {
            for index in 0..<bytes { archive.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
        }
    }
}
