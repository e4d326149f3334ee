import Testing
import Vocabulary

@testable import Catalogue

@Suite struct DemonstrationCatalogueTests {
    @Test func `everything that ships loads and has no defect`() throws {
        let catalogue = try Demonstration.catalogue()
        #expect(Set(catalogue.guides.map(\.standard.slug)).count == 14)
        #expect(Set(catalogue.guides.map(\.catalogCode)).count == 17)
        #expect(Set(catalogue.guides.map(\.itemCode)).count == catalogue.guides.count)
        for guide in catalogue.guides {
            let defects = CatalogueRules.defects(
                in: guide, certificateTypes: try Demonstration.faces(), tables: catalogue.composer.tables,
                directory: catalogue.composer.directory)
            #expect(defects.isEmpty, "\(guide.standard.slug) \(guide.body.nameEnglish)")
        }
        #expect(DriftReport(comparing: catalogue.guides).differences.isEmpty)
    }

    @Test func `an item stands only at the levels that hold the power`() throws {
        let catalogue = try Demonstration.catalogue()
        func levels(_ slug: String) -> [ExerciseLevel] {
            let found = catalogue.guides.filter { $0.standard.slug == slug }.map(\.exerciseLevel)
            return ExerciseLevel.allCases.filter(found.contains)
        }
        #expect(levels("special-working-hours") == [.city, .county])
        #expect(levels("second-class-constructor") == [.province])
        #expect(levels("road-freight") == [.county])
        #expect(try Demonstration.guide("special-working-hours").catalogCode.code == "000114111004")
        let city = try Demonstration.guide("special-working-hours", in: "350100")
        #expect(city.catalogCode.code == "000114111003")
        #expect(city.catalogCode.header?.code == "00011411100Y")
        #expect(city.implementationCode.code == "11350100MADEM002X03000114111003")
        #expect(city.itemName == (try Demonstration.guide("special-working-hours")).itemName)
        #expect(city.handlingItemName?.zh.hasSuffix("(设区的市级权限)") == true)
    }

    @Test func `the known facts stand as they are`() throws {
        let facts: [(slug: String, statutory: Int, promised: Int?, start: GuideLimit.Start, type: String)] = [
            ("special-working-hours", 15, 4, .acceptance, "11350100MADEM002X0001"),
            ("food-business-licence", 10, nil, .acceptance, ""), ("public-place-hygiene", 20, nil, .acceptance, ""),
            ("company-registration", 3, nil, .acceptance, ""),
            ("construction-permit", 7, nil, .receipt, "11100000000013338W009"),
            ("labour-dispatch", 20, nil, .acceptance, ""), ("teacher-qualification", 30, nil, .acceptance, ""),
            ("road-freight", 20, nil, .acceptance, ""), ("outdoor-advertising", 20, nil, .acceptance, ""),
            ("temporary-road-occupation", 20, nil, .acceptance, ""),
        ]
        for fact in facts {
            let guide = try Demonstration.guide(fact.slug)
            #expect(guide.statutoryLimit.value == fact.statutory, "\(fact.slug)")
            #expect(guide.statutoryLimit.startsAt == fact.start, "\(fact.slug)")
            if let promised = fact.promised { #expect(guide.promisedLimit.value == promised) }
            if !fact.type.isEmpty { #expect(guide.standard.certificateTypeCode == fact.type) }
        }
        let constructor = try Demonstration.guide("second-class-constructor", in: "350000")
        #expect(constructor.standard.certificateTypeCode == "11100000000013338W001")
        #expect(constructor.promisedLimit.value == 0)
        #expect(constructor.handlingLocations.count == 14)
        let company = try Demonstration.guide("company-registration")
        #expect(company.statutoryLimit.extension?.value == 3)
        let months = try Demonstration.catalogue().certificateTypes.reduce(into: [:]) {
            $0[$1.name] = $1.validityMonths
        }
        #expect(months["食品经营许可证"] == 60)
        #expect(months["公共场所卫生许可证"] == 48)
        #expect(months["劳务派遣经营许可证"] == 36)
    }

    @Test func `bodies, halls and telephone numbers are those of the city and its thirteen units`() throws {
        let directory = try Directory.shipped()
        let regions = try Gazetteer.shipped().entries.map(\.region)
        #expect(directory.bodies.count == 7 * 14 + 1)
        #expect(directory.halls.map(\.region) == regions)
        #expect(Set(directory.bodies.map(\.code)).count == directory.bodies.count)
        for body in directory.bodies {
            #expect(body.code.regionCode == body.region.code)
            #expect(body.name.hasSuffix("(示例)"))
            #expect(body.source == .demonstration)
        }
        for department in ["hrss", "housing", "market", "health", "education", "transport", "urban"] {
            let found = directory.bodies(of: department, at: [.city, .county])
            #expect(found.map(\.region) == regions, "\(department)")
        }
        #expect(directory.hall(in: .fuzhou)?.code.code == "12350100MADEM00115")
        #expect(Set(directory.bodies.map(\.documentMark)).count == directory.bodies.count)
    }

    @Test func `a power shows only the answers that it covers`() throws {
        let county = try Demonstration.guide("teacher-qualification")
        let city = try Demonstration.guide("teacher-qualification", in: "350100")
        let offered = { (guide: Guide) in guide.situations.first { $0.id == "kind" }?.choices.map(\.id) }
        #expect(offered(county) == ["kindergarten", "primary", "junior"])
        #expect(offered(city) == ["senior"])
        #expect(
            city.validate(situation: ["kind": "primary", "route": "examination", "place": "household"]).map(\.code)
                == ["form.situation-unknown"])
    }

    @Test func `a city-wide item is received in every hall, its own first`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        #expect(guide.halls.count == 14)
        #expect(guide.halls.first?.region.code == "350111")
        #expect(Set(guide.halls.map(\.code)).count == 14)
    }

    @Test func `trips are counted with the modes that are offered`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        #expect(guide.isZeroTrip)
        let hygiene = try Demonstration.guide("public-place-hygiene")
        #expect(!hygiene.isZeroTrip)
        #expect(hygiene.isAtMostOneTrip)
        #expect(hygiene.leastTripsOffered == 1)
    }

    @Test func `letters have a blank and a sample in both languages`() throws {
        for form in try BlankForm.shipped() {
            for text in form.blank + form.sample {
                #expect(!text.zh.contains("{") && !text.en.contains("{"), "\(form.id)")
            }
            #expect(form.blank != form.sample)
        }
        let letter = try #require(try Demonstration.catalogue().blankForm("letter/authorisation"))
        #expect(letter.filled(with: ["agent": "王示例"]).contains { $0.zh.contains("受托人：王示例") })
    }

    @Test func `a law that was not checked names no article, and the page says so`() throws {
        let constructor = try Demonstration.guide("second-class-constructor", in: "350000")
        let unchecked = constructor.standard.legalBases.filter { !$0.checked }
        #expect(unchecked.map(\.id) == ["constructor"])
        #expect(unchecked.allSatisfy { $0.article == nil })
        let tables = try Demonstration.catalogue().tables
        let element = try #require(GuideElement.named("legalBases"))
        #expect(GuideStatement(element, in: constructor, tables).isUnchecked)
        #expect(!GuideStatement(element, in: try Demonstration.guide("construction-permit"), tables).isUnchecked)
    }
}
