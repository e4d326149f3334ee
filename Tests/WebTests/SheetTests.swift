import Accounts
import Catalogue
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// An item is made, reviewed and published in the browser, and then it is there for everybody, without a line of code.
@Suite struct SheetTests {
    private func open(
        _ body: @escaping @Sendable (DoorHouse, DoorVisitor, DoorVisitor) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                try await body(
                    house, try await DoorVisitor(client, "editor"), try await DoorVisitor(client, "editor-review"))
            }
        }
    }

    /// A form of twelve questions on three pages, as the editor's page sends it.
    static let form: [(String, String)] = {
        let kinds = FormField.Kind.allCases
        var sent = [("form.pages.count", "3")]
        for page in 0..<3 {
            let path = "form.pages.\(page)"
            sent += [
                ("\(path).id", "page\(page)"), ("\(path).title.zh", "第\(page + 1)页"),
                ("\(path).title.en", "Page \(page + 1)"),
                ("\(path).fields.count", "4"),
            ]
            for place in 0..<4 {
                let kind = kinds[page * 4 + place]
                let field = "\(path).fields.\(place)"
                sent += [
                    ("\(field).id", "q\(page * 4 + place)"), ("\(field).label.zh", "问题\(kind.label.zh)"),
                    ("\(field).label.en", "Question \(kind.label.en)"), ("\(field).type", kind.rawValue),
                    ("\(field).required", "true"), ("\(field).personal", "false"), ("\(field).appliesWhen.count", "0"),
                ]
                if kind == .choice || kind == .multichoice {
                    sent += [
                        ("\(field).options.count", "2"), ("\(field).options.0.id", "a"),
                        ("\(field).options.0.label.zh", "甲"), ("\(field).options.0.label.en", "A"),
                        ("\(field).options.1.id", "b"), ("\(field).options.1.label.zh", "乙"),
                        ("\(field).options.1.label.en", "B"),
                    ]
                }
            }
        }
        return sent
    }()

    private func newest(_ house: DoorHouse) async throws -> KeptSheet {
        let lines = try await house.hall.sheets(nil)
        let slug = try #require(lines.first { $0.name == "示例水上乐园开放许可" }).slug
        return try await house.hall.sheet(slug)
    }

    @Test func `a new item with a form of twelve questions is made, reviewed, published, filed and read by programs`()
        async throws
    {
        try await open { house, editor, reviewer in
            let begun = try await editor.send(
                "/office/catalogue/new", on: "/office/catalogue/new",
                [
                    ("name", "示例水上乐园开放许可"), ("nameEnglish", "Opening a water park"), ("type", "01"),
                    ("department", "transport"), ("template", "road-freight"),
                ])
            #expect(begun == 303)
            let sheet = try await newest(house)
            #expect(CatalogCode(sheet.sheet.slug)?.typeDigits == "01")
            let path = "/office/catalogue/\(sheet.sheet.slug)"
            let field = path + "/fields/form"
            let saved = try await editor.send(field, on: field, [("revision", "1")] + Self.form)
            #expect(saved == 303)
            #expect(try await newest(house).revision == 2)
            // A page that was opened before that is told so.
            let late = try await editor.send(field, on: field, [("revision", "1")] + Self.form)
            #expect(late == 409)

            let submitted = try await editor.send(path + "/submission", on: path, [("revision", "2")])
            #expect(submitted == 303)
            let own = try await editor.send(path + "/approval", on: path, [("revision", "3")])
            #expect(own == 409, "nobody reviews her own work")
            let back = try await reviewer.send(
                path + "/return", on: path, [("revision", "3"), ("reason-return", "请核对依据")])
            #expect(back == 303)
            let again = try await editor.send(path + "/submission", on: path, [("revision", "4")])
            #expect(again == 303)
            let approved = try await reviewer.send(path + "/approval", on: path, [("revision", "5")])
            #expect(approved == 303)
            let today = house.hall.time.now().day
            let published = try await reviewer.send(
                path + "/publication", on: path, [("revision", "6"), ("from", today.description)])
            #expect(published == 303)
            let guides = try house.site.composer.guides(of: try await newest(house).sheet)
            #expect(guides.count == 14)
            try await useIt(house, guides[0].itemCode, editor.client)
        }
    }

    /// The public page, the interface for programs, and a filing.
    private func useIt(_ house: DoorHouse, _ code: String, _ client: any TestClientProtocol) async throws {
        let page = try await client.execute(uri: "/items/\(code)", method: .get)
        #expect(String(buffer: page.body).contains("示例水上乐园开放许可"))
        let read = try await client.execute(uri: "/api/v1/items/\(code)", method: .get)
        let text = String(buffer: read.body)
        for question in 0..<12 { #expect(text.contains("\"q\(question)\""), "question \(question)") }
        let item = try #require(try await house.hall.item(code))
        let mode = try #require(item.guide.offeredModes.first { $0.submission == .online })
        let delivery = try #require(
            item.guide.standard.resultDelivery.first { $0.isOffered && mode.allows($0) })
        let id = try await house.filed(
            item.guide.standard.slug, in: .fuzhou, for: .organisation(try #require(CreditCode("91350100MADEM0054D"))),
            mode, delivery, situation: [:])
        #expect(try await house.hall.open(id).dossier.submitted.terms.version == 1)
        #expect(
            item.guide.validate(
                item.guide.form.sample, situation: item.guide.form.sampleSituation, tables: house.site.tables
            ).isEmpty)
    }

    @Test func `lists grow and shrink without a script, and what is wrong is shown at its place`() async throws {
        try await open { house, editor, _ in
            let field = "/office/catalogue/road-freight/fields/searchWords"
            let sheet = try await house.hall.sheet("road-freight")
            let answers = [("revision", "1"), ("searchWords.count", "1"), ("searchWords.0", "拉货")]
            #expect(try await editor.send(field, on: field, answers + [("add", "searchWords")]) == 200)
            #expect(try await editor.send(field, on: field, answers + [("remove", "searchWords.0")]) == 200)
            #expect(try await house.hall.sheet("road-freight") == sheet, "nothing is kept by them")
            #expect(try await editor.send(field, on: field, answers) == 303)
            let changed = try await house.hall.sheet("road-freight")
            #expect(changed.sheet.values["searchWords"] == .list([.text("拉货")]))
            #expect(changed.state == .draft && changed.revision == 2)
            // What is published stays.
            let place = try #require(Region("350111"))
            let line = try #require(try await house.hall.item("road-freight", in: [place]))
            #expect(try await house.hall.item(line.itemCode)?.version == 1)
            let limit = "/office/catalogue/road-freight/fields/promisedLimit"
            let wrong = try await editor.send(
                limit, on: limit, [("revision", "2"), ("promisedLimit.value", "many"), ("promisedLimit.unit", "1")])
            #expect(wrong == 422)
            let unknown = try await editor.get("/office/catalogue/road-freight/fields/nothing")
            #expect(unknown.status == 404)
        }
    }

    @Test func `the preview asks what applicants will be asked, and for whom, and sends nothing`() async throws {
        try await open { house, editor, _ in
            let page = try await editor.get("/office/catalogue/special-working-hours/preview").page
            let sheet = try await house.hall.sheet("special-working-hours").sheet
            let guide = try #require(try house.site.composer.guides(of: sheet).first)
            for field in guide.form.fields { #expect(page.contains(">\(field.label.zh)<"), "\(field.label.zh)") }
            #expect(page.contains("法人登记信息") && page.contains("只在"))
            #expect(page.contains("disabled") && !page.contains("/preview\" method"))
            let unfinished = try await editor.send(
                "/office/catalogue/new", on: "/office/catalogue/new",
                [("name", "示例未完成事项"), ("type", "01"), ("department", "transport")])
            #expect(unfinished == 303)
            let begun = try #require(try await house.hall.sheets(.draft).first { $0.name == "示例未完成事项" })
            #expect(try await editor.get(Paths.sheet(begun.slug) + "/preview").page.contains("还不能预览"))
        }
    }

    @Test func `a body sets its own telephone and a shorter promise, and gives up nothing of the city's`() async throws
    {
        try await open { house, editor, reviewer in
            let sheet = "/office/catalogue/road-freight"
            let (jinan, changle) = (try #require(Region("350111")), try #require(Region("350112")))
            let line = try #require(try await house.hall.item("road-freight", in: [jinan]))
            let body = try #require(try await house.hall.item(line.itemCode)).guide.body.code.code
            let page = "\(sheet)/fields/body-\(body)"
            let form = try await editor.get(page).page
            let first = try #require(form.range(of: "body-\(body).promisedLimit"))
            #expect(!form[..<first.lowerBound].contains("<details class=\"unfold"), "what may stay empty is in sight")
            let own = [("body-\(body).promisedLimit", "3"), ("body-\(body).consultationPhone", "0591-88880000")]
            #expect(try await editor.send(page, on: page, [("revision", "1")] + own) == 303)
            #expect(try await editor.send(sheet + "/submission", on: sheet, [("revision", "2")]) == 303)
            #expect(try await reviewer.send(sheet + "/approval", on: sheet, [("revision", "3")]) == 303)
            let today = ("from", house.hall.time.now().day.description)
            #expect(try await reviewer.send(sheet + "/publication", on: sheet, [("revision", "4"), today]) == 303)
            let guide = try #require(try await house.hall.item(line.itemCode)).guide
            #expect(guide.promisedLimit.value == 3 && guide.consultationPhone == "0591-88880000")
            let other = try #require(try await house.hall.item("road-freight", in: [changle]))
            #expect(other.promised.value == 6, "the others promise what the city does")
            #expect(try await house.hall.drift().differences.isEmpty)
            // Longer than the city's is not submitted.
            let longer = [("revision", "5"), ("body-\(body).promisedLimit", "7")]
            #expect(try await editor.send(page, on: page, longer) == 303)
            #expect(try await editor.get(sheet).page.contains("本级承诺时限不能长于全市统一的承诺时限"))
            #expect(try await editor.get("\(sheet)/fields/body-11350100MADEM0000X").status == 404)
        }
    }

    @Test func `a power that leaves the counties ends there with its publication`() async throws {
        try await open { house, editor, reviewer in
            let sheet = "/office/catalogue/labour-dispatch"
            let before = try #require(try await house.hall.standing(of: "labour-dispatch"))
            let kept = try await house.hall.sheet("labour-dispatch").sheet
            let power = try #require(kept.powers.first { $0.levels.contains(.city) && $0.levels.contains(.county) })
            let index = try #require(kept.powers.firstIndex(of: power))
            let page = "\(sheet)/fields/power-\(index)"
            let said = [
                ("revision", "1"), ("power-\(index).levels", ExerciseLevel.city.rawValue),
                ("power-\(index).powerSource", power.powerSource.rawValue),
            ]
            #expect(try await editor.send(page, on: page, said) == 303)
            let shown = try await editor.get(sheet).page
            #expect(shown.contains("不再实施"), "what publishing ends is said before")
            #expect(try await editor.send(sheet + "/submission", on: sheet, [("revision", "2")]) == 303)
            #expect(try await reviewer.send(sheet + "/approval", on: sheet, [("revision", "3")]) == 303)
            let today = ("from", house.hall.time.now().day.description)
            #expect(try await reviewer.send(sheet + "/publication", on: sheet, [("revision", "4"), today]) == 303)
            let after = try #require(try await house.hall.standing(of: "labour-dispatch"))
            #expect(after.open.count < before.open.count)
            #expect(try await house.hall.sheet("labour-dispatch").sheet.powers[index].catalogCode == power.catalogCode)
        }
    }

    @Test func `an item with an error is not submitted, and the page says what to mend`() async throws {
        try await open { _, editor, _ in
            let path = "/office/catalogue/road-freight"
            let field = path + "/fields/promisedLimit"
            let saved = try await editor.send(
                field, on: field,
                [
                    ("revision", "1"), ("promisedLimit.value", "400"), ("promisedLimit.unit", "1"),
                    ("promisedLimit.startsAt", "acceptance"), ("promisedLimit.source", "demonstration"),
                ])
            #expect(saved == 303)
            let page = try await editor.get(path).page
            #expect(page.contains("承诺时限不能长于法定时限"))
            #expect(!page.contains("action=\"\(path)/submission\""))
            #expect(page.contains("与现行第1版的差异"))
        }
    }
}
