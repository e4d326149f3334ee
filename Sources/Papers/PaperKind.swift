package import Documents

/// 文书种类: a kind of paper that the law asks for (domain section 4.2). Everything else reads `all`.
package struct PaperKind: Hashable, Sendable {
    /// Who signs it: the body with one of its seals, or the applicant alone.
    package enum Signer: Hashable, Sendable {
        case seal(SealDrawing.Kind)
        /// Records and undertakings: signatures by hand.
        case hands
    }

    /// `refusal-decision`: in addresses, events and file names, never renamed.
    package let id: String
    /// 文种: what stands before the year in its number. No two kinds have the same, so that the numbers of a body, a
    /// word and a year are one series.
    package let word: String
    /// Its name, as lists show it before a template is read.
    package let title: Title
    package let signer: Signer
    /// Whether it is handed to somebody with proof (送达): every notice and decision that starts a period or grants a
    /// right.
    package let isServed: Bool
    /// Whether it takes or denies something: then it says why, and to whom one may turn (行政许可法 art. 38(2)).
    package let isAdverse: Bool
    package let particulars: [Particular]

    /// A name in both languages.
    package struct Title: Hashable, Sendable {
        package let zh: String
        package let en: String
    }

    /// The seal that is drawn on it; nil where hands sign.
    package var seal: SealDrawing.Kind? {
        if case .seal(let kind) = signer { return kind }
        return nil
    }

    init(
        _ id: String, word: String, _ zh: String, _ en: String, _ signer: Signer, _ nature: Nature,
        _ particulars: [Particular]
    ) {
        self.id = id
        self.word = word
        title = Title(zh: zh, en: en)
        self.signer = signer
        isServed = nature != .kept
        isAdverse = nature == .adverse
        self.particulars = Self.everywhere + particulars + (isAdverse ? Self.remedies : [])
    }

    /// What becomes of a paper.
    enum Nature { case kept, served, adverse }

    /// What every paper says.
    private static let everywhere: [Particular] = [
        .text("applicant"), .text("item"), .text("itemEnglish", optional: true), .text("dossierNumber"),
    ]

    /// What every adverse one says: why, who reconsiders it (行政复议法 arts 20, 24) and which court hears it (行政诉讼法
    /// arts 18, 46).
    private static let remedies: [Particular] = [
        .list("reasons"), .text("reconsideration"), .text("court"), .text("onlineChannel"),
        .text("reconsiderationEnglish", optional: true), .text("courtEnglish", optional: true),
    ]

    /// The particulars that name the remedies.
    static let remedyIDs: Set<String> = ["reconsideration", "court"]

    /// The kind with the id; nil when there is none.
    package static func named(_ id: String) -> PaperKind? { all.first { $0.id == id } }

    /// Every kind, in the order of a case's life.
    package static let all: [PaperKind] =
        [receipt, correction, acceptance, nonAcceptance] + procedures + [grant, refusal] + endings + afterwards
        + [serviceRecord]
}
