import City
import Documents
import Testing

@Suite struct SealBenchTests {
    @Test func `the bench of seals counts whole files`() async throws {
        let bench = try SealBench(count: 6, threads: 2, level: 1, typeface: Typeface.song())
        let result = try await bench.run()
        #expect(result.ofd_per_second > 0 && result.sm2_signatures_per_second > 0 && result.layouts_per_second > 0)
        #expect(result.ofd_bytes > 50_000 && result.pdf_bytes > 50_000 && result.pdf_per_second > 0)
    }

    @Test func `the bench of verifications finds every file valid`() async throws {
        let result = try await VerifyBench(count: 6, threads: 2, typeface: Typeface.song()).run()
        #expect(result.verifications_per_second > 0 && result.pdf_verifications_per_second > 0)
        #expect(result.sm2_checks_per_second > 0 && result.p256_checks_per_second > 0)
    }
}
