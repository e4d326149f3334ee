import SwiftASN1

/// Keys as PEM (RFC 7468), one block of one kind.
enum PEM {
    /// LIMIT: bytes of a key in PEM or DER that is read from outside.
    static let bytesMax = 4096

    /// The DER in the block; refuses other kinds, several blocks, headers and long texts.
    static func der(in text: String, kind: String) throws(KeyRefusal) -> [UInt8] {
        guard text.utf8.count <= bytesMax else { throw .malformedKey }
        do {
            let document = try PEMDocument(pemString: text)
            guard document.discriminator == kind else { throw KeyRefusal.malformedKey }
            return document.derBytes
        } catch {
            throw .malformedKey
        }
    }

    /// The block, ended by a line feed.
    static func text(of der: [UInt8], kind: String) -> String {
        PEMDocument(type: kind, derBytes: der).pemString + "\n"
    }
}
