import Foundation
import Testing
import Vocabulary

@testable import Catalogue

@Suite struct GuideElementTests {
    private struct ElementFile: Decodable {
        struct Element: Decodable {
            let id: String
            let group: String
            let zh: String
            let en: String
            let required: String
            let codeTable: String
        }
        let elements: [Element]
    }

    @Test func `the 46 declared elements are those of the published list`() throws {
        let published = try CatalogueResource.decoded(ElementFile.self, "guide_elements_46.json").elements
        #expect(GuideElement.all.count == 46)
        for (element, line) in zip(GuideElement.all, published) {
            #expect(element.id == line.id)
            #expect(element.key == line.en)
            #expect(element.requirement.rawValue == line.required, "\(line.id)")
            #expect(line.group == element.group.rawValue + " " + element.group.label.zh, "\(line.id)")
            let plain = { (text: String) in text.replacing("（", with: "(").replacing("）", with: ")") }
            #expect(plain(line.zh).hasPrefix(plain(element.label.zh)), "\(line.id)")
            if !line.codeTable.isEmpty, !line.codeTable.hasPrefix("see") {
                let tables = line.codeTable.components(separatedBy: ", ")
                #expect(tables.allSatisfy(element.codeTables.contains), "\(line.id)")
            }
        }
        #expect(GuideElement.all.count { $0.requirement == .always } == 32)
    }

    @Test func `every element of every guide is rendered in Chinese and in English`() throws {
        let catalogue = try Demonstration.catalogue()
        for guide in catalogue.guides {
            for element in GuideElement.all {
                let lines = element.lines(of: guide, tables: catalogue.composer.tables)
                if element.requirement == .always { #expect(!lines.isEmpty, "\(element.id) \(guide.standard.slug)") }
                for line in lines {
                    #expect(!line.zh.isEmpty && !line.en.isEmpty, "\(element.id) \(guide.standard.slug)")
                    #expect(
                        line.en.unicodeScalars.allSatisfy { !(0x4E00...0x9FFF).contains($0.value) },
                        "\(element.id) \(guide.standard.slug): \(line.en)")
                }
            }
        }
    }

    @Test func `the lines of the best known guide read as they should`() throws {
        let guide = try Demonstration.guide("special-working-hours")
        let tables = try Demonstration.catalogue().composer.tables
        func lines(_ key: String) throws -> [Bilingual] {
            try #require(GuideElement.named(key)).lines(of: guide, tables: tables)
        }
        #expect(try lines("promisedLimit") == [Bilingual("自受理之日起4个工作日", "4 working days from acceptance")])
        #expect(try lines("onSiteVisits").first == Bilingual("一趟不用跑", "No visit"))
        #expect(try lines("crossRegionScope") == [Bilingual("跨县", "Across counties (city-wide)")])
        #expect(try lines("legalRemedies")[0].zh == "行政复议：自知道之日起60日内，向福州市晋安区人民政府申请")
        #expect(
            try lines("legalRemedies")[1].en
                == "Administrative litigation: within 6 months of learning of it, at the Jin'an District People's Court"
        )
        #expect(try lines("specialProcedures") == [Bilingual("无", "None")])
        #expect(try lines("catalogCode") == [Bilingual("000114111004", "000114111004")])
        #expect(try lines("legalBases")[0].zh.hasPrefix("《中华人民共和国劳动法》第三十九条（"))
        let permit = try Demonstration.guide("construction-permit")
        let limit = try #require(GuideElement.named("E25")).lines(of: permit, tables: tables)
        #expect(
            limit == [
                Bilingual(
                    "自收到申请之日起7个工作日（《中华人民共和国建筑法》第八条）",
                    "7 working days from receipt of the application (Construction Law, Article 8)")
            ])
    }

    @Test func `what was made up says so, and what the law says does not`() throws {
        let guide = try Demonstration.guide("company-registration")
        let tables = try Demonstration.catalogue().composer.tables
        func isMarked(_ key: String) throws -> Bool {
            GuideStatement(try #require(GuideElement.named(key)), in: guide, tables).isDemonstration
        }
        #expect(try isMarked("promisedLimit"))
        #expect(try isMarked("implementingBody"))
        #expect(try isMarked("handlingLocations"))
        #expect(try !isMarked("statutoryLimit"))
        #expect(try !isMarked("catalogCode"))
        #expect(try isMarked("implementationCode"))
        #expect(try !isMarked("legalBases"))
        #expect(try !isMarked("jointAgencies"), "what says nothing is not marked")
    }

    @Test func `every element has a source in every guide`() throws {
        for guide in try Demonstration.catalogue().guides {
            for element in GuideElement.all where element.key != "specialProcedures" {
                let isEmpty = ["feeItems", "intermediaryServices"].contains(element.key)
                #expect(isEmpty || !guide.factSources(of: element.key).isEmpty, "\(element.key) \(guide.standard.slug)")
            }
        }
    }
}
