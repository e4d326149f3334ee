import Certificates
import Foundation
package import Hall
import Signing
import Store
import Vocabulary

/// Fills the library with certificates, each signed and filed, and then verifies identifiers and lists holders.
package struct CertificatesBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "certificates"
        package var store = ""
        package var count = 0
        package var filled = 0
        package var fill_per_second = 0.0
        package var samples = 0
        /// Milliseconds: `verify` (identifier looked up, signature checked), `held` (what a holder has).
        package var latency: [String: Percentiles] = [:]
        package var verifications_per_second = 0.0
        /// SM2 signatures checked a second, nothing else done, by as many threads, in the same run.
        package var limit_signature_checks_per_second = 0.0
        package var ratio_to_limit = 0.0
        package var bytes_per_certificate = 0
        package var resident_mebibytes_max = 0
    }

    private static let issuer = "11350100MADEM002X0"
    private static let type = "11350100MADEM002X0001"

    private let hall: Hall
    private let signers: BenchSigners
    private let count: Int
    private let clients: Int
    private let samples: Int
    private let meter: StoreMeter
    private let progress: @Sendable (String) -> Void
    private let timings = Timings()

    /// So many certificates in all. What an earlier run left in the store counts, so that a long filling can be
    /// resumed.
    /// The hall must sign with the same signers.
    package init(
        hall: (hall: Hall, signers: BenchSigners), count: Int, clients: Int, samples: Int = 2000, meter: StoreMeter,
        progress: @escaping @Sendable (String) -> Void
    ) {
        (self.hall, signers) = hall
        self.count = count
        self.clients = clients
        self.samples = samples
        self.meter = meter
        self.progress = progress
    }

    /// Runs it whole; throws when a certificate is not found or does not verify.
    package func run() async throws -> Result {
        guard let issuer = CreditCode(Self.issuer) else { throw Fault.corrupt("the sample body has no code") }
        var result = Result()
        let before = try await standing()
        let bytes = try await meter.reading().bytes
        let start = ContinuousClock.now
        try await Turnstile.each(from: before, to: count, clients: clients) { number in
            if number % 20_000 == 0, number > before { progress("\(number) of \(count) certificates") }
            try await file(number, issuer)
        }
        result.filled = count - before
        result.fill_per_second = Double(result.filled) / ((ContinuousClock.now - start) / .seconds(1))
        let after = try await meter.reading().bytes
        result.bytes_per_certificate = (after - bytes) / max(result.filled, 1)
        try await verify(issuer, &result)
        try await limit(issuer, &result)
        (result.store, result.count, result.samples) = (hall.store.dialect.rawValue, count, samples)
        result.latency = timings.percentiles()
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    private func standing() async throws -> Int {
        try await hall.store.read { tx in try tx.row("SELECT COUNT(*) FROM certificate")?.integer(0) ?? 0 }
    }

    private static func identifier(_ number: Int, _ issuer: CreditCode) throws -> CertificateIdentifier {
        let serial = String("000000000\(number)".suffix(10))
        guard let identifier = CertificateIdentifier(type: type, issuer: issuer, serial: serial, version: 1) else {
            throw Fault.corrupt("no identifier for \(serial)")
        }
        return identifier
    }

    private func file(_ number: Int, _ issuer: CreditCode) async throws {
        let today = hall.time.now().day
        let reservation = Certificate.Reservation(
            identifier: try Self.identifier(number, issuer), holder: Cast.applicant(number), origin: nil,
            validFrom: today, validUntil: today.advanced(byMonths: 36))
        let personal = Certificate.Personal(
            holder: ("示例持证人\(number % 1000)", "350102188501010019", "111"),
            names: ("示例证书", "福州市人力资源和社会保障局（示例）"), face: ["scope": "示例范围", "grade": "二级"])
        _ = try await hall.takeOver(reservation, personal)
    }

    private func verify(_ issuer: CreditCode, _ result: inout Result) async throws {
        progress("verifying \(samples) identifiers")
        let trusted = try signers.trusted(for: issuer)
        let stride = max(count / samples, 1)
        let start = ContinuousClock.now
        let total = min(samples, count)
        try await Turnstile.each(to: total, clients: clients) { place in
            let number = place * stride
            let identifier = try Self.identifier(number, issuer)
            let found = try await timings.time("verify") {
                try await hall.verify(identifier.description, trusting: trusted)
            }
            guard found.standing == .valid, found.verdict == .valid else {
                throw Fault.corrupt("\(identifier) does not verify: \(String(describing: found.verdict))")
            }
            let held = try await timings.time("held") { try await hall.certificates(of: Cast.applicant(number)) }
            guard held.map(\.identifier) == [identifier] else { throw Fault.corrupt("\(identifier) is not held") }
        }
        result.verifications_per_second = Double(total) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// The plain limit: the same signature checked again and again.
    private func limit(_ issuer: CreditCode, _ result: inout Result) async throws {
        let message = Array(repeating: UInt8(7), count: 600)
        let signature = try signers.signer(for: issuer).signature(of: message)
        let verifier = Verifier(trusted: try signers.trusted(for: issuer))
        let now = hall.time.now()
        let total = min(samples, count)
        let workers = Workers(name: "limit", threads: 2, queueMax: 1024)
        let start = ContinuousClock.now
        try await Turnstile.each(to: total, clients: clients) { _ in
            _ = try await workers.run { try verifier.verdict(on: signature, of: message, madeAt: now) }
        }
        await workers.drain()
        result.limit_signature_checks_per_second = Double(total) / ((ContinuousClock.now - start) / .seconds(1))
        result.ratio_to_limit = result.verifications_per_second / max(result.limit_signature_checks_per_second, 1)
    }
}
