import Accounts
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

@Suite struct LookupTests {
    @Test(arguments: StoreUnderTest.all)
    func `a slip opens with its number and its password, and guessing is stopped`(_ place: StoreUnderTest) async throws
    {
        try await BadInputTests.open(on: place) { stage in
            let id = try await stage.maker.dossier(.received)
            let number = try await stage.house.hall.open(id).dossier.submitted.numbers.short
            let caller = try await stage.caller(.nobody)
            let right = [("number", number), ("password", "123456")]
            #expect(try await caller.post("/lookup", right).status == .ok)
            var answers: [Int] = []
            var last = try await caller.post("/lookup", [("number", number), ("password", "")])
            for guess in 0..<60 where last.status.code == 422 {
                answers.append(last.status.code)
                last = try await caller.post("/lookup", [("number", number), ("password", "\(100_000 + guess)")])
            }
            #expect((3..<60).contains(answers.count))
            last.expect(refusal: LookupRefusal.tooMany)
            try await caller.post("/lookup", right).expect(refusal: LookupRefusal.tooMany)
            stage.house.clock.move(seconds: 86_400)
            #expect(try await caller.post("/lookup", right).status == .ok)
        }
    }

    @Test func `a number that nobody has and a wrong password get the same page`() async throws {
        try await BadInputTests.open { stage in
            let id = try await stage.maker.dossier(.received)
            let number = try await stage.house.hall.open(id).dossier.submitted.numbers.short
            let caller = try await stage.caller(.nobody)
            let wrong = try await caller.post("/lookup", [("number", number), ("password", "654321")])
            let unknown = try await caller.post("/lookup", [("number", "209901010001"), ("password", "123456")])
            #expect(wrong.status.code == 422 && unknown.status.code == 422)
            let pages = [(wrong, number), (unknown, "209901010001")].map { answer, number in
                String(buffer: answer.body).replacing(number, with: "NUMBER")
            }
            #expect(pages[0] == pages[1])
            for said in ["123456 7", "12345", "１23456"] {
                let answer = try await caller.post("/lookup", [("number", number), ("password", said)])
                #expect(answer.status.code == 422, "\(said)")
            }
        }
    }
}
