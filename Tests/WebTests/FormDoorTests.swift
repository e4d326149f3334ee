import Accounts
import Dossiers
import DocumentsTestSupport
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Catalogue
@testable import Web

/// The form on paper and the situation in addresses, as the doors answer them.
@Suite struct FormDoorTests {
    private static func line(_ house: DoorHouse) async throws -> ItemLine {
        try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
    }

    private static let asked = "?s.system=averaged&s.procedure=commitment&s.filedBy=agent"

    private static func printed(_ client: any TestClientProtocol, _ path: String) async throws -> PrintedPaper {
        let answer = try await client.execute(uri: path, method: .get)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        return try PrintedPaper(Array(buffer: answer.body))
    }

    @Test func `the blank form is open to everybody, for a situation or for all, and the sample is marked`()
        async throws
    {
        try await DoorHouse.open { house in
            let path = "/items/\(try await Self.line(house).itemCode)/form.pdf"
            try await house.app.test(.router) { client in
                let all = try await Self.printed(client, path).letters()
                #expect(all.contains("授权委托书") && all.contains("只在“由谁来办？”选“委托他人代办”时需要"))
                let own = try await Self.printed(client, path + "?s.filedBy=self&s.nowhere=1&s.system=none")
                #expect(try own.letters().contains("只在“按哪种方式办理？”"))
                #expect(try !own.letters().contains("委托他人代办”时"))
                #expect(try own.codes() == ["https://ow.example\(path.dropLast(9))?s%2EfiledBy=self"])
                let sample = try await Self.printed(client, path + "?sample=1&language=en").letters()
                #expect(sample.contains("Sampleform") && sample.contains("√"))
                let known = try await client.execute(uri: path, method: .get)
                let tag = try #require(known.headers[.eTag])
                let again = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified)
                let none = try await client.execute(uri: "/items/1/form.pdf", method: .get)
                none.expect(refusal: DoorRefusal.noSuchPage)
            }
        }
    }

    @Test func `the guide asks about the situation first, and then shows what applies, everywhere`() async throws {
        try await DoorHouse.open { house in
            let code = try await Self.line(house).itemCode
            let guide = try #require(try await house.hall.item(code)).guide
            try await house.app.test(.router) { client in
                let page = { (query: String) in
                    String(buffer: try await client.execute(uri: "/items/\(code)\(query)", method: .get).body)
                }
                let all = try await page("")
                let needs = { (text: String) in text.matches(of: /class="need-name"/).count }
                #expect(needs(all) == guide.materials.count)
                #expect(all.contains("只在“由谁来办？”选“委托他人代办”时需要"))
                let question = try #require(all.range(of: "企业要实行哪种工时制度？"))
                let need = try #require(all.range(of: "需要准备什么"))
                #expect(question.lowerBound < need.lowerBound)
                let own = try await page(Self.asked)
                let wanted = guide.materials(for: ["system": "averaged", "procedure": "commitment", "filedBy": "agent"])
                #expect(needs(own) == wanted.count && wanted.count < guide.materials.count)
                #expect(own.contains("\(guide.materials.count)份材料中，您需要\(wanted.count)份"))
                #expect(!own.contains("只在“"))
                #expect(
                    own.contains("/guide.pdf?s%2Esystem=averaged&amp;s%2Eprocedure=commitment&amp;s%2EfiledBy=agent"))
                #expect(own.contains("<link rel=\"canonical\" href=\"https://ow.example/items/\(code)\">"))
                #expect(own.contains("href=\"/items/\(code)/guide.json\""))
                let part = try await page("?s.filedBy=self")
                #expect(part.contains("还有问题没有回答") && part.contains("只在“按哪种方式办理？”"))
                for odd in [
                    "?s.filedBy=%00", "?s.=1", "?s.filedBy=self&s.filedBy=agent", "?s.system", "?%E4%BD", "?s.x=%ff",
                ] {
                    #expect(try await client.execute(uri: "/items/\(code)\(odd)", method: .get).status == .ok, "\(odd)")
                }
                let screen = String(
                    buffer: try await client.execute(
                        uri: "/items/\(code)/screen?place=350111&s.filedBy=self", method: .get
                    )
                    .body)
                #expect(
                    screen.contains(
                        "href=\"/items/\(code)/screen?place=350111&amp;s%2Esystem=both&amp;s%2EfiledBy=self#part-1\""))
                #expect(screen.contains("aria-current=\"true\">本人或者法定代表人"))
            }
        }
    }

    @Test func `the print for a situation says so and leaves out what it does not need`() async throws {
        try await DoorHouse.open { house in
            let code = try await Self.line(house).itemCode
            try await house.app.test(.router) { client in
                let all = try await Self.printed(client, "/items/\(code)/guide.pdf").letters()
                #expect(all.contains("授权委托书：") && !all.contains("按以下情形列出材料"))
                let own = try await Self.printed(client, "/items/\(code)/guide.pdf?s.filedBy=self").letters()
                #expect(own.contains("按以下情形列出材料：“由谁来办？”选“本人或者法定代表人（负责人）”"))
                #expect(!own.contains("授权委托书："))
            }
        }
    }

    @Test func `who answered on the guide's page is not asked again, and an answer that is none is asked for`()
        async throws
    {
        try await DoorHouse.open { house in
            let code = try await Self.line(house).itemCode
            try await house.app.test(.router) { client in
                let citizen = try await DoorVisitor(client, "lin", staff: false)
                let page = try await citizen.get("/items/\(code)\(Self.asked)").page
                #expect(page.contains("name=\"s.procedure\" value=\"commitment\""))
                let begin = { (fields: [(String, String)]) in
                    try await citizen.answer("/items/\(code)/drafts", on: "/items/\(code)", fields).headers[.location]
                }
                let all = [("s.system", "averaged"), ("s.procedure", "commitment"), ("s.filedBy", "agent")]
                let first = try #require(try await begin(all))
                #expect(first.hasSuffix("/form-1"))
                let step = try await citizen.get(first.replacing("form-1", with: "situation")).page
                #expect(step.matches(of: /<input type="radio"[^>]* checked/).count == 3)
                for some in [
                    [], [("s.system", "averaged")],
                    [("s.system", "x"), ("s.procedure", "commitment"), ("s.filedBy", "agent")],
                ] {
                    #expect(try #require(try await begin(some)).hasSuffix("/situation"))
                }
            }
        }
    }

    @Test func `the filled form is there at the three doors with its number, and staff who print it leave a look`()
        async throws
    {
        try await DoorHouse.open { house in
            let code = try await Self.line(house).itemCode
            let form = try #require(try await house.hall.item(code)).guide.form
            let id = try await house.filed(
                "special-working-hours", in: .fuzhou,
                for: .organisation(try #require(CreditCode("91350100MADEM0054D"))),
                .fullyOnline, .eCertificate, situation: form.sampleSituation, answers: form.sample)
            let dossier = try await house.hall.open(id).dossier
            try await house.app.test(.router) { client in
                let doors = [("lin", false, ""), ("window-city", true, "/window")]
                for (login, staff, door) in doors {
                    let visitor = try await DoorVisitor(client, login, staff: staff)
                    #expect(
                        try await visitor.get("\(door)/dossiers/\(id)").page.contains(
                            "href=\"\(door)/dossiers/\(id)/form.pdf\""))
                    let answer = try await visitor.raw("\(door)/dossiers/\(id)/form.pdf")
                    #expect(answer.status == .ok && answer.headers[.cacheControl] == "no-store")
                    let printed = try PrintedPaper(Array(buffer: answer.body))
                    #expect(try printed.codes() == [dossier.submitted.numbers.short])
                    let letters = try printed.letters()
                    for field in form.pages(for: form.sampleSituation).flatMap(\.fields) {
                        guard [.text, .multiline, .address, .creditCode].contains(field.type) else { continue }
                        let answer = try #require(dossier.personal?.answers[field.id]).filter { !$0.isWhitespace }
                        #expect(letters.contains(answer), "\(field.id) \(answer)")
                    }
                    #expect(letters.contains("√") && letters.contains("办件编号\(dossier.submitted.numbers.short)"))
                }
                #expect(try await house.hall.looks(at: id).map(\.purpose).filter { $0 == "print" }.count == 1)
                let stranger = try await DoorVisitor(client, "chen", staff: false)
                #expect(try await stranger.raw("/dossiers/\(id)/form.pdf").status == .notFound)
                #expect(try await house.hall.looks(at: id).map(\.purpose).filter { $0 == "print" }.count == 1)
            }
        }
    }
}
