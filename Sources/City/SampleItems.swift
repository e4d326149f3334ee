import Dossiers
import Vocabulary

/// The few items on which simulations and benches run: the shapes that differ for the rules, without a guide around
/// them.
struct SampleItem: Sendable {
    let terms: Terms
    let mode: ServiceMode
    let delivery: DeliveryMode

    /// A promised item online with a certificate; the same at a counter; one with pre-review; one without a
    /// certificate.
    static func all() throws -> [SampleItem] {
        [
            SampleItem(
                terms: try terms("000114111003", certificate: true), mode: .fullyOnline, delivery: .eCertificate),
            SampleItem(terms: try terms("000114111003", certificate: true), mode: .nearestWindow, delivery: .counter),
            SampleItem(
                terms: try terms("000117003001", certificate: true), mode: .preReviewThenCounter,
                delivery: .eCertificate),
            SampleItem(
                terms: try terms("000117003001", certificate: true), mode: .onlineThenCollect, delivery: .counter),
            SampleItem(terms: try terms("000514011000", certificate: false), mode: .ordinary, delivery: .counter),
        ]
    }

    private static func terms(_ catalogCode: String, certificate: Bool) throws -> Terms {
        guard let body = CreditCode("11350100MADEM002X0") else { throw Fault.corrupt("the sample body has no code") }
        return Terms(
            item: Terms.Item(
                implementationCode: "\(body.code)3\(catalogCode)", handlingItemCode: nil, name: "示例事项",
                version: (1, String(repeating: "0", count: 64)),
                body: Terms.Body(body, name: "市人社局（示例）", region: .fuzhou)),
            limits: Terms.Limits(
                statutory: TimeLimit(20, .workingDays, article: "行政许可法第四十二条"),
                promised: TimeLimit(4, .workingDays, article: "承诺时限")),
            result: certificate
                ? Terms.Result(certificateType: "11350100MADEM002X0001", name: "准予行政许可决定书", validityMonths: 36)
                : .none,
            materials: ["form", "licence"])
    }
}
