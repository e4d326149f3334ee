import SwiftASN1
import Vocabulary

extension SealFacts {
    static let version = 4
    private static let mark = "ES"

    /// Reads DER(eSealInfo). Tolerates extension data without a tag in the fifth place, as vendors write them.
    init(_ node: ASN1Node) throws(SealDefect) {
        var fields = try SealFields(node, "eSealInfo")
        var header = try SealFields(try fields.node("header"), "header")
        guard try header.text("ID", .ia5String) == Self.mark else { throw header.defect("ID") }
        let version = try header.integer("version")
        guard version == Self.version else { throw .unsupportedVersion(version) }
        vendor = try header.text("Vid", .ia5String)
        try header.end()
        id = try fields.text("esID", .ia5String)
        var property = try SealFields(try fields.node("property"), "property")
        type = try property.integer("type")
        name = try property.text("name", .utf8String)
        certificates = try SealCertificates(&property)
        createdAt = try property.time("createDate")
        validFrom = try property.time("validStart")
        validUntil = try property.time("validEnd")
        try property.end()
        picture = try SealPicture(try fields.node("picture"))
        if let node = fields.optional(.sequence) { extensions = try SealExtension.list(node) } else { extensions = [] }
        try fields.end()
    }

    /// Writes DER(eSealInfo). Refuses texts, lists and pictures beyond the limits.
    func der() throws -> [UInt8] {
        guard extensions.isEmpty, id.utf8.count <= Self.textBytesMax, name.utf8.count <= Self.textBytesMax,
            picture.data.count <= Self.pictureBytesMax
        else { throw SealDefect.tooLarge }
        var der = DER.Serializer()
        try der.appendConstructedNode(identifier: .sequence) { der in
            try der.appendConstructedNode(identifier: .sequence) { header in
                try header.serialize(try ASN1IA5String(Self.mark))
                try header.serialize(Self.version)
                try header.serialize(try ASN1IA5String(vendor))
            }
            try der.serialize(try ASN1IA5String(id))
            try der.appendConstructedNode(identifier: .sequence) { property in
                try property.serialize(type)
                try property.serialize(ASN1UTF8String(name))
                try certificates.write(to: &property)
                for time in [createdAt, validFrom, validUntil] { try property.serialize(try time.generalized) }
            }
            try der.appendConstructedNode(identifier: .sequence) { fields in
                try fields.serialize(try ASN1IA5String(picture.type))
                try fields.serialize(ASN1OctetString(contentBytes: picture.data[...]))
                try fields.serialize(picture.width)
                try fields.serialize(picture.height)
            }
        }
        return der.serializedBytes
    }
}

extension SealCertificates {
    /// The list carries no tag: the number before it says what it holds.
    fileprivate init(_ property: inout SealFields) throws(SealDefect) {
        let type = try property.integer("certListType")
        var list = try SealFields(try property.node("certList"), "certList")
        let count = list.count
        guard (1...SealFacts.certificatesMax).contains(count) else { throw property.defect("certList") }
        switch type {
        case 1:
            var certificates: [[UInt8]] = []
            for _ in 0..<count { certificates.append(try list.octets("certificate")) }
            guard certificates.allSatisfy({ (1...SealFacts.certificateBytesMax).contains($0.count) }) else {
                throw property.defect("certList")
            }
            self = .certificates(certificates)
        case 2:
            var digests: [Digest] = []
            for _ in 0..<count {
                var fields = try SealFields(try list.node("digest"), "certDigest")
                digests.append(
                    Digest(type: try fields.text("type", .printableString), value: try fields.octets("value")))
                try fields.end()
            }
            self = .digests(digests)
        default: throw property.defect("certListType")
        }
    }

    fileprivate func write(to der: inout DER.Serializer) throws {
        switch self {
        case .certificates(let certificates):
            guard (1...SealFacts.certificatesMax).contains(certificates.count) else { throw SealDefect.tooLarge }
            try der.serialize(1)
            try der.serializeSequenceOf(certificates.map { ASN1OctetString(contentBytes: $0[...]) })
        case .digests(let digests):
            guard (1...SealFacts.certificatesMax).contains(digests.count) else { throw SealDefect.tooLarge }
            try der.serialize(2)
            try der.appendConstructedNode(identifier: .sequence) { list in
                for digest in digests {
                    try list.appendConstructedNode(identifier: .sequence) { fields in
                        try fields.serialize(try ASN1PrintableString(digest.type))
                        try fields.serialize(ASN1OctetString(contentBytes: digest.value[...]))
                    }
                }
            }
        }
    }
}

extension SealPicture {
    /// LIMIT: millimetres of a side.
    private static let sides = 1...10_000

    fileprivate init(_ node: ASN1Node) throws(SealDefect) {
        var fields = try SealFields(node, "picture")
        type = try fields.text("type", .ia5String)
        data = try fields.octets("data")
        width = try fields.integer("width")
        height = try fields.integer("height")
        guard data.count <= SealFacts.pictureBytesMax, Self.sides ~= width, Self.sides ~= height else {
            throw fields.defect("data")
        }
        try fields.end()
    }
}

extension SealExtension {
    /// A SEQUENCE OF ExtData; `critical` may be absent.
    static func list(_ node: ASN1Node) throws(SealDefect) -> [SealExtension] {
        var list = try SealFields(node, "extDatas")
        let count = list.count
        guard count <= SealFacts.extensionsMax else { throw .malformed("extDatas") }
        var extensions: [SealExtension] = []
        for _ in 0..<count {
            var fields = try SealFields(try list.node("extData"), "extData")
            let id = try fields.identifier("extnID")
            var isCritical = false
            if let node = fields.optional(.boolean) {
                do { isCritical = try Bool(derEncoded: node) } catch { throw fields.defect("critical") }
            }
            extensions.append(
                SealExtension(id: id, isCritical: isCritical, value: try fields.octets("extnValue")))
            try fields.end()
        }
        return extensions
    }
}

extension Instant {
    /// `YYYYMMDDHHMMSSZ`: the second in which the instant falls.
    var generalized: GeneralizedTime {
        get throws {
            let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
            let days = Int((Double(seconds) / 86_400).rounded(.down))
            let (year, month, day) = CivilDate(daysSinceEpoch: days).parts
            let rest = seconds - days * 86_400
            return try GeneralizedTime(
                year: year, month: month, day: day, hours: rest / 3600, minutes: rest / 60 % 60, seconds: rest % 60,
                fractionalSeconds: 0)
        }
    }
}
