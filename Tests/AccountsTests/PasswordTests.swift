@testable import Accounts
import Testing
import Vocabulary

@Suite struct PasswordTests {
    struct Vector: Sendable {
        let password: String
        let salt: String
        let cost: PasswordHash.Cost
        let key: String
    }

    /// RFC 7914 section 12; the fourth takes 1 GiB and is left out.
    static let vectors = [
        Vector(
            password: "", salt: "", cost: .init(logarithm: 4, blockSize: 1, lanes: 1),
            key: """
                77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442\
                fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
                """),
        Vector(
            password: "password", salt: "NaCl", cost: .init(logarithm: 10, blockSize: 8, lanes: 16),
            key: """
                fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
                2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
                """),
        Vector(
            password: "pleaseletmein", salt: "SodiumChloride", cost: .current,
            key: """
                7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2\
                d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
                """),
    ]

    @Test(arguments: vectors)
    func `the vectors of RFC 7914 come out`(_ vector: Vector) throws {
        let key = try PasswordHash.derive(
            Array(vector.password.utf8), salt: Array(vector.salt.utf8), cost: vector.cost, count: 64)
        #expect(Hex.text(key) == vector.key)
    }

    @Test func `a hash says how it was made, is read back and knows its password`() throws {
        let salt = Array(0..<16 as Range<UInt8>)
        let hash = try PasswordHash(of: Array("长安街上的旧灯笼 1949".utf8), salt: salt)
        #expect(hash.text.hasPrefix("$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$"))
        let read = try #require(PasswordHash(hash.text))
        #expect(read == hash)
        #expect(try read.matches(Array("长安街上的旧灯笼 1949".utf8)))
        #expect(try !read.matches(Array("长安街上的旧灯笼 1950".utf8)))
    }

    @Test(arguments: [
        "", "$scrypt$", "plain", "$argon2$ln=14,r=8,p=1$S$K", "$scrypt$ln=14,r=8$S$K", "$scrypt$ln=14,r=8,p=1$S$K$",
        "$scrypt$ln=16,r=8,p=1$S$K", "$scrypt$ln=0,r=8,p=1$S$K", "$scrypt$ln=14,r=9,p=1$S$K",
        "$scrypt$ln=14,r=8,p=5$S$K", "$scrypt$ln=014,r=8,p=1$S$K", "$scrypt$ln=+14,r=8,p=1$S$K",
        "$scrypt$r=8,ln=14,p=1$S$K", "$scrypt$ln=14,r=8,p=1$K$S", "$scrypt$ln=14,r=8,p=1$S=$K",
        "$scrypt$ln=14,r=8,p=1$S$KK", "$scrypt$ln=14,r=8,p=1$S$B", " $scrypt$ln=14,r=8,p=1$S$K",
    ])
    func `a hash string of any other shape is refused`(_ shape: String) {
        let (salt, key) = (String(repeating: "A", count: 22), String(repeating: "A", count: 43))
        let text = shape.replacing("S", with: salt).replacing("K", with: key).replacing("B", with: key.dropLast() + "B")
        #expect(PasswordHash(text) == nil)
        #expect(PasswordHash("$scrypt$ln=14,r=8,p=1$\(salt)$\(key)") != nil)
    }

    @Test(arguments: [
        ("a1b2c3d4e", LoginRefusal.passwordTooShort), ("", .passwordTooShort), ("王小满的密码", .passwordTooShort),
        (String(repeating: "abcdefgh", count: 16) + "x", .passwordTooLong),
        (String(repeating: "x", count: 1_000_000), .passwordTooLong),
        ("lin.xiaoman", .passwordIsLogin), ("LIN.Xiaoman", .passwordIsLogin),
        ("1234567890", .passwordTooCommon), ("Woaini1314", .passwordTooCommon), ("PASSWORD123", .passwordTooCommon),
        ("aaaaaaaaaaaaaaa", .passwordTooCommon), ("aaabbbcccaaa", .passwordTooCommon),
    ])
    func `a password that is too short, too long, the login or everybody's is refused`(
        _ text: String, _ refusal: LoginRefusal
    ) throws {
        let login = try #require(LoginName("lin.xiaoman"))
        #expect(throws: refusal) { try Password(text, login: login) }
    }

    @Test func `each reason why a password is not taken has its own code`() throws {
        let login = try #require(LoginName("lin.xiaoman"))
        #expect(throws: LoginRefusal.passwordTooShort) { try Password("tea-w1ndo", login: login) }
        #expect(throws: LoginRefusal.passwordTooLong) {
            try Password(String(repeating: "tea-w1nd", count: 16) + "o", login: login)
        }
        #expect(throws: LoginRefusal.passwordIsLogin) { try Password("Lin.XiaoMan", login: login) }
        #expect(throws: LoginRefusal.passwordTooCommon) { try Password("1234567890", login: login) }
    }

    @Test func `ten and a hundred and twenty-eight characters are taken, in any script`() throws {
        let login = try #require(LoginName("lin.xiaoman"))
        _ = try Password("tea-w1ndow", login: login)
        _ = try Password("三坊七巷里的榕树下有风", login: login)
        _ = try Password(String(repeating: "abcdefgh", count: 16), login: login)
        #expect(try Password("tea-window-１９", login: login).bytes == Password("tea-window-19", login: login).bytes)
    }

    @Test func `a right password opens, a wrong one and an unknown login do not`() async throws {
        let workers = PasswordWorkers()
        defer { workers.close() }
        let login = try #require(LoginName("lin.xiaoman"))
        let hash = try await workers.hash(Password("tea-window-19", login: login), dice: Dice.seeded(1))
        let other = try await workers.hash(Password("tea-window-19", login: login), dice: Dice.seeded(2))
        #expect(hash != other)
        #expect(try await workers.verify("tea-window-19", against: hash))
        #expect(try await workers.verify("tea-window-１９", against: hash))
        #expect(try await !workers.verify("tea-window-18", against: hash))
        #expect(try await !workers.verify("", against: hash))
        #expect(try await !workers.verify(String(repeating: "x", count: 10_000), against: hash))
        #expect(try await !workers.verify("tea-window-19", against: nil))
    }

    /// No machine hashes with 16 MiB in a millisecond, and a busy one only takes longer.
    @Test func `an unknown login costs the work of a known one`() async throws {
        let workers = PasswordWorkers()
        defer { workers.close() }
        #expect(PasswordHash.ofNobody.cost == .current)
        let unknown = try await ContinuousClock().measure { _ = try await workers.verify("x", against: nil) }
        #expect(unknown > .milliseconds(1))
    }

    @Test func `when too many wait, the next is told to come back`() async throws {
        let workers = PasswordWorkers(workers: Workers(name: "passwords", threads: 1, queueMax: 1))
        let hash = try Cast.hash()
        let outcomes = await withTaskGroup(of: Fault?.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        _ = try await workers.verify("x", against: hash)
                        return nil
                    } catch {
                        return error as? Fault
                    }
                }
            }
            return await group.reduce(into: [Fault?]()) { $0.append($1) }
        }
        workers.close()
        #expect(outcomes.contains(Fault.busy("passwords")))
        #expect(outcomes.contains(nil))
    }
}
