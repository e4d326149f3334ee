import ArgumentParser
import Hummingbird
import Logging
import Sandboxes
import ServiceLifecycle
import Vocabulary

/// The clock of a sandbox.
struct SandboxClockOptions: ParsableArguments {
    @ArgumentParser.Option(
        help: "Its time in Fuzhou, such as 2018-11-19T09:00:00+08:00: it stands still until it is moved.")
    var clock: String?

    @ArgumentParser.Option(help: "How many times as fast its clock goes, from that time or from now.")
    var pace: Int?

    func validate() throws {
        if let clock, SandboxClock.instant(clock) == nil {
            throw ValidationError("--clock is a time such as 2018-11-19T09:00:00+08:00")
        }
        if let pace, !(0...SandboxClock.paceMax).contains(pace) {
            throw ValidationError("--pace is 0 to \(SandboxClock.paceMax)")
        }
    }

    /// The clock that these say, over the time that it would have without them.
    func clock(over time: TimeSource = Wiring.time) -> SandboxClock {
        SandboxClock(machine: time, start: clock.flatMap(SandboxClock.instant), pace: pace)
    }
}

/// The process that a sandbox is.
enum SandboxProcess {
    /// Serves on this machine alone until it is told to end.
    static func serve<Context>(
        _ router: Router<Context>, port: Int, services: [any Service] = []
    ) async throws where Context: RequestContext, Context.Source == ApplicationRequestContextSource {
        LoggingSystem.bootstrap { label in
            var log = LineLog(label: label, time: Wiring.time)
            log.logLevel = .error
            return log
        }
        let app = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "onewindow-sandbox"),
            services: services, logger: Logger(label: "sandbox"))
        try await app.runService()
    }
}

/// What goes wrong at a sandbox from its start.
struct SandboxSwitchOptions: ParsableArguments {
    @ArgumentParser.Option(
        name: .customLong("switch"), help: "What goes wrong, such as lostReply=3 or down=true; may be said again.")
    var switches: [String] = []

    /// The switches; says which word is none.
    func faults<Faults: SandboxSwitchboard>(_: Faults.Type = Faults.self) throws -> Faults {
        var faults = Faults()
        for word in switches {
            guard let setting = Faults.setting(word), faults.turn(setting) == nil else {
                throw ValidationError("--switch \(word): no such switch; see docs/sandboxes.md")
            }
        }
        return faults
    }
}
