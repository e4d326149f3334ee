import Foundation
package import Vocabulary

/// The carrier's rounds: each parcel is fetched, travels and is delivered, and every step is reported to the house
/// until the house has taken it.
package struct CourierRounds: Sendable {
    private let ledger: CourierLedger
    private let switches: CourierSwitches
    private let seal: SandboxSeal
    private let time: TimeSource
    private let callback: URL

    /// Rounds that report to an address; nil for one that is not `http://HOST:PORT/…`.
    package init?(
        ledger: CourierLedger, switches: CourierSwitches, key: String, callback: String, time: TimeSource
    ) {
        guard let url = URL(string: callback), url.scheme == "http", url.host != nil, url.port != nil else {
            return nil
        }
        (self.ledger, self.switches, self.time, self.callback) = (ledger, switches, time, url)
        seal = SandboxSeal(key: key, time: time)
    }

    private struct Report: Encodable {
        let at: Int64
        let kind: String
        let number: Int
        let parcel: String
        let person: String?
        let place: String?
        let waybill: String
    }
    private struct Problem: Decodable { let code: String }

    /// Goes round until the task is cancelled.
    package func run() async throws {
        while !Task.isCancelled {
            for (parcel, report) in await ledger.due(switches.now, now: time.now()) {
                for _ in 0..<(switches.now.duplicates ? 2 : 1) { try await send(report, of: parcel) }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func send(_ report: SandboxParcel.Report, of parcel: SandboxParcel) async throws {
        let body = try CanonicalJSON.bytes(
            of: Report(
                at: report.at ?? 0, kind: report.kind, number: report.number, parcel: parcel.parcel,
                person: report.kind == "delivered" ? parcel.recipient : nil,
                place: report.kind == "delivered" ? nil : "鼓楼揽投部", waybill: parcel.waybill))
        let headers = seal.headers(
            "POST", callback.path, key: "\(parcel.waybill)-\(report.number)", body: body)
        let answer: PlainClient.Answer
        do {
            answer = try await PlainClient.post(callback, headers: headers, body: body)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // Nobody there, or no answer: it is sent again.
            return
        }
        await ledger.note(
            parcel.waybill, report.number, isTaken: answer.status == 200, refusedAs: Self.refusal(answer))
    }

    /// The code with which the house will never take the report; nil where it may take it later.
    private static func refusal(_ answer: PlainClient.Answer) -> String? {
        guard (400...499).contains(answer.status), answer.status != 429 else { return nil }
        let code: String
        do { code = try JSONDecoder().decode(Problem.self, from: Data(answer.body)).code } catch {
            return "\(answer.status)"
        }
        return ["parcel.scan-out-of-order", "parcel.not-booked"].contains(code) ? nil : code
    }
}
