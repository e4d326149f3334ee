import ArgumentParser
import Hummingbird
import Sandboxes
import Vocabulary

/// What the sandboxes of messages have in common.
struct MessageOptions: ParsableArguments {
    @ArgumentParser.Option(help: "The port of the gateway for text messages, of the page and of the switches.")
    var port = 8090

    @ArgumentParser.Option(help: "A file that keeps what came; without it the sandbox forgets when it ends.")
    var file: String?

    @OptionGroup var clocks: SandboxClockOptions

    /// The key when the setting names none.
    private static let usualKey = "onewindow-sandbox-key"

    /// Everything that is asked by HTTP, for these ways of messages.
    func router(
        _ shelf: MessageShelf, _ faults: FaultSwitches, ways: [SandboxMessage.Way]
    ) throws -> Router<BasicRequestContext> {
        let clock = clocks.clock()
        let desk = try SMSDesk(
            shelf: shelf, faults: faults, key: Settings.smsKey ?? Self.usualKey, ways: ways, time: clock.time)
        let router = desk.router()
        clock.serve(router)
        return router
    }
}

/// `onewindow sandbox messages`: both gateways.
struct MessagesSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages",
        abstract: "Gateways for text messages (HTTP) and mail (SMTP); what came stands on the page.")

    @OptionGroup var messages: MessageOptions

    @ArgumentParser.Option(help: "The port for mail.")
    var smtpPort = 8025

    func run() async throws {
        let (shelf, faults) = (try MessageShelf(path: messages.file), FaultSwitches())
        let router = try messages.router(shelf, faults, ways: [.sms, .mail])
        let mail = MailServer(port: smtpPort, shelf: shelf, faults: faults)
        Wiring.say("sandbox of messages: http://127.0.0.1:\(messages.port)/ and smtp://127.0.0.1:\(smtpPort)")
        try await SandboxProcess.serve(
            router, port: messages.port, services: [Loop("mail") { try await mail.run() }])
    }
}

/// `onewindow sandbox sms`: the gateway for text messages alone.
struct SMSSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sms", abstract: "A gateway for text messages (HTTP); what came stands on the page.")

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        let router = try messages.router(try MessageShelf(path: messages.file), FaultSwitches(), ways: [.sms])
        Wiring.say("sandbox of text messages: http://127.0.0.1:\(messages.port)/")
        try await SandboxProcess.serve(router, port: messages.port)
    }
}
