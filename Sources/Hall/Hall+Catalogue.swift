package import Catalogue
import Certificates
package import Dossiers
import Store
package import Vocabulary

/// The catalogue as the doors see it.
extension Hall {
    /// A version of an item, the latest when no number is given; nil when there is none.
    package func item(_ code: String, version: Int? = nil) async throws -> ItemVersion? {
        try await store.read { [guides] tx in try ItemTable.version(of: code, version, known: guides, in: tx) }
    }

    /// A page of the items that fit, best first, as the catalogue stands when it is asked.
    package func items(_ query: ItemQuery) async throws -> ItemAnswer {
        try await index().answer(query)
    }

    /// The departments whose bodies implement items, with the names of those bodies without their places.
    package func departments() async throws -> [(code: String, name: Bilingual)] {
        try await index().departments
    }

    /// The figures of the catalogue as it stands when they are asked for.
    package func catalogueFigures() async throws -> CatalogueFigures {
        try figures.figures(of: try await index())
    }

    /// The number of the catalogue's last change, of at least what is committed now: whatever was made from the
    /// catalogue at this number is as it would be made now.
    package func catalogueGeneration() async throws -> Int { try await generations.answer(()) }

    private func index() async throws -> ItemIndex {
        try await catalogue.index(of: store, atLeast: try await catalogueGeneration())
    }

    /// What items are called, by their codes; without those that there are not.
    package func itemTitles(of codes: Set<String>) async throws -> [String: Bilingual] {
        guard !codes.isEmpty else { return [:] }
        return try await store.read { tx in
            var titles: [String: Bilingual] = [:]
            for code in codes.sorted() { titles[code] = try ItemTable.item(code, in: tx)?.title }
            return titles
        }
    }

    /// The items of a region, by code.
    package func items(in region: Region, after code: String = "", limit: Int) async throws -> [ItemLine] {
        try await store.read { tx in try ItemTable.items(in: region, after: code, limit: limit, in: tx) }
    }

    /// What the version lays down for an applicant in this situation: pinned into the dossier at submission.
    package func terms(of version: ItemVersion, situation: [String: String]) async throws -> Terms {
        let guide = version.guide
        let months = try await certificateMonths(of: guide.standard.certificateTypeCode)
        let result = guide.standard.certificateTypeCode.map { type in
            Terms.Result(
                certificateType: type, name: guide.standard.resultName?.zh ?? guide.itemName.zh, validityMonths: months)
        }
        return Terms(
            item: Terms.Item(
                implementationCode: guide.implementationCode.code, handlingItemCode: guide.handlingItemCode?.code,
                name: guide.handlingItemName?.zh ?? guide.itemName.zh, version: (version.version, version.digest),
                body: Terms.Body(guide.body.code, name: guide.body.name, region: guide.body.region)),
            limits: Terms.Limits(
                statutory: guide.limit(guide.statutoryLimit), promised: guide.limit(guide.promisedLimit),
                delivery: WorkingDays(guide.standard.deliveryLimit.value)),
            result: result ?? .none,
            materials: guide.materials(for: situation).map(\.id), procedure: guide.procedure(for: situation))
    }

    private func certificateMonths(of type: String?) async throws -> Int? {
        guard let type else { return nil }
        return try await certificateKind(type)?.validity.months
    }
}

extension Guide {
    /// The steps of the examination as 办理流程 has them, each with its own limit where that is in working days; empty for
    /// a guide without any. A pre-examination lies with its own body (行政许可法 art. 35).
    var reviewSteps: [ReviewStep] {
        let steps = standard.procedureSteps.filter { $0.kind == .review || $0.kind == .preExamination }
        return steps.prefix(ReviewStep.countMax).enumerated().map { index, step in
            let hasLimit = step.limit.unit == .workingDays && step.limit.value > 0
            let isLower = step.kind == .preExamination
            return ReviewStep(
                isLower ? "pre-\(index + 1)" : "review-\(index + 1)", names: (step.name.zh, step.name.en),
                isLower ? .preExamination : .examination, days: hasLimit ? WorkingDays(step.limit.value) : nil,
                body: step.body.map { ReviewStep.Body($0.code, region: $0.region) })
        }
    }

    /// A limit as dossiers keep it, with the article it rests on in words.
    fileprivate func limit(_ limit: GuideLimit) -> TimeLimit {
        let article = basis(limit.basis)?.citation.zh ?? ""
        let start: TimeLimit.Start = limit.startsAt == .receipt ? .receipt : .acceptance
        return TimeLimit(limit.value, limit.unit.dossierUnit, from: start, article: article)
    }
}

extension TimeUnit {
    fileprivate var dossierUnit: TimeLimit.Unit {
        switch self {
        case .workingDays: .workingDays
        case .calendarDays: .calendarDays
        case .hours: .hours
        case .minutes: .minutes
        case .months: .months
        }
    }
}
