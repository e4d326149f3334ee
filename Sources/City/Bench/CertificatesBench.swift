package import Certificates
import Foundation
import Hall
package import Signing
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

    /// How many questions are asked.
    private static let samples = 2000

    private let setting: BenchSetting
    private var hall: Hall { setting.hall }
    private let timings = Timings()

    /// A bench in a setting.
    package init(_ setting: BenchSetting) {
        self.setting = setting
    }

    /// Runs it whole; throws when a certificate is not found or does not verify.
    package func run() async throws -> Result {
        guard let issuer = CreditCode(Self.issuer) else { throw Fault.corrupt("the sample body has no code") }
        var result = Result()
        let bytes = try await setting.meter.reading().bytes
        (result.filled, result.fill_per_second) = try await setting.fill(
            "certificates", standing: "SELECT COUNT(*) FROM certificate"
        ) { number in try await file(number, issuer) }
        let after = try await setting.meter.reading().bytes
        result.bytes_per_certificate = (after - bytes) / max(result.filled, 1)
        try await verify(issuer, &result)
        try await limit(issuer, &result)
        (result.store, result.count, result.samples) = (hall.store.dialect.rawValue, setting.count, Self.samples)
        result.latency = timings.percentiles()
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    /// Fills the library only, and answers identifiers of it, at even distances.
    package func filled(atMost limit: Int) async throws -> [CertificateIdentifier] {
        guard let issuer = CreditCode(Self.issuer) else { throw Fault.corrupt("the sample body has no code") }
        _ = try await setting.fill("certificates", standing: "SELECT COUNT(*) FROM certificate") { number in
            try await file(number, issuer)
        }
        let stride = max(setting.count / limit, 1)
        return try (0..<min(limit, setting.count)).map { try Self.identifier($0 * stride, issuer) }
    }

    /// Whom a verifier trusts for what the bench signs.
    package func trusted() throws -> TrustedKeys {
        guard let issuer = CreditCode(Self.issuer) else { throw Fault.corrupt("the sample body has no code") }
        return try setting.signers.trusted(for: issuer)
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
        setting.progress("verifying \(Self.samples) identifiers")
        let trusted = try setting.signers.trusted(for: issuer)
        let stride = max(setting.count / Self.samples, 1)
        let start = ContinuousClock.now
        let total = min(Self.samples, setting.count)
        try await Turnstile.each(to: total, clients: setting.clients) { place in
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
        let signature = try setting.signers.signer(for: issuer).signature(of: message)
        let verifier = Verifier(trusted: try setting.signers.trusted(for: issuer))
        let now = hall.time.now()
        let total = min(Self.samples, setting.count)
        let workers = Workers(name: "limit", threads: 2, queueMax: 1024)
        let start = ContinuousClock.now
        try await Turnstile.each(to: total, clients: setting.clients) { _ in
            _ = try await workers.run { try verifier.verdict(on: signature, of: message, madeAt: now) }
        }
        await workers.drain()
        result.limit_signature_checks_per_second = Double(total) / ((ContinuousClock.now - start) / .seconds(1))
        result.ratio_to_limit = result.verifications_per_second / max(result.limit_signature_checks_per_second, 1)
    }
}
