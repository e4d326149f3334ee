import Catalogue
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// What WeChat asks again, what a forger asks again, and what happens when the house is slow or down.
@Suite struct WeChatRepetitionTests {
    @Test func `what WeChat asks again gets the same answer, to the byte`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                for message in [WeChatServer.text("二级建造师"), WeChatServer.event("CLICK", key: "二级建造师")] {
                    let first = try await server.post(message).text
                    house.clock.move(seconds: 5)
                    #expect(try await server.post(message).text == first)
                    // Another nonce or the same one.
                    let call = WeChatServer.Call(nonce: "42")
                    #expect(try await server.post(message, call).text == first)
                    #expect(try await server.post(message, call).text == first)
                    house.clock.move(seconds: WeChatMemory.answerSeconds + 1)
                    let later = try await server.post(message).text
                    #expect(later != first && later.contains("/items/"))
                }
            }
        }
    }

    @Test func `a signature that came before carries no other message`() async throws {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                let call = WeChatServer.Call(nonce: "1372623149")
                _ = try await server.post(WeChatServer.text("二级建造师", id: 1), call)
                for forged in [WeChatServer.text("开饭店", id: 1), WeChatServer.text("开饭店", id: 2)] {
                    try await server.post(forged, call).expect(refusal: WeChatRefusal.replay)
                }
                house.clock.move(seconds: WeChatQuery.ageSecondsMax)
                let late = WeChatServer.Call(nonce: "1372623149", secondsAgo: WeChatQuery.ageSecondsMax)
                try await server.post(WeChatServer.text("开饭店", id: 2), late).expect(refusal: WeChatRefusal.replay)
                house.clock.move(seconds: 1)
                let later = WeChatServer.Call(nonce: "1372623149", secondsAgo: WeChatQuery.ageSecondsMax + 1)
                try await server.post(WeChatServer.text("开饭店", id: 2), later).expect(refusal: WeChatRefusal.stale)
            }
        }
    }

    @Test func `timestamp and nonce that change places have the same signature, and it carries no other message`()
        async throws
    {
        try await DoorHouse.open { house in
            try await WeChatServer.open(house) { server in
                let now = house.clock.source.now().milliseconds / 1000
                let signature = server.account.signature("\(now)", "\(now + 1)")
                #expect(signature == server.account.signature("\(now + 1)", "\(now)"))
                func post(_ body: String, _ cut: String) async throws -> TestResponse {
                    try await server.client.execute(
                        uri: "/channels/wechat?signature=\(signature)&\(cut)", method: .post,
                        body: ByteBuffer(string: body))
                }
                let first = try await post(WeChatServer.text("开饭店", id: 1), "timestamp=\(now)&nonce=\(now + 1)")
                #expect(first.status == .ok)
                try await post(WeChatServer.text("二建", id: 2), "timestamp=\(now + 1)&nonce=\(now)")
                    .expect(refusal: WeChatRefusal.replay)
            }
        }
    }

    @Test func `the memory has limits, and forgets the oldest`() async throws {
        let memory = WeChatMemory(requestsMax: 100, answersMax: 10)
        let now = Instant(milliseconds: 1_795_500_000_000)
        for number in 0..<UInt8(250) {
            try memory.admit([1], under: [number], now: now)
            _ = try await memory.answer(to: [number], now: now) { "\(number)" }.value
        }
        #expect(memory.count == (100, 10))
        #expect(throws: WeChatRefusal.replay) { try memory.admit([2], under: [249], now: now) }
        #expect(throws: WeChatRefusal.replay) { try memory.admit([2], under: [150], now: now) }
        try memory.admit([1], under: [150], now: now)
        try memory.admit([2], under: [149], now: now)
        #expect(try await memory.answer(to: [249], now: now) { "new" }.value == "249")
        #expect(try await memory.answer(to: [239], now: now) { "new" }.value == "new")
        memory.forget([249])
        #expect(try await memory.answer(to: [249], now: now) { "new" }.value == "new")
    }

    /// Holds every statement up, or fails it, as long as it is told to.
    private final class Trouble: Sendable {
        enum Kind { case none, slow, busy, broken }
        let kind = Mutex(Kind.none)
        let statements = Mutex(0)

        var plan: FaultPlan {
            FaultPlan { [self] point in
                guard point == .statement else { return }
                statements.withLock { $0 += 1 }
                switch kind.withLock({ $0 }) {
                case .none: return
                case .slow: Thread.sleep(forTimeInterval: 4)
                case .busy: throw Fault.busy("test")
                case .broken: throw Fault.corrupt("test")
                }
            }
        }
    }

    @Test func `a busy house says success and answers when it is asked again`() async throws {
        let trouble = Trouble()
        try await DoorHouse.open(faults: trouble.plan) { house in
            try await WeChatServer.open(house) { server in
                let message = WeChatServer.text("二级建造师")
                trouble.kind.withLock { $0 = .busy }
                #expect(try await server.post(message).text == "success")
                trouble.kind.withLock { $0 = .broken }
                try await server.post(message).expect(code: "fault.broken")
                trouble.kind.withLock { $0 = .none }
                #expect(try await server.post(message).text.contains("/items/"))
            }
        }
    }

    @Test func `a slow house is silent in time, and the work it began is the answer to the repetition`() async throws {
        let trouble = Trouble()
        try await DoorHouse.open(faults: trouble.plan) { house in
            try await WeChatServer.open(house) { server in
                let message = WeChatServer.text("二级建造师")
                trouble.kind.withLock { $0 = .slow }
                let clock = ContinuousClock()
                let start = clock.now
                #expect(try await server.post(message).text == "success")
                #expect(start.duration(to: clock.now) < .seconds(5))
                trouble.kind.withLock { $0 = .none }
                var answer = "success"
                for _ in 0..<5 where answer == "success" { answer = try await server.post(message).text }
                #expect(answer.contains("/items/"))
                let statements = trouble.statements.withLock { $0 }
                #expect(try await server.post(message).text == answer)
                #expect(trouble.statements.withLock { $0 } == statements, "it is not handled twice")
            }
        }
    }
}
