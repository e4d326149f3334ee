import Accounts
import Delivery
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Testing
import Vocabulary

@testable import Web

/// Originals at the doors: received, labelled, handed on, counted, missed and found.
@Suite struct OriginalsDoorTests {
    private static func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    /// A house with a case that a clerk may receive for, and who does what.
    private struct Stage {
        let house: DoorHouse
        let dossier: DossierID
        let clerk: Caller
        let reviewer: Caller
        let supervisor: Caller

        /// Sits down, receives an original and answers its code.
        func received() async throws -> CustodyCode {
            let answer = try await clerk.post(
                "\(Paths.window(dossier))/originals", [("material", "restPlan"), ("sheets", "2")])
            #expect(answer.status == .seeOther, "\(answer.code ?? "")")
            let path = try #require(answer.headers[.location])
            #expect(path.hasSuffix("/label"))
            return try #require(CustodyCode(String(path.split(separator: "/")[2])))
        }

        func sit() async throws {
            #expect(try await clerk.post("/window/seat", [("window", "350111 1")]).status == .seeOther)
        }
    }

    private static func open(_ body: @Sendable (Stage) async throws -> Void) async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let maker = try await CaseMaker(cast)
            let dossier = try await maker.dossier(.received)
            try await house.app.test(.router) { client in
                func caller(_ visitor: Visitor) async throws -> Caller {
                    Caller(client: client, session: try await cast.session(of: visitor), house: house)
                }
                try await body(
                    Stage(
                        house: house, dossier: dossier, clerk: try await caller(.clerk),
                        reviewer: try await caller(.reviewer), supervisor: try await caller(.supervisor)))
            }
        }
    }

    @Test func `whoever sits nowhere is told to sit down, and then gets a label to print`() async throws {
        try await Self.open { stage in
            let page = Self.text(try await stage.clerk.get(Paths.window(stage.dossier)))
            #expect(page.contains("You do not sit at a window") && !page.contains("Receive an original"))
            let early = try await stage.clerk.post(
                "\(Paths.window(stage.dossier))/originals", [("material", "restPlan"), ("sheets", "2")])
            #expect(early.status == .conflict)
            #expect(Self.text(try await stage.clerk.get("/window/originals")).contains("You do not sit at a window"))
            try await stage.sit()
            #expect(Self.text(try await stage.clerk.get(Paths.window(stage.dossier))).contains("Receive an original"))
            let wrong = try await stage.clerk.post(
                "\(Paths.window(stage.dossier))/originals", [("material", "restPlan"), ("sheets", "0")])
            #expect(wrong.status.code == 422 && Self.text(wrong).contains("field-originals-sheets"))
            let code = try await stage.received()
            let label = Self.text(try await stage.clerk.get("/window/originals/\(code.text)/label"))
            #expect(label.contains("<svg") && label.contains("\(code)"))
            let short = try await stage.house.hall.open(stage.dossier).dossier.submitted.numbers.short
            #expect(label.contains(short))
            #expect(Self.text(try await stage.clerk.get("/window/originals")).contains("\(code)"))
        }
    }

    @Test func `an original goes from the window to an officer, who takes it by its label, and back`() async throws {
        try await Self.open { stage in
            try await stage.sit()
            let code = try await stage.received()
            let path = "/window/originals/\(code.text)"
            let page = Self.text(try await stage.clerk.get(path))
            let officer = try #require(stage.reviewer.session)
            guard case .staff(let staff)? = try await stage.house.hall.guest(officer)?.session.holder else {
                Issue.record("a reviewer is of the staff")
                return
            }
            #expect(page.contains("officer:\(staff)") && page.contains("window:350111:2"))
            let nobody = try await stage.clerk.post("\(path)/offer", [("to", "")])
            #expect(nobody.status.code == 422 && Self.text(nobody).contains("field-offer-to"))
            let early = try await stage.reviewer.post("/office/originals", [("label", code.text)])
            #expect(early.status == .conflict)
            #expect(try await stage.clerk.post("\(path)/offer", [("to", "officer:\(staff)")]).status == .seeOther)
            let taken = try await stage.reviewer.post("/office/originals", [("label", "\(code)"), ("for", "self")])
            #expect(taken.headers[.location] == "/office/originals?taken=\(code.text)")
            #expect(
                Self.text(try await stage.reviewer.get("/office/originals?taken=\(code.text)")).contains("is taken"))
            let chain = Self.text(try await stage.reviewer.get("/office/originals/\(code.text)"))
            #expect(chain.contains("window 1, ") && chain.contains("Chain of hands"))
            let back = try await stage.reviewer.post(
                "/office/originals/\(code.text)/offer", [("to", "window:350111:1")])
            #expect(back.status == .seeOther)
            let wrong = try await stage.reviewer.post("/office/originals", [("label", "0000-0000-0000-1")])
            #expect(wrong.status.code == 422)
            #expect(try await stage.clerk.post("/window/originals", [("label", code.text)]).status == .seeOther)
            let unchecked = try await stage.clerk.post("\(path)/hand-back")
            #expect(unchecked.status.code == 422 && Self.text(unchecked).contains("field-hand-back-checked"))
            #expect(try await stage.clerk.post("\(path)/hand-back", [("checked", "yes")]).status == .seeOther)
            let item = try #require(try await stage.house.hall.originals(of: stage.dossier).first)
            #expect(item.holder == .applicant)
            try await stage.clerk.post("\(path)/burning").expect(refusal: DoorRefusal.noSuchPage)
        }
    }

    @Test func `the shift ends with a count, which says what is missing, of elsewhere or read twice`() async throws {
        try await Self.open { stage in
            try await stage.sit()
            let (first, second) = (try await stage.received(), try await stage.received())
            let asked = try await stage.clerk.post("/window/seat/closing")
            #expect(asked.headers[.location] == "/window/originals/count?closing=1")
            let page = Self.text(try await stage.clerk.get("/window/originals/count?closing=1"))
            #expect(page.contains("nobody has counted") && page.contains("name=\"uncounted\""))
            let unreadable = try await stage.clerk.post(
                "/window/originals/count", [("labels", "\(first)\r\nx\r\n"), ("closing", "1")])
            #expect(unreadable.status.code == 422 && Self.text(unreadable).contains("line 2"))
            #expect(Self.text(unreadable).contains("\(first)"), "what was read stays")
            let stranger = CustodyCode(bits: 77)
            let short = try await stage.clerk.post(
                "/window/originals/count", [("labels", "\(first)\r\n\(first.text)\r\n\(stranger)\r\n")])
            let said = Self.text(short)
            #expect(said.contains("The count does not agree") && said.contains("Missing") && said.contains("\(second)"))
            #expect(said.contains("Belongs elsewhere") && said.contains("\(stranger)") && said.contains("Read twice"))
            let office = Self.text(try await stage.supervisor.get("/office/parcels"))
            #expect(office.contains("\(second)"))
            #expect(try await stage.clerk.post("/window/seat/closing").headers[.location] == "/window/queue")
            // The next shift is closed without a count, and found later.
            stage.house.clock.move(seconds: 60)
            try await stage.sit()
            let left = try await stage.clerk.post("/window/seat/closing", [("uncounted", "yes")])
            #expect(left.headers[.location] == "/window/queue")
            let owed = Self.text(try await stage.supervisor.get("/office/parcels"))
            #expect(
                owed.contains("Windows that were closed without a count") && owed.contains("window 1 of hall 350111"))
            try await stage.sit()
            let whole = Self.text(
                try await stage.clerk.post("/window/originals/count", [("labels", "\(first)\r\n\(second)")]))
            #expect(whole.contains("Everything is here") && whole.contains("Found"))
            let after = Self.text(try await stage.supervisor.get("/office/parcels"))
            #expect(!after.contains("\(second)") && !after.contains("window 1 of hall 350111"))
        }
    }
}
