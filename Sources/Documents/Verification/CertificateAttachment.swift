/// The machine-readable data of a certificate inside its file.
package enum CertificateAttachment {
    /// The name under which it lies among the attachments.
    package static let name = "certificate.json"

    /// The data; nil when the document has no such attachment.
    static func data(
        in contents: OFDContents, _ document: OFDDocument
    ) throws(FileObstacle) -> [UInt8]? {
        guard let location = document.tree["Attachments"]?.text, !location.isEmpty else { return nil }
        let list = try contents.resolved(location, from: document.path)
        for attachment in try contents.tree(list).all("Attachment") {
            guard let file = attachment["FileLoc"]?.text else { continue }
            let path = try contents.resolved(file, from: list)
            guard let bytes = contents.files[path] else {
                throw FileObstacle(.failed(.missingPart), path)
            }
            if attachment.attributes["Name"] == name { return bytes }
        }
        return nil
    }
}
