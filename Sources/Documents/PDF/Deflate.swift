import CZlib

/// The zlib format (RFC 1950) that PDF calls `FlateDecode`.
enum Deflate {
    /// The bytes compressed, by default as well as zlib can (1 is fastest, 9 smallest); the same bytes always give the
    /// same ones.
    static func compressed(_ bytes: [UInt8], level: Int = Int(Z_BEST_COMPRESSION)) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&result, &length, bytes, uLong(bytes.count), Int32(level))
        precondition(status == Z_OK, "zlib refuses a buffer of the size that it asked for")
        return Array(result.prefix(Int(length)))
    }
}
