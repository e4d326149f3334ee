package import Vocabulary

/// What the item version lays down for the way to the decision, beside its limits. What is nil follows the Licensing
/// Law.
package struct ProcedureTerms: Hashable, Sendable, Codable {
    /// Whose approval an extension needs: the head of the authority (行政许可法 art. 42(1)), or of the government where
    /// several handle together (art. 42(2)).
    package let authority: Extension.Authority?
    /// By how many units of the statutory limit it may be extended; nil for 10 or 15 working days (art. 42).
    package let extensionMax: Int?
    /// 容缺: the materials that may follow, by id.
    package let tolerable: [String]?
    package let commitment: CommitmentTerms?
    /// Whether grants are limited in number: then whoever was accepted first is granted first (art. 57).
    package let isLimited: Bool?
    /// The steps of the examination in their order; nil for one that has no name.
    package let steps: [ReviewStep]?

    package init(
        authority: Extension.Authority? = nil, extensionMax: Int? = nil, tolerable: [String]? = nil,
        commitment: CommitmentTerms? = nil, isLimited: Bool? = nil, steps: [ReviewStep]? = nil
    ) {
        self.authority = authority
        self.extensionMax = extensionMax
        self.tolerable = tolerable
        self.commitment = commitment
        self.isLimited = isLimited
        self.steps = steps
    }

    /// 告知承诺: what a commitment stands for and how soon it is verified.
    package struct CommitmentTerms: Hashable, Sendable, Codable {
        /// The materials that need not be handed in, by id.
        package let materials: [String]
        /// Working days from the decision to the verification.
        package let verifyWithin: WorkingDays

        package init(materials: [String], verifyWithin: WorkingDays) {
            self.materials = materials
            self.verifyWithin = verifyWithin
        }
    }
}

/// 延续: the licence that an application renews.
package struct Renewal: Hashable, Sendable, Codable {
    /// Calendar days before the expiry by which a renewal is applied for (行政许可法 art. 50); in time, silence until the
    /// expiry renews.
    package static let aheadDays = 30

    package let certificate: CertificateID
    /// The last day on which the licence is valid.
    package let validUntil: CivilDate

    package init(certificate: CertificateID, validUntil: CivilDate) {
        self.certificate = certificate
        self.validUntil = validUntil
    }

    /// Whether an application made on that day is in time.
    package func isInTime(_ day: CivilDate) -> Bool {
        day <= validUntil.advanced(byDays: -Self.aheadDays)
    }
}

extension Terms {
    /// Whose approval an extension needs.
    package var extensionAuthority: Extension.Authority { procedure?.authority ?? .head }

    /// The longest extension, in units of the statutory limit.
    package var extensionMax: Int {
        procedure?.extensionMax ?? (extensionAuthority == .head ? 10 : 15)
    }

    /// The materials that may follow an acceptance.
    package var tolerable: [String] { procedure?.tolerable ?? [] }
}
