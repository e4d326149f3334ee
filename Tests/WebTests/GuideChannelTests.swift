import Catalogue
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// The one guide by its other ways: for programs, as linked data, on screens, by WeChat.
@Suite struct GuideChannelTests {
    private struct Answer: Decodable {
        struct Element: Decodable {
            let id: String
            let key: String
            let group: String
            let label: Bilingual
            let lines: [Bilingual]
            let isDemonstration: Bool
        }
        let code: String
        let address: String
        let version: Int
        let digest: String
        let effectiveDate: CivilDate
        let elements: [Element]
    }

    private static func line(_ house: DoorHouse, _ slug: String = "second-class-constructor") async throws -> ItemLine {
        let places = [Region.fujian] + house.site.regions.entries.map(\.region)
        return try #require(try await house.hall.item(slug, in: places))
    }

    @Test func `programs get all 46 elements, whatever they say, and any site may read them`() async throws {
        try await DoorHouse.open { house in
            let line = try await Self.line(house)
            let item = try #require(try await house.hall.item(line.itemCode))
            try await house.app.test(.router) { client in
                let response = try await client.execute(uri: "/items/\(line.itemCode)/guide.json", method: .get)
                #expect(response.headers[.accessControlAllowOrigin] == "*")
                #expect(response.headers[.contentType] == "application/json")
                let answer: Answer = try response.value()
                #expect(answer.code == line.itemCode && answer.version == 1 && answer.digest == item.digest)
                #expect(answer.effectiveDate == item.effectiveDate)
                #expect(answer.address == "https://ow.example/items/\(line.itemCode)")
                #expect(answer.elements.map(\.id) == GuideElement.all.map(\.id))
                #expect(answer.elements.count == 46)
                for (element, declared) in zip(answer.elements, GuideElement.all) {
                    #expect(element.key == declared.key && element.label == declared.label)
                    #expect(element.lines == declared.lines(of: item.guide, tables: house.site.tables))
                }
                #expect(
                    answer.elements.contains { $0.isDemonstration } && answer.elements.contains { !$0.lines.isEmpty })
            }
        }
    }

    @Test func `what did not change is not sent twice`() async throws {
        try await DoorHouse.open { house in
            let line = try await Self.line(house)
            try await house.app.test(.router) { client in
                for kind in ["json", "jsonld"] {
                    let uri = "/items/\(line.itemCode)/guide.\(kind)"
                    func ask(_ tag: String?) async throws -> TestResponse {
                        try await client.execute(
                            uri: uri, method: .get, headers: tag.map { [.ifNoneMatch: $0] } ?? HTTPFields())
                    }
                    let first = try await ask(nil)
                    let tag = try #require(first.headers[.eTag])
                    for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*", "\"a\" , W/\(tag) "] {
                        let again = try await ask(known)
                        #expect(again.status == .notModified && again.body.readableBytes == 0, "\(known)")
                        #expect(again.headers[.eTag] == tag && again.headers[.accessControlAllowOrigin] == "*")
                    }
                    for unknown in ["", "\"other\"", "W/\"x\"", "\(tag)x", String(tag.dropLast())] {
                        #expect(try await ask(unknown).status == .ok, "\(unknown)")
                    }
                    let head = try await client.execute(uri: uri, method: .head)
                    #expect(head.status == .ok && head.headers[.eTag] == tag && head.body.readableBytes == 0)
                }
            }
        }
    }

    @Test func `every guide has its linked data: who, where, how, by what law, at what cost`() async throws {
        try await DoorHouse.open { house in
            let (site, tables) = (house.site, house.site.tables)
            var charged = 0
            for region in [Region.fujian, .fuzhou] + site.regions.entries.map(\.region) {
                for line in try await house.hall.items(in: region, limit: 60) {
                    let item = try #require(try await house.hall.item(line.itemCode))
                    let bytes = try site.linkedData(of: item)
                    let node = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
                    #expect(node["@context"] as? String == "https://schema.org")
                    #expect(node["@type"] as? String == "GovernmentService")
                    #expect(node["name"] as? String == (item.guide.handlingItemName ?? item.guide.itemName).zh)
                    #expect(node["serviceType"] as? String == tables.label(item.guide.standard.itemType).zh)
                    let provider = try #require(node["provider"] as? [String: Any])
                    #expect(
                        (provider["identifier"] as? [String: Any])?["value"] as? String == item.guide.body.code.code)
                    #expect(provider["telephone"] as? String == item.guide.body.consultationPhone)
                    let area = try #require(node["areaServed"] as? [String: Any])
                    #expect(area["identifier"] as? String == region.code)
                    let page = try #require(node["mainEntityOfPage"] as? [String: Any])
                    #expect(page["version"] as? Int == item.version)
                    #expect(page["dateModified"] as? String == item.effectiveDate.description)
                    let channels = try #require(node["availableChannel"] as? [[String: Any]])
                    #expect(!channels.isEmpty, "\(line.itemCode)")
                    let times = Set(channels.map { $0["processingTime"] as? String })
                    let limit = item.guide.promisedLimit
                    #expect(
                        times == (limit.value > 0 && limit.unit == .workingDays ? [nil] : times.filter { $0 != nil }))
                    #expect(times.allSatisfy { $0?.wholeMatch(of: /P(T?)[0-9]+[DMHS]/) != nil || $0 == nil })
                    let laws = try #require(node["subjectOf"] as? [[String: Any]])
                    #expect(laws.count == item.guide.standard.legalBases.count)
                    let offers = try #require(node["offers"] as? [[String: Any]])
                    charged += item.guide.standard.isCharged ? 1 : 0
                    #expect((offers.first?["price"] as? String == "0") == !item.guide.standard.isCharged)
                }
            }
            #expect(charged > 0)
        }
    }

    @Test func `the page carries the linked data where nothing in it can end the block`() async throws {
        try await DoorHouse.open { house in
            let line = try await Self.line(house)
            try await house.app.test(.router) { client in
                let page = try await client.execute(uri: "/items/\(line.itemCode)", method: .get).text
                let block = try #require(
                    page.firstMatch(of: /<script type="application\/ld\+json">([^<]*)<\/script>/)
                ).1
                let own = try await client.execute(uri: "/items/\(line.itemCode)/guide.jsonld", method: .get)
                let read = { (text: String) in try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }
                #expect(try read(String(block)) == read(own.text))
                for kind in ["json", "jsonld"] {
                    #expect(page.contains("href=\"/items/\(line.itemCode)/guide.\(kind)\""))
                }
            }
        }
        var html = HTML(words: try WordTables.shipped().words(.portal, .zh))
        let nasty = ["</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "字\u{2028}"]
        html.linkedData(try CanonicalJSON.bytes(of: nasty))
        let text = String(decoding: html.bytes, as: UTF8.self)
        let inner = text.dropFirst("<script type=\"application/ld+json\">".count).dropLast("</script>".count)
        #expect(!inner.contains { "<>&".contains($0) })
        #expect(try JSONDecoder().decode([String].self, from: Data(inner.utf8)) == nasty)
    }

    @Test func `screens show every guide in both languages, with no script and no sign-in`() async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                for language in Language.allCases {
                    func get(_ path: String) async throws -> String {
                        let answer = try await client.execute(
                            uri: path, method: .get, headers: [.cookie: "look=\(language.rawValue)"])
                        #expect(answer.status == .ok, "\(path)")
                        return answer.text
                    }
                    for place in ["", "?place=350111", "?place=350100", "?place=x", "?place=999999", "?place=%00"] {
                        let hall = try await get("/screen\(place)")
                        try Self.expectScreen(hall, language)
                        let themes = hall.matches(of: /href="(\/screen\?[^"]*theme=[^"]+)"/).map { String($0.1) }
                        var links: Set<String> = []
                        for theme in themes {
                            let shown = try await get(theme.replacing("&amp;", with: "&"))
                            try Self.expectScreen(shown, language)
                            let own = shown.matches(of: /href="(\/items\/[0-9A-Z]+\/screen)(?:\?place=3501[0-9]+)?"/)
                            #expect(!own.isEmpty, "a theme that is shown has items")
                            links.formUnion(own.map { String($0.1) })
                        }
                        #expect(links.count >= 5, "\(place)")
                        guard place.isEmpty else { continue }
                        #expect(links.count == 14, "each kind of item once")
                        for link in links {
                            let guide = try await get(link)
                            try Self.expectScreen(guide, language)
                            #expect(guide.matches(of: /<section class="part" id="part-[0-9]+">/).count == 10)
                            #expect(guide.contains(language == .zh ? "办事指南第1版" : "Guide version 1"))
                        }
                    }
                    for asked in ["theme=nothing", "theme=%3Cb%3E", "theme=x&from=99999", "from=-1"] {
                        try Self.expectScreen(try await get("/screen?\(asked)"), language)
                    }
                }
                for path in ["/items/x/screen", "/items/x/guide.json", "/items/x/guide.jsonld"] {
                    try await client.execute(uri: path, method: .get).expect(refusal: DoorRefusal.noSuchPage, path)
                }
            }
        }
    }

    private static func expectScreen(_ text: String, _ language: Language) throws {
        #expect(text.hasPrefix("<!doctype html><html lang=\"\(language.tag)\""))
        #expect(!text.contains("<script") && !text.contains(" style=") && !text.contains("/sign-in"))
        #expect(text.matches(of: /<h1[ >]/).count == 1 && text.matches(of: /<main[ >]/).count == 1)
        #expect(try Markup(text).problems == [])
        let style = String(
            decoding: try #require(Assets.shipped().all.first { $0.name == "screen.css" }).bytes, as: UTF8.self)
        for match in text.matches(of: /\sclass="([^"]+)"/) {
            for name in match.1.split(separator: " ") { #expect(style.contains(".\(name)"), "\(name)") }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a change that is published reaches page, programs, screen and WeChat at once`(
        _ place: StoreUnderTest
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            let line = try await Self.line(house)
            let item = try #require(try await house.hall.item(line.itemCode))
            try await WeChatServer.open(house) { server in
                let paths = ["", "/screen", "/guide.json", "/guide.jsonld"].map { "/items/\(line.itemCode)\($0)" }
                let before = try await Self.texts(paths, server, id: 1)
                let changed = try Self.changed(item.guide)
                let day = house.clock.source.now().day.advanced(byDays: 1)
                let (now, id, entropy) = (house.clock.source.now(), house.hall.ids.next(), Entropy(house.hall.dice))
                try await house.hall.store.write { tx in
                    let version = try ItemTable.publish(
                        changed, effective: day, id: id, stamp: Stamp(now: now, actor: .platform, entropy: entropy),
                        in: tx)
                    #expect(version.version == 2)
                }
                // Until its day nobody sees it; then everybody does at once.
                #expect(try await Self.texts(paths, server, id: 1) == before)
                house.clock.move(seconds: 86400)
                _ = try await Pulse(hall: house.hall).beat()
                let after = try await Self.texts(paths, server, id: 2)
                let (year, month, dayOfMonth) = day.parts
                let from = "自\(year)年\(month)月\(dayOfMonth)日起施行"
                for (path, (old, new)) in zip(paths + ["WeChat"], zip(before, after)) {
                    let isForPeople = !path.hasSuffix("json") && !path.hasSuffix("jsonld")
                    let (one, two) =
                        isForPeople
                        ? ("办事指南第1版", "办事指南第2版，\(from)") : ("\"version\":1", "\"version\":2")
                    #expect(old.contains(one) && !old.contains(two) && !old.contains("试行"), "\(path)")
                    #expect(new.contains(two) && !new.contains(one) && new.contains("试行"), "\(path)")
                    #expect(isForPeople || new.contains(day.description), "\(path)")
                }
            }
        }
    }

    private static func texts(_ paths: [String], _ server: WeChatServer, id: Int) async throws -> [String] {
        var texts: [String] = []
        for path in paths {
            let answer = try await server.client.execute(uri: path, method: .get)
            #expect(answer.status == .ok, "\(path)")
            texts.append(answer.text)
        }
        return texts + [try await server.post(WeChatServer.text("二级建造师", id: id)).text]
    }

    /// The same guide under another name: what somebody at the catalogue's desk would change.
    private static func changed(_ guide: Guide) throws -> Guide {
        let name = (guide.handlingItemName ?? guide.itemName).zh
        let text = String(decoding: try CanonicalJSON.bytes(of: guide), as: UTF8.self)
        return try CanonicalJSON.value(in: Array(text.replacing("\"\(name)\"", with: "\"\(name)（试行）\"").utf8))
    }
}
