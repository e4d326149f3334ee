import CMinizip
import CZlib

/// An entry of an archive, packed: it can be put into any number of archives.
struct ZipEntry: Sendable {
    let name: [UInt8]
    /// The CRC-32 of the bytes.
    let sum: UInt32
    /// Bytes before packing.
    let size: Int
    let isStored: Bool
    let packed: [UInt8]
}

/// Packs entries one after another with one compressor (RFC 1951), which is expensive to set up.
final class ZipPacker {
    private var stream = z_stream()
    private var buffer: [UInt8] = []
    let level: Int

    /// Packs at a level of zlib: 0 stores, 1 is fastest, 9 smallest.
    init(level: Int) {
        self.level = level
        let status = deflateInit2_(
            &stream, Int32(level), Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has memory")
    }

    deinit { deflateEnd(&stream) }

    /// The entry of these bytes; `isStored` leaves them as they are, for what is packed already.
    func entry(_ name: String, _ bytes: [UInt8], isStored: Bool = false) -> ZipEntry {
        let isStored = isStored || level == 0
        let sum = bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        return ZipEntry(
            name: Array(name.utf8), sum: UInt32(sum), size: bytes.count, isStored: isStored,
            packed: isStored ? bytes : deflated(bytes))
    }

    /// The entry of bytes that come in pieces.
    func entry(_ name: String, pieces: any Sequence<[UInt8]>) -> ZipEntry {
        var (sum, size) = (crc32(0, nil, 0), 0)
        var packed: [UInt8] = []
        deflateReset(&stream)
        for var piece in pieces {
            sum = piece.withUnsafeBufferPointer { crc32(sum, $0.baseAddress, UInt32($0.count)) }
            size += piece.count
            write(&piece, Z_NO_FLUSH, to: &packed)
        }
        finish(&packed)
        return ZipEntry(name: Array(name.utf8), sum: UInt32(sum), size: size, isStored: false, packed: packed)
    }

    private func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var (bytes, packed) = (bytes, [UInt8]())
        deflateReset(&stream)
        write(&bytes, Z_FINISH, to: &packed)
        return packed
    }

    private func finish(_ packed: inout [UInt8]) {
        var end: [UInt8] = []
        write(&end, Z_FINISH, to: &packed)
    }

    private func write(_ piece: inout [UInt8], _ flush: Int32, to packed: inout [UInt8]) {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: 64 * 1024) }
        let capacity = buffer.count
        piece.withUnsafeMutableBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                repeat {
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(capacity)
                    let status = deflate(&stream, flush)
                    precondition(status != Z_STREAM_ERROR, "zlib keeps its state")
                    packed.append(contentsOf: output[..<(capacity - Int(stream.avail_out))])
                } while stream.avail_out == 0
            }
        }
    }
}
