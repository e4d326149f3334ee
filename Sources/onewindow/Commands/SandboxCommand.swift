import ArgumentParser
import Hummingbird
import Logging
import Sandboxes
import Vocabulary

/// `onewindow sandbox messages`, `courier`, `province`, `department`: partners that are not there, as processes of
/// their own.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Stands in for partners, with switches for what goes wrong.",
        subcommands: [Messages.self, CourierSandbox.self, ProvinceSandbox.self, DepartmentSandbox.self])

    struct Messages: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "messages",
            abstract: "Gateways for text messages (HTTP) and mail (SMTP); what came stands on the page.")

        @ArgumentParser.Option(help: "The port of the gateway for text messages, of the page and of the switches.")
        var port = 8090

        @ArgumentParser.Option(help: "The port for mail.")
        var smtpPort = 8025

        @ArgumentParser.Option(help: "A file that keeps what came; without it the sandbox forgets when it ends.")
        var file: String?

        /// The key when the setting names none.
        private static let usualKey = "onewindow-sandbox-key"

        func run() async throws {
            LoggingSystem.bootstrap { label in
                var log = LineLog(label: label, time: Wiring.time)
                log.logLevel = .error
                return log
            }
            let (shelf, faults) = (try MessageShelf(path: file), FaultSwitches())
            let desk = try SMSDesk(
                shelf: shelf, faults: faults, key: Settings.smsKey ?? Self.usualKey, time: Wiring.time)
            let mail = MailServer(port: smtpPort, shelf: shelf, faults: faults)
            let app = Application(
                router: desk.router(),
                configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "onewindow-sandbox"),
                services: [Loop("mail") { try await mail.run() }],
                logger: Logger(label: "sandbox"))
            Wiring.say("sandbox of messages: http://127.0.0.1:\(port)/ and smtp://127.0.0.1:\(smtpPort)")
            try await app.runService()
        }
    }
}
