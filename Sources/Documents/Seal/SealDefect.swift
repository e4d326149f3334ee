/// Why bytes are not read as a seal or a seal's signature of GB/T 38540-2020 (version 4).
package enum SealDefect: Error, Hashable, Sendable {
    /// Not DER, or not the structure; the text names the field where it shows.
    case malformed(String)
    /// More bytes than `ElectronicSeal.bytesMax` or `SealSignature.bytesMax`.
    case tooLarge
    /// Another version of the structure: 1 is GM/T 0031-2014, 5 is GM/T 0031-2025. Neither valid nor invalid for us.
    case unsupportedVersion(Int)
    /// Signed data of GB/T 35275 stands in the place of a seal's signature (`Type="Sign"` in OFD).
    case signedData
}
