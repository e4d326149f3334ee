import CZlib

/// The zlib format (RFC 1950) that PDF calls `FlateDecode`.
enum Deflate {
    /// The bytes compressed as well as zlib can; the same bytes always give the same ones.
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&result, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        precondition(status == Z_OK, "zlib refuses a buffer of the size that it asked for")
        return Array(result.prefix(Int(length)))
    }
}
