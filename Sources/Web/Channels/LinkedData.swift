import Catalogue
import Hall
import Vocabulary

extension Site {
    /// A guide as schema.org's `GovernmentService` (JSON-LD 1.1). What a service has no words for (version, date,
    /// language) is said of its page.
    func linkedData(of item: ItemVersion) throws -> [UInt8] {
        try CanonicalJSON.bytes(of: LinkedData(site: self, item: item).service)
    }
}

private struct LinkedData {
    let site: Site
    let item: ItemVersion
    private var guide: Guide { item.guide }
    private var page: String { site.press.address.absolute(Paths.item(item.itemCode)) }
    private static let languages = JSONValue.list(Language.allCases.map { .text($0 == .zh ? "zh-CN" : "en") })

    var service: JSONValue {
        let words = site.interior.tables.words(.portal, .zh)
        return thing(
            "GovernmentService",
            [
                "@context": .text("https://schema.org"), "@id": .text(page + "#service"), "url": .text(page),
                "identifier": .text(item.itemCode),
                "serviceType": .text(site.tables.label(guide.standard.itemType).zh),
                "description": .text(words.promise(of: guide)), "provider": provider, "areaServed": area,
                "audience": .list(
                    guide.standard.serviceObjects.map { object in
                        thing("Audience", ["audienceType": .text(site.tables.label(object).zh)])
                    }),
                "availableChannel": .list(channels), "serviceOutput": output,
                "termsOfService": .text(words.list(guide.standard.legalBases.map(\.citation.zh))),
                "subjectOf": .list(guide.standard.legalBases.map(legislation)), "offers": offers,
                "mainEntityOfPage": thing(
                    "WebPage",
                    [
                        "@id": .text(page), "url": .text(page), "inLanguage": Self.languages,
                        "version": .number(item.version), "dateModified": .text(item.effectiveDate.description),
                        "isAccessibleForFree": .flag(true),
                    ]),
            ], name: guide.title)
    }

    /// A node; values that are nil are left out.
    private func thing(_ type: String, _ values: [String: JSONValue?], name: Bilingual? = nil) -> JSONValue {
        var fields = values.compactMapValues { $0 }
        fields["@type"] = .text(type)
        if let name {
            fields["name"] = .text(name.zh)
            if name.en != name.zh, !name.en.isEmpty { fields["alternateName"] = .text(name.en) }
        }
        return .record(fields)
    }

    private var provider: JSONValue {
        let body = guide.body
        return thing(
            "GovernmentOrganization",
            [
                "identifier": thing(
                    "PropertyValue",
                    ["propertyID": .text("unifiedSocialCreditCode"), "value": .text(body.code.code)]),
                "telephone": .text(guide.consultationPhone),
            ], name: guide.implementingBody)
    }

    /// The body's place, by its six digits of GB/T 2260; a province, which the gazetteer does not list, by those alone.
    private var area: JSONValue {
        let region = guide.body.region
        return thing(
            "AdministrativeArea", ["identifier": .text(region.code)],
            name: site.regions.entry(region).map { Bilingual($0.name, $0.nameEnglish) })
    }

    /// The site, where the item is offered online, and every hall where it is received.
    private var channels: [JSONValue] {
        let modes = guide.offeredModes
        var channels: [JSONValue] = []
        if modes.contains(where: { $0.submission == .online }) {
            channels.append(
                thing(
                    "ServiceChannel",
                    [
                        "serviceUrl": .text(page), "availableLanguage": Self.languages,
                        "processingTime": processingTime,
                    ], name: Bilingual(site.interior.siteChinese, site.interior.siteEnglish)))
        }
        if modes.contains(where: { $0.submission == .counter }) {
            channels += zip(guide.halls, guide.handlingLocations).map(counter)
        }
        return channels
    }

    /// A hall with the address and hours that hold for this guide there.
    private func counter(_ hall: ServiceCentre, _ place: HandlingLocation) -> JSONValue {
        let address = thing(
            "PostalAddress",
            [
                "addressCountry": .text("CN"), "streetAddress": .text(place.address.zh),
                "addressLocality": site.regions.entry(hall.region).map { .text($0.name) },
            ])
        return thing(
            "ServiceChannel",
            [
                "servicePhone": thing("ContactPoint", ["telephone": .text(hall.consultationPhone)]),
                "servicePostalAddress": address,
                "serviceLocation": thing(
                    "GovernmentOffice", ["address": address, "description": .text(place.hours.zh)], name: place.hall),
                "processingTime": processingTime,
            ], name: place.hall)
    }

    /// The promise as an ISO 8601 duration. Working days have none, because how long they are is the calendar's
    /// business; the description says them in words.
    private var processingTime: JSONValue? {
        let limit = guide.promisedLimit
        if limit.value == 0 { return .text("PT0S") }
        switch limit.unit {
        case .workingDays: return nil
        case .calendarDays: return .text("P\(limit.value)D")
        case .months: return .text("P\(limit.value)M")
        case .hours: return .text("PT\(limit.value)H")
        case .minutes: return .text("PT\(limit.value)M")
        }
    }

    private var output: JSONValue? {
        guide.standard.resultName.map { thing("GovernmentPermit", [:], name: $0) }
    }

    private func legislation(_ basis: LegalBasis) -> JSONValue {
        thing(
            "Legislation",
            [
                "legislationIdentifier": .text(basis.documentNumber),
                "legislationPassedBy": thing("Organization", [:], name: basis.issuingBody),
                "legislationDateOfApplicability": basis.effectiveDate.map { .text($0.description) },
                "description": .text(basis.citation.zh),
            ], name: basis.lawName)
    }

    /// What it costs: nothing, or the fees in the words of the guide.
    private var offers: JSONValue {
        let from = JSONValue.text(item.effectiveDate.description)
        let currency = JSONValue.text("CNY")
        guard guide.standard.isCharged else {
            return .list([thing("Offer", ["price": .text("0"), "priceCurrency": currency, "validFrom": from])])
        }
        return .list(
            guide.standard.feeItems.map { fee in
                thing(
                    "Offer", ["description": .text(fee.standard.zh), "priceCurrency": currency, "validFrom": from],
                    name: fee.name)
            })
    }
}
