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

/// From a breach to an order that is closed, as its pages show it.
@Suite struct SupervisionPageTests {
    private func open(
        _ body: @escaping @Sendable (CaseMaker, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            try await house.app.test(.router) { client in
                try await body(try await CaseMaker(try await Cast(house)), client)
            }
        }
    }

    /// A case whose promise is past.
    private func late(_ maker: CaseMaker) async throws -> DossierID {
        let id = try await maker.dossier(.inReview)
        maker.cast.house.clock.move(seconds: 8 * 86_400)
        _ = try await Pulse(hall: maker.cast.house.hall).round()
        return id
    }

    @Test func `a supervisor sees lights in words and numbers, what is found, and nobody's name`() async throws {
        try await open { maker, client in
            let id = try await late(maker)
            let supervisor = try await DoorVisitor(client, "supervisor")
            let page = try await supervisor.get(Paths.supervision).page
            for text in ["电子监察", "正常", "临近期限", "超过法定时限", "超过承诺时限未办结", "data-refresh", "福州市人力资源和社会保障局"] {
                #expect(page.contains(text), "\(text)")
            }
            let number = try await maker.cast.house.hall.open(id).dossier.submitted.numbers.short
            #expect(page.contains(number))
            for secret in ["福州示例企业一", Cast.firmCode, "13800000001", "林晓榕"] {
                #expect(!page.contains(secret), "\(secret)")
            }
            let before = try await maker.cast.house.hall.looks(at: id).count
            let about = try await supervisor.get(Paths.supervised(id)).page
            for text in ["超过承诺时限", "《优化营商环境条例》第三十六条", "发出督办单", "仍在持续"] {
                #expect(about.contains(text), "\(text)")
            }
            for secret in ["福州示例企业一", Cast.firmCode, "13800000001", "林晓榕"] {
                #expect(!about.contains(secret), "\(secret)")
            }
            let looks = try await maker.cast.house.hall.looks(at: id)
            #expect(looks.count == before + 1 && looks.first?.purpose == "supervision")
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await head.get(Paths.supervision).page.contains(number), "her own body's")
            let other = try await DoorVisitor(client, "head-housing")
            #expect(!(try await other.get(Paths.supervision).page.contains(number)), "not another's")
            #expect(try await other.get(Paths.supervised(id)).status == 403)
        }
    }

    @Test func `an order is given by one click, answered with what was done, sent back, and closed`() async throws {
        try await open { maker, client in
            let id = try await late(maker)
            let supervisor = try await DoorVisitor(client, "supervisor")
            let (path, about) = (Paths.supervised(id), [("rule", "promisePassed")])
            let unfit = try await supervisor.answer(
                path + "/orders", on: path, about + [("text", "请说明"), ("days", "99")])
            unfit.expect(refusal: OrderRefusal.daysUnfit)
            #expect(String(buffer: unfit.body).contains("value=\"99\""), "what was typed stays")
            let given = try await supervisor.answer(
                path + "/orders", on: path, about + [("text", "请说明原因"), ("days", "3")])
            let order = try #require(given.headers[.location])
            #expect(try await supervisor.get(order).page.contains("请说明原因"))
            let head = try await DoorVisitor(client, "head-hrss")
            #expect(try await head.get("/staff/notices").page.contains("督办单待答复"))
            #expect(try await head.get(Paths.orders).page.contains(order))
            let empty = try await head.answer(
                order + "/answers", on: order, [("seen", "1"), ("text", "系统故障"), ("done", "")])
            empty.expect(refusal: OrderRefusal.doneMissing)
            let seen = [("seen", "1")]
            #expect(
                try await head.send(order + "/answers", on: order, seen + [("text", "系统故障"), ("done", "已加派人手")]) == 303)
            let stale = try await supervisor.answer(
                order + "/acceptances", on: order, seen + [("text", "同意")])
            stale.expect(refusal: OrderRefusal.movedOn)
            #expect(
                try await supervisor.send(order + "/returns", on: order, [("seen", "2"), ("text", "未说明整改")]) == 303)
            let reviewer = try await DoorVisitor(client, "review-hrss")
            #expect(
                try await reviewer.send(
                    order + "/answers", on: order, [("seen", "3"), ("text", "已整改"), ("done", "已办结")]) == 303)
            #expect(
                try await supervisor.send(
                    order + "/acceptances", on: order, [("seen", "4"), ("text", "同意办结")]) == 303)
            let page = try await head.get(order).page
            for text in ["系统故障（办理情况：已加派人手）", "未说明整改", "同意办结", "办结"] { #expect(page.contains(text), "\(text)") }
            let other = try await DoorVisitor(client, "head-housing")
            #expect(try await other.get(order).status == 403)
            let english = try await DoorVisitor(client, "supervisor", look: "en")
            #expect(try await english.get(order).page.contains("Sent back, to be answered anew"))
        }
    }

    @Test func `what is not answered goes to the head of the government, who reads it and says nothing`() async throws {
        try await open { maker, client in
            let id = try await late(maker)
            let supervisor = try await DoorVisitor(client, "supervisor")
            let given = try await supervisor.answer(
                Paths.supervised(id) + "/orders", on: Paths.supervised(id),
                [("rule", "promisePassed"), ("text", "请说明原因"), ("days", "1")])
            let order = try #require(given.headers[.location])
            maker.cast.house.clock.move(seconds: 5 * 86_400)
            _ = try await Pulse(hall: maker.cast.house.hall).round()
            let governor = try await DoorVisitor(client, "head-city")
            #expect(try await governor.get("/staff/notices").page.contains("督办单逾期，已升级"))
            let page = try await governor.get(order).page
            #expect(page.contains("报福州市人民政府负责人") && page.contains("已到最高一级"))
            #expect(!page.contains("<form method=\"post\" action=\"\(order)"), "it is not hers to answer")
            // Her session ended with the days.
            let again = try await DoorVisitor(client, "supervisor")
            #expect(try await again.get(order).page.contains("逾期未答复，已升级"))
            #expect(try await again.get(Paths.supervision).page.contains("逾期未答复，已升级"))
        }
    }

    @Test func `a finding that needs no order is looked at with words, once`() async throws {
        try await open { maker, client in
            let id = try await late(maker)
            let supervisor = try await DoorVisitor(client, "supervisor")
            let (path, rule) = (Paths.supervised(id), [("rule", "promisePassed")])
            let empty = try await supervisor.answer(path + "/reviews", on: path, rule + [("text", "")])
            empty.expect(refusal: OrderRefusal.wordsMissing)
            let tokens = try await supervisor.tokens(of: path + "/reviews", on: path)
            #expect(
                try await supervisor.post(path + "/reviews", tokens + rule + [("text", "节假日停办")]).status == .seeOther)
            let again = try await supervisor.post(path + "/reviews", tokens + rule + [("text", "节假日停办")])
            again.expect(refusal: OrderRefusal.alreadyReviewed)
            #expect(try await supervisor.get(Paths.findings(.reviewed)).page.contains("超过承诺时限"))
            #expect(try await supervisor.get(Paths.findings()).page.contains("没有这样的问题"))
        }
    }

    @Test func `what was tried is shown with who tried it, and as an unlawful suspension where it was one`()
        async throws
    {
        try await open { maker, client in
            let id = try await maker.dossier(.inReview)
            let reviewer = try await DoorVisitor(client, "review-hrss")
            let path = Paths.office(id)
            let answer = try await reviewer.answer(
                path + "/special-procedures", on: path,
                [("procedure", "expertReview"), ("days", ""), ("note", "需要评审")])
            answer.expect(refusal: DossierRefusal.timeNotTold)
            let supervisor = try await DoorVisitor(client, "supervisor")
            #expect(try await supervisor.get(Paths.supervision).page.contains("试图未书面告知即中止计时"))
            let page = try await supervisor.get(Paths.supervised(id)).page
            for text in ["违法中止计时", "《行政许可法》第四十五条", "已拦下", "黄知行"] { #expect(page.contains(text), "\(text)") }
        }
    }

    @Test func `what a program tries for an officer is found as well`() async throws {
        try await open { maker, client in
            let id = try await maker.dossier(.inReview)
            let reviewer = try await client.token("review-hrss", staff: true)
            let begin = #"{"procedure": "testing", "days": 3, "note": " "}"#
            let answer = try await client.api(
                .post, "/dossiers/\(id)/special-procedures", begin, token: reviewer, key: newKey())
            #expect(try answer.problem().code == "dossier.reason-missing")
            let supervisor = try await DoorVisitor(client, "supervisor")
            #expect(try await supervisor.get(Paths.supervision).page.contains("试图未书面告知即中止计时"))
        }
    }

    @Test func `from when lights are yellow is set for a day to come, and a wrong form comes back`() async throws {
        try await open { _, client in
            let supervisor = try await DoorVisitor(client, "supervisor")
            let path = Paths.lightTerms
            #expect(try await supervisor.get(path).page.contains("没有另行设置"))
            let fields = { (item: String, from: String) in
                [("item", item), ("from", from), ("left", "30"), ("day", "40"), ("seen", "0")]
            }
            let past = try await supervisor.answer(path, on: path, fields("", "2020-01-01"))
            past.expect(refusal: LightRefusal.beginsTooSoon)
            let unknown = try await supervisor.answer(path, on: path, fields("999999999999", "2026-12-31"))
            unknown.expect(refusal: LightRefusal.itemUnknown)
            #expect(String(buffer: unknown.body).contains("value=\"999999999999\""))
            #expect(try await supervisor.send(path, on: path, fields("", "2026-12-31")) == 303)
            let page = try await supervisor.get(path).page
            #expect(page.contains("30%") && page.contains("40%") && page.contains("全部事项"))
        }
    }

    @Test func `the page is told when something changes, and machines read the numbers`() async throws {
        try await DoorHouse.open { house in
            let stream = try await house.hall.followLights()
            var news = stream.makeAsyncIterator()
            #expect(await news.next() == .changed, "at once")
            let maker = try await CaseMaker(try await Cast(house))
            try await Task.sleep(for: .seconds(2))
            _ = try await maker.dossier(.inReview)
            #expect(await news.next() == .changed)
            #expect(await house.hall.lightsWatch.count == 1)
            await house.hall.lightsWatch.close()
            #expect(await news.next() == nil)
            try await house.app.test(.router) { client in
                let text = String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
                for line in [
                    "onewindow_dossiers_open{light=\"green\"} 1", "onewindow_dossiers_open{light=\"statutory\"} 0",
                    "onewindow_findings_open 0", "onewindow_orders{stage=\"open\"} 0", "onewindow_orders_escalated 0",
                ] { #expect(text.contains(line), "\(line)") }
            }
        }
    }
}
