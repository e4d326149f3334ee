import Accounts
import Catalogue
import Dossiers
import Hall
import Store
import Vocabulary

/// What can be applied for in a simulated city: the guides of the demonstration catalogue, by how often they are wanted
/// and where.
struct CityItems: Sendable {
    /// One item at one body, as it is applied for in one situation.
    struct Choice: Sendable {
        let guide: Guide
        let mode: ServiceMode
        let delivery: DeliveryMode
        let situation: [String: String]
        /// In whose hall it is filed; nil for online.
        let hall: Region?
        let isCommitted: Bool
        let isFirm: Bool

        var isImmediate: Bool { guide.promisedLimit.value == 0 }
        var code: String { guide.handlingItemCode?.code ?? guide.implementationCode.code }
    }

    private struct Item: Sendable {
        let guides: [Guide]
        let weight: Double
    }

    private let items: [Item]
    private let halls: [Region]

    init(_ catalogue: DemonstrationCatalogue) throws {
        halls = catalogue.composer.directory.halls.map(\.region)
        items = try CityRates.items.map { rate in
            let guides = catalogue.guides.filter { $0.standard.slug == rate.slug }
            guard !guides.isEmpty else { throw Fault.corrupt("no guide is called \(rate.slug)") }
            return Item(guides: guides, weight: rate.weight)
        }
    }

    /// Something that somebody applies for online or at a counter.
    func draw(isOnline: Bool, _ dice: inout CityDice) throws -> Choice {
        let item = items[dice.place(items.map(\.weight))]
        let guide = item.guides[dice.place(item.guides.map { Self.weight(of: $0.body.region) })]
        let isFirm = Self.isForFirm(guide, &dice)
        let body = guide.body.region
        let isElsewhere = dice.happens(CityRates.elsewhere) || !halls.contains(body)
        let hall = isOnline ? nil : isElsewhere ? halls[dice.place(halls.map(Self.weight))] : body
        let mode = try mode(of: guide, at: hall, &dice)
        let deliveries = guide.standard.resultDelivery.filter { $0.isOffered && mode.allows($0) }
        guard !deliveries.isEmpty else { throw Fault.corrupt("\(guide.title.zh) is delivered in no way") }
        let delivery = deliveries[
            dice.place(deliveries.map { way in CityRates.deliveries.first { $0.id == way.id }?.weight ?? 0 })]
        let (situation, isCommitted) = situation(of: guide, isFirm: isFirm, &dice)
        return Choice(
            guide: guide, mode: mode, delivery: delivery, situation: situation, hall: hall, isCommitted: isCommitted,
            isFirm: isFirm)
    }

    private func mode(of guide: Guide, at hall: Region?, _ dice: inout CityDice) throws -> ServiceMode {
        let modes = guide.offeredModes.filter { ($0.submission == .counter) == (hall != nil) }
        guard !modes.isEmpty else { throw Fault.corrupt("\(guide.title.zh) is filed in no way") }
        guard let hall else {
            let weights = modes.map { mode in CityRates.onlineModes.first { $0.id == mode.id }?.weight ?? 0 }
            return modes[dice.place(weights)]
        }
        // Only the hall of the body's own place receives in the ordinary way.
        let fitting = hall == guide.body.region ? modes : modes.filter { $0 == .nearestWindow }
        return fitting.isEmpty ? modes[0] : fitting[dice.number(0...fitting.count - 1)]
    }

    private func situation(
        of guide: Guide, isFirm: Bool, _ dice: inout CityDice
    ) -> (situation: [String: String], isCommitted: Bool) {
        var situation = guide.sampleSituation
        for question in guide.situations where question.id != "filedBy" {
            let choices = question.choices.map(\.id)
            if choices.contains("organisation"), choices.contains("person") {
                situation[question.id] = isFirm ? "organisation" : "person"
            } else if question.id == "procedure", choices.contains("examination") {
                situation[question.id] = "examination"
            }
        }
        guard guide.standard.commitment != nil, dice.happens(CityRates.committed) else { return (situation, false) }
        if guide.situations.contains(where: { $0.id == "procedure" }) { situation["procedure"] = "commitment" }
        return (situation, guide.commitmentOffer(for: situation) != nil)
    }

    private static func isForFirm(_ guide: Guide, _ dice: inout CityDice) -> Bool {
        let objects = guide.standard.serviceObjects
        guard objects.contains(.person) else { return true }
        return objects.count > 1 && dice.happens(CityRates.firms)
    }

    /// How many apply in a place, beside others.
    static func weight(of region: Region) -> Double {
        CityRates.regions.first { $0.code == region.code }?.weight ?? 1
    }
}

extension CityItems.Choice {
    /// The form filled in: the guide's own sample with the applicant's name and numbers.
    func answers(of applicant: CityPeople.Applicant) -> [String: String] {
        var answers = guide.form.sample
        let mobile = applicant.citizen.mobile?.number ?? ""
        let own: [String: String] = [
            "name": applicant.citizen.name.text, "citizenID": applicant.citizen.number.number, "phone": mobile,
            "organisationName": applicant.person.name.text, "creditCode": applicant.person.number.text,
            "legalRepresentative": applicant.citizen.name.text, "representativeID": applicant.citizen.number.number,
            "contactName": applicant.citizen.name.text, "contactPhone": mobile,
            "applicantName": applicant.person.name.text, "responsible": applicant.citizen.name.text,
        ]
        for (field, answer) in own where answers[field] != nil { answers[field] = answer }
        return answers
    }

    /// What must be handed in: without what a commitment stands for.
    var materials: [MaterialSpec] {
        let offer = isCommitted ? guide.commitmentOffer(for: situation)?.materials ?? [] : []
        return guide.materials(for: situation).filter { !offer.contains($0.id) }
    }
}
