import Vocabulary

/// What a certificate says, as it is signed: one JSON object with sorted keys, the directory record of GB/T 36903 by
/// its English keys. A pure function of the certificate, so it need not be kept twice.
package struct CertificateData: Encodable, Equatable, Sendable {
    private let certificate_identifier: CertificateIdentifier
    private let certificate_type_name: String
    private let certificate_type_name_code: String
    private let certificate_number: String
    private let certificate_version: String
    private let certificate_issuing_authority_name: String
    private let certificate_issuing_authority_code: String
    private let certificate_issuing_authority_date: String
    private let certificate_holder_name: String
    private let certificate_holder_code: String
    private let certificate_holder_type: String
    private let certificate_validate_start: String
    /// Empty for long-term.
    private let certificate_validate_end: String
    private let related_item_code: String
    private let extend_info: [String: String]

    /// The data of a certificate; nil once its personal part was erased.
    package init?(_ certificate: Certificate) {
        guard let personal = certificate.personal else { return nil }
        let reservation = certificate.reservation
        let identifier = reservation.identifier
        certificate_identifier = identifier
        certificate_type_name = personal.typeName
        certificate_type_name_code = identifier.type
        certificate_number = identifier.serial
        certificate_version = String("00\(identifier.version)".suffix(3))
        certificate_issuing_authority_name = personal.issuerName
        certificate_issuing_authority_code = identifier.issuer.code
        certificate_issuing_authority_date = reservation.validFrom.compact
        certificate_holder_name = personal.holderName
        certificate_holder_code = personal.holderNumber
        certificate_holder_type = personal.holderNumberType
        certificate_validate_start = reservation.validFrom.compact
        certificate_validate_end = reservation.validUntil?.compact ?? ""
        related_item_code = reservation.catalogCode ?? ""
        extend_info = personal.face
    }

    /// The bytes that are signed.
    package func bytes() throws -> [UInt8] {
        try CanonicalJSON.bytes(of: self)
    }
}
