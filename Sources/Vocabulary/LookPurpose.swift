/// Why somebody of the staff, or a partner, looked at a person's record. The words stand in the journal for ever.
package enum LookPurpose: String, Sendable, Codable, CaseIterable {
    /// 窗口受理: an application is taken in, or her number was searched for it.
    case intake
    /// 叫号: whoever was called to the window with a ticket.
    case ticket
    /// 帮办代办.
    case assist
    /// 审批.
    case review
    /// Several like cases are decided at once.
    case batch
    /// One of the papers that she handed in was opened.
    case material
    /// A paper of the law was opened.
    case paper
    case print
    /// The clock sheet.
    case clock
    /// An evidence pack was made.
    case evidence
    /// 出件.
    case issuing
    case supervision
    /// What was said over links of a case.
    case exchange
    /// 回访: whoever judged badly is called.
    case callBack = "call-back"
    /// The register of certificates of the body that issued them.
    case certificates
    /// 亮证: the holder showed a code of her own.
    case presented
    /// A program of another body asked for it.
    case shared
    /// A partner's system read the case.
    case partner
    /// A certificate that was handed in with a case was checked.
    case handedIn = "handed-in"
    /// The certificate that a case made.
    case result
    /// Whoever answers for a look that was asked about.
    case inquiry
    /// 案卷评查: a closed file is marked, by people of another body.
    case fileReview = "file-review"
}
