extension CatalogueRules {
    /// What stands beside the 46 elements about the way to the decision: a commitment names materials and situations
    /// that exist, and handling together names with whom.
    static func commitment(_ guide: Guide) -> [GuideDefect] {
        let standard = guide.standard
        let together = check(
            standard.jointHandling != true || !standard.jointAgencies.isEmpty, "joint-without-agencies",
            "jointAgencies",
            Bilingual("统一、联合或者集中办理的，应当写明联办机构", "What is handled together names the agencies"),
            mend: Bilingual("请填写联办机构", "Name them"))
        guard let offer = standard.commitment else { return together }
        let isKnown = offer.materials.allSatisfy { id in standard.materials.contains { $0.id == id } }
        return together
            + check(
                isKnown && !offer.materials.isEmpty && (1...250).contains(offer.verifyDays), "commitment-materials",
                "commitment",
                Bilingual("告知承诺的材料编号或者核查期限不正确", "The materials or the days of the commitment are wrong"),
                mend: Bilingual("请核对材料编号和核查期限", "Check both"))
            + conditions(offer.appliesWhen ?? [], of: "commitment", in: guide)
    }
}
