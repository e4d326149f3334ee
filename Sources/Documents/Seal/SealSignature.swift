package import Signing
import SwiftASN1
package import Vocabulary

/// A signature with a seal (SES_Signature of GB/T 38540-2020, version 4; the file `SignedValue.dat` of an OFD).
///
/// Reading keeps the received bytes of everything that is signed, so that signatures are verified over what stands in
/// the file and never over what we would have written.
package struct SealSignature: Sendable, Hashable {
    /// LIMIT: bytes of a signature with its seal.
    package static let bytesMax = ElectronicSeal.bytesMax + 256 * 1024
    /// Signed data (GB/T 35275), which OFD knows beside signatures with a seal.
    private static let signedDataIdentifier = "1.2.156.10197.6.1.4.2.2"

    /// The whole signature.
    package let der: [UInt8]
    /// DER(toSign) as received: what the sealer signed.
    package let signed: [UInt8]
    package let seal: ElectronicSeal
    /// The seal as received, to be compared with `Seal.esl`.
    package var sealBytes: [UInt8] { seal.der }
    /// When the sealer says that it was made.
    package let madeAt: Instant
    /// The digest of what is sealed: SM3 of Signature.xml in an OFD.
    package let dataHash: [UInt8]
    /// Where that stands: `/Doc_0/Signs/Sign_0/Signature.xml`.
    package let propertyInfo: String
    package let extensions: [SealExtension]
    /// The sealer's certificate, DER.
    package let certificate: [UInt8]
    /// How the sealer signed: an object identifier with its dots.
    package let algorithm: String
    package let signature: [UInt8]
    /// The token of a time-stamping authority over the signature; nil without one.
    package let timeStamp: [UInt8]?

    /// Whether there is such a token.
    package var hasTimeStamp: Bool { timeStamp != nil }

    /// Reads a signature. Refuses whatever is not DER; other versions and signed data by their names.
    package init(der: [UInt8]) throws(SealDefect) {
        let root = try SealFields.root(der, limit: Self.bytesMax, "SES_Signature")
        var fields = try SealFields(root, "SES_Signature")
        if fields.count == 2 { throw Self.otherKind(fields) }
        let node = try fields.node("toSign")
        var toSign = try SealFields(node, "toSign")
        let version = try toSign.integer("version")
        guard version == SealFacts.version else { throw .unsupportedVersion(version) }
        seal = try ElectronicSeal(try toSign.node("eseal"))
        madeAt = try toSign.time("timeInfo")
        dataHash = try toSign.bits("dataHash")
        propertyInfo = try toSign.text("propertyInfo", .ia5String)
        let extra = try Self.tagged(&toSign, "extDatas")
        extensions = if let extra { try SealExtension.list(extra) } else { [] }
        try toSign.end()
        certificate = try fields.octets("cert")
        guard (1...SealFacts.certificateBytesMax).contains(certificate.count) else { throw fields.defect("cert") }
        algorithm = try fields.identifier("signatureAlgID")
        signature = try fields.bits("signature")
        let token = try Self.tagged(&fields, "timeStamp")
        timeStamp = if let token { try SealFields.bits(token, "timeStamp") } else { nil }
        try fields.end()
        signed = Array(node.encodedBytes)
        self.der = der
    }

    /// What two fields in the place of four say: signed data begins with its identifier, and version 1 has its
    /// certificate among what is signed.
    private static func otherKind(_ fields: SealFields) -> SealDefect {
        var fields = fields
        if fields.optional(.sequence) != nil { return .unsupportedVersion(1) }
        do throws(SealDefect) {
            return try fields.identifier("contentType") == signedDataIdentifier
                ? .signedData : .malformed("SES_Signature")
        } catch { return error }
    }

    /// The value under an explicit `[0]`; nil where there is none.
    private static func tagged(_ fields: inout SealFields, _ name: String) throws(SealDefect) -> ASN1Node? {
        guard let node = fields.optional(ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)) else {
            return nil
        }
        guard case .constructed(let nodes) = node.content else { throw fields.defect(name) }
        var inner = nodes.makeIterator()
        guard let value = inner.next(), inner.next() == nil else { throw fields.defect(name) }
        return value
    }

    /// Seals a digest. The bytes follow from the arguments but for the sealer's signature. Refuses a `propertyInfo`
    /// that is not ASCII.
    package static func made(
        with seal: ElectronicSeal, by sealer: any Signer, certificate: [UInt8], over dataHash: [UInt8],
        of propertyInfo: String, at instant: Instant
    ) throws -> [UInt8] {
        var (version, rest, end) = (DER.Serializer(), DER.Serializer(), DER.Serializer())
        try version.serialize(SealFacts.version)
        try rest.serialize(try instant.generalized)
        try rest.serialize(ASN1BitString(bytes: dataHash[...]))
        try rest.serialize(try ASN1IA5String(propertyInfo))
        let toSign = sequence(version.serializedBytes, seal.der, rest.serializedBytes)
        try end.serialize(ASN1OctetString(contentBytes: certificate[...]))
        try end.serialize(try ASN1ObjectIdentifier(dotRepresentation: sealer.algorithm.objectIdentifier))
        try end.serialize(ASN1BitString(bytes: try sealer.sign(toSign)[...]))
        return sequence(toSign, end.serializedBytes)
    }

    /// A SEQUENCE of DER that is there already: the serializer would move the seal twice for the lengths before it.
    private static func sequence(_ parts: [UInt8]...) -> [UInt8] {
        let count = parts.reduce(0) { $0 + $1.count }
        let size = (count.bitWidth - count.leadingZeroBitCount + 7) / 8
        var der: [UInt8] = [0x30]
        der.reserveCapacity(count + 6)
        if count < 0x80 {
            der.append(UInt8(count))
        } else {
            der.append(0x80 | UInt8(size))
            for index in stride(from: size - 1, through: 0, by: -1) { der.append(UInt8(count >> (8 * index) & 0xFF)) }
        }
        for part in parts { der += part }
        return der
    }
}
