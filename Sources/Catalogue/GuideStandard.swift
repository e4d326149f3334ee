package import Vocabulary

/// 权力: at which levels an item is exercised, and under which catalogue code.
package struct ItemPower: Hashable, Sendable, Codable {
    package let levels: [ExerciseLevel]
    package let catalogCode: CatalogCode
    /// `law` for a code seen in a published list, `demonstration` for one made up here.
    package let catalogCodeSource: FactSource
    /// 县级权限 and the like, added to the name of the handling item.
    package let handlingItemSuffix: Bilingual?
    package let powerSource: PowerSource
    package let authorityDivision: Bilingual?
    /// The answers that a situation offers under this power; a question that is not listed offers all of them.
    package let situationChoices: [String: [String]]
}

/// What the city's standard fixes once for an item, whoever implements it: all of a guide but the body's own
/// particulars.
package struct GuideStandard: Hashable, Sendable, Codable {
    /// The item's name in addresses on the web: `special-working-hours`.
    package let slug: String
    /// The department whose bodies implement it.
    package let department: String
    /// For each element by its Swift name, where its fact comes from; elements whose parts say so themselves are left
    /// out.
    package let sources: [String: FactSource]
    package let itemName: Bilingual
    package let handlingItem: HandlingItem?
    package let itemType: ItemType
    package let legalBases: [LegalBasis]
    /// Articles that other parts of the guide cite: 实施依据.
    package let referenceBases: [LegalBasis]
    package let serviceObjects: [ServiceObject]
    package let topics: [Topic]
    /// Words that people say when they look for it: 开饭店.
    package let searchWords: [String]
    package let searchWordsEnglish: [String]
    package let jointAgencies: [AgencyRef]
    package let entrustingDepartment: AgencyRef?
    package let caseType: CaseType
    package let reviewMode: ReviewMode
    package let handlingForms: [HandlingForm]
    package let acceptanceConditions: [AcceptanceCondition]
    package internal(set) var materials: [MaterialSpec]
    /// Nil for unlimited.
    package let quantityLimit: QuantityLimit?
    package let procedureSteps: [ProcedureStep]
    package let specialProcedures: [SpecialProcedureSpec]
    package let intermediaryServices: [IntermediaryService]
    package let statutoryLimit: GuideLimit
    package let statutoryLimitNote: Bilingual?
    package let promisedLimit: GuideLimit
    package let promisedLimitNote: Bilingual?
    /// From the decision to the delivery; 10 working days unless a law says otherwise (行政许可法 art. 44).
    package let deliveryLimit: GuideLimit
    package let isCharged: Bool
    package let feeItems: [FeeItem]
    package let onlinePaymentSupported: Bool
    package let resultType: ResultType
    package let resultName: Bilingual?
    /// The type (21 characters) of the certificate that a grant makes, papers of approval included.
    package let certificateTypeCode: String?
    package let resultSample: AttachmentRef?
    package let closing: Closing
    package let resultDelivery: [DeliveryMode]
    package let crossRegionScope: CrossRegionScope?
    package let onlineDepth: OnlineService
    package let runningSystem: RunningSystem
    package let serviceModes: [ServiceMode]
    package let onSiteVisits: OnSiteVisits
    package let onSiteReason: Bilingual?
    package let appointment: AppointmentOffer
    package let express: Express
    package let situations: [Situation]
    package let frequentQuestions: [FrequentQuestion]
    package let form: ApplicationForm
    /// Whether the agencies named above handle it together (统一办理、联合办理、集中办理, 行政许可法 art. 26): then the head of the
    /// government extends its limit (art. 42(2)). Nil for no.
    package let jointHandling: Bool?
    /// Nil where no commitment is offered.
    package let commitment: CommitmentOffer?
    /// Elements that were declared beside those above, by their keys (`GuideElement.init(further:)`).
    package let further: [String: JSONValue]?
}
