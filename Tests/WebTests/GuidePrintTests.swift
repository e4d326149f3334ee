import Documents
import DocumentsTestSupport
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Catalogue
@testable import Web

@Suite struct GuidePrintTests {
    private static let catalogue = Result { try DemonstrationCatalogue.shipped() }

    /// One guide of each of the hand-made files.
    private static func guides() throws -> [Guide] {
        let all = try catalogue.get().guides
        return Set(all.map(\.standard.slug)).sorted().compactMap { slug in
            all.first { $0.standard.slug == slug && $0.body.region == .fuzhou }
                ?? all.first { $0.standard.slug == slug }
        }
    }

    private static func paper(_ guide: Guide, _ language: Language) throws -> GuidePaper {
        let day = try #require(CivilDate("2026-09-01"))
        let item = ItemVersion(guide: guide, version: 3, digest: "", effectiveDate: day)
        return GuidePaper(
            item: item, asked: AskedSituation([:], guide), tables: try catalogue.get().tables,
            words: try WordTables.shipped().words(.portal, language),
            house: "福州市政务服务", address: "https://ow.example/items/\(guide.itemCode)")
    }

    @Test(arguments: Language.allCases)
    func `every guide prints with every element that applies, and leads back to its page`(_ language: Language) throws {
        let (guides, typeface) = (try Self.guides(), try Typeface())
        #expect(guides.count == 14)
        for guide in guides {
            let paper = try Self.paper(guide, language)
            let printed = try PrintedPaper(paper.file(typeface).bytes())
            if let folder = ProcessInfo.processInfo.environment["PRINT_SAMPLES"] {
                let url = URL(filePath: "\(folder)/\(guide.standard.slug)-\(language.rawValue).pdf")
                try Data(paper.file(typeface).bytes()).write(to: url)
            }
            #expect(try printed.fault() == nil)
            // The names of the elements stand in a column 39 mm wide, 20 mm from the edge.
            let (letters, names) = (try printed.letters(), try printed.letters(width: 167))
            func expect(_ text: String, in letters: String) {
                let isThere = letters.contains(text.filter { !$0.isWhitespace })
                #expect(isThere, "\(guide.standard.slug): \(text)")
            }
            for element in GuideElement.all where !element.lines(of: guide, tables: paper.tables).isEmpty {
                expect(paper.words.pick(element.label), in: names)
            }
            for group in GuideElement.Group.allCases { expect(paper.words.pick(group.label), in: letters) }
            for text in [paper.title, guide.itemCode, paper.words.pick(guide.implementingBody)] {
                expect(text, in: letters)
            }
            let version = language == .zh ? "第 3 版，自2026年9月1日起施行" : "Version 3, in force from 1 Sep 2026"
            expect(version, in: letters)
            #expect(try printed.codes() == ["https://ow.example/items/\(guide.itemCode)"])
        }
    }

    @Test func `the same guide is the same file`() throws {
        let (guide, typeface) = (try #require(try Self.guides().first), try Typeface())
        let file = try Self.paper(guide, .zh).file(typeface).bytes()
        #expect(try Self.paper(guide, .zh).file(typeface).bytes() == file)
        #expect(try Self.paper(guide, .en).file(typeface).bytes() != file)
    }

    @Test func `the door answers a PDF by its name, in the language of the reader or the address`() async throws {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
            let path = "/items/\(line.itemCode)/guide.pdf"
            try await house.app.test(.router) { client in
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "application/pdf")
                let disposition = try #require(answer.headers[.contentDisposition])
                #expect(disposition.contains(/^inline; filename\*=UTF-8''(%[0-9A-F]{2}|[A-Za-z0-9])+\.pdf$/))
                let name = (line.handlingItemName ?? line.name).zh
                #expect(disposition.removingPercentEncoding == "inline; filename*=UTF-8''\(name).pdf")
                let chinese = try PrintedPaper(Array(buffer: answer.body))
                #expect(try chinese.codes() == ["https://ow.example/items/\(line.itemCode)"])
                #expect(try chinese.text().contains("事项编码"))
                for (query, cookie, wanted) in [
                    ("?language=en", "", "Item code"), ("", "look=en", "Item code"),
                    ("?language=zh", "look=en", "事项编码"), ("?language=tlh", "", "事项编码"),
                ] {
                    let other = try await client.execute(uri: path + query, method: .get, headers: [.cookie: cookie])
                    #expect(try PrintedPaper(Array(buffer: other.body)).text().contains(wanted), "\(query) \(cookie)")
                }
                let page = try await client.execute(uri: "/items/\(line.itemCode)", method: .get)
                #expect(String(buffer: page.body).contains("href=\"\(path)\""))
            }
        }
    }

    @Test func `who has the file is told so, and an item that is not there has none`() async throws {
        try await DoorHouse.open { house in
            let line = try #require(try await house.hall.item("special-working-hours", in: [.fuzhou]))
            let path = "/items/\(line.itemCode)/guide.pdf"
            try await house.app.test(.router) { client in
                let first = try await client.execute(uri: path, method: .get)
                let etag = try #require(first.headers[.eTag])
                for known in [etag, "\"other\", \(etag)"] {
                    let again = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: known])
                    #expect(again.status == .notModified)
                    #expect(again.body.readableBytes == 0)
                    #expect(again.headers[.eTag] == etag)
                }
                let other = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: "\"other\""])
                #expect(other.status == .ok)
                #expect(other.body == first.body)
                let none = try await client.execute(uri: "/items/1/guide.pdf", method: .get)
                none.expect(refusal: DoorRefusal.noSuchPage)
            }
        }
    }

    @Test func `a house has an address that codes can lead to`() throws {
        #expect(try SiteAddress("https://ow.example/").absolute("/items/1") == "https://ow.example/items/1")
        #expect(try SiteAddress("http://127.0.0.1:8080").absolute("/") == "http://127.0.0.1:8080/")
        let wrong = [
            "", "ow.example", "ftp://ow.example", "https://", "https://ow.example/path", "https://ow.example?a=b",
            "https://ow.example#a", "https://a:b@ow.example", "https://福州.example", "https://ow example",
            "//ow.example",
        ]
        for text in wrong { #expect(throws: Fault.self, "\(text)") { try SiteAddress(text) } }
    }

    @Test func `a press takes so many papers, and the next are told that it is busy`() async throws {
        let typeface = try Typeface()
        let press = Press(typeface, song: typeface, address: try SiteAddress("https://ow.example"))
        let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let blocked: @Sendable (Typeface) throws -> PDFFile = { typeface in
            begun.signal()
            gate.wait()
            return PDFFile(
                PDFFile.About(title: "", createdAt: Instant(milliseconds: 0)), sheets: [[]], typeface: typeface)
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await press.printed(blocked).isEmpty }
            while begun.wait(timeout: .now()) == .timedOut { try await Task.sleep(for: .milliseconds(2)) }
            for _ in 0..<Press.queueMax + 5 {
                group.addTask {
                    do { return try await press.printed(blocked).isEmpty } catch Fault.busy("print") { return true }
                }
            }
            // Those who are refused answer at once; the others wait until the gate opens.
            for _ in 0..<5 { #expect(try await group.next() == true) }
            for _ in 0...Press.queueMax { gate.signal() }
            for try await isRefused in group { #expect(!isRefused) }
        }
    }
}
