import Vocabulary

/// What a certificate says, as it is signed: one JSON object with sorted keys, the directory record of GB/T 36903 by
/// its English keys. A pure function of the certificate, so it need not be kept twice. `MetadataElement` says which
/// edition holds which element: a certificate is checked by the edition that was signed, for ever.
package struct CertificateData: Equatable, Sendable {
    /// The edition that is signed today.
    package static let newestEdition = 2

    package let edition: Int
    private let record: JSONValue

    /// The data of a certificate, in the edition of its signature, or the newest while it has none; nil once its
    /// personal part was erased.
    package init?(_ certificate: Certificate) {
        let edition = certificate.filing.map { $0.edition ?? 1 } ?? certificate.taking?.edition
        self.init(certificate, edition: edition ?? Self.newestEdition)
    }

    /// The data in an edition.
    init?(_ certificate: Certificate, edition: Int) {
        guard let metadata = CertificateMetadata(certificate) else { return nil }
        self.edition = edition
        var members: [String: JSONValue] = [:]
        for element in MetadataElement.all where element.signedSince.map({ $0 <= edition }) ?? false {
            if let key = element.english { members[key] = .text(metadata.values[element.id] ?? "") }
        }
        members[MetadataElement.faceKey] = .record(metadata.face.mapValues(JSONValue.text))
        record = .record(members)
    }

    /// The bytes that are signed.
    package func bytes() throws -> [UInt8] {
        CanonicalJSON.bytes(writing: record)
    }
}
