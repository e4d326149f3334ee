import CZlib

/// The zlib format (RFC 1950) that PDF calls `FlateDecode`.
enum Deflate {
    /// The bytes compressed at a level of zlib, 1 the fastest and 9 the smallest; the same bytes always give the same
    /// ones. Columns of numbers take three times as long at 9 as at 6 and are no smaller.
    static func compressed(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var result = [UInt8](repeating: 0, count: Int(length))
        let status = compress2(&result, &length, bytes, uLong(bytes.count), Int32(level))
        precondition(status == Z_OK, "zlib refuses a buffer of the size that it asked for")
        return Array(result.prefix(Int(length)))
    }
}
