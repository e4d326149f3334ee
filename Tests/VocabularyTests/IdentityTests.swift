import Foundation
import Testing
import Vocabulary

@Suite struct IdentityTests {
    private struct Vectors: Decodable {
        struct Numbers: Decodable {
            let valid: [String]?
            let validPublic: [String: String]?
            let synthetic: [String: String]?
            let invalid: [String]
        }

        let residentId: Numbers
        let residentIdSynthetic: [String]
        let uscc: Numbers
    }

    private static func vectors() throws -> Vectors {
        try JSONDecoder().decode(Vectors.self, from: Data(resource("identifier_vectors.json").utf8))
    }

    private static func citizens() throws -> [String] {
        let vectors = try vectors()
        return try #require(vectors.residentId.valid) + vectors.residentIdSynthetic
    }

    private static func codes() throws -> [String] {
        let vectors = try vectors()
        return try #require(vectors.uscc.validPublic).keys.sorted() + #require(vectors.uscc.synthetic).values.sorted()
    }

    /// The text with each of its characters replaced by each of these.
    private static func substitutions(_ text: String, _ alphabet: String) -> [String] {
        let characters = Array(text)
        return characters.indices.flatMap { index in
            alphabet.filter { $0 != characters[index] }.map { other in
                String(characters[..<index]) + String(other) + String(characters[(index + 1)...])
            }
        }
    }

    @Test func `identity numbers of the vectors are what they are said to be`() throws {
        for text in try Self.citizens() {
            let citizen = try #require(CitizenID(text))
            #expect(citizen.number == text)
            #expect(CitizenID(text.lowercased()) == citizen)
            #expect(citizen.birthday?.compact == String(text.dropFirst(6).prefix(8)))
            #expect(CitizenID.checkCharacter(for: String(text.prefix(17))) == text.last)
        }
        for text in try Self.vectors().residentId.invalid { #expect(CitizenID(text) == nil, "\(text)") }
        for text in [
            "", "3501021885010100", "35010218850101001９", " 350102188501010019", "35010218850101001X",
            "110105194912310o2X", "11010519491231002Ｘ",
        ] {
            #expect(CitizenID(text) == nil, "\(text)")
        }
        #expect(CitizenID.checkCharacter(for: "3501021985010100") == nil)
        #expect(CitizenID.checkCharacter(for: "3501021985010100X") == nil)
    }

    @Test func `a birthday that is no day is refused even with a right check character`() throws {
        for birthday in ["19850230", "17991231", "19851301", "00000000"] {
            let digits = "350102\(birthday)001"
            let check = try #require(CitizenID.checkCharacter(for: digits))
            #expect(CitizenID(digits + String(check)) == nil, "\(birthday)")
        }
    }

    @Test func `no single wrong character makes another valid identity number`() throws {
        for text in try Self.citizens() {
            for wrong in Self.substitutions(text, "0123456789X") { #expect(CitizenID(wrong) == nil, "\(wrong)") }
        }
    }

    @Test func `two neighbours that change places are found`() throws {
        for text in try Self.citizens() {
            var characters = Array(text)
            for index in 0..<16 where characters[index] != characters[index + 1] {
                characters.swapAt(index, index + 1)
                #expect(CitizenID(String(characters)) == nil)
                characters.swapAt(index, index + 1)
            }
        }
    }

    @Test func `credit codes of the vectors are what they are said to be`() throws {
        for text in try Self.codes() {
            let code = try #require(CreditCode(text), "\(text)")
            #expect(code.code == text)
            #expect(CreditCode(text.lowercased()) == code)
            #expect(code.regionCode == String(text.dropFirst(2).prefix(6)))
            #expect(code.description == text)
        }
        for text in try Self.vectors().uscc.invalid { #expect(CreditCode(text) == nil, "\(text)") }
    }

    @Test func `no single wrong character makes another valid credit code`() throws {
        for text in try Self.codes() {
            for wrong in Self.substitutions(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-é") {
                #expect(CreditCode(wrong) == nil, "\(text) became \(wrong)")
            }
        }
    }

    @Test func `a letter that only looks right in upper case is refused`() throws {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        // Codes with two F in their first part, made by trying the last characters.
        var tried = 0
        for last in alphabet {
            for check in "0123456789X" {
                let text = "91FF0100M000100Y4".dropLast(1) + String(check) + String(last)
                guard CreditCode(String(text)) != nil else { continue }
                tried += 1
                #expect(CreditCode(text.replacing("FF", with: "\u{FB00}")) == nil)
            }
        }
        #expect(tried == 1)
    }

    @Test func `a mobile number has eleven digits and a mobile prefix`() {
        for text in ["13800000001", "19912345678"] { #expect(MobileNumber(text)?.number == text) }
        for text in ["", "12800000001", "1380000000", "138000000011", "+8613800000001", "1380000000a", "１3800000001"] {
            #expect(MobileNumber(text) == nil, "\(text)")
        }
    }

    @Test func `numbers of people mask themselves wherever they are described`() throws {
        for text in try Self.citizens() {
            let citizen = try #require(CitizenID(text))
            let secret = String(text.dropFirst(4).dropLast(4))
            for shown in [
                "\(citizen)", String(describing: citizen), citizen.masked, "\([citizen])",
                String(describing: Optional(citizen)),
            ] {
                #expect(!shown.contains(secret), "\(shown)")
                #expect(!shown.contains(text.dropFirst(6).prefix(8)), "\(shown)")
            }
            #expect(citizen.masked == text.prefix(4) + "**********" + text.suffix(4))
        }
        let mobile = try #require(MobileNumber("13812345678"))
        for shown in ["\(mobile)", String(describing: mobile), "\([mobile])"] { #expect(!shown.contains("1234")) }
        #expect("\(mobile)" == "138****5678")
    }

    @Test func `a dump of a value does not show the number`() throws {
        let citizen = try #require(CitizenID("350102188501010019"))
        let mobile = try #require(MobileNumber("13812345678"))
        struct Holder { let citizen: CitizenID, mobile: MobileNumber }
        let holder = Holder(citizen: citizen, mobile: mobile)
        var dumped = ""
        dump(holder, to: &dumped)
        for shown in ["\(holder)", String(reflecting: holder), String(reflecting: citizen), dumped] {
            #expect(!shown.contains("18850101"), "\(shown)")
            #expect(!shown.contains("12345678"), "\(shown)")
        }
    }

    @Test func `numbers are checked again when they are read, and an error does not repeat them`() throws {
        let citizen = try #require(CitizenID("350102188501010019"))
        #expect(try JSONDecoder().decode([CitizenID].self, from: JSONEncoder().encode([citizen])) == [citizen])
        let wrong = Data(#"["350102188501010018"]"#.utf8)
        do {
            _ = try JSONDecoder().decode([CitizenID].self, from: wrong)
            Issue.record("a wrong number was read")
        } catch {
            #expect(!"\(error)".contains("350102188501010018"))
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([CreditCode].self, from: wrong) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([MobileNumber].self, from: wrong) }
    }
}
