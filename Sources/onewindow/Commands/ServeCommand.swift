import Accounts
import ArgumentParser
import Certificates
import City
import Exchange
import Foundation
import Hall
import Hummingbird
import Identity
import Logging
import ServiceLifecycle
import Signing
import Store
import Vocabulary
import Web
import Windows

/// `onewindow serve --data DIR --port N`: the doors, and behind them the effects, the pulse and the sealer.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Opens the doors: portal, window, office.")

    @OptionGroup var options: DataOptions

    @ArgumentParser.Option(help: "The port on 127.0.0.1; a proxy in front of it speaks TLS.")
    var port = Self.portUsual

    /// Where it listens unless told otherwise.
    static let portUsual = 8080

    @ArgumentParser.Flag(help: "Cookies are sent over https only.")
    var secureCookies = false

    func run() async throws {
        LoggingSystem.bootstrap { LineLog(label: $0, time: Wiring.time) }
        let house = try await Wiring.open(options, port: port, isServing: true)
        let site = try site(house)
        let wentRound = { @Sendable (loop: String) in site.operations.wentRound(loop, at: Wiring.time.now()) }
        let app = Application(
            router: Routes.router(site),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "onewindow"),
            services: [
                Loop("effects") {
                    wentRound("effects")
                    let runner = EffectRunner(hall: house.hall, holder: Wiring.processName, lanes: [.house])
                    try await runner.run(idle: .milliseconds(100)) { wentRound("effects") }
                },
                Loop("post") {
                    wentRound("post")
                    let runner = EffectRunner(hall: house.hall, holder: Wiring.processName, lanes: [.world])
                    try await runner.run(idle: .milliseconds(250), limit: Settings.exchangesMax) { wentRound("post") }
                },
                Loop("pulse") { try await Self.pulse(house, site.operations) { wentRound("pulse") } },
                Loop("comparison") { try await Self.compare(house) { wentRound("comparison") } },
                Loop("exchange") { try await Self.deliver(house, site) { wentRound("exchange") } },
                Loop("sealer") { try await Self.seal(house) { wentRound("sealer") } },
            ],
            logger: Logger(label: "onewindow"))
        for line in try Settings.postLines() + [Settings.courierLine(), Settings.shelfLine()] { Wiring.say(line) }
        for line in try Settings.identityLines() { Wiring.say(line) }
        Self.announce(port, isDemonstration: house.keys.isDemonstration)
        try await app.runService()
        try await house.sealer().release()
        await house.hall.postman?.close()
        await house.store.close()
    }

    /// Carries events and records to partners, and takes what comes from them.
    private static func deliver(
        _ house: Wiring.House, _ site: Site, wentRound: @escaping @Sendable () -> Void
    ) async throws {
        wentRound()
        var hall = house.hall
        hall.applications = site.applications
        guard let lanes = hall.lanes(key: house.accountKey) else {
            throw Fault.misconfigured("nobody carries events")
        }
        let delivery = EventDelivery(lanes, holder: Wiring.processName, say: Wiring.say)
        try await delivery.run(onRound: wentRound)
    }

    /// The hour at which both sides of every link are compared: when both are quiet.
    private static let comparisonHour = 2

    /// Compares with the other side of every link, each night.
    private static func compare(_ house: Wiring.House, wentRound: @escaping @Sendable () -> Void) async throws {
        var last = Wiring.time.now()
        while !Task.isCancelled {
            wentRound()
            let now = Wiring.time.now()
            let due = Instant(now.day, hour: comparisonHour)
            if last < due, due <= now {
                let since = last.advanced(bySeconds: -2 * 86_400)
                try await Wiring.surviving("comparison") {
                    let night = try await house.hall.reconcileAll(since: since, key: house.accountKey)
                    Wiring.say(
                        "comparison: \(night.days) days, \(night.compared) records, \(night.healed) sent again, "
                            + "\(night.differences) differences, \(night.silent.count) links silent")
                }
                last = now
            }
            try await Task.sleep(for: .seconds(10))
        }
    }

    /// The words and the looks of the demonstration's site.
    static func interior() throws -> Interior {
        Interior(
            tables: try .shipped(), assets: try .shipped(), siteChinese: "福州市政务服务（演示）",
            siteEnglish: "Fuzhou Government Services (demonstration)")
    }

    private func site(_ house: Wiring.House) throws -> Site {
        let (trusted, hall) = (KeptKeys(house.keys), house.hall)
        var site = try Site(
            hall: hall,
            interior: Self.interior(),
            entrance: (
                SignIn(store: house.store, passwords: house.passwords, key: house.accountKey), house.accountKey,
                isSecure: secureCookies
            ),
            press: Press(
                try Settings.typeface(), song: try Settings.paperTypeface(), address: try Settings.address(port: port)),
            trustedKeys: { try trusted.keys() })
        site.logKey = house.certificateLog.verifierKey
        site.evidence = EvidenceKeys(log: house.log) { try await house.sealNow() }
        site.weChat = try Settings.weChat()
        site.identity = try Settings.identity(port: port).map {
            IdentityProvider($0, time: Wiring.machine)
        }
        return site
    }

    private static func pulse(
        _ house: Wiring.House, _ operations: Operations, wentRound: @Sendable () -> Void
    ) async throws {
        wentRound()
        let pulse = Pulse(hall: house.hall)
        while !Task.isCancelled {
            try await Wiring.surviving("pulse") {
                let beat = try await pulse.round()
                for (dossier, reason) in beat.failed { Wiring.say("pulse: \(dossier): \(reason)") }
                for (certificate, reason) in beat.failedCertificates { Wiring.say("pulse: \(certificate): \(reason)") }
                operations.couldNotWake(beat.failures)
                try await pulse.recount()
                _ = try await pulse.prune()
                wentRound()
            }
            try await Task.sleep(for: .seconds(10))
        }
    }

    /// LIMIT: entries that figures go on by in one round: what is counted anew after an upgrade, which takes minutes
    /// for millions, keeps nobody's entry from being sealed, and no server from stopping.
    private static let followedMax = 50_000

    private static func seal(_ house: Wiring.House, wentRound: @Sendable () -> Void) async throws {
        wentRound()
        let (sealer, keeper) = (house.sealer(), house.logKeeper())
        let (figures, visits) = (FigureFollower(hall: house.hall), VisitFollower(hall: house.hall))
        var checkpointAt = Wiring.time.now()
        while !Task.isCancelled {
            try await Wiring.surviving("sealer") {
                while try await sealer.seal(now: Wiring.time.now()) == Sealer.batchMax {}
                try await keeper.followAll { Wiring.time.now() }
                try await figures.follow(atMost: followedMax)
                try await visits.follow(atMost: followedMax)
                if Wiring.time.now() >= checkpointAt {
                    _ = try await sealer.checkpoint(now: Wiring.time.now())
                    _ = try await keeper.checkpoint(now: Wiring.time.now())
                    checkpointAt = Wiring.time.now().advanced(bySeconds: 60)
                }
                wentRound()
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private static func announce(_ port: Int, isDemonstration: Bool) {
        Wiring.say(
            """
            OneWindow 一窗 is open:
              portal   门户      http://127.0.0.1:\(port)/
              staff    工作人员  http://127.0.0.1:\(port)/staff/sign-in
            """)
        guard isDemonstration else { return }
        if let hall = HallCode("350111"), let key = DemonstrationCity.kioskKey(of: hall) {
            Wiring.say(
                """
                  kiosk    取号机    http://127.0.0.1:\(port)/halls/\(hall)/kiosk?key=\(key.text)
                  screen   叫号屏    http://127.0.0.1:\(port)/halls/\(hall)/board
                """)
        }
        Wiring.say("demonstration accounts 演示账户 (password 密码: \(DemonstrationCity.password)):")
        for login in DemonstrationCity.logins {
            Wiring.say(
                "  \(login.login.padding(toLength: 16, withPad: " ", startingAt: 0)) \(login.who) · \(login.whoEnglish)"
            )
        }
    }
}

/// Something that runs until the server stops.
struct Loop: Service {
    private let name: String
    private let work: @Sendable () async throws -> Void

    init(_ name: String, _ work: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.work = work
    }

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await work() }
        } catch is CancellationError {
            return
        }
    }
}
