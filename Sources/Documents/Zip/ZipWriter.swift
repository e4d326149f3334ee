import CMinizip

/// Makes a ZIP archive in memory. Every entry bears 1 January 1980, the first day that ZIP knows, so that the same
/// entries are the same bytes.
package struct ZipWriter {
    private static let firstDay: UInt = 0x0021_0000

    /// An archive of entries in this order; each entry's bytes may come in pieces.
    package static func bytes(of entries: [(name: String, pieces: any Sequence<[UInt8]>)]) -> [UInt8] {
        let memory = ZipMemory()
        memory.open { functions in
            guard let archive = zipOpen2_64("memory", APPEND_STATUS_CREATE, nil, &functions) else {
                preconditionFailure("minizip begins no archive in memory")
            }
            for entry in entries {
                var info = zip_fileinfo()
                info.dosDate = firstDay
                var status = zipOpenNewFileInZip64(
                    archive, entry.name, &info, nil, 0, nil, 0, nil, Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0)
                for piece in entry.pieces where status == ZIP_OK {
                    status = zipWriteInFileInZip(archive, piece, UInt32(piece.count))
                }
                precondition(status == ZIP_OK && zipCloseFileInZip(archive) == ZIP_OK, "memory takes every entry")
            }
            precondition(zipClose(archive, nil) == ZIP_OK, "memory takes the directory")
        }
        return memory.bytes
    }
}
