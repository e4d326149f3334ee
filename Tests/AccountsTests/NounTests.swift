import Accounts
import Testing
import Vocabulary

@Suite struct NounTests {
    @Test(arguments: ["", "   ", "林\n小满", "林\u{200B}小满", "林\u{7}满", String(repeating: "林", count: 121)])
    func `a name is one line without hidden characters`(_ text: String) {
        #expect(FullName(text) == nil)
    }

    @Test(arguments: [
        (" 林小满 ", "林小满", "林**"), ("Ann Lin", "Ann Lin", "A******"), ("䶮", "䶮", "䶮"),
        ("古丽·买买提", "古丽·买买提", "古*****"),
    ])
    func `a name is kept without the white space around it and masks itself`(
        _ text: String, _ kept: String, _ masked: String
    ) throws {
        let name = try #require(FullName(text))
        #expect(name.text == kept)
        #expect("\(name)" == masked)
    }

    @Test(arguments: ["ab", "a b", "王小满", "a/b", "a'--", String(repeating: "a", count: 65), "ſſſ"])
    func `a login is short, plain and in lower case`(_ text: String) {
        #expect(LoginName(text) == nil)
        #expect(LoginName("Lin.Xiaoman@Example-1")?.text == "lin.xiaoman@example-1")
    }

    @Test func `what is personal or secret masks itself when it is described`() throws {
        let token = SessionToken(Dice.seeded(1))
        #expect("\(try #require(LoginName("13800000001")))" == "13***")
        #expect("\(try Cast.key())" == "AccountKey(***)")
        #expect("\(token)" == "SessionToken(***)")
        #expect("\(try Cast.hash())" == "$scrypt$ln=14,r=8,p=1$***")
        #expect("\(try Password("correct horse battery", login: #require(LoginName("lin"))))" == "***")
    }

    @Test(arguments: ["A", "FZ 1001", "工号1", String(repeating: "1", count: 21)])
    func `an employee number is plain`(_ text: String) {
        #expect(EmployeeNumber(text) == nil)
        #expect(EmployeeNumber("fz-1001")?.text == "FZ-1001")
    }

    @Test(arguments: [
        (LegalPersonKind.enterprise, "2"), (.institution, "3"), (.socialOrganisation, "4"),
        (.unincorporatedEnterprise, "5"), (.governmentBody, "6"), (.individualBusiness, "9"), (.other, "9"),
    ])
    func `a kind of organisation has the code of its service object`(_ kind: LegalPersonKind, _ code: String) {
        #expect(kind.serviceObject == code)
    }

    @Test func `a number is told apart by the kind of document`() throws {
        #expect(Person.citizen(try Cast.citizen(1)).number.kind == "111")
        #expect(Person.legalPerson(try Cast.firm(2)).number.kind == "001")
        #expect(Person.legalPerson(try Cast.firm(2)).number.text == Cast.firmCode)
    }

    @Test(arguments: ["person:", "staff:", "platform", "", "person:x"])
    func `the platform holds no account`(_ text: String) {
        #expect(Holder(text) == nil)
    }

    @Test func `a holder is read back and knows its door`() {
        let holders: [(Holder, Door)] = [(.person(Cast.id(1)), .portal), (.staff(Cast.id(2)), .staff)]
        for (holder, door) in holders {
            #expect(Holder(holder.description) == holder)
            #expect(holder.door == door)
        }
    }

    @Test(arguments: ["", "00 01", "0001%", "事项", String(repeating: "0", count: 51)])
    func `an item code is made of letters and digits`(_ text: String) {
        #expect(throws: AccountRefusal.itemCodeMalformed) { try ItemCodePrefix(text) }
    }

    @Test func `a term does not end before it begins, and may last a day`() throws {
        #expect(throws: AccountRefusal.termInverted) {
            try Term(from: Cast.today, until: Cast.today.advanced(byDays: -1))
        }
        let day = try Term(from: Cast.today, until: Cast.today)
        #expect([-1, 0, 1].map { day.contains(Cast.today.advanced(byDays: $0)) } == [false, true, false])
    }

    @Test func `codes are stable, distinct and named after this room's three subjects`() {
        let codes = AccountRefusal.codes + LoginRefusal.codes + PermitRefusal.codes
        #expect(Set(codes).count == codes.count)
        #expect(codes.count == 49)
        #expect(AccountRefusal.allCases.map(\.code).allSatisfy { $0.hasPrefix("accounts.") })
        #expect(PermitRefusal.allCases.map(\.code).allSatisfy { $0.hasPrefix("permit.") })
        let logins: [LoginRefusal] = [
            .wrong, .wait(until: Cast.now), .sessionEnded, .forged, .formExpired, .passwordTooShort, .passwordTooLong,
            .passwordIsLogin, .passwordTooCommon,
        ]
        #expect(logins.map(\.code) == LoginRefusal.codes)
        #expect(LoginRefusal.wait(until: Cast.now).kind == .tooMany)
        #expect(LoginRefusal.wrong.kind == .unauthenticated)
        #expect(AccountRefusal.grantToOneself.kind == .forbidden)
        #expect(AccountRefusal.numberKnown.kind == .conflict)
        #expect(PermitRefusal.allCases.allSatisfy { $0.kind == .forbidden })
    }
}
