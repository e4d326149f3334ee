import Foundation
import Testing
import Vocabulary

@testable import Web

@Suite struct JSONMemberTests {
    private func value(_ text: String, of name: String = "data") -> String? {
        JSONMember.value(of: name, in: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        ("{\"head\":{\"data\":1},\"data\":{\"a\":\"}\\\"{\"}}", "{\"a\":\"}\\\"{\"}"),
        ("{ \"data\" : [1, {\"data\": 2}] , \"head\":1 }", "[1, {\"data\": 2}]"),
        ("{\"data\":\"一\\\\\"}", "\"一\\\\\""), ("{\"data\": -1.5e3}", "-1.5e3"), ("{\"data\":true\n}", "true"),
        ("{\"x\":\"\\\"data\\\":1\",\"data\":{}}", "{}"),
    ])
    func `a member's value comes as it stands`(_ text: String, _ expected: String) {
        #expect(value(text) == expected)
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"head\":1}", "{\"data\":1,\"data\":2}", "{\"d\\u0061ta\":1}", "{\"data\":", "{\"data\"",
        "{\"data\":{\"a\":1", "{\"head\":{\"data\":1}}",
    ])
    func `what is missing, stands twice or is written otherwise is not found`(_ text: String) {
        #expect(value(text) == nil)
    }

    @Test func `of any object it finds the same value as the decoder`() throws {
        let dice = Dice.seeded(11)
        func text() -> String {
            let parts = ["\\\"", "\\\\", "{", "}", "[", "]", ",", ":", "一", " ", "data", "\\u0064"]
            return (0..<Int(dice.roll() % 5)).map { _ in parts[Int(dice.roll() % UInt64(parts.count))] }.joined()
        }
        func space() -> String { ["", " ", "\n", "\t "][Int(dice.roll() % 4)] }
        func value(_ depth: Int) -> String {
            switch dice.roll() % (depth > 3 ? 4 : 6) {
            case 0: return "\"\(text())\""
            case 1: return "\(Int64(truncatingIfNeeded: dice.roll()) % 1000)"
            case 2: return "true"
            case 3: return "null"
            case 4:
                let items = (0..<Int(dice.roll() % 3)).map { _ in space() + value(depth + 1) + space() }
                return "[" + items.joined(separator: ",") + "]"
            default:
                let members = (0..<Int(dice.roll() % 3)).map {
                    "\"k\($0)\(text())\"" + space() + ":" + value(depth + 1)
                }
                return "{" + members.joined(separator: ",") + space() + "}"
            }
        }
        for _ in 0..<2000 {
            let own = value(0)
            let members = ["\"head\":" + value(0), "\"data\"" + space() + ":" + space() + own + space()]
            let whole =
                "{" + space() + (dice.roll() % 2 == 0 ? members : members.reversed()).joined(separator: ",") + "}"
            let decoded = try JSONDecoder().decode(JSONValue.self, from: Data(whole.utf8))
            #expect(self.value(whole) == own, "\(whole)")
            if let found = decoded["data"] {
                #expect(try JSONDecoder().decode(JSONValue.self, from: Data(own.utf8)) == found)
            }
        }
    }
}
