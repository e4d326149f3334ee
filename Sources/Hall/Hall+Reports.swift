import Certificates
package import Documents
package import Dossiers
package import Store
import Vocabulary

/// Files that are handed in are verified as they arrive, and again where something changed since.
extension Hall {
    /// Whether a file that begins like this is a document that the verifier reads; a picture is not.
    static func isDocument(_ beginning: [UInt8]) -> Bool {
        beginning.starts(with: [0x50, 0x4B]) || beginning.starts(with: "%PDF-".utf8)
    }

    /// Verifies a file and keeps the report under its digest. A picture has an empty report: nobody signed it.
    @discardableResult
    func verify(_ bytes: [UInt8], as file: BlobRef) async throws -> FileReport {
        let now = time.now()
        var known = try await store.read { tx in try FileReportTable.report(of: file.digest, in: tx)?.identifier }
        // The registers are read first: what changes while the file is verified makes the report old, never new. Which
        // certificate the file is, only the first report says.
        while true {
            let identifier = known
            let before = try await store.read { tx in try RegisterStanding(of: identifier, on: now.day, in: tx) }
            let report =
                Self.isDocument(bytes) ? try await self.report(on: bytes, asOf: .thisMoment) : FileReport.picture
            let found = report.certificateData.flatMap { CertificateRecord($0)?.identifier }
            guard found == identifier else {
                known = found
                continue
            }
            try await store.write { tx in
                try FileReportTable.keep(
                    KeptReport(report, identifier, under: before, at: now), of: file.digest, in: tx)
            }
            return report
        }
    }

    /// What the verifier says now of the documents among these materials, by digest. A report that is older than the
    /// last change of the registers, of the certificate in the file, or than the day, is made again; so is one that was
    /// never made.
    package func reports(on materials: [HandedIn]) async throws -> [String: FileReport] {
        var reports: [String: FileReport] = [:]
        for file in materials.flatMap(\.files) {
            guard reports[file.digest] == nil, let report = try await report(of: file) else { continue }
            reports[file.digest] = report
        }
        return reports
    }

    /// What the verifier says now of one file that was handed in; nil for one that is gone.
    package func report(of file: BlobRef) async throws -> FileReport? {
        let today = time.now().day
        let kept = try await store.read { tx -> FileReport? in
            guard let kept = try FileReportTable.report(of: file.digest, in: tx) else { return nil }
            let now = try RegisterStanding(of: kept.identifier, on: today, in: tx)
            return kept.holds(under: now) ? kept.report : nil
        }
        if let kept { return kept }
        guard let bytes = try await bytes(of: file) else { return nil }
        return try await verify(bytes, as: file)
    }

    /// The report on the file with a digest among these materials; nil where it is none of them.
    package func report(onFile digest: String, among materials: [HandedIn]) async throws -> FileReport? {
        guard let file = materials.flatMap(\.files).first(where: { $0.digest == digest }) else { return nil }
        return try await report(of: file)
    }
}

extension HandedIn {
    /// The files that were handed in as this material.
    var files: [BlobRef] { if case .files(let files) = source { files } else { [] } }
}
