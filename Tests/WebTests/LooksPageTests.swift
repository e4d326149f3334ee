import Accounts
import Dossiers
import Foundation
import HTTPTypes
import Hall
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import Testing
import Vocabulary

@testable import Web

/// The access ledger as its pages show it.
@Suite struct LooksPageTests {
    private func open(
        _ body: @escaping @Sendable (DoorHouse, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in try await body(house, client) }
        }
    }

    /// A search for Lin at the city's window, without a case; the path of its page.
    private func searched(_ house: DoorHouse, _ client: any TestClientProtocol) async throws -> String {
        let clerk = try await DoorVisitor(client, "window-city")
        #expect(try await clerk.get("/window/intake?number=350102188501010019").status == 200)
        let person = try await house.person(.citizen(try #require(CitizenID("350102188501010019"))))
        let look = try #require(try await house.hall.looks(of: [person.id]).first)
        return Paths.look(look.id)
    }

    @Test func `a person sees who looked by body and number, asks with words, once, and reads the answer`() async throws
    {
        try await open { house, client in
            let path = try await searched(house, client)
            let lin = try await DoorVisitor(client, "lin", staff: false)
            let list = try await lin.get(Paths.looks).page
            for text in ["查阅记录", "您的个人信息", "受理申请", "没有对应办件", "工号"] { #expect(list.contains(text), "\(text)") }
            #expect(list.contains(path) && !list.contains("郑远"), "no name of the staff")
            for (text, refusal) in [
                ("", LookInquiryRefusal.wordsMissing), (String(repeating: "问", count: 501), .wordsTooLong),
            ] {
                let answer = try await lin.answer(path + "/questions", on: path, [("text", text)])
                answer.expect(refusal: refusal)
            }
            let tokens = try await lin.tokens(of: path + "/questions", on: path)
            #expect(try await lin.send(path + "/questions", on: path, [("text", "我没有去过窗口")]) == 303)
            let again = try await lin.post(path + "/questions", tokens + [("text", "再问一次")])
            again.expect(refusal: LookInquiryRefusal.askedBefore)
            let chen = try await DoorVisitor(client, "chen", staff: false)
            #expect(try await chen.get(path).status == 404, "somebody else's look")
            let governor = try await DoorVisitor(client, "head-city")
            let questions = try await governor.get(Paths.inquiries).page
            let question = try #require(
                questions.firstMatch(of: /\/office\/looks\/questions\/[0-9a-z]{26}/).map { String($0.0) })
            let said = try await governor.get(question).page
            #expect(said.contains("我没有去过窗口") && !said.contains("林晓榕"), "whose record it was is not shown")
            let looker = try await DoorVisitor(client, "window-city")
            #expect(try await looker.get(question).page.contains("这次查阅是您本人作出的"))
            #expect(
                try await governor.send(
                    question + "/answers", on: question, [("verdict", "justified"), ("text", "窗口电话预约核对")]) == 303)
            let answered = try await lin.get(path).page
            #expect(answered.contains("窗口电话预约核对") && answered.contains("不满意，请监察裁定"))
            #expect(try await lin.send(path + "/objections", on: path, [("text", "我没有预约过")]) == 303)
            let supervisor = try await DoorVisitor(client, "supervisor")
            #expect(try await supervisor.get(Paths.supervision).page.contains(question), "it has gone up")
            #expect(
                try await supervisor.send(
                    question + "/rulings", on: question, [("verdict", "not-justified"), ("text", "已批评教育")]) == 303)
            #expect(try await lin.get(path).page.contains("已批评教育"))
        }
    }

    @Test func `a supervisor finds the look on the page of patterns and asks for its reason`() async throws {
        try await open { house, client in
            _ = try await searched(house, client)
            let supervisor = try await DoorVisitor(client, "supervisor")
            let board = try await supervisor.get(Paths.lookBoard).page
            #expect(board.contains("没有对应办件") && board.contains("综合窗口"))
            let month = Month(of: house.hall.time.now().day)
            let behind = Paths.patterns(.withoutCase, in: month, of: .some(nil))
            #expect(board.contains(behind.replacing("&", with: "&amp;")))
            let lines = try await supervisor.get(behind).page
            #expect(!lines.contains("林晓榕"))
            let demand = try #require(
                lines.firstMatch(of: /\/office\/looks\/demands\/[0-9a-z]{26}/).map { String($0.0) })
            let empty = try await supervisor.answer(demand, on: demand, [("text", " ")])
            empty.expect(refusal: LookInquiryRefusal.wordsMissing)
            let asked = try await supervisor.answer(demand, on: demand, [("text", "请说明")])
            let question = try #require(asked.headers[.location])
            #expect(try await supervisor.get(question).page.contains("等待单位答复"))
            let english = try await DoorVisitor(client, "supervisor", look: "en")
            #expect(try await english.get(behind).page.contains("The body is to answer"))
        }
    }

    @Test func `a head enters a relative of her staff, and something that is no name is refused`() async throws {
        try await open { house, client in
            let admin = try await DoorVisitor(client, "admin")
            let number = try #require(
                try await house.hall.store.read { tx in try StaffTable.page(in: tx).first?.employeeNumber.text })
            let page = Paths.relatives(of: number)
            let fields = [("staff", number), ("kind", "spouse")]
            let unfit = try await admin.answer(Paths.relatives, on: page, fields + [("name", "")])
            unfit.expect(refusal: AccountRefusal.relativeNameUnfit)
            #expect(try await admin.send(Paths.relatives, on: page, fields + [("name", "李四")]) == 303)
            let list = try await admin.get(page).page
            #expect(list.contains("夫妻") && !list.contains("李四"), "the name is kept nowhere")
        }
    }
}
