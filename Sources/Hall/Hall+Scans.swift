import Delivery
import Dossiers
import Store
package import Vocabulary

/// What the carrier reports.
extension Hall {
    /// A request of the carrier's, as it came in.
    package struct CourierRequest: Sendable {
        private let request: RequestSignature.Request
        fileprivate let signature: String

        /// `target` is the path under which it came.
        package init(
            _ method: String, _ target: String, timestamp: String, key: String, signature: String, body: [UInt8]
        ) {
            request = RequestSignature.Request(method, path: target, timestamp: timestamp, key: key, body: body)
            self.signature = signature
        }

        fileprivate func check(by account: CourierAccount, at now: Instant) throws(CourierRefusal) {
            try account.check(signature, of: request, at: now)
        }

        fileprivate var body: [UInt8] { request.body }
        fileprivate var key: String { request.key }
    }

    /// What became of a report.
    package struct ScanAnswer: Equatable, Sendable, Encodable {
        package let parcel: ParcelID
        package let number: Int
        package let stage: String
        /// Whether it was known before, and changed nothing.
        package let isRepeated: Bool

        package init(parcel: ParcelID, number: Int, stage: String, isRepeated: Bool) {
            (self.parcel, self.number) = (parcel, number)
            (self.stage, self.isRepeated) = (stage, isRepeated)
        }
    }

    /// Takes one report: signed, fresh, numbered; the same again gets the same answer. What follows for the case and
    /// for the originals is done in the same transaction. Refuses everything else, and then nothing is kept.
    package func takeScan(_ request: CourierRequest) async throws -> ScanAnswer {
        guard let account = courier else { throw ParcelRefusal.noCourier }
        let stamp = stamp(of: .platform)
        try request.check(by: account, at: stamp.now)
        let report = try CourierReport(request.body)
        guard request.key == "\(report.waybill)-\(report.number)" else { throw CourierRefusal.wrongKey }
        let (answer, dossier) = try await store.write { tx -> (ScanAnswer, Dossier?) in
            let seen = try ParcelTable.load(report.parcel, in: tx)
            let (parcel, isNew) = try apply(report.command, to: seen, account, stamp: stamp, in: tx)
            let answer = ScanAnswer(
                parcel: parcel.id, number: report.number, stage: parcel.stage.rawValue, isRepeated: !isNew)
            return (answer, isNew ? try handOver(parcel, stamp: stamp, in: tx) : nil)
        }
        if let dossier { dossiers.keep(dossier, of: dossier.id.subject) }
        return answer
    }

    /// A result that is at the door is handed over, and its case goes on to its end.
    private func handOver(_ parcel: Parcel, stamp: Stamp, in tx: Transaction) throws -> Dossier? {
        guard parcel.stage == .delivered, parcel.ordered.direction == .resultToDoor else { return nil }
        let id = parcel.ordered.dossier
        // A case that ended otherwise meanwhile stays as it is; the report is kept all the same.
        guard case .issued = try load(id, in: tx).stage else { return nil }
        let command = DossierCommand.handOver(.courier, recipient: parcel.takenBy ?? "")
        return try apply(command, on: id, by: .platform, stamp: stamp, in: tx)
    }
}
