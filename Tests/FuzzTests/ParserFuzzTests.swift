import Accounts
import Catalogue
import Certificates
import Foundation
import Store
import Testing
import Vocabulary

@testable import Web

/// Readers of what comes from outside: they refuse or they understand, and what they understood they write again.
@Suite struct ParserFuzzTests {
    /// A reader of text as what it writes for a text that it takes; nil for one that it refuses.
    private static let readers: [(name: String, samples: [String], read: @Sendable (String) -> String?)] = [
        ("citizen", ["350102188501010019", "35010219900101123X"], { CitizenID($0)?.number }),
        ("credit code", ["91350100MADEM0054D", "11350100MADEM002X0"], { CreditCode($0)?.code }),
        ("region", ["350100", "350111", "350000"], { Region($0)?.code }),
        ("day", ["2018-11-19", "2026-02-28"], { CivilDate($0)?.description }),
        ("mobile", ["13800000001", "19900000000"], { MobileNumber($0)?.number }),
        ("subject", ["01jdz5q8h0e8g0000000000000"], { Subject($0)?.description }),
        ("command token", ["crash-test-token-000001"], { CommandToken($0)?.text }),
        (
            "certificate identifier", ["1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.0000000001.001.A"],
            { CertificateIdentifier($0)?.description }
        ),
        (
            "place in a list of certificates",
            ["0.00000000000000000000000000.7.17854.00000000000000000000000001"],
            { CertificateSearch.Cursor($0)?.description }
        ),
        ("session", [String(repeating: "ab", count: 32)], { SessionToken($0)?.cookie }),
        ("login", ["window-jinan", "lin"], { LoginName($0)?.text }),
    ]

    @Test(arguments: readers.indices)
    func `what is read from text is written again and read as the same`(_ index: Int) throws {
        let reader = Self.readers[index]
        try Fuzz.rounds(1500) { mutator in
            let text = mutator.text(like: reader.samples)
            guard let written = reader.read(text) else { return }
            guard reader.read(written) == written else {
                throw Finding("\(reader.name) reads \(written) as something else", text.utf8)
            }
        }
    }

    private static let kinds = """
        [{"code":"11350100MADEM002X0001","name":"证","nameEnglish":"C","holderKind":"person","validUntilField":"d",\
        "definingBody":{"code":"11350100MADEM002X0","name":"局","nameEnglish":"B"},"template":"card","annualCheck":true,\
        "faceFields":[{"id":"d","label":"日","labelEnglish":"D","type":"date"},\
        {"id":"g","label":"级","labelEnglish":"G","type":"choice","choices":["一","二"]}]}]
        """

    @Test func `a file of certificate types is refused, or what is taken of it is taken again as the same`() throws {
        #expect(try KindFile(Array(Self.kinds.utf8)).kinds.count == 1)
        try Fuzz.rounds(1500) { mutator in
            let bytes = Array(mutator.text(like: [Self.kinds]).utf8)
            let read: KindFile
            do { read = try KindFile(bytes) } catch { return }
            let again = try KindFile(try CanonicalJSON.bytes(of: read.kinds))
            guard again.kinds == read.kinds, again.refused.isEmpty else {
                throw Finding("a type is read as something else", bytes)
            }
        }
    }

    private static let type = "multipart/form-data; boundary=----form"
    private static let forms = [
        "------form\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n------form--\r\n",
        "------form\r\nContent-Disposition: form-data; name=\"file-licence\"; filename=\"执照.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n%PDF-1.4\r\n------for\r\n--\r\n------form--\r\n",
    ]

    private static func read(_ body: [UInt8], _ mutator: Mutator?) -> [Multipart.Event]? {
        guard var parser = Multipart(contentType: type) else { return nil }
        var events: [Multipart.Event] = []
        var rest = body[...]
        do {
            while !rest.isEmpty {
                let size = mutator.map { 1 + $0.below(40) } ?? rest.count
                events += try parser.feed(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            try parser.finish()
        } catch {
            return nil
        }
        return joined(events)
    }

    /// Pieces of one part's data put together.
    private static func joined(_ events: [Multipart.Event]) -> [Multipart.Event] {
        var result: [Multipart.Event] = []
        for event in events {
            if case .data(let bytes) = event, case .data(let before)? = result.last {
                result[result.count - 1] = .data(before + bytes)
            } else if event != .data([]) {
                result.append(event)
            }
        }
        return result
    }

    @Test func `an upload is read alike wherever it is cut, or refused`() throws {
        try Fuzz.rounds(1500) { mutator in
            let body = mutator.bytes(like: Self.forms.map { Array($0.utf8) })
            guard Self.read(body, nil) == Self.read(body, mutator) else {
                throw Finding("a cut changes what is read", body)
            }
        }
    }

    @Test func `a posted form is read within its limits, or refused`() throws {
        let samples = ["csrf=abc&token=x&answer-1=%E7%A4%BA%E4%BE%8B", "a=1&a=2&b=&=c&d", "q=%ZZ&%00=+"]
        try Fuzz.rounds(3000) { mutator in
            let text = mutator.text(like: samples)
            let fields = PostedForm.parse(text) ?? [:]
            guard fields.values.map(\.count).reduce(0, +) <= PostedForm.fieldsMax else {
                throw Finding("more fields than the limit", text.utf8)
            }
        }
    }

    @Test func `whatever a cookie says of the look, a page can be made`() throws {
        let (tables, assets) = (try WordTables.shipped(), try Assets.shipped())
        let interior = Interior(tables: tables, assets: assets, siteChinese: "福州", siteEnglish: "Fuzhou")
        try Fuzz.rounds(300) { mutator in
            let cookie = mutator.text(like: ["en.dark.elder.keys", "zh.light.usual.nokeys"])
            let path = mutator.text(like: ["/items/1?x=y", "/dossiers/01jdz5q8h0e8g0000000000000"])
            let visit = Visit(interior, door: .portal, preferences: Preferences(cookie: cookie), path: path)
            let page = String(decoding: visit.page(path) { $0.title(cookie) }.bytes, as: UTF8.self)
            guard page.hasSuffix("</html>\n") || page.hasSuffix("</html>") else {
                throw Finding("the page breaks off", path.utf8)
            }
        }
    }
}
