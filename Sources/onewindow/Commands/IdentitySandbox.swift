import ArgumentParser
import Foundation
import Hummingbird
import Identity
import Sandboxes
import Vocabulary

/// `onewindow sandbox identity`: the provincial unified identity, as a process of its own.
struct IdentitySandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "The unified identity: lets one sign in as people that there are not, by OpenID Connect, and reports."
    )

    @ArgumentParser.Option(help: "The port of the provider, of its page and of the switches.")
    var port = 8095

    @ArgumentParser.Option(help: "What it calls itself; http://127.0.0.1:PORT unless told otherwise.")
    var issuer: String?

    @ArgumentParser.Option(help: "The name of the house here; ONEWINDOW_IDENTITY_CLIENT unless told otherwise.")
    var client: String?

    @ArgumentParser.Option(help: "Its secret; ONEWINDOW_IDENTITY_SECRET unless told otherwise.")
    var secret: String?

    @ArgumentParser.Option(help: "Where who signs in may be sent back; may be said again.")
    var redirect: [String] = [usualHome + ProviderAccount.answerPath]

    @ArgumentParser.Option(help: "Where who signed out may be sent; may be said again.")
    var signedOut: [String] = [usualHome + ProviderAccount.signedOutPath]

    @ArgumentParser.Option(help: "Where the house is told that somebody signed out here: http://HOST:PORT/PATH.")
    var ending = usualHome + ProviderAccount.endingPath

    @ArgumentParser.Option(help: "How tokens are signed: RS256 or ES256.")
    var algorithm = SandboxKey.Algorithm.rs256

    @ArgumentParser.Flag(help: "Name, number and telephone are said at /userinfo and not in the token.")
    var userInfo = false

    @ArgumentParser.Option(
        help: "Somebody more: NAME,NUMBER,LEVEL, a level of registered, realName, certificate; may be said again.")
    var person: [String] = []

    @OptionGroup var faults: SandboxSwitchOptions
    @OptionGroup var clocks: SandboxClockOptions

    /// Where a house stands that was told nothing else, and what it is called and shares with the sandbox.
    private static let usualHome = "http://127.0.0.1:\(ServeCommand.portUsual)"
    private static let (usualClient, usualSecret) = ("onewindow", "onewindow-sandbox-secret")

    private func house() throws -> SandboxClient {
        guard let url = URL(string: ending), url.scheme == "http", url.host != nil, url.port != nil else {
            throw ValidationError("--ending is http://HOST:PORT/PATH")
        }
        return SandboxClient(
            id: client ?? Settings.identityClient ?? Self.usualClient,
            secret: secret ?? Settings.identitySecret ?? Self.usualSecret,
            places: .init(redirects: redirect, signedOut: signedOut, ending: url))
    }

    private func people() throws -> [SandboxPerson] {
        try person.map { text in
            guard let person = SandboxPerson(text) else {
                throw ValidationError("--person is NAME,NUMBER,LEVEL with a number that has its right check character")
            }
            return person
        }
    }

    func run() async throws {
        // The provider's time is the world's, as the house takes it, unless it is set.
        let clock = clocks.clock(over: Wiring.machine)
        let (house, address) = (try house(), issuer ?? "http://127.0.0.1:\(port)")
        let provider = try SandboxProvider(
            house,
            .init(
                issuer: address, keepsParticulars: userInfo, faults: try faults.faults(), people: try people()),
            key: try await SandboxKey(algorithm, dice: .system), time: clock.time)
        let router = Router(context: FarContext.self)
        try IdentityDesk(provider).serve(router)
        try IdentityCounter(provider).serve(router)
        clock.serve(router)
        Wiring.say("sandbox of the unified identity: \(address), client \(house.id), \(algorithm.rawValue)")
        try await SandboxProcess.serve(router, port: port)
        Wiring.say(provider.report.text)
    }
}

extension SandboxKey.Algorithm: ExpressibleByArgument {}
