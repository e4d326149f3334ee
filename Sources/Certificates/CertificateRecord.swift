import Vocabulary

/// The data that a certificate's file carries for machines, as far as a register is asked about them.
package struct CertificateRecord: Sendable {
    private struct Members: Decodable { let certificate_identifier: CertificateIdentifier }

    package let identifier: CertificateIdentifier

    /// Reads the data; nil for what is no directory record of GB/T 36903 with an identifier.
    package init?(_ bytes: [UInt8]) {
        do {
            let members: Members = try CanonicalJSON.value(in: bytes)
            identifier = members.certificate_identifier
        } catch {
            return nil
        }
    }
}
