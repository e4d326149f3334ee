import Exchange
import HTTPTypes
import Testing
import Vocabulary

@testable import Sandboxes

/// What the far side of a link knows by itself, without a connection.
@Suite struct FarSideTests {
    @Test func `a switch fires at each so many-th occasion of its place, and never without a count`() {
        let switches = FarSwitches()
        #expect(!switches.fires(.lostReply, at: "a"))
        #expect(switches.turn(.record(["lostReply": .number(2), "down": .flag(true)])) == nil)
        #expect(switches.now.isDown)
        let fired = (1...4).map { _ in switches.fires(.lostReply, at: "a") }
        #expect(fired == [false, true, false, true])
        #expect(!switches.fires(.lostReply, at: "b"), "another place has occasions of its own")
    }

    @Test func `a switch that there is not turns none`() {
        var faults = FarFaults()
        #expect(faults.turn(.record(["lostReply": .number(1), "nothing": .number(1)])) == "nothing")
        #expect(faults.turn(.record(["drift": .number(-1)])) == "drift")
        #expect(faults.turn(.record(["down": .number(1)])) == "down")
        #expect(faults.turn(.text("down")) == "")
        #expect(faults == FarFaults())
        #expect(FarFaults.setting("refuseFamily=up_pro_result") == .record(["refuseFamily": .text("up_pro_result")]))
        #expect(FarFaults.setting("down=true") == .record(["down": .flag(true)]))
        #expect(FarFaults.setting("down") == nil)
        var again = FarFaults()
        faults.every[.replay] = 7
        #expect(again.turn(faults.json) == nil)
        #expect(again.every[.replay] == 7, "what is told can be said back")
    }

    @Test func `a signature is that of the known example of Standard Webhooks`() throws {
        let seal = try #require(FarSeal(secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let body = Array("{\"test\": 2432232314}".utf8)
        let headers = seal.headers(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, [body])
        let name = try #require(HTTPField.Name("webhook-signature"))
        #expect(headers[name] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        func look(_ seconds: Int64, _ body: [UInt8]) -> FarSeal.Finding {
            seal.look(at: headers, body, now: Instant(milliseconds: (1_614_265_330 + seconds) * 1000))
        }
        #expect(look(300, body) == .good(id: "msg_p5jXN8AQM9LWM0D4loKWxJek"))
        #expect(look(301, body) == .clockOff)
        #expect(look(-301, body) == .clockOff)
        #expect(look(0, body + [0x20]) == .wrong)
        #expect(seal.broken.look(at: headers, body, now: Instant(milliseconds: 1_614_265_330_000)) == .wrong)
        #expect(seal.look(at: HTTPFields(), body, now: Instant(milliseconds: 0)) == .unsigned)
        for secret in ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_*"] {
            #expect(FarSeal(secret: secret) == nil)
        }
    }

    @Test func `a batch in XML comes back as it went, whatever stands in its values`() throws {
        let values = ["row_guid": "a-1", "handle_explain": "<符合> & \"准予\"\n'第二行' ]]>", "remark": " "]
        let batch = BatchXML("b&1", [PlainRecord(family: "up_pro_process", number: "N\"1", values: values)])
        let read = try BatchXML(reading: Array(batch.text.utf8))
        #expect(read.id == batch.id)
        #expect(read.records == batch.records)
        let other =
            "<batch id=\"1\"><record family=\"f\" number=\"\"><a>&#20013;&#x6587;&apos;</a><b></b></record></batch>"
        let found = try BatchXML(reading: Array(other.utf8)).records
        #expect(found == [PlainRecord(family: "f", number: "", values: ["a": "中文'", "b": ""])])
    }

    @Test(arguments: [
        "", "<batch>", "<batch id=\"1\"><record family=\"f\"><a>1</a></record>", "<batch id=\"1\"></batch>x",
        "<!DOCTYPE batch [<!ENTITY x \"y\">]><batch id=\"1\"></batch>", "<batch id=\"1\"><record/></batch>",
        "<batch id=\"1\"><record family=\"f\"><a>&x;</a></record></batch>", "<other id=\"1\"></other>",
        "<batch id=\"1\"><record family=\"f\"><a>1</a><a>2</a></record></batch>",
        "<batch id=\"1\"><record family=\"f\"><a><b>1</b></a></record></batch>",
        "<batch id=\"1\"><record family=\"f\"><a>&#xD800;</a></record></batch>",
    ]) func `what is no batch is not read`(text: String) {
        #expect(throws: BatchUnreadable.self) { try BatchXML(reading: Array(text.utf8)) }
    }

    @Test func `comma-separated values come back as they went`() throws {
        let lines = [["ow_number", "a"], ["1", "x,\"y\"\nz"], ["", "中文"]]
        #expect(try BatchCSV.lines(Array(BatchCSV.text(lines).utf8)) == lines)
        #expect(try BatchCSV.lines(Array("a,b\r\n1,\r\n".utf8)) == [["a", "b"], ["1", ""]])
        #expect(try BatchCSV.lines(Array("a,b".utf8)) == [["a", "b"]])
        #expect(throws: BatchUnreadable.self) { try BatchCSV.lines(Array("a,\"b".utf8)) }
        #expect(throws: BatchUnreadable.self) { try BatchCSV.lines([0xFF]) }
    }

    @Test func `a department's deeds are records that fit, by two people`() throws {
        let families = try RecordFamilies.shipped()
        let rules = DepartmentRules(terms: DepartmentTerms(refuseEvery: 2, hasSpecial: true), families: families)
        let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)
        func dossier(_ place: Int) -> DepartmentCase {
            DepartmentCase(
                number: String(repeating: "1", count: 43), source: "350", place: place, acceptedAt: now,
                left: rules.terms.deeds, lastAt: now)
        }
        #expect(rules.terms.deeds == [.testBegun, .testEnded, .examined, .decided])
        #expect(!rules.isDue(dossier(1), now: now) && rules.isDue(dossier(1), now: now.advanced(bySeconds: 1)))
        let granted = try rules.terms.deeds.flatMap { try rules.records($0, of: dossier(1), now: now) }
        #expect(granted.map(\.record.family).suffix(2) == ["up_pro_process", "up_pro_result"])
        #expect(Set(granted.map(\.record.key)).count == granted.count, "each has a key of its own")
        #expect(granted.last?.record.values["result_type"] == .text("0"))
        let examiner = granted.dropLast().last?.record.values["handle_user_name"]
        #expect(examiner != granted.last?.record.values["handle_user_name"])
        let refused = try rules.records(.decided, of: dossier(2), now: now)
        #expect(refused.first?.record.values["result_type"] == .text("1"))
    }

    @Test func `the numbers of officials have their check characters, one for each code`() {
        let numbers = ["S-1", "S-2"].map { OfficerNumbers().number(of: $0) }
        #expect(numbers.allSatisfy { CitizenID($0) != nil } && numbers[0] != numbers[1])
    }
}
