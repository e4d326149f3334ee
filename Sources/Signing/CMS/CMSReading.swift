import Crypto
import SwiftASN1
import Vocabulary

/// The parts of a CMS as they are read from its DER.
struct CMSReading {
    private(set) var certificates: [X509Certificate] = []
    private(set) var digestAlgorithm = ""
    private(set) var signatureAlgorithm = ""
    private(set) var signature: [UInt8] = []
    private(set) var attributes: [String: [UInt8]] = [:]
    private(set) var digest: [UInt8] = []
    private(set) var signingTime: Instant?
    private(set) var hasTimeStamp = false
    /// The signed attributes as they stand, with the tag under which they were signed.
    private(set) var signedBytes: [UInt8] = []
    private var issuer: [UInt8] = []
    private var serial: [UInt8] = []
    private var keyID: [UInt8]?

    init(_ der: [UInt8]) throws {
        var outer = try DERReading(try DER.parse(der))
        guard try outer.objectIdentifier() == CMS.OID.signedData, let tagged = try outer.take(ifContext: 0) else {
            throw CMSRefusal.unsupported
        }
        try outer.end()
        var inner = try DERReading(tagged, tagged.identifier)
        var data = try inner.sequence()
        try inner.end()
        // Versions 1, 3, 4 and 5 differ in what may come along, which is read as it is.
        guard [1, 3, 4, 5].contains(try data.number()) else { throw CMSRefusal.malformed }
        var digests = try DERReading(try data.take(), .set)
        var content = try data.sequence()
        let contentType = try content.objectIdentifier()
        guard contentType == CMS.OID.data, content.isAtEnd else { throw CMSRefusal.unsupported }
        if let list = try data.take(ifContext: 0) { certificates = try Self.certificates(list) }
        _ = try data.take(ifContext: 1)
        var signers = try DERReading(try data.take(), .set)
        try data.end()
        var signer = try signers.sequence()
        guard signers.isAtEnd else { throw CMSRefusal.unsupported }
        try read(&signer)
        var listed: [String] = []
        while !digests.isAtEnd { listed.append(try X509Content.algorithm(try digests.take())) }
        guard listed.contains(digestAlgorithm) else { throw CMSRefusal.malformed }
    }

    /// Certificates that cannot be read are left out: whoever needs them misses them.
    private static func certificates(_ list: ASN1Node) throws -> [X509Certificate] {
        var nodes = try DERReading(list, list.identifier)
        var certificates: [X509Certificate] = []
        var count = 0
        while !nodes.isAtEnd {
            count += 1
            guard count <= CMS.certificatesMax else { throw CMSRefusal.malformed }
            let node = try nodes.take()
            do { certificates.append(try X509Certificate(der: Array(node.encodedBytes))) } catch {}
        }
        return certificates
    }

    private mutating func read(_ signer: inout DERReading) throws {
        _ = try signer.number()
        if let key = try signer.take(ifContext: 0) {
            guard case .primitive(let bytes) = key.content else { throw CMSRefusal.malformed }
            keyID = Array(bytes)
        } else {
            var name = try signer.sequence()
            issuer = Array(try name.take().encodedBytes)
            serial = try name.integer()
            try name.end()
        }
        digestAlgorithm = try X509Content.algorithm(try signer.take())
        guard let signed = try signer.take(ifContext: 0) else { throw CMSRefusal.unsupported }
        signedBytes = [0x31] + signed.encodedBytes.dropFirst()
        try readAttributes(signed)
        signatureAlgorithm = try X509Content.algorithm(try signer.take())
        signature = try signer.octets()
        if let unsigned = try signer.take(ifContext: 1) {
            var list = try DERReading(unsigned, unsigned.identifier)
            while !list.isAtEnd {
                var attribute = try list.sequence()
                if try attribute.objectIdentifier() == CMS.OID.timeStamp { hasTimeStamp = true }
            }
        }
        try signer.end()
    }

    private mutating func readAttributes(_ signed: ASN1Node) throws {
        var list = try DERReading(signed, signed.identifier)
        var contentType: String?
        while !list.isAtEnd {
            var attribute = try list.sequence()
            let id = try attribute.objectIdentifier()
            var values = try DERReading(try attribute.take(), .set)
            try attribute.end()
            var single = values
            let value = try values.take()
            guard values.isAtEnd, attributes.updateValue(Array(value.encodedBytes), forKey: id) == nil,
                attributes.count <= CMS.attributesMax
            else { throw CMSRefusal.malformed }
            switch id {
            case CMS.OID.contentType: contentType = try single.objectIdentifier()
            case CMS.OID.messageDigest: digest = try single.octets()
            case CMS.OID.signingTime: signingTime = try single.time()
            default: continue
            }
        }
        guard contentType == CMS.OID.data, !digest.isEmpty else { throw CMSRefusal.malformed }
    }

    /// Whether it is the certificate that the signature names.
    func isSigner(_ certificate: X509Certificate) -> Bool {
        if let keyID { return certificate.content.extensions.subjectKeyID == keyID }
        return certificate.content.issuer.der == issuer && certificate.content.serial == serial
    }

    /// Whether signingCertificateV2 names the certificate, by SHA-256; nil without the attribute.
    func namesSigner(_ certificate: X509Certificate) -> Bool? {
        guard let value = attributes[CMS.OID.signingCertificateV2] else { return nil }
        do {
            var outer = try DERReading(try DER.parse(value))
            var list = try outer.sequence()
            var first = try list.sequence()
            // The digest's algorithm is left out when it is SHA-256.
            if let algorithm = try first.take(if: .sequence) {
                guard try X509Content.algorithm(algorithm) == CMS.OID.sha256 else { return false }
            }
            return try first.octets().elementsEqual(SHA256.hash(data: certificate.der))
        } catch {
            return false
        }
    }
}
