import Documents

extension PaperKind {
    /// 收件凭证: what was handed in, when, to whom (行政许可法 art. 32, last paragraph, for its receipt).
    package static let receipt = PaperKind(
        "receipt", word: "收", "收件凭证", "Receipt", .seal(.acceptance), .kept,
        [
            .text("itemCode"), .day("receivedOn"), .table("materials", columns: 3), .text("clerk"),
            .text("query", optional: true),
        ])

    /// 补正告知书 with its list of materials: everything at once (art. 32(4)).
    package static let correction = PaperKind(
        "correction-notice", word: "补", "补正材料告知书", "Notice of corrections", .seal(.acceptance), .served,
        [
            .text("law"), .text("itemCode"), .day("receivedOn"), .table("defects", columns: 3), .day("supplyBy"),
            .text("channel"), .text("contact"), .text("note", optional: true), .text("provisional", optional: true),
            .text("guidePlaces", optional: true), .text("guidePlacesEnglish", optional: true),
        ])

    /// 受理通知书 (art. 32(5)).
    package static let acceptance = PaperKind(
        "acceptance-notice", word: "受", "受理通知书", "Notice of acceptance", .seal(.acceptance), .served,
        [
            .text("law"), .text("itemCode"), .text("applicantContact", optional: true), .day("appliedOn"),
            .day("acceptedOn"), .day("decideBy"), .text("limit"), .text("query"), .text("contact"),
            .text("silence", optional: true), .text("provisional", optional: true),
        ])

    /// 不予受理决定书 (art. 32(1), (2)).
    package static let nonAcceptance = PaperKind(
        "non-acceptance-decision", word: "不受", "不予受理决定书", "Decision not to accept", .seal(.acceptance), .adverse,
        [
            .text("law"), .text("itemCode"), .day("receivedOn"), .text("ground"), .text("clause"),
            .text("rightAuthority", optional: true),
            .text("contact"),
        ])

    /// 准予行政许可决定书 (art. 38(1)).
    package static let grant = PaperKind(
        "grant-decision", word: "许", "准予行政许可决定书", "Decision to grant", .seal(.official), .served,
        [
            .text("law"), .text("itemCode"), .day("acceptedOn"), .list("facts"), .list("basis", optional: true),
            .text("content"), .text("validity"), .text("certificateNumber", optional: true),
            .day("deliverBy", optional: true), .text("contact"),
        ])

    /// 不予行政许可决定书 (art. 38(2)).
    package static let refusal = PaperKind(
        "refusal-decision", word: "不许", "不予行政许可决定书", "Decision to refuse", .seal(.official), .adverse,
        [
            .text("law"), .text("decision"), .text("itemCode"), .day("acceptedOn"), .list("basis", optional: true),
            .list("standard", optional: true), .text("contact"),
        ])

    /// 送达回证: that papers were handed over, made from their service.
    package static let serviceRecord = PaperKind(
        "service-record", word: "送", "送达回证", "Proof of service", .hands, .kept,
        [
            .table("papers", columns: 2), .text("mode"), .text("place"), .text("servedAt"), .text("recipient"),
            .text("server"), .text("witness", optional: true), .text("note", optional: true),
            .text("standing", optional: true), .text("proof", optional: true), .text("signing", optional: true),
            .drawing("signature"),
        ])
}
