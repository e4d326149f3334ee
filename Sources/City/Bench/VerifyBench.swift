package import Documents
import Signing
import Vocabulary

/// Verifies sealed files, every check of each, over and over; they bear seals of one body. Beside it the plain limits
/// in the same run: SM2 and P-256 signatures alone, checked.
package struct VerifyBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "verify"
        package var count = 0
        package var threads = 0
        /// Whole OFD files judged, every one of them found valid.
        package var verifications_per_second = 0.0
        package var ofd_bytes = 0
        package var pdf_verifications_per_second = 0.0
        package var pdf_bytes = 0
        package var sm2_checks_per_second = 0.0
        package var p256_checks_per_second = 0.0
        package var resident_mebibytes_max = 0
    }

    /// How many different files there are.
    private static let filesMax = 64

    private let maker: SealBench

    /// So many verifications by so many threads.
    package init(count: Int, threads: Int, typeface: Typeface) throws {
        maker = try SealBench(count: count, threads: threads, level: 6, typeface: typeface)
    }

    /// Runs it whole.
    package func run() async throws -> Result {
        var result = Result()
        (result.count, result.threads) = (maker.count, maker.threads)
        let total = min(Self.filesMax, maker.count)
        let (files, papers) = (try (0..<total).map(maker.file), try (0..<total).map(maker.pdf))
        (result.ofd_bytes, result.pdf_bytes) = (files[0].count, papers[0].count)
        let (verifier, message) = (maker.seals.verifier, Array("limit".utf8))
        let judge = { @Sendable (file: [UInt8]) throws in
            let report = try verifier.report(on: file)
            guard report.verdict == .valid else { throw Fault.corrupt("a file of the bench is \(report.verdict)") }
        }
        result.verifications_per_second = try await maker.rate { try judge(files[$0 % total]) }
        result.pdf_verifications_per_second = try await maker.rate { try judge(papers[$0 % total]) }
        let (key, signature) = (maker.seals.signer.publicKey, try maker.seals.signer.sign(message))
        result.sm2_checks_per_second = try await maker.rate { _ in _ = try key.verifies(signature, of: message) }
        let (other, second) = (maker.seals.documentSigner.publicKey, try maker.seals.documentSigner.sign(message))
        result.p256_checks_per_second = try await maker.rate { _ in _ = other.verifies(second, of: message) }
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }
}
