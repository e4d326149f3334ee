package import Vocabulary

/// What a seal says of itself, without who vouches for it (SES_SealInfo of GB/T 38540-2020).
package struct SealFacts: Sendable, Hashable {
    /// LIMIT: bytes of a text of a seal or its signature.
    package static let textBytesMax = 1024
    /// LIMIT: certificates, or digests of them, in the list of who may use the seal.
    package static let certificatesMax = 256
    /// LIMIT: bytes of one certificate.
    package static let certificateBytesMax = 16 * 1024
    /// LIMIT: bytes of the picture.
    package static let pictureBytesMax = 768 * 1024
    /// LIMIT: extensions.
    package static let extensionsMax = 32

    /// The seal's number in the register (esID).
    package let id: String
    /// Who made the software (Vid).
    package let vendor: String
    /// The body's name on the seal.
    package let name: String
    /// 1 for a body's seal (单位印章), 2 for a person's.
    package let type: Int
    /// Who may use the seal.
    package let certificates: SealCertificates
    package let createdAt: Instant
    package let validFrom: Instant
    package let validUntil: Instant
    package let picture: SealPicture
    package let extensions: [SealExtension]

    /// The facts of a new seal; times are cut to whole seconds when they are written.
    package init(
        id: String, vendor: String = "OneWindow", name: String, type: Int = 1, certificates: SealCertificates,
        createdAt: Instant, validFrom: Instant, validUntil: Instant, picture: SealPicture
    ) {
        (self.id, self.vendor, self.name, self.type, self.certificates) = (id, vendor, name, type, certificates)
        (self.createdAt, self.validFrom, self.validUntil, self.picture) = (createdAt, validFrom, validUntil, picture)
        extensions = []
    }
}

/// Who may use a seal: whole certificates, or digests of them (certListType 1 and 2).
package enum SealCertificates: Sendable, Hashable {
    /// A digest with what the seal says of how it was made: free text, `SM3` where we write it.
    package struct Digest: Sendable, Hashable {
        package let type: String
        package let value: [UInt8]

        package init(type: String, value: [UInt8]) {
            self.type = type
            self.value = value
        }
    }

    /// DER of each certificate.
    case certificates([[UInt8]])
    case digests([Digest])
}

/// The picture of a seal.
package struct SealPicture: Sendable, Hashable {
    /// As the seal says it: `png`, `PNG`, `GIF`, `ofd` are seen.
    package let type: String
    package let data: [UInt8]
    /// Millimetres.
    package let width: Int
    package let height: Int

    package init(type: String, data: [UInt8], width: Int, height: Int) {
        (self.type, self.data, self.width, self.height) = (type, data, width, height)
    }
}

/// A datum that the structure leaves to others (ExtData).
package struct SealExtension: Sendable, Hashable {
    /// The object identifier with its dots.
    package let id: String
    /// Whether one who does not know it must not rely on the seal.
    package let isCritical: Bool
    package let value: [UInt8]
}
