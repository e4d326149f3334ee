import ArgumentParser
import Hummingbird
import Logging
import Sandboxes
import Vocabulary

/// `onewindow sandbox courier`: a carrier that is not there, as a process of its own.
struct CourierSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "courier",
        abstract: "A carrier: takes orders by HTTP, and reports every step of each parcel to the house.")

    @ArgumentParser.Option(help: "The port where orders are taken, of the list and of the switches.")
    var port = 8092

    @ArgumentParser.Option(help: "The secret of both sides; ONEWINDOW_COURIER_KEY unless told otherwise.")
    var key: String?

    @ArgumentParser.Option(help: "Where reports go: http://127.0.0.1:PORT/api/courier/scans.")
    var callback = "http://127.0.0.1:8080/api/courier/scans"

    @ArgumentParser.Option(help: "Seconds before each answer and each report.")
    var slow = 0

    @ArgumentParser.Option(help: "Every so many-th parcel is lost on its way; 0 for none.")
    var lose = 0

    @ArgumentParser.Flag(help: "What was lost is found and comes to its door.")
    var find = false

    @ArgumentParser.Flag(help: "Every report is sent twice.")
    var duplicate = false

    @ArgumentParser.Flag(help: "A report is sent before the one that goes before it.")
    var reorder = false

    @ArgumentParser.Flag(help: "Orders are taken and nothing is reported.")
    var silent = false

    /// The key when nobody names one.
    private static let usualKey = "onewindow-sandbox-key"

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var log = LineLog(label: label, time: Wiring.time)
            log.logLevel = .error
            return log
        }
        var faults = CourierFaults()
        (faults.slowSeconds, faults.loseEvery, faults.duplicates) = (slow, lose, duplicate)
        (faults.reorders, faults.isSilent, faults.findsLost) = (reorder, silent, find)
        let (ledger, switches, key) = (
            CourierLedger(), CourierSwitches(faults), key ?? Settings.courierKey ?? Self.usualKey
        )
        let counter = CourierCounter(ledger: ledger, switches: switches, key: key, time: Wiring.time)
        guard
            let rounds = CourierRounds(
                ledger: ledger, switches: switches, key: key, callback: callback, time: Wiring.time)
        else { throw ValidationError("--callback is http://HOST:PORT/PATH") }
        let app = Application(
            router: counter.router(),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "onewindow-sandbox"),
            services: [Loop("rounds") { try await rounds.run() }],
            logger: Logger(label: "sandbox"))
        Wiring.say("sandbox of the courier: http://127.0.0.1:\(port)/v1, reports to \(callback)")
        try await app.runService()
    }
}
