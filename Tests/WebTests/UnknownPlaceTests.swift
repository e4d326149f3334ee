import Accounts
import Catalogue
import Dossiers
import Hall
import Hummingbird
import HummingbirdTesting
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// Addresses that lead nowhere, and texts that no database should see.
@Suite struct UnknownPlaceTests {
    private static let malformed = [
        "x", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "1", "-1", "99999999999999999999999999", "%E5%AD%97", "null",
        "01m8627gr0e1nb6cv0xsxnj5nc0", "'%20OR%201=1",
    ]

    @Test func `an id that is none or that nobody has is not there, at every door`() async throws {
        try await BadInputTests.open { stage in
            let missing = DossierID(Subject(high: 0, low: 1))
            let doors: [(Visitor, String)] = [
                (.applicant, "/dossiers/*"), (.clerk, "/window/dossiers/*"), (.clerk, "/window/dossiers/*/slip"),
                (.issuer, "/issuing/dossiers/*"), (.reviewer, "/office/dossiers/*"),
            ]
            for (visitor, path) in doors {
                let caller = try await stage.caller(visitor)
                for id in Self.malformed {
                    try await caller.get(path.replacing("*", with: id)).expect(
                        refusal: DoorRefusal.noSuchPage, "\(path) \(id)")
                }
                try await caller.get(path.replacing("*", with: missing.description))
                    .expect(refusal: DossierRefusal.notFound, path)
            }
            let posts: [(Visitor, String)] = [
                (.applicant, "/dossiers/*/withdrawal"), (.applicant, "/dossiers/*/corrections"),
                (.clerk, "/window/dossiers/*/acceptance"), (.issuer, "/issuing/dossiers/*/hand-over"),
                (.reviewer, "/office/dossiers/*/return"), (.applicant, "/drafts/*/way"),
            ]
            try await stage.unchanged("deeds to nothing") {
                for (visitor, path) in posts {
                    let caller = try await stage.caller(visitor)
                    for id in Self.malformed {
                        try await caller.post(path.replacing("*", with: id)).expect(
                            refusal: DoorRefusal.noSuchPage, "\(path) \(id)")
                    }
                    let answer = try await caller.post(path.replacing("*", with: missing.description))
                    let refusal: any Refusal =
                        path.hasPrefix("/drafts") ? DraftRefusal.notFound : DossierRefusal.notFound
                    answer.expect(refusal: refusal, path)
                }
            }
        }
    }

    @Test func `items, pages of a form and files that are not there are not there`() async throws {
        try await BadInputTests.open { stage in
            let (id, draft) = (try await stage.maker.dossier(.received), try await stage.maker.draft())
            let applicant = try await stage.caller(.applicant)
            for item in Self.malformed {
                try await applicant.get("/items/\(item)").expect(refusal: DoorRefusal.noSuchPage, item)
                try await applicant.post("/items/\(item)/drafts").expect(refusal: DoorRefusal.noSuchPage, item)
            }
            for page in ["0", "-1", "99", "9223372036854775808", "-9223372036854775808", "1x", "%31%00", ""] {
                try await applicant.get("/drafts/\(draft)/form-\(page)").expect(refusal: DoorRefusal.noSuchPage, page)
                try await applicant.post("/drafts/\(draft)/form-\(page)").expect(refusal: DoorRefusal.noSuchPage, page)
            }
            let digests = Self.malformed + [String(repeating: "0", count: 64), CaseMaker.digest.uppercased()]
            for digest in digests {
                for folder in ["/dossiers/\(id)", "/drafts/\(draft)"] {
                    try await applicant.get("\(folder)/files/\(digest)").expect(
                        refusal: DoorRefusal.noSuchPage, "\(folder) \(digest)")
                }
            }
            #expect(try await applicant.get("/dossiers/\(id)/files/\(CaseMaker.digest)").status == .ok)
        }
    }

    /// Texts that some database or some page chokes on.
    static let nasty = [
        "%00", "a%00b", "%FF", "%E5%A4", "%", "%zz", "%25", "100%25", "%2B", "'%3B--", "%F0%9F%8F%A0", "%0d%0aX:%20y",
        "%E2%80%AE", "%ED%A0%80",
    ]

    @Test(arguments: StoreUnderTest.all)
    func `no question that can be asked brings a page down, on either database`(_ place: StoreUnderTest) async throws {
        try await BadInputTests.open(on: place) { stage in
            let item = stage.maker.line.itemCode
            let pages: [(Visitor, String)] = [
                (.nobody, "/items?q=*"), (.nobody, "/items?place=*"), (.nobody, "/items/suggestions?q=*"),
                (.nobody, "/items?item=*&theme=*"), (.nobody, "/items?department=*&trips=*&from=*&holder=*"),
                (.nobody, "/items/*"), (.nobody, "/verify?identifier=*"), (.nobody, "/sign-in?back=*"),
                (.nobody, "/*"), (.nobody, "/assets/*"), (.clerk, "/window?q=*"), (.clerk, "/window/intake?number=*"),
                (.clerk, "/window/intake?q=*"), (.clerk, "/window/intake/*?person=*"), (.issuer, "/issuing?q=*"),
                (.clerk, "/window/intake/\(item)?person=\(stage.maker.cast.firm)&situation-system=*"),
                (.applicant, "/dossiers/*"), (.applicant, "/drafts/*/way"),
            ]
            for (visitor, path) in pages {
                let caller = try await stage.caller(visitor)
                for text in Self.nasty {
                    let answer = try await caller.get(path.replacing("*", with: text))
                    #expect(answer.status.code < 500, "\(path) \(text): \(answer.code ?? "")")
                    answer.expectNoMachinery("\(path) \(text)")
                }
            }
            for text in ["\u{0}", "a\u{0}b", String(repeating: "9", count: 5000), "' OR 1=1 --"] {
                let caller = try await stage.caller(.nobody)
                let answer = try await caller.post("/lookup", [("number", text), ("password", text)])
                #expect((400..<500).contains(answer.status.code), "\(answer.code ?? "")")
            }
        }
    }

    @Test func `a question is read once, as a browser writes it`() async throws {
        try await BadInputTests.open { stage in
            let caller = try await stage.caller(.nobody)
            let questions = [
                ("100%25", "100%"), ("a%2Bb", "a+b"), ("road+freight", "road freight"), ("%2525", "%25"),
            ]
            for (written, meant) in questions {
                let page = String(buffer: try await caller.get("/items?q=\(written)").body)
                #expect(page.contains("value=\"\(meant)\""), "\(written)")
            }
        }
    }

    @Test func `one is sent back to this site only`() async throws {
        try await BadInputTests.open { stage in
            let caller = try await stage.caller(.nobody)
            for back in [
                "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example",
                "/\r/elsewhere.example", "/\n/elsewhere.example", "/ /elsewhere.example/\u{1}", "\\\\elsewhere.example",
                "javascript:alert(1)", "elsewhere.example", "/\u{2028}/elsewhere.example",
            ] {
                let answer = try await caller.post("/preferences", [("look", "en"), ("back", back)])
                #expect(answer.headers[.location] == "/", "\(back.debugDescription)")
            }
            let kept = try await caller.post("/preferences", [("look", "en"), ("back", "/items?q=a%20b&place=350100")])
            #expect(kept.headers[.location] == "/items?q=a%20b&place=350100")
        }
    }
}
