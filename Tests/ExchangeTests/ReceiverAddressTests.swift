import Testing
import Vocabulary

@testable import Exchange

@Suite struct ReceiverAddressTests {
    @Test(arguments: [
        "https://example.org/hook", "https://example.org:8443/a?b=c", "https://59.56.0.1/hook", "https://10.1.2.3/hook",
    ])
    func `a partner's program listens at an https address`(_ text: String) throws {
        #expect(try ReceiverAddress(text, mayBeHere: false).description == text)
    }

    @Test(arguments: [
        "", "example.org", "http://example.org/", "ftp://example.org/", "https:///hook", "https://user@example.org/",
        "https://user:word@example.org/", "https://example.org/#part", "https://example.org/ x", "https://例子.cn/",
        "https://example.org/" + String(repeating: "a", count: 500), "https://localhost/", "https://LOCALHOST./",
        "https://a.localhost/", "http://127.0.0.1/", "https://127.0.0.1/", "https://127.1/", "https://0/",
        "https://0x7f000001/", "https://2130706433/", "https://0177.0.0.1/", "https://169.254.169.254/",
        "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/", "https://224.0.0.1/",
        "https://255.255.255.255/", "https://0.0.0.0/",
    ])
    func `an address that leads to where only the house may go is refused`(_ text: String) {
        #expect(throws: ExchangeRefusal.addressUnfit) { try ReceiverAddress(text, mayBeHere: false) }
    }

    @Test func `a demonstration may send to this machine, and to no other without TLS`() throws {
        #expect(try ReceiverAddress("http://127.0.0.1:8081/hook", mayBeHere: true).host == "127.0.0.1")
        #expect(try ReceiverAddress("https://localhost/hook", mayBeHere: true).host == "localhost")
        #expect(throws: ExchangeRefusal.addressUnfit) { try ReceiverAddress("http://10.0.0.1/hook", mayBeHere: true) }
        #expect(throws: ExchangeRefusal.addressUnfit) { try ReceiverAddress("https://0.0.0.0/hook", mayBeHere: true) }
    }
}
