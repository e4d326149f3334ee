import Signing
import Testing

@Suite("SM3")
struct SM3Tests {
    @Test func `the digest of abc is the standard's first example`() {
        #expect(
            SM3.digest(of: Array("abc".utf8)).hex == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
    }

    @Test func `the digest of abcd sixteen times is the standard's second example`() {
        let message = Array(String(repeating: "abcd", count: 16).utf8)
        #expect(message.count == 64)
        #expect(SM3.digest(of: message).hex == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test func `the digest of nothing is known too`() {
        #expect(SM3.digest(of: []).hex == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")
        #expect(SM3.Hasher().finish() == SM3.digest(of: []))
    }

    @Test func `bytes that arrive in pieces have the same digest`() {
        let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for cut in [0, 1, 63, 64, 65, 128, 299, 300] {
            var hasher = SM3.Hasher()
            hasher.update(message[..<cut])
            hasher.update([])
            hasher.update(AnySequence(message[cut...]))
            let digest = hasher.finish()
            #expect(digest == SM3.digest(of: message), "cut at \(cut)")
        }
    }
}
