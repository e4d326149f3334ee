import ArgumentParser
import Hummingbird
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

    @OptionGroup var clocks: SandboxClockOptions

    /// The key when nobody names one.
    private static let usualKey = "onewindow-sandbox-key"

    func run() async throws {
        var faults = CourierFaults()
        (faults.slowSeconds, faults.loseEvery, faults.duplicates) = (slow, lose, duplicate)
        (faults.reorders, faults.isSilent, faults.findsLost) = (reorder, silent, find)
        let (ledger, switches, key) = (
            CourierLedger(), CourierSwitches(faults), key ?? Settings.courierKey ?? Self.usualKey
        )
        let clock = clocks.clock()
        let counter = CourierCounter(ledger: ledger, switches: switches, key: key, time: clock.time)
        guard
            let rounds = CourierRounds(
                ledger: ledger, switches: switches, key: key, callback: callback, time: clock.time)
        else { throw ValidationError("--callback is http://HOST:PORT/PATH") }
        let router = counter.router()
        clock.serve(router)
        Wiring.say("sandbox of the courier: http://127.0.0.1:\(port)/v1, reports to \(callback)")
        try await SandboxProcess.serve(router, port: port, services: [Loop("rounds") { try await rounds.run() }])
    }
}
