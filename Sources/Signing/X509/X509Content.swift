import SwiftASN1
import Vocabulary

/// What stands in a certificate, read strictly: version 3 (or an old one without extensions), one DER, each extension
/// once.
struct X509Content: Sendable {
    let signed: [UInt8]
    let serial: [UInt8]
    let issuer: X509Name
    let subject: X509Name
    let validFrom: Instant
    let validUntil: Instant
    /// The SubjectPublicKeyInfo as it stands.
    let keyInfo: [UInt8]
    let extensions: X509Extensions
    let algorithm: String
    let signature: [UInt8]

    init(der: [UInt8]) throws {
        var whole = try DERReading(try DER.parse(der))
        let body = try whole.take(.sequence)
        signed = Array(body.encodedBytes)
        let outer = try whole.take(.sequence)
        algorithm = try Self.algorithm(outer)
        signature = try whole.bits()
        try whole.end()
        var fields = try DERReading(body)
        let version = try Self.version(&fields)
        serial = try fields.integer()
        guard try fields.take(.sequence).encodedBytes.elementsEqual(outer.encodedBytes) else {
            throw KeyRefusal.malformedCertificate
        }
        issuer = try X509Name(try fields.take())
        var validity = try fields.sequence()
        (validFrom, validUntil) = (try validity.time(), try validity.time())
        try validity.end()
        subject = try X509Name(try fields.take())
        keyInfo = Array(try fields.take(.sequence).encodedBytes)
        _ = try (fields.take(ifContext: 1), fields.take(ifContext: 2))
        extensions = try X509Extensions(try fields.take(ifContext: 3))
        try fields.end()
        guard version == 2 || extensions.isEmpty, (1...X509Certificate.serialBytesMax).contains(serial.count) else {
            throw KeyRefusal.malformedCertificate
        }
    }

    private static func version(_ fields: inout DERReading) throws -> Int {
        guard let tagged = try fields.take(ifContext: 0) else { return 0 }
        var inner = try DERReading(tagged, tagged.identifier)
        let version = try inner.number()
        try inner.end()
        // The first version is the default, which DER does not write.
        guard (1...2).contains(version) else { throw KeyRefusal.malformedCertificate }
        return version
    }

    /// The object identifier of an AlgorithmIdentifier, whose parameters are absent, null or something of their own.
    static func algorithm(_ node: ASN1Node) throws -> String {
        var fields = try DERReading(node)
        let algorithm = try fields.objectIdentifier()
        if !fields.isAtEnd { _ = try fields.take() }
        try fields.end()
        return algorithm
    }
}

/// The extensions that decide what a certificate may do (RFC 5280, 4.2.1).
struct X509Extensions: Sendable {
    /// LIMIT: extensions of one certificate.
    static let countMax = 32
    /// Known by name; those that only inform are read over.
    private static let informing: Set<String> = [
        "2.5.29.32", "2.5.29.17", "2.5.29.18", "2.5.29.31", "2.5.29.37", "1.3.6.1.5.5.7.1.1",
    ]

    private(set) var isEmpty = true
    private(set) var isAuthority = false
    private(set) var pathLength: Int?
    /// The bits of keyUsage, the first one highest; nil without the extension.
    private(set) var usage: UInt8?
    private(set) var subjectKeyID: [UInt8]?
    private(set) var authorityKeyID: [UInt8]?
    private(set) var hasUnknownCritical = false

    init(_ tagged: ASN1Node?) throws {
        guard let tagged else { return }
        isEmpty = false
        var outer = try DERReading(tagged, tagged.identifier)
        var list = try outer.sequence()
        try outer.end()
        var seen: Set<String> = []
        repeat {
            var fields = try list.sequence()
            let id = try fields.objectIdentifier()
            let critical = try fields.take(if: .boolean).map { try Bool(derEncoded: $0) }
            let value = try fields.octets()
            try fields.end()
            guard seen.insert(id).inserted, seen.count <= Self.countMax, critical != false else {
                throw KeyRefusal.malformedCertificate
            }
            try take(id, value, isCritical: critical ?? false)
        } while !list.isAtEnd
    }

    private mutating func take(_ id: String, _ value: [UInt8], isCritical: Bool) throws {
        switch id {
        case "2.5.29.19":
            var fields = try DERReading(try DER.parse(value))
            isAuthority = try fields.take(if: .boolean).map { try Bool(derEncoded: $0) } ?? false
            pathLength = fields.isAtEnd ? nil : try fields.number()
            try fields.end()
            guard pathLength.map({ isAuthority && $0 >= 0 }) ?? true else { throw KeyRefusal.malformedCertificate }
        case "2.5.29.15": usage = try ASN1BitString(derEncoded: value).bytes.first ?? 0
        case "2.5.29.14": subjectKeyID = Array(try ASN1OctetString(derEncoded: value).bytes)
        case "2.5.29.35":
            var fields = try DERReading(try DER.parse(value))
            guard let node = try fields.take(ifContext: 0), case .primitive(let bytes) = node.content else { return }
            authorityKeyID = Array(bytes)
        case _ where Self.informing.contains(id): return
        default: hasUnknownCritical = hasUnknownCritical || isCritical
        }
    }
}
