import Testing

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
}
