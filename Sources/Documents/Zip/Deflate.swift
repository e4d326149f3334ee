import CLibdeflate

/// Compresses whole buffers (RFC 1951) by libdeflate, which takes a third to half of zlib's time for outlines of
/// letters. The same bytes always give the same ones. Used by one thread at a time; it is expensive to set up.
final class Deflate {
    private let compressor: OpaquePointer

    /// At a level, 1 the fastest and 12 the smallest.
    init(level: Int) {
        guard let compressor = libdeflate_alloc_compressor(Int32(level)) else {
            preconditionFailure("libdeflate has memory and knows the level")
        }
        self.compressor = compressor
    }

    deinit { libdeflate_free_compressor(compressor) }

    /// The bare stream, as ZIP has it.
    func raw(_ bytes: [UInt8]) -> [UInt8] {
        packed(bytes, libdeflate_deflate_compress_bound(compressor, bytes.count), libdeflate_deflate_compress)
    }

    /// The zlib format (RFC 1950), which PDF calls `FlateDecode` and PNG has in `IDAT`.
    func zlib(_ bytes: [UInt8]) -> [UInt8] {
        packed(bytes, libdeflate_zlib_compress_bound(compressor, bytes.count), libdeflate_zlib_compress)
    }

    private func packed(
        _ bytes: [UInt8], _ bound: Int,
        _ compress: (OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int) -> Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            count = bytes.withUnsafeBytes { source in
                compress(compressor, source.baseAddress, source.count, buffer.baseAddress, bound)
            }
            precondition(count > 0, "libdeflate refuses a buffer of the size that it asked for")
        }
    }

    /// The CRC-32 of ZIP and PNG.
    static func sum(_ bytes: some Collection<UInt8>) -> UInt32 {
        let sum = bytes.withContiguousStorageIfAvailable { libdeflate_crc32(0, $0.baseAddress, $0.count) }
        return sum ?? Array(bytes).withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    }
}

/// Unpacks whole buffers (RFC 1951).
enum Inflate {
    /// So many bytes, neither more nor fewer, out of all of these; nil for anything else.
    static func unpacked(_ bytes: [UInt8], size: Int) -> [UInt8]? {
        guard let decompressor = libdeflate_alloc_decompressor() else { preconditionFailure("libdeflate has memory") }
        defer { libdeflate_free_decompressor(decompressor) }
        var isWhole = false
        // One byte more, so that there is a place for what has none.
        let content = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            var (taken, made) = (0, 0)
            let result = bytes.withUnsafeBytes { source in
                libdeflate_deflate_decompress_ex(
                    decompressor, source.baseAddress, source.count, buffer.baseAddress, size, &taken, &made)
            }
            isWhole = result == LIBDEFLATE_SUCCESS && taken == bytes.count && made == size
            count = isWhole ? size : 0
        }
        return isWhole ? content : nil
    }
}
