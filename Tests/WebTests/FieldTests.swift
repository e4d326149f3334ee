import Dossiers
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Every field of every form gets what does not belong there.
@Suite struct FieldTests {
    /// Fields in which any text but one is an answer too: nothing of it is kept.
    private static func takesAnything(_ field: String) -> Bool {
        field == "double" || field.hasPrefix("material-")
    }

    private static let garbage: [(what: String, text: String)] = [
        ("2,001 characters", String(repeating: "字", count: Limits.textCharactersMax + 1)),
        ("sixty thousand characters", String(repeating: "a", count: 60_000)),
        ("controls", "\u{1}\u{2}\u{7f}\u{9b}\u{1b}[31m"), ("huge", "99999999999999999999999999"),
        ("negative", "-9223372036854775809"), ("markup", "<script>alert(1)</script>'\"`&amp;"),
        ("bidi", "\u{202e}\u{2066}abc\u{0}".replacing("\u{0}", with: "")),
    ]

    @Test(arguments: [RouteRow.Door.portal, .window, .issuing, .office])
    func `no field of any form takes what is too long, and none brings a page down`(_ door: RouteRow.Door) async throws
    {
        try await BadInputTests.open { stage in
            for row in RouteRow.all where row.door == door && row.route.hasPrefix("POST") && row.file == nil {
                guard let doer = row.doer else { continue }
                let caller = try await stage.caller(doer)
                var place = try await row.place(stage.maker)
                let fields = place.fill(row.fields, for: doer)
                for (index, field) in fields.enumerated() where !Self.takesAnything(field.0) {
                    for (what, text) in Self.garbage {
                        var changed = fields
                        changed[index].1 = text
                        let state = try await stage.house.state()
                        let answer = try await caller.post(place.fill(row.path), changed)
                        let name = "\(row.path): \(field.0) is \(what): \(answer.code ?? "")"
                        #expect(answer.status.code < 500, "\(name)")
                        answer.expectNoMachinery(name)
                        #expect(!String(buffer: answer.body).contains("<script>alert"), "\(name)")
                        if text.count > Limits.textCharactersMax && answer.status != .noContent {
                            #expect((400..<500).contains(answer.status.code), "\(name)")
                        }
                        if answer.status.code >= 400 {
                            #expect(try await stage.house.state() == state, "\(name)")
                        } else {
                            place = try await row.place(stage.maker)
                        }
                    }
                }
            }
        }
    }

    @Test func `a window takes no telephone number that is none, and no delivery that the item does not offer`()
        async throws
    {
        try await BadInputTests.open { stage in
            let row = try #require(RouteRow.all.first { $0.route == "POST /window/intake/{code}" })
            let (clerk, place) = (try await stage.caller(.clerk), try await row.place(stage.maker))
            let fields = place.fill(row.fields, for: .clerk)
            try await stage.unchanged("wrong intakes") {
                for (name, value) in [
                    ("mobile", "12"), ("mobile", "call me"), ("delivery", "courier"), ("delivery", ""),
                    ("delivery", "selfServiceTerminal"), ("delivery", "pigeon"), ("answer-years", "-1"),
                    ("answer-years", "9223372036854775808"), ("answer-validFrom", "2018-02-30"),
                    ("situation-system", "none"), ("situation-system", ""),
                ] {
                    var changed = fields.filter { $0.0 != name }
                    changed.append((name, value))
                    let answer = try await clerk.post(place.fill(row.path), changed)
                    #expect((400..<500).contains(answer.status.code), "\(name) \(value): \(answer.status)")
                }
                let answer = try await clerk.post(place.fill(row.path), fields + [("answer-more", "x")])
                #expect(answer.status.code == 422, "an answer that nobody asked for")
            }
            #expect(try await clerk.post(place.fill(row.path), fields).status == .seeOther)
        }
    }
}
