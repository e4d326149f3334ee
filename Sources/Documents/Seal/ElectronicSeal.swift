package import Signing
import SwiftASN1
import Vocabulary

/// A seal of GB/T 38540-2020, version 4 (SESeal, the file `Seal.esl`): its facts under the signature of its maker.
///
/// What `SealFacts` holds is read from the seal itself: `seal.name`, `seal.picture`.
@dynamicMemberLookup
package struct ElectronicSeal: Sendable, Hashable {
    /// LIMIT: bytes of a seal.
    package static let bytesMax = 1024 * 1024

    /// The whole seal as received.
    package let der: [UInt8]
    /// DER(eSealInfo) as received: what the maker signed.
    package let info: [UInt8]
    package let facts: SealFacts
    /// The maker's certificate, DER.
    package let makerCertificate: [UInt8]
    /// How the maker signed: an object identifier with its dots.
    package let algorithm: String
    package let signature: [UInt8]

    /// The version in the header: always 4, since others are not read.
    package var version: Int { SealFacts.version }

    package subscript<Value>(dynamicMember fact: KeyPath<SealFacts, Value>) -> Value { facts[keyPath: fact] }

    /// Reads a seal. Refuses whatever is not DER, and other versions by their number.
    package init(der: [UInt8]) throws(SealDefect) {
        try self.init(try SealFields.root(der, limit: Self.bytesMax, "eseal"))
    }

    init(_ node: ASN1Node) throws(SealDefect) {
        var fields = try SealFields(node, "eseal")
        // GM/T 0031-2014 puts certificate, algorithm and signature into one field.
        guard fields.count != 2 else { throw .unsupportedVersion(1) }
        let info = try fields.node("eSealInfo")
        facts = try SealFacts(info)
        makerCertificate = try fields.octets("cert")
        algorithm = try fields.identifier("signAlgID")
        signature = try fields.bits("signedValue")
        try fields.end()
        guard (1...SealFacts.certificateBytesMax).contains(makerCertificate.count) else { throw fields.defect("cert") }
        self.info = Array(info.encodedBytes)
        der = Array(node.encodedBytes)
    }

    /// Makes a seal: the maker signs the facts. The bytes follow from the arguments but for the signature, which is
    /// another one at every call. Refuses texts that are not ASCII where the standard wants it, and what is beyond the
    /// limits.
    package static func made(
        of facts: SealFacts, by maker: any Signer, certificate: [UInt8]
    ) throws -> ElectronicSeal {
        let info = try facts.der()
        let signature = try maker.sign(info)
        var der = DER.Serializer()
        try der.appendConstructedNode(identifier: .sequence) { seal in
            seal.serializeRawBytes(info)
            try seal.serialize(ASN1OctetString(contentBytes: certificate[...]))
            try seal.serialize(try ASN1ObjectIdentifier(dotRepresentation: maker.algorithm.objectIdentifier))
            try seal.serialize(ASN1BitString(bytes: signature[...]))
        }
        return try ElectronicSeal(der: der.serializedBytes)
    }
}
