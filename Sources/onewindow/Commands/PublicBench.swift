import Accounts
import ArgumentParser
import City
import Foundation
import Hall
import Hummingbird
import Logging
import Store
import Vocabulary
import Web

extension BenchCommand {
    /// `onewindow bench public`: what anybody asks of the register over HTTP, made by wrk on the same machine.
    struct Public: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Public verifications over HTTP, asked by wrk; a bare answer of the same server stands beside.")

        /// LIMIT: identifiers that wrk asks for in turn.
        private static let askedMax = 10_000

        @OptionGroup var sizes: Sizes

        @ArgumentParser.Option(help: "Seconds for each of the three rounds.")
        var seconds = 10

        /// One JSON object on standard output.
        struct Result: Encodable {
            let bench = "public"
            let store: String
            /// Certificates in the register, those asked for in turn, and connections.
            let count: Int
            let asked: Int
            let clients: Int
            /// The first round, in which signatures are judged, and the next one.
            let verifications_per_second_cold: Double
            let verifications_per_second: Double
            /// A bare answer of a server without anything, asked alike.
            let limit_answers_per_second: Double
            let ratio_to_limit: Double
            let resident_mebibytes_max: Int
        }

        func validate() throws {
            guard (1...600).contains(seconds) else { throw ValidationError("--seconds is 1 to 600") }
        }

        func run() async throws {
            // Lines of the log go where the server's go: to standard error.
            LoggingSystem.bootstrap { LineLog(label: $0, time: Wiring.time) }
            try await sizes.run { setting in
                let identifiers = try await CertificatesBench(setting).filled(atMost: Self.askedMax)
                let paths = identifiers.map { "/api/v1/certificates/\($0)/verification" }
                let (cold, warm) = try await serving(Routes.router(try site(setting))) { port in
                    (try asked(paths, port), try asked(paths, port))
                }
                let bare = Router().get("/bare") { _, _ in "ok" }
                let limit = try await serving(bare) { port in try asked(["/bare"], port) }
                return Result(
                    store: setting.hall.store.dialect.rawValue, count: sizes.count, asked: paths.count,
                    clients: sizes.clients, verifications_per_second_cold: cold, verifications_per_second: warm,
                    limit_answers_per_second: limit, ratio_to_limit: warm / max(limit, 1),
                    resident_mebibytes_max: ProcessMemory.peakMebibytes())
            }
        }

        private func site(_ setting: BenchSetting) throws -> Site {
            let trusted = try CertificatesBench(setting).trusted()
            guard let key = AccountKey(Array(repeating: 7, count: 32)) else {
                throw Fault.misconfigured("no account key")
            }
            return try Site(
                hall: setting.hall, interior: try ServeCommand.interior(),
                entrance: (SignIn(store: setting.hall.store, passwords: .init(), key: key), key, isSecure: false),
                press: Press(
                    try Settings.typeface(), song: try Settings.paperTypeface(),
                    address: try Settings.address(port: 1)),
                trustedKeys: { trusted })
        }

        /// Serves a router on a free port while the body runs.
        private func serving<Value: Sendable, Context: RequestContext>(
            _ router: Router<Context>, _ body: @escaping @Sendable (Int) throws -> Value
        ) async throws -> Value where Context.Source == ApplicationRequestContextSource {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            var application = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
            application.logger.logLevel = .error
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [application] in try await application.run() }
                guard let port = await ports.first(where: { _ in true }) else { throw Fault.busy("no port") }
                let value = try await Task.detached { try body(port) }.value
                group.cancelAll()
                return value
            }
        }

        /// What wrk counts a second while it asks for these paths in turn; throws when an answer was no success.
        private func asked(_ paths: [String], _ port: Int) throws -> Double {
            let script = NSTemporaryDirectory() + "onewindow-wrk-\(ProcessInfo.processInfo.processIdentifier).lua"
            let list = paths.map { "\"\($0)\"" }.joined(separator: ",")
            try Data(
                """
                local paths = {\(list)}
                local place = 0
                request = function()
                    place = place % #paths + 1
                    return wrk.format("GET", paths[place])
                end
                """.utf8
            ).write(to: URL(filePath: script))
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "wrk", "-t1", "-c\(sizes.clients)", "-d\(seconds)s", "-s", script, "http://127.0.0.1:\(port)",
            ]
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0, !output.contains("Non-2xx"), !output.contains("Socket errors"),
                let rate = output.firstMatch(of: /Requests\/sec:\s+([0-9.]+)/).flatMap({ Double($0.output.1) })
            else { throw Fault.misconfigured("wrk (Debian package wrk) said: \(output)") }
            return rate
        }
    }
}
