/// A file that the program renders on demand: a form or letter, blank or filled in, or a sample certificate.
package struct AttachmentRef: Hashable, Sendable, Codable {
    /// `form/SLUG/blank`, `form/SLUG/sample`, `letter/NAME/blank`, `letter/NAME/sample` or `certificate/TYPE/sample`.
    package let id: String
    package let title: Bilingual
}

/// One answer about the applicant's situation on which something depends.
package struct SituationCondition: Hashable, Sendable, Codable {
    package let situation: String
    /// Any of these.
    package let choices: [String]
}

extension [SituationCondition] {
    /// Whether all conditions hold for the choices made; an empty list always holds.
    package func hold(for situation: [String: String]) -> Bool {
        allSatisfy { condition in situation[condition.situation].map(condition.choices.contains) ?? false }
    }

    /// Whether they can still hold once the questions that are open are answered; without any answer they always can,
    /// and when all are answered this is the same as `hold`.
    package func mayHold(for situation: [String: String]) -> Bool { open(in: situation) != nil }

    /// The conditions whose questions are open; nil when an answer already speaks against one.
    package func open(in situation: [String: String]) -> [SituationCondition]? {
        let answered = filter { situation[$0.situation] != nil }
        return answered.hold(for: situation) ? filter { situation[$0.situation] == nil } : nil
    }
}

/// 申请材料: one material of a guide (domain section 2.3).
package struct MaterialSpec: Hashable, Sendable, Codable {
    package let id: String
    package let name: Bilingual
    package let kind: MaterialKind
    package let medium: MaterialMedium
    package let originalCopies: Int
    package let photocopies: Int
    package let originalHandling: OriginalHandling
    package let paperFormat: Bilingual
    package let necessity: MaterialNecessity
    package let sourceChannel: SourceChannel
    /// Required when a government department or somebody else issues it.
    package let sourceNote: Bilingual?
    package let issuingBody: Bilingual?
    /// Blank and sample come together, for a material that is a form.
    package let blankForm: AttachmentRef?
    package let sample: AttachmentRef?
    package let fillingNote: Bilingual?
    package let acceptanceStandard: Bilingual
    /// The id of the legal basis that lets the body ask for it.
    package let legalBasis: String
    /// 21 characters; when set the library supplies it and it may not be demanded on paper (国令716 art. 7).
    package let certificateTypeCode: String?
    /// What such a certificate must be besides; nil where nothing is asked.
    package let conditions: [FaceCondition]?
    /// The situations that ask for it; empty for all.
    package let appliesWhen: [SituationCondition]
    package let order: Int
    package let source: FactSource
}
