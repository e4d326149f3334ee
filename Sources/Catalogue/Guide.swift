package import Vocabulary

/// 办事指南: everything the 46 elements say of one item at one body. It is the city's standard, a power, a body and its
/// halls; the elements are read from it under their Swift names.
package struct Guide: Hashable, Sendable, Codable {
    package private(set) var standard: GuideStandard
    package let power: ItemPower
    package let body: ImplementingBody
    /// Where it is received: the body's own hall first.
    package let halls: [ServiceCentre]
    /// What the body sets for itself; nil when it takes everything from the city.
    package let own: OwnParticulars?
    package let implementationCode: ImplementationCode
    package let handlingItemCode: HandlingItemCode?

    /// Composes the guide of a body; nil when the codes cannot be composed (a header row, a serial that is none).
    package init?(
        _ standard: GuideStandard, _ power: ItemPower, at body: ImplementingBody, halls: [ServiceCentre],
        own: OwnParticulars? = nil
    ) {
        guard
            let implementation = ImplementationCode(body: body.code, level: body.level, catalogCode: power.catalogCode)
        else { return nil }
        if let handling = standard.handlingItem {
            guard handling.serial.utf8.count == 2, let serial = Int(handling.serial),
                let code = HandlingItemCode(implementation, serial: serial)
            else { return nil }
            handlingItemCode = code
        } else {
            handlingItemCode = nil
        }
        (self.standard, self.power, self.body, self.halls) = (standard, power, body, halls)
        self.own = own
        implementationCode = implementation
    }
}

// The elements (E01 to E46) that are not simply those of the standard.
extension Guide {
    package var itemName: Bilingual { standard.itemName }
    package var handlingItemName: Bilingual? {
        standard.handlingItem.map { handling in power.handlingItemSuffix.map { handling.name + $0 } ?? handling.name }
    }
    /// What people know it by: the handling item's name, where there is one.
    package var title: Bilingual { handlingItemName ?? itemName }
    package var catalogCode: CatalogCode { power.catalogCode }
    package var implementingBody: Bilingual { Bilingual(body.name, body.nameEnglish) }
    package var exerciseLevel: ExerciseLevel { body.level }
    package var materials: [MaterialSpec] { standard.materials.sorted { ($0.order, $0.id) < ($1.order, $1.id) } }
    package var acceptanceStandards: [AcceptanceStandard] {
        materials.map { AcceptanceStandard(material: $0.name, standard: $0.acceptanceStandard) }
    }
    package var statutoryLimit: GuideLimit { standard.statutoryLimit }
    package var promisedLimit: GuideLimit {
        own?.promisedLimit.map(standard.promisedLimit.withValue) ?? standard.promisedLimit
    }
    package var consultationPhone: String { own?.consultationPhone ?? body.consultationPhone }
    package var supervisionPhone: String { own?.supervisionPhone ?? body.supervisionPhone }
    package var form: ApplicationForm { standard.form }
    /// The situations with the answers that this power offers.
    package var situations: [Situation] {
        standard.situations.map { $0.limited(to: power.situationChoices[$0.id]) }
    }
    /// The situation of the sample form. Where the standard's sample has an answer that this power does not offer, it
    /// is the first that it does.
    package var sampleSituation: [String: String] {
        let offered = situations.compactMap { question in
            (question.choices.first { $0.id == form.sampleSituation[question.id] } ?? question.choices.first)
                .map { (question.id, $0.id) }
        }
        return Dictionary(offered) { first, _ in first }
    }
    package var handlingLocations: [HandlingLocation] {
        halls.enumerated().map { index, hall in
            let own = index == 0 ? own : nil
            return HandlingLocation(
                hall: Bilingual(hall.name, hall.nameEnglish), region: hall.region,
                window: own?.window ?? Bilingual("综合窗口", "comprehensive window"),
                address: own?.address ?? Bilingual(hall.address, hall.addressEnglish),
                hours: own?.hours ?? Bilingual(hall.hours, hall.hoursEnglish),
                transport: Bilingual(hall.transport, hall.transportEnglish))
        }
    }
    package var legalRemedies: LegalRemedies {
        LegalRemedies(
            reviewAuthority: Bilingual(body.reviewAuthority, body.reviewAuthorityEnglish), reviewDays: 60,
            court: Bilingual(body.court, body.courtEnglish), litigationMonths: 6)
    }
}

extension Guide {
    /// The materials that the situation asks for.
    package func materials(for situation: [String: String]) -> [MaterialSpec] {
        materials.filter { $0.appliesWhen.hold(for: situation) }
    }

    /// The commitment that may be signed in the situation; nil where none is offered.
    package func commitmentOffer(for situation: [String: String]) -> CommitmentOffer? {
        standard.commitment.flatMap { ($0.appliesWhen ?? []).hold(for: situation) ? $0 : nil }
    }

    /// The same guide with only the materials that a situation can still ask for: what a print for it shows.
    package func narrowed(to situation: [String: String]) -> Guide {
        var guide = self
        guide.standard.materials = standard.materials.filter { $0.appliesWhen.mayHold(for: situation) }
        return guide
    }

    /// The legal basis with the id; nil when the guide does not cite one.
    package func basis(_ id: String?) -> LegalBasis? {
        guard let id else { return nil }
        return (standard.legalBases + standard.referenceBases).first { $0.id == id }
    }

    /// The modes that this installation can carry out, in the order of the guide.
    package var offeredModes: [ServiceMode] { standard.serviceModes.filter(\.isOffered) }

    /// The least trips among the offered modes; nil when none is offered.
    package var leastTripsOffered: Int? { offeredModes.map(\.trips).min() }

    /// 一趟不用跑: some offered mode takes no trip.
    package var isZeroTrip: Bool { leastTripsOffered == 0 }

    /// 最多跑一趟: the least trips are one or none.
    package var isAtMostOneTrip: Bool { leastTripsOffered.map { $0 <= 1 } ?? false }
}
