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

/// Packs entries one after another with one compressor.
final class ZipPacker {
    private let deflate: Deflate?

    /// Packs at a level: 0 stores, 1 is fastest, 12 smallest.
    init(level: Int) {
        deflate = level == 0 ? nil : Deflate(level: level)
    }

    /// The entry of these bytes; `isStored` leaves them as they are, for what is packed already.
    func entry(_ name: String, _ bytes: [UInt8], isStored: Bool = false) -> ZipEntry {
        let packed = isStored ? nil : deflate?.raw(bytes)
        return ZipEntry(
            name: Array(name.utf8), sum: Deflate.sum(bytes), size: bytes.count, isStored: packed == nil,
            packed: packed ?? bytes)
    }
}

/// Packs entries whose bytes come in pieces, so that only what is packed lies in memory (zlib).
final class ZipPiecePacker {
    private var stream = z_stream()
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

    init() {
        let status = deflateInit2_(
            &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has memory")
    }

    deinit { deflateEnd(&stream) }

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
        var end: [UInt8] = []
        write(&end, Z_FINISH, to: &packed)
        return ZipEntry(name: Array(name.utf8), sum: UInt32(sum), size: size, isStored: false, packed: packed)
    }

    private func write(_ piece: inout [UInt8], _ flush: Int32, to packed: inout [UInt8]) {
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
