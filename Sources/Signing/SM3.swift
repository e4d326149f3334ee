import COpenSSL

/// The SM3 digest (GB/T 32905-2016, OID 1.2.156.10197.1.401): 32 bytes.
package enum SM3 {
    /// Bytes of a digest.
    package static let byteCount = 32

    /// The digest of the bytes.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        let result = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sm3(), nil)
        precondition(result == 1, "libcrypto computes no SM3")
        return digest
    }

    /// A digest of bytes that arrive one after another. It cannot be copied, and `finish` ends it.
    package struct Hasher: ~Copyable {
        private let context: OpaquePointer

        /// Begins a digest.
        package init() {
            guard let context = EVP_MD_CTX_new() else { preconditionFailure("libcrypto has no memory") }
            self.context = context
            precondition(EVP_DigestInit_ex(context, EVP_sm3(), nil) == 1, "libcrypto computes no SM3")
        }

        deinit { EVP_MD_CTX_free(context) }

        /// Takes in more bytes.
        package mutating func update(_ bytes: some Sequence<UInt8>) {
            let taken: Void? = bytes.withContiguousStorageIfAvailable { update($0.baseAddress, $0.count) }
            if taken == nil { Array(bytes).withUnsafeBufferPointer { update($0.baseAddress, $0.count) } }
        }

        /// The digest of everything taken in.
        package consuming func finish() -> [UInt8] {
            final()
        }

        // Borrowing, because `self` and its context outlive the body.
        private borrowing func final() -> [UInt8] {
            var digest = [UInt8](repeating: 0, count: SM3.byteCount)
            precondition(EVP_DigestFinal_ex(context, &digest, nil) == 1, "libcrypto computes no SM3")
            return digest
        }

        private func update(_ start: UnsafePointer<UInt8>?, _ count: Int) {
            guard count > 0 else { return }
            precondition(EVP_DigestUpdate(context, start, count) == 1, "libcrypto computes no SM3")
        }
    }
}
