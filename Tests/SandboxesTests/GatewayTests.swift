import Hummingbird
import HummingbirdTesting
import Notices
import Testing
import Vocabulary

@testable import Sandboxes

/// Our gateway for text messages against the sandbox's, over a real connection.
@Suite struct GatewayTests {
    private static let key = "a key for tests only"
    private static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10)

    private struct House: Sendable {
        let shelf: MessageShelf
        let faults: FaultSwitches
        let gateway: SMSGateway
        let stranger: SMSGateway
        let late: SMSGateway
    }

    private static func open(_ body: @escaping @Sendable (House) async throws -> Void) async throws {
        let (shelf, faults) = (try MessageShelf(path: nil), FaultSwitches())
        let time = TimeSource { now }
        let desk = try SMSDesk(shelf: shelf, faults: faults, key: key, time: time)
        let workers = Workers(name: "test", threads: 2, queueMax: 8)
        try await Application(router: desk.router()).test(.live) { client in
            func gateway(_ key: String, _ time: TimeSource) throws -> SMSGateway {
                let url = "http://127.0.0.1:\(try #require(client.port))/v1"
                return try #require(SMSGateway(url: url, key: key, time: time, workers: workers))
            }
            try await body(
                House(
                    shelf: shelf, faults: faults, gateway: gateway(key, time),
                    stranger: gateway("another key of tests", time),
                    late: gateway(key, TimeSource { now.advanced(bySeconds: -301) })))
        }
        await workers.drain()
    }

    private static func message(_ key: String = "n1-sms", to: String = "13800000001") throws -> OutgoingMessage {
        let mobile = try #require(MobileNumber(to))
        return OutgoingMessage(key: key, address: .mobile(mobile), text: "【福州政务】申请已受理。", at: now)
    }

    @Test func `a message is taken once under its key, and found again`() async throws {
        try await Self.open { house in
            let before = try await house.gateway.find("n1-sms")
            #expect(before == nil)
            let names = [
                try await house.gateway.send(Self.message()), try await house.gateway.send(Self.message()),
            ]
            #expect(names == ["SB-sms-000001", "SB-sms-000001"])
            let after = try await house.gateway.find("n1-sms")
            #expect(after == "SB-sms-000001")
            let taken = await house.shelf.newest(9)
            #expect(taken.map(\.text) == ["【福州政务】申请已受理。"] && taken.map(\.handedOver) == [2])
        }
    }

    @Test func `whoever does not know the key, or asks with an old time, is not served`() async throws {
        try await Self.open { house in
            for gateway in [house.stranger, house.late] {
                await #expect(throws: GatewayFailure.unauthorised) { try await gateway.send(Self.message()) }
                await #expect(throws: GatewayFailure.unauthorised) { try await gateway.find("n1-sms") }
            }
            #expect(await house.shelf.newest(9).isEmpty)
        }
    }

    @Test(arguments: [
        (SandboxFault.down, GatewayFailure.unreachable, 0), (.lostAnswer, .unanswered, 1), (.garbage, .garbled, 1),
    ])
    func `each fault has its name, and what was taken in spite of it is not taken again`(
        _ fault: SandboxFault, _ failure: GatewayFailure, _ taken: Int
    ) async throws {
        try await Self.open { house in
            var setting = FaultSetting()
            (setting.fault, setting.times) = (fault, 1)
            house.faults.set(setting, for: .sms)
            await #expect(throws: failure) { try await house.gateway.send(Self.message()) }
            #expect(await house.shelf.newest(9).count == taken)
            let found = try await house.gateway.find("n1-sms")
            #expect(found == (taken == 1 ? "SB-sms-000001" : nil))
            let name = try await house.gateway.send(Self.message())
            #expect(name == "SB-sms-000001")
            #expect(await house.shelf.newest(9).count == 1)
        }
    }

    @Test func `an answer that the message is there already is an answer`() async throws {
        try await Self.open { house in
            var setting = FaultSetting()
            setting.fault = .duplicateAnswer
            house.faults.set(setting, for: .sms)
            let name = try await house.gateway.send(Self.message())
            #expect(name == "SB-sms-000001")
        }
    }

    @Test func `a number that there is not is refused for good`() async throws {
        try await Self.open { house in
            var setting = FaultSetting()
            setting.rejected = ["13800000009"]
            house.faults.set(setting, for: .sms)
            await #expect(throws: GatewayFailure.rejected) {
                try await house.gateway.send(Self.message("n2-sms", to: "13800000009"))
            }
            #expect(GatewayFailure.allCases.filter(\.isFinal) == [.rejected, .noGateway, .unwritable, .abandoned])
        }
    }

    @Test func `nobody at the address is nobody`() async throws {
        let workers = Workers(name: "test", threads: 1, queueMax: 8)
        let time = TimeSource { Self.now }
        let gateway = try #require(
            SMSGateway(url: "http://127.0.0.1:1/v1", key: Self.key, time: time, workers: workers))
        await #expect(throws: GatewayFailure.unreachable) { try await gateway.send(Self.message()) }
        let from = try #require(MailAddress("noreply@example.com"))
        let mail = try #require(MailGateway(url: "smtp://127.0.0.1:1", from: from, name: "x", workers: workers))
        let to = OutgoingMessage(key: "n1-mail", address: .mail(from), subject: "x", text: "x", at: Self.now)
        await #expect(throws: GatewayFailure.unreachable) { try await mail.send(to) }
        await workers.drain()
    }

    @Test func `an address without TLS is for this machine only, and a key is long`() throws {
        let workers = Workers(name: "test", threads: 1, queueMax: 8)
        let time = TimeSource { Self.now }
        func sms(_ url: String, _ key: String = Self.key) -> Bool {
            SMSGateway(url: url, key: key, time: time, workers: workers) != nil
        }
        #expect(sms("https://sms.example.com/v1") && sms("http://localhost:8090/v1/"))
        for url in ["http://sms.example.com", "ftp://127.0.0.1", "https://", "", "sms.example.com", "https://a/?b=1"] {
            #expect(!sms(url), "\(url)")
        }
        #expect(!sms("https://sms.example.com", "short"))
        let from = try #require(MailAddress("noreply@example.com"))
        func mail(_ url: String) -> Bool { MailGateway(url: url, from: from, name: "x", workers: workers) != nil }
        #expect(mail("smtp://127.0.0.1:25") && mail("smtps://user:word@mail.example.com"))
        for url in ["http://127.0.0.1", "smtp://", "", "smtp://mail.example.com/elsewhere"] {
            #expect(!mail(url), "\(url)")
        }
        workers.close()
    }
}
