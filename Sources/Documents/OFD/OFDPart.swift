import Signing

/// A file of a package: its bytes, packed, with the digest that signatures name it by.
struct OFDPart: Sendable {
    let name: String
    let entry: ZipEntry
    /// SM3 of the bytes.
    let digest: [UInt8]

    init(_ name: String, _ bytes: [UInt8], _ packer: ZipPacker, isStored: Bool = false) {
        self.name = name
        entry = packer.entry(name, bytes, isStored: isStored)
        digest = SM3.digest(of: bytes)
    }

    private init(name: String, entry: ZipEntry, digest: [UInt8]) {
        (self.name, self.entry, self.digest) = (name, entry, digest)
    }

    /// The same file in another place.
    func renamed(_ name: String) -> OFDPart {
        let entry = ZipEntry(
            name: Array(name.utf8), sum: entry.sum, size: entry.size, isStored: entry.isStored, packed: entry.packed)
        return OFDPart(name: name, entry: entry, digest: digest)
    }
}
