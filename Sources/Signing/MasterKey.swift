import Crypto
import Foundation
import Vocabulary

/// The key-encryption key of a ring, 32 bytes, written as 64 hexadecimal digits.
struct MasterKey: Sendable {
    static let fileName = "master.key"
    let key: SymmetricKey

    /// From the value of the setting, digits in either case; refuses everything else.
    init(text: String) throws(KeyRingRefusal) {
        guard text.utf8.count == 64, let bytes = Hex.bytes(text.lowercased()) else { throw .malformedMasterKey }
        key = SymmetricKey(data: bytes)
    }

    /// From the folder's own file, which is made when `mayMake` says that nothing was sealed yet.
    init(in folder: KeyFolder, mayMake: Bool) throws {
        var bytes = try folder.read(Self.fileName)
        if bytes == nil, mayMake {
            let digits = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.text($0) }
            // When another process was quicker, its key is the ring's.
            _ = try folder.create(Self.fileName, Array("\(digits)\n".utf8))
            bytes = try folder.read(Self.fileName)
        }
        guard let bytes else { throw KeyRingRefusal.missingMasterKey }
        guard bytes.last == UInt8(ascii: "\n") else { throw KeyRingRefusal.malformedMasterKey }
        try self.init(text: String(decoding: bytes.dropLast(), as: UTF8.self))
    }
}
