import Documents

extension PaperKind {
    /// 特别程序时间告知书: what does not count, and until when (art. 45). The value `procedure` names which.
    package static let specialProcedure = PaperKind(
        "special-procedure-notice", word: "特", "特别程序时间告知书", "Notice of a special procedure", .seal(.acceptance),
        .served,
        [
            .text("law"), .text("procedure"), .text("basis"), .day("from"), .text("needed"), .day("dueDay"),
            .text("contact"), .text("reason", optional: true), .text("provisional", optional: true),
        ])

    /// 延期通知书 (art. 42).
    package static let extended = PaperKind(
        "extension-notice", word: "延", "延长办理期限通知书", "Notice of an extension", .seal(.official), .served,
        [
            .text("law"), .day("acceptedOn"), .text("days"), .list("reasons"), .text("approver"), .day("formerDue"),
            .day("dueDay"), .text("contact"),
        ])

    /// 听证权利告知书 (art. 47).
    package static let hearingRights = PaperKind(
        "hearing-rights-notice", word: "听告", "听证权利告知书", "Notice of the right to a hearing", .seal(.official), .served,
        [.text("law"), .text("matter"), .list("facts"), .day("requestBy"), .text("contact")])

    /// 听证通知书 (art. 48(1)(1)): seven days ahead.
    package static let hearing = PaperKind(
        "hearing-notice", word: "听通", "听证通知书", "Notice of a hearing", .seal(.official), .served,
        [
            .text("law"), .text("matter"), .text("heldAt"), .text("place"), .text("chair"), .text("recorder"),
            .text("public"), .text("contact"),
        ])

    /// 听证笔录 (art. 48(1)(5)): signed by those who were there.
    package static let hearingRecord = PaperKind(
        "hearing-record", word: "听笔", "听证笔录", "Record of a hearing", .hands, .kept,
        [
            .text("matter"), .text("heldAt"), .text("place"), .text("chair"), .text("recorder"), .list("present"),
            .list("record"),
        ])

    /// 陈述申辩告知书, to an applicant or a third party whose interest is touched (arts 7, 36).
    package static let statement = PaperKind(
        "statement-notice", word: "陈", "陈述申辩权利告知书", "Notice of the right to be heard", .seal(.official), .served,
        [.text("law"), .text("party"), .text("matter"), .list("facts"), .day("speakBy"), .text("contact")])

    /// 容缺受理通知书.
    package static let tolerant = PaperKind(
        "tolerant-acceptance-notice", word: "容", "容缺受理通知书", "Notice of tolerant acceptance", .seal(.acceptance),
        .served,
        [
            .text("law"), .text("itemCode"), .day("acceptedOn"), .table("lacking", columns: 2), .day("supplyBy"),
            .day("decideBy"), .text("channel"), .text("contact"),
        ])

    /// 容缺承诺书, signed by the applicant.
    package static let tolerancePledge = PaperKind(
        "tolerance-undertaking", word: "容诺", "容缺受理承诺书", "Undertaking to hand in later", .hands, .kept,
        [.text("applicantNumber"), .table("lacking", columns: 2), .day("supplyBy")])

    /// 告知承诺书: what the body tells and what the applicant commits herself to.
    package static let commitment = PaperKind(
        "notification-commitment", word: "诺", "告知承诺书", "Notification and commitment", .hands, .kept,
        [
            .text("applicantNumber"), .list("basis"), .list("conditions"), .list("commitments"),
            .text("verification"), .text("consequence"),
        ])

    /// 核查告知书: that a commitment is going to be verified.
    package static let verification = PaperKind(
        "verification-notice", word: "核", "告知承诺核查通知书", "Notice of verification", .seal(.official), .served,
        [
            .text("law"), .list("scope"), .text("method"), .text("heldAt"), .text("place"), .text("staff"),
            .text("contact"),
        ]
    )

    /// The papers of procedures between acceptance and decision.
    static let procedures = [
        tolerant, tolerancePledge, commitment, specialProcedure, extended, statement, hearingRights, hearing,
        hearingRecord, verification,
    ]
}
