/// What a notice is about. A kind is a declared value: templates, pages, deliveries and tests read this list.
package struct NoticeKind: Hashable, Sendable {
    /// Whom it is for.
    package enum Audience: Sendable { case person, staff }

    /// Stands in rows and in the journal; never renamed.
    package let id: String
    package let audience: Audience
    /// What must be said, by name. Exactly these values make a notice.
    package let values: [String: NoticeValue.Shape]
    /// Whether it goes out in the quiet hours of the night too: only what cannot wait until the morning.
    package let isUrgent: Bool
    /// Whether somebody must do something because of it.
    package let asksForDeed: Bool
    /// Whether it is about a certificate, not about a case: then its matter is the certificate's id, and `item` and
    /// `number` are the certificate's type and number.
    package var isAboutCertificate: Bool { id.hasPrefix("certificate-") }

    /// Whether it is about a bad review: then its matter is the id of its rectification, and `number` its short name.
    package var isAboutBadReview: Bool { id.hasPrefix("bad-review") }

    /// Whether it is about a closed file under review: then its matter is the id of the reviewed file.
    package var isAboutReviewedFile: Bool { id.hasPrefix("file-") }

    /// Whether it is about a question about a look: then its matter is the question's id, `item` is what was looked at
    /// and `number` the question's short name.
    package var isAboutInquiry: Bool { id.hasPrefix("look-") }

    private init(
        _ id: String, _ audience: Audience = .person, _ values: [String: NoticeValue.Shape] = [:],
        isUrgent: Bool = false, asksForDeed: Bool = false
    ) {
        self.id = id
        self.audience = audience
        // Every notice is about a case: which item, and the short number under which people find it.
        self.values = values.merging(["item": .text, "number": .text]) { own, _ in own }
        self.isUrgent = isUrgent
        self.asksForDeed = asksForDeed
    }

    package static func == (left: NoticeKind, right: NoticeKind) -> Bool { left.id == right.id }
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// The kind with the id; nil when there is none.
    package static func named(_ id: String) -> NoticeKind? { byID[id] }

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}

/// For applicants and those who act for them.
extension NoticeKind {
    /// 已提交，等待预审: filed where a pre-review or paper comes first; `day` is when the pre-review answers.
    package static let filed = NoticeKind("filed")
    /// 预审退回.
    package static let returned = NoticeKind("returned", asksForDeed: true)
    /// 预审通过，请交原件.
    package static let originalsAwaited = NoticeKind("originals-awaited", asksForDeed: true)
    /// 收件: by `day` it is accepted or not (行政许可法 art. 32).
    package static let received = NoticeKind("received", .person, ["day": .day])
    /// 补正: everything at once, by `day` (art. 32(4)).
    package static let correctionAsked = NoticeKind("correction-asked", .person, ["day": .day], asksForDeed: true)
    /// 受理: the decision is promised by `day`.
    package static let accepted = NoticeKind("accepted", .person, ["day": .day])
    /// 不予受理.
    package static let declined = NoticeKind("declined")
    /// 准予; the message does not say what else the decision holds.
    package static let granted = NoticeKind("granted")
    /// 不予; reasons and remedies stand in the decision.
    package static let refused = NoticeKind("refused")
    /// 可以领取: at the issuing window, against the code.
    package static let ready = NoticeKind("ready", .person, ["code": .text], asksForDeed: true)
    /// 待领取提醒: ready since `day`.
    package static let uncollected = NoticeKind(
        "uncollected", .person, ["code": .text, "day": .day], asksForDeed: true)
    /// 再次提醒: after `day` it goes to the archive.
    package static let uncollectedAgain = NoticeKind(
        "uncollected-again", .person, ["code": .text, "day": .day], asksForDeed: true)
    /// 转入档案: still to be had on asking.
    package static let uncollectedArchived = NoticeKind("uncollected-archived", asksForDeed: true)
    /// 已送达.
    package static let delivered = NoticeKind("delivered")
    package static let withdrawn = NoticeKind("withdrawn")
    package static let terminated = NoticeKind("terminated")
    /// 视为撤回: the corrections did not come in time.
    package static let lapsed = NoticeKind("lapsed")
    /// 特别程序: `procedure` does not count, the decision is now due by `day` (art. 45).
    package static let procedureBegun = NoticeKind("procedure-begun", .person, ["procedure": .phrase, "day": .day])
    package static let procedureEnded = NoticeKind("procedure-ended", .person, ["procedure": .phrase, "day": .day])
    /// 延期: by so many working days, with the head's approval (art. 42).
    package static let extended = NoticeKind("extended", .person, ["days": .number, "day": .day])
    /// 听证告知: may be asked for until `day` (art. 47).
    package static let hearingTold = NoticeKind("hearing-told", .person, ["day": .day], asksForDeed: true)
    /// 听证通知 (art. 48).
    package static let hearingScheduled = NoticeKind(
        "hearing-scheduled", .person, ["day": .day, "time": .text, "place": .text], isUrgent: true, asksForDeed: true)
    /// 容缺材料应于 `day` 前补齐.
    package static let toleranceDue = NoticeKind("tolerance-due", .person, ["day": .day], asksForDeed: true)
    package static let toleranceLapsed = NoticeKind("tolerance-lapsed")
    /// A provisional date is final now, and the same.
    package static let dateFinal = NoticeKind("date-final", .person, ["day": .day])
    /// The date was `was` and is `day`.
    package static let dateMoved = NoticeKind("date-moved", .person, ["was": .day, "day": .day])
    /// 邀请评价: until `day`; voluntary, once.
    package static let evaluationInvited = NoticeKind("evaluation-invited", .person, ["day": .day])
    /// 文书送达.
    package static let paperServed = NoticeKind("paper-served", .person, ["paper": .phrase])
    /// 告知承诺核查: from `day` on.
    package static let commitmentCheck = NoticeKind("commitment-check", .person, ["day": .day], isUrgent: true)
    /// 撤回、撤销、注销: the licence has ended in this way.
    package static let licenceEnded = NoticeKind("licence-ended", .person, ["way": .phrase], asksForDeed: true)
}

/// For the holders of certificates.
extension NoticeKind {
    /// 限制使用、暂扣: `way` says which.
    package static let certificateRestricted = NoticeKind(
        "certificate-restricted", .person, ["way": .phrase], asksForDeed: true)
    /// 解除限制.
    package static let certificateLifted = NoticeKind("certificate-lifted")
    /// 年检通过.
    package static let certificateChecked = NoticeKind("certificate-checked")
    /// 撤回、撤销、注销 of the certificate itself.
    package static let certificateEnded = NoticeKind(
        "certificate-ended", .person, ["way": .phrase], asksForDeed: true)
    /// The last day is `day`.
    package static let certificateNearing = NoticeKind(
        "certificate-nearing", .person, ["day": .day], asksForDeed: true)
    /// It was valid until `day`.
    package static let certificateExpired = NoticeKind("certificate-expired", .person, ["day": .day])
}

/// For whoever asked about a look at what is hers.
extension NoticeKind {
    /// The body answered; she may say until `day` that she is not content.
    package static let lookAnswered = NoticeKind("look-answered", .person, ["day": .day])
    /// The supervisor decided.
    package static let lookRuled = NoticeKind("look-ruled")
}

/// For those who work here. They are told in the house only.
extension NoticeKind {
    /// 黄灯.
    package static let dueSoon = NoticeKind("due-soon", .staff, ["day": .day], asksForDeed: true)
    /// 红灯.
    package static let overdue = NoticeKind("overdue", .staff, ["day": .day], isUrgent: true, asksForDeed: true)
    /// 催办.
    package static let urged = NoticeKind("urged", .staff, isUrgent: true, asksForDeed: true)
    /// 转交您办理.
    package static let delegated = NoticeKind("delegated", .staff, asksForDeed: true)

    /// 征求意见: an answer counts until `day`.
    package static let opinionAsked = NoticeKind("opinion-asked", .staff, ["day": .day], asksForDeed: true)

    /// 督办单: to be answered by `day`; also one that was sent back, or upheld after an appeal.
    package static let orderIssued = NoticeKind(
        "order-issued", .staff, ["order": .text, "day": .day], isUrgent: true, asksForDeed: true)
    /// The body answered or appealed.
    package static let orderAnswered = NoticeKind("order-answered", .staff, ["order": .text], asksForDeed: true)
    /// 升级: it was to be answered by `day`.
    package static let orderEscalated = NoticeKind(
        "order-escalated", .staff, ["order": .text, "day": .day], isUrgent: true, asksForDeed: true)
    package static let orderClosed = NoticeKind("order-closed", .staff, ["order": .text])

    /// Whether it is about a supervision order of the case.
    package var isAboutOrder: Bool { id.hasPrefix("order-") }

    /// 差评: so many stars; whoever judged is to be called by `day`.
    package static let badReview = NoticeKind(
        "bad-review", .staff, ["stars": .number, "day": .day], asksForDeed: true)
    /// 差评超期: `term` was due by `day`.
    package static let badReviewLate = NoticeKind(
        "bad-review-late", .staff, ["term": .phrase, "day": .day], isUrgent: true, asksForDeed: true)

    /// 案卷评查: a drawn file is given to its reviewer.
    package static let fileToReview = NoticeKind("file-to-review", .staff, ["review": .text], asksForDeed: true)
    /// The body is told the marks, and objects by `day` if it will.
    package static let fileReviewed = NoticeKind(
        "file-reviewed", .staff, ["review": .text, "marks": .number, "day": .day], asksForDeed: true)
    package static let fileObjected = NoticeKind("file-objected", .staff, ["review": .text], asksForDeed: true)
    package static let fileRuled = NoticeKind("file-ruled", .staff, ["review": .text, "marks": .number])
    /// 查询质询: the head of the body answers by `day`.
    package static let lookAsked = NoticeKind("look-asked", .staff, ["day": .day], asksForDeed: true)
    /// Nobody answered, or whoever asked is not content: the supervisor decides.
    package static let lookRaised = NoticeKind("look-raised", .staff, isUrgent: true, asksForDeed: true)
    /// The body answered what a supervisor asked.
    package static let lookReplied = NoticeKind("look-replied", .staff, asksForDeed: true)
    /// The supervisor decided.
    package static let lookDecided = NoticeKind("look-decided", .staff)

    /// All kinds, in the order of a life.
    package static let all = [
        filed, returned, originalsAwaited, received, correctionAsked, accepted, declined, granted, refused, ready,
        uncollected, uncollectedAgain, uncollectedArchived, delivered, withdrawn, terminated, lapsed, procedureBegun,
        procedureEnded, extended, hearingTold,
        hearingScheduled, toleranceDue, toleranceLapsed, dateFinal, dateMoved, paperServed, commitmentCheck,
        licenceEnded, certificateRestricted, certificateLifted, certificateChecked, certificateEnded,
        certificateNearing, certificateExpired, dueSoon, overdue, urged, delegated, opinionAsked, orderIssued,
        orderAnswered, orderEscalated, orderClosed,
        evaluationInvited, badReview, badReviewLate, fileToReview, fileReviewed, fileObjected, fileRuled, lookAsked,
        lookRaised, lookReplied, lookDecided, lookAnswered, lookRuled,
    ]
}
