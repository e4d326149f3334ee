import Accounts
import Catalogue
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

/// What comes from outside is refused with a code of its own and changes nothing.
@Suite struct BadInputTests {
    /// A house with its cast, and a caller for each visitor.
    struct Stage: Sendable {
        let house: DoorHouse
        let maker: CaseMaker
        let client: any TestClientProtocol

        func caller(_ visitor: Visitor) async throws -> Caller {
            Caller(client: client, session: try await maker.cast.session(of: visitor), house: house)
        }

        /// Does something that must change nothing.
        func unchanged(_ what: String, _ body: () async throws -> Void) async throws {
            let state = try await house.state()
            try await body()
            #expect(try await house.state() == state, "\(what)")
        }
    }

    static func open(
        on place: StoreUnderTest = .sqlite, faults: FaultPlan? = nil, _ body: @Sendable (Stage) async throws -> Void
    ) async throws {
        try await DoorHouse.open(on: place, faults: faults) { house in
            let maker = try await CaseMaker(try await Cast(house))
            try await house.app.test(.router) { client in
                try await body(Stage(house: house, maker: maker, client: client))
            }
        }
    }

    @Test func `a form that cannot be read is refused`() async throws {
        try await Self.open { stage in
            let id = try await stage.maker.dossier(.received)
            let clerk = try await stage.caller(.clerk)
            let path = "/window/dossiers/\(id)/acceptance"
            let tokens = "csrf=\(clerk.csrf)&token=\(stage.house.hall.newToken())"
            try await stage.unchanged("malformed forms") {
                for end in ["%", "%z", "%zz", "%E5%A4", "%FF", "a=%C0%80", "a=%00", "a%00b=1"] {
                    try await clerk.send(path, "\(tokens)&note=\(end)").expect(refusal: DoorRefusal.malformedForm, end)
                }
                for bytes: [UInt8] in [[0xFF], [0xE5, 0xA4], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0]] {
                    try await clerk.send(path, bytes: Array("\(tokens)&note=".utf8) + bytes)
                        .expect(refusal: DoorRefusal.malformedForm, "\(bytes)")
                }
                let many = tokens + String(repeating: "&a=b", count: PostedForm.fieldsMax - 1)
                try await clerk.send(path, many).expect(refusal: DoorRefusal.malformedForm, "401 fields")
                let large = tokens + "&note=" + String(repeating: "a", count: PostedForm.bytesMax)
                try await clerk.send(path, large).expect(refusal: UploadRefusal.fieldTooLarge)
            }
            let most = tokens + String(repeating: "&a=b", count: PostedForm.fieldsMax - 2)
            #expect(try await clerk.send(path, most).status == .seeOther, "400 fields are a form")
        }
    }

    @Test func `a body of another type is no form, even with the right tokens`() async throws {
        try await Self.open { stage in
            let id = try await stage.maker.dossier(.received)
            let clerk = try await stage.caller(.clerk)
            let fields = "csrf=\(clerk.csrf)&token=\(stage.house.hall.newToken())"
            let path = "/window/dossiers/\(id)/acceptance"
            try await stage.unchanged("other types") {
                for type in [
                    "text/plain", "application/json", "", "application/x-www-form-urlencodedx", "multipart/form-data",
                    "multipart/form-data; boundary=line", "text/html;application/x-www-form-urlencoded",
                ] {
                    try await clerk.send(path, fields, type: type).expect(refusal: DoorRefusal.malformedForm, type)
                }
            }
            let type = "Application/X-WWW-Form-URLencoded;charset=UTF-8"
            #expect(try await clerk.send(path, fields, type: type).status == .seeOther)
        }
    }

    @Test func `no door takes a form from another site, and none without its own token`() async throws {
        try await Self.open { stage in
            let (id, draft) = (try await stage.maker.dossier(.received), try await stage.maker.draft())
            let posts: [(Visitor, String)] = [
                (.applicant, "/items/\(stage.maker.line.itemCode)/drafts"), (.applicant, "/drafts/\(draft)/situation"),
                (.applicant, "/drafts/\(draft)/materials"), (.applicant, "/drafts/\(draft)/form-1/autosave"),
                (.applicant, "/drafts/\(draft)/way"), (.applicant, "/drafts/\(draft)/check"),
                (.applicant, "/drafts/\(draft)/form-1"), (.applicant, "/dossiers/\(id)/withdrawal"),
                (.applicant, "/dossiers/\(id)/corrections"), (.clerk, "/window/intake"), (.clerk, "/sign-out"),
                (.clerk, "/window/intake/\(stage.maker.line.itemCode)"), (.clerk, "/window/dossiers/\(id)/acceptance"),
                (.reviewer, "/office/dossiers/\(id)/review"), (.issuer, "/issuing/dossiers/\(id)/hand-over"),
            ]
            let other = try await stage.caller(.supervisor).csrf
            try await stage.unchanged("foreign forms") {
                for (visitor, path) in posts {
                    let caller = try await stage.caller(visitor)
                    let body = "csrf=\(caller.csrf)&token=\(stage.house.hall.newToken())&truth=yes&note=x"
                    for site in ["https://elsewhere.example", "null", "https://localhost.elsewhere.example", "x"] {
                        try await caller.send(path, body, headers: [.origin: site])
                            .expect(refusal: DoorRefusal.foreignOrigin, "\(path) from \(site)")
                    }
                    let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
                    for site in ["cross-site", "same-site", ""] {
                        try await caller.send(path, body, headers: [fetchSite: site])
                            .expect(refusal: DoorRefusal.foreignOrigin, "\(path) from \(site)")
                    }
                    for csrf in ["", "0", String(repeating: "0", count: 64), other, caller.csrf.uppercased() + "0"] {
                        try await caller.send(path, "csrf=\(csrf)&token=\(stage.house.hall.newToken())&truth=yes")
                            .expect(refusal: LoginRefusal.forged, "\(path) with \(csrf)")
                    }
                }
            }
        }
    }

    @Test func `the same form twice is one deed, and its token does nothing else`() async throws {
        try await Self.open { stage in
            let id = try await stage.maker.dossier(.received)
            let clerk = try await stage.caller(.clerk)
            let token = stage.house.hall.newToken()
            let path = "/window/dossiers/\(id)/non-acceptance"
            let fields = [("ground", "notNeeded"), ("note", "无需许可")]
            let first = try await clerk.post(path, fields, token: token)
            #expect(first.status == .seeOther)
            try await stage.unchanged("a form again") {
                let again = try await clerk.post(path, fields, token: token)
                #expect(again.status == .seeOther)
                #expect(again.headers[.location] == first.headers[.location])
                try await clerk.post(path, [("ground", "notNeeded"), ("note", "另一个理由")], token: token)
                    .expect(refusal: TokenRefusal.usedForAnotherCommand)
                try await clerk.post("/window/dossiers/\(id)/acceptance", token: token)
                    .expect(refusal: TokenRefusal.usedForAnotherCommand)
                for malformed in ["", "short", String(repeating: "a", count: 65), "' OR 1=1 --aaaaaaaaa", "字字字字字字"] {
                    try await clerk.post(path, fields, token: malformed)
                        .expect(refusal: DoorRefusal.malformedForm, malformed)
                }
                // The mark is hers alone: somebody else's same token is another mark.
                let other = Caller(
                    client: stage.client, session: try await stage.maker.cast.session(of: .farClerk), house: stage.house
                )
                try await other.post(path, fields, token: token).expect(refusal: PermitRefusal.outOfScope)
            }
        }
    }

    @Test func `an application that was sent twice is one case`() async throws {
        try await Self.open { stage in
            let (draft, applicant) = (try await stage.maker.draft(), try await stage.caller(.applicant))
            let fields = [("truth", "yes"), ("double", "yes")]
            let token = stage.house.hall.newToken()
            let first = try await applicant.post("/drafts/\(draft)/check", fields, token: token)
            #expect(first.status == .seeOther)
            try await stage.unchanged("an application again") {
                try await applicant.post("/drafts/\(draft)/check", fields, token: token)
                    .expect(refusal: DraftRefusal.notFound)
            }
        }
    }

    @Test func `what comes out of turn is told why`() async throws {
        try await Self.open { stage in
            let posts: [(Dossier.Stage.Name, Visitor, String, [(String, String)], DossierRefusal)] = [
                (.preReview, .clerk, "window/*/acceptance", [], .notReceived),
                (.received, .clerk, "window/*/receipt", [], .alreadyReceived),
                (.received, .clerk, "window/*/pre-review", [], .noPreReviewInThisMode),
                (.inReview, .clerk, "window/*/acceptance", [], .alreadyAccepted),
                (.received, .clerk, "window/*/correction-notices", [], .defectsMissing),
                (.received, .clerk, "window/*/correction-notices", [("defect-x", "missing")], .unknownMaterial),
                (.received, .clerk, "window/*/non-acceptance", [("ground", "notNeeded")], .reasonMissing),
                (.received, .reviewer, "office/*/review", [("choice", "grant"), ("note", "x")], .notInReview),
                (.inReview, .decider, "office/*/decision", [("choice", "grant"), ("note", "x")], .notReviewed),
                (.inReview, .decider, "office/*/return", [("note", "x")], .notReviewed),
                (.reviewed, .decider, "office/*/decision", [("choice", "refuse")], .reasonMissing),
                (.issued, .decider, "office/*/decision", [("choice", "refuse"), ("note", "x")], .alreadyDecided),
                (.reviewed, .issuer, "issuing/*/hand-over", [("proof", "card")], .notIssued),
                (.issued, .applicant, "withdrawal", [], .alreadyDecided),
                (.received, .applicant, "corrections", [], .noCorrectionRequested),
                (.correctionRequested, .applicant, "corrections", [], .correctionIncomplete),
            ]
            for (at, visitor, path, fields, refusal) in posts {
                let id = try await stage.maker.dossier(at)
                let caller = try await stage.caller(visitor)
                let place =
                    path.contains("*")
                    ? "/" + path.replacing("*", with: "dossiers/\(id)") : "/dossiers/\(id)/\(path)"
                try await stage.unchanged("\(path) at \(at)") {
                    try await caller.post(place, fields).expect(refusal: refusal, "\(path) at \(at)")
                }
            }
        }
    }

    @Test func `a wrong pick-up code hands nothing over, and a deed without a choice is no deed`() async throws {
        try await Self.open { stage in
            let issued = try await stage.maker.dossier(.issued)
            guard case .issued(_, _, let code?) = try await stage.house.hall.open(issued).dossier.stage else {
                Issue.record("a result with a code")
                return
            }
            let issuer = try await stage.caller(.issuer)
            try await stage.unchanged("wrong codes") {
                for wrong in ["", "000000x", code + "0", String(code.dropLast()), "\u{ff11}" + code.dropFirst()] {
                    let answer = try await issuer.post(
                        "/issuing/dossiers/\(issued)/hand-over", [("proof", "code"), ("code", wrong)])
                    #expect(answer.status.code == 422, "\(wrong)")
                }
            }
            let reviewed = try await stage.maker.dossier(.reviewed)
            let (clerk, decider) = (try await stage.caller(.clerk), try await stage.caller(.decider))
            let received = try await stage.maker.dossier(.received)
            try await stage.unchanged("no choice") {
                for choice in ["", "maybe", "GRANT"] {
                    let fields = [("choice", choice), ("note", "x")]
                    try await decider.post("/office/dossiers/\(reviewed)/decision", fields).expect(
                        refusal: FormRefusal.choiceMissing("choice"), choice)
                    try await clerk.post(
                        "/window/dossiers/\(received)/non-acceptance", [("ground", choice), ("note", "x")]
                    ).expect(refusal: FormRefusal.choiceMissing("ground"), choice)
                }
                try await clerk.post("/window/dossiers/\(received)/burning").expect(refusal: DoorRefusal.noSuchPage)
                try await decider.post("/office/dossiers/\(reviewed)/burning").expect(refusal: DoorRefusal.noSuchPage)
            }
            let right = [("proof", "code"), ("code", code), ("recipient", "林晓榕")]
            #expect(try await issuer.post("/issuing/dossiers/\(issued)/hand-over", right).status == .seeOther)
        }
    }
}
