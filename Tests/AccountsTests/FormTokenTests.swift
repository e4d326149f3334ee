import Accounts
import Testing
import Vocabulary

@Suite struct FormTokenTests {
    let session = SessionToken(Dice.seeded(1))

    @Test func `a form's token is taken back from the same session for the same purpose`() throws {
        let token = CSRF.token(for: "/dossiers/1/decision", session: session)
        try CSRF.verify(token, for: "/dossiers/1/decision", session: session)
        let again = try #require(SessionToken(session.cookie))
        try CSRF.verify(token, for: "/dossiers/1/decision", session: again)
    }

    @Test func `a forged token, another session's and another form's are refused`() throws {
        let token = CSRF.token(for: "/dossiers/1/decision", session: session)
        let other = SessionToken(Dice.seeded(2))
        let altered = (token.hasPrefix("0") ? "1" : "0") + token.dropFirst()
        for forged in ["", "0", altered, token + "00", token.uppercased(), session.cookie] {
            #expect(throws: LoginRefusal.forged) {
                try CSRF.verify(forged, for: "/dossiers/1/decision", session: session)
            }
        }
        #expect(throws: LoginRefusal.forged) { try CSRF.verify(token, for: "/dossiers/1/decision", session: other) }
        #expect(throws: LoginRefusal.forged) { try CSRF.verify(token, for: "/dossiers/2/decision", session: session) }
    }

    @Test func `the token does not tell the session's secret`() {
        #expect(CSRF.token(for: "x", session: session) != session.cookie)
    }

    @Test func `a login form is taken back while it is open`() throws {
        let key = try Cast.key()
        let form = LoginForm(Dice.seeded(3))
        let token = form.token(for: "sign-in", now: Cast.now, key: key)
        let back = try #require(LoginForm(nonce: form.nonce))
        try back.verify(token, for: "sign-in", now: Cast.now.later(3599), key: key)
        #expect(throws: LoginRefusal.formExpired) {
            try back.verify(token, for: "sign-in", now: Cast.now.later(3600), key: key)
        }
    }

    @Test func `a login form with another nonce, purpose, key or time is refused`() throws {
        let (key, otherKey) = (try Cast.key(), try Cast.key(8))
        let form = LoginForm(Dice.seeded(3))
        let token = form.token(for: "sign-in", now: Cast.now, key: key)
        let code = try #require(token.split(separator: ".").last)
        let longer = "\(Cast.now.later(90_000).milliseconds).\(code)"
        #expect(throws: LoginRefusal.forged) {
            try LoginForm(Dice.seeded(4)).verify(token, for: "sign-in", now: Cast.now, key: key)
        }
        #expect(throws: LoginRefusal.forged) { try form.verify(token, for: "register", now: Cast.now, key: key) }
        #expect(throws: LoginRefusal.forged) { try form.verify(token, for: "sign-in", now: Cast.now, key: otherKey) }
        for forged in ["", ".", "1.2.3", longer, String(code), "x.\(code)"] {
            #expect(throws: LoginRefusal.forged) { try form.verify(forged, for: "sign-in", now: Cast.now, key: key) }
        }
        #expect(LoginForm(nonce: "short") == nil)
    }

    @Test func `a key has at least thirty-two bytes`() {
        #expect(AccountKey(Array(repeating: 1, count: 31)) == nil)
        #expect(AccountKey(Array(repeating: 1, count: 32)) != nil)
    }

    @Test func `a secret is the same only byte by byte, and an empty one is nobody's`() throws {
        let key = try Cast.key()
        #expect(key.isSame("123456", as: "123456"))
        for said in ["", "12345", "1234567", "123457", "023456", " 123456", "123456\u{0}", "１23456"] {
            #expect(!key.isSame(said, as: "123456"), "\(said)")
        }
        #expect(!key.isSame("", as: ""))
        // What a reader takes for one letter can be other bytes.
        #expect(!key.isSame("e\u{301}", as: "\u{e9}"))
    }
}
