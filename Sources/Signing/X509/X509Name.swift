import Foundation
import SwiftASN1

/// A distinguished name as it stands in a certificate.
struct X509Name: Sendable {
    /// LIMIT: parts of one name.
    static let partsMax = 32
    private static let shortNames = [
        "2.5.4.3": "CN", "2.5.4.5": "SERIALNUMBER", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
        "2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.97": "ORGID",
        "1.2.840.113549.1.9.1": "E", "0.9.2342.19200300.100.1.25": "DC",
    ]

    /// The DER of the name: two names are the same when these are.
    let der: [UInt8]
    private let parts: [(type: String, value: String)]

    init(_ node: ASN1Node) throws {
        der = Array(node.encodedBytes)
        var parts: [(String, String)] = []
        var sequence = try DERReading(node)
        while !sequence.isAtEnd {
            var set = try DERReading(try sequence.take(), .set)
            repeat {
                var pair = try set.sequence()
                parts.append((try pair.objectIdentifier(), Self.text(try pair.take())))
                try pair.end()
            } while !set.isAtEnd
            guard parts.count <= Self.partsMax else { throw KeyRefusal.malformedCertificate }
        }
        self.parts = parts
    }

    func value(of type: String) -> String? { parts.last { $0.type == type }?.value }

    /// `C=CN, O=福州市市场监督管理局, CN=…` in the order of the certificate, with the marks of RFC 4514 escaped and
    /// everything that controls a line replaced.
    var line: String {
        parts.map { part in
            "\(Self.shortNames[part.type] ?? part.type)=\(Self.escaped(part.value))"
        }.joined(separator: ", ")
    }

    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.reduce(into: "") { text, scalar in
            if ",+\"\\<>;".unicodeScalars.contains(scalar) { text += "\\" }
            text.unicodeScalars.append(scalar)
        }
    }

    /// The text in any of the encodings that occur; what has none is shown in hexadecimal digits.
    private static func text(_ node: ASN1Node) -> String {
        guard case .primitive(let bytes) = node.content else { return "#\(Hex.text(node.encodedBytes))" }
        let text: String?
        switch node.identifier {
        case .utf8String, .printableString, .ia5String, .numericString, .visibleString:
            text = String(validating: bytes, as: UTF8.self)
        case .teletexString: text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .bmpString where bytes.count % 2 == 0: text = String(bytes: bytes, encoding: .utf16BigEndian)
        default: text = nil
        }
        guard let text else { return "#\(Hex.text(node.encodedBytes))" }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
