import CMinizip

/// A file in memory as minizip reads it: its callbacks for open, read, tell, seek and close.
final class ZipMemory {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Lets minizip work on the memory.
    // SAFETY: minizip keeps the pointer to this object no longer than until it closes the archive, and every caller
    // closes it within the closure; `withExtendedLifetime` keeps the object until then. minizip calls back on the
    // calling thread only, and asks for no more bytes than its buffers hold.
    func open<Value>(_ work: (inout zlib_filefunc64_def) throws -> Value) rethrows -> Value {
        var functions = zlib_filefunc64_def()
        functions.opaque = Unmanaged.passUnretained(self).toOpaque()
        functions.zopen64_file = { opaque, _, _ in opaque }
        functions.zread_file = { opaque, _, buffer, size in
            guard let buffer else { return 0 }
            return ZipMemory.at(opaque).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)))
        }
        functions.ztell64_file = { opaque, _ in ZPOS64_T(ZipMemory.at(opaque).place) }
        functions.zseek64_file = { opaque, _, offset, origin in
            ZipMemory.at(opaque).seek(offset, from: origin) ? 0 : -1
        }
        functions.zclose_file = { _, _ in 0 }
        functions.zerror_file = { _, _ in 0 }
        return try withExtendedLifetime(self) { try work(&functions) }
    }

    private static func at(_ opaque: UnsafeMutableRawPointer?) -> ZipMemory {
        guard let opaque else { preconditionFailure("minizip lost the memory it works on") }
        return Unmanaged<ZipMemory>.fromOpaque(opaque).takeUnretainedValue()
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> UInt {
        let count = min(buffer.count, bytes.count - place)
        guard count > 0 else { return 0 }
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + count])) }
        place += count
        return UInt(count)
    }

    /// A place within the bytes or right behind them; false for any other, which a damaged archive may ask for.
    private func seek(_ offset: ZPOS64_T, from origin: Int32) -> Bool {
        let start =
            switch origin {
            case ZLIB_FILEFUNC_SEEK_SET: 0
            case ZLIB_FILEFUNC_SEEK_CUR: place
            default: bytes.count
            }
        guard let offset = Int(exactly: offset), offset <= bytes.count - start else { return false }
        place = start + offset
        return true
    }
}
