import Documents

extension PaperKind {
    /// 准予撤回申请通知书: the applicant's own wish.
    package static let withdrawn = PaperKind(
        "withdrawal-permission-notice", word: "准撤", "准予撤回申请通知书", "Notice of withdrawal", .seal(.acceptance), .served,
        [.day("appliedOn"), .day("withdrawnOn"), .text("reason", optional: true), .text("contact")])

    /// 终止办理通知书.
    package static let termination = PaperKind(
        "termination-notice", word: "终", "终止办理通知书", "Notice of termination", .seal(.official), .adverse,
        [.text("law"), .text("itemCode"), .day("appliedOn"), .text("contact")])

    /// Papers that end a case without a decision.
    static let endings = [withdrawn, termination]

    private static let decided: [Particular] = [
        .text("certificateName"), .text("certificateNumber"), .day("grantedOn"), .text("article"), .text("effect"),
        .text("contact"),
    ]

    /// 撤回行政许可决定书 (art. 8): the law or the facts have changed.
    package static let withdrawal = PaperKind(
        "withdrawal-decision", word: "撤回", "撤回行政许可决定书", "Decision to withdraw a licence", .seal(.official), .adverse,
        decided)

    /// 撤销行政许可决定书 (art. 69).
    package static let revocation = PaperKind(
        "revocation-decision", word: "撤", "撤销行政许可决定书", "Decision to revoke a licence", .seal(.official), .adverse,
        decided)

    /// 注销行政许可决定书 (art. 70).
    package static let cancellation = PaperKind(
        "cancellation-decision", word: "注", "注销行政许可决定书", "Decision to cancel a licence", .seal(.official), .adverse,
        decided)

    /// Decisions about what was granted before.
    static let afterwards = [withdrawal, revocation, cancellation]
}
