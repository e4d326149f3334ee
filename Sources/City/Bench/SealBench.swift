package import Documents
import Signing
import Vocabulary

/// Makes sealed OFD files and signed PDF files, each of another certificate and whole: layout, QR code, font, digests,
/// archive, signature. Beside it the plain limits in the same run: SM2 and P-256 signatures alone.
package struct SealBench: Sendable {
    /// One JSON object on standard output.
    package struct Result: Encodable, Sendable {
        package var bench = "seal"
        package var count = 0
        package var threads = 0
        package var level = 0
        package var ofd_per_second = 0.0
        package var ofd_bytes = 0
        package var pdf_per_second = 0.0
        package var pdf_bytes = 0
        package var layouts_per_second = 0.0
        package var sm2_signatures_per_second = 0.0
        package var p256_signatures_per_second = 0.0
        package var resident_mebibytes_max = 0
    }

    private static var body: String { BenchSeals.body }
    private static var day: Instant { BenchSeals.day }

    private let typeface: Typeface
    private let templates: FaceTemplates
    let seals: BenchSeals
    let count: Int
    let threads: Int
    private let level: Int

    /// So many files by so many threads, packed at a level of zlib. The typeface is that of certificates.
    package init(count: Int, threads: Int, level: Int, typeface: Typeface) throws {
        (self.count, self.threads, self.level, self.typeface) = (count, threads, level, typeface)
        templates = try FaceTemplates()
        seals = try BenchSeals(typeface: typeface)
    }

    /// Runs it whole.
    package func run() async throws -> Result {
        var result = Result()
        (result.count, result.threads, result.level) = (count, threads, level)
        result.ofd_bytes = try file(0).count
        result.pdf_bytes = try pdf(0).count
        let (signer, documentSigner) = (seals.signer, seals.documentSigner)
        result.sm2_signatures_per_second = try await rate { _ = try signer.sign(Array("\($0)".utf8)) }
        result.p256_signatures_per_second = try await rate { _ = try documentSigner.sign(Array("\($0)".utf8)) }
        result.layouts_per_second = try await rate { number in _ = try face(number) }
        result.ofd_per_second = try await rate { number in _ = try file(number) }
        result.pdf_per_second = try await rate { number in _ = try pdf(number) }
        result.resident_mebibytes_max = ProcessMemory.peakMebibytes()
        return result
    }

    /// How often a second the work is done by all threads.
    func rate(_ work: @escaping @Sendable (Int) throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<threads {
                group.addTask {
                    for number in stride(from: thread, to: count, by: threads) { try work(number) }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    func file(_ number: Int) throws -> [UInt8] {
        let face = try face(number)
        let about = OFDFile.About(
            title: "食品经营许可证", author: Self.body, createdAt: Self.day,
            data: [("ZZMC", "食品经营许可证"), ("ZZBH", "JY2350102\(number)"), ("ZZBFJG", Self.body)])
        let data = Array("{\"number\":\"JY2350102\(number)\",\"issuer\":\"\(Self.body)\"}".utf8)
        let file = try OFDFile(
            about, face: face, attachments: [.init(name: "certificate.json", format: "json", bytes: data)])
        return try file.sealed(by: seals.sealer, at: Self.day, level: level)
    }

    func pdf(_ number: Int) throws -> [UInt8] {
        let face = try face(number)
        return try face.pdf(PDFFile.About(title: "食品经营许可证", createdAt: Self.day)).signed(
            PDFSigning(
                name: Self.body, signer: seals.documentSigner, certificates: seals.documentCertificates, at: Self.day,
                stamp: .init(sheet: 0, corner: face.seal.corner, look: seals.look),
                data: Array("{\"number\":\"JY2350102\(number)\"}".utf8)))
    }

    private func face(_ number: Int) throws -> DrawnFace {
        var text = FaceText(
            title: "食品经营许可证", number: "JY2350102\(number)",
            identifier: "1.2.156.3005.2.11100000000013338W009.11350100003604583T.JY2350102\(number).001.K",
            holder: "福州第\(number)号餐饮管理有限公司",
            fields: [
                .init("经营者名称", "福州第\(number)号餐饮管理有限公司"), .init("社会信用代码", "91350100MA2XN6X01A"),
                .init("法定代表人", "林晓榕"), .init("住所", "福建省福州市鼓楼区东街街道五四路\(number % 900 + 1)号恒力城第12层06单元"),
                .init("经营场所", "福建省福州市鼓楼区东街街道五四路\(number % 900 + 1)号恒力城一层02店面"),
                .init("主体业态", "餐饮服务经营者（中型餐饮）"), .init("经营项目", "热食类食品制售；冷食类食品制售（不含裱花蛋糕）；自制饮品制售"),
                .init("日常监管机构", "福州市鼓楼区市场监督管理局东街市场监督管理所"),
            ], issuer: Self.body, issuedOn: Self.day.day)
        text.validFrom = Self.day.day
        text.validUntil = Self.day.day.advanced(byMonths: 60)
        text.code = "HTTPS://OW.EXAMPLE/V/" + String(repeating: "ABCDEFGHIJKLMNOP234567", count: 17) + "\(number)"
        text.example = "演示，无法律效力"
        return try templates.face(of: text, as: .permit, typeface: typeface)
    }
}
