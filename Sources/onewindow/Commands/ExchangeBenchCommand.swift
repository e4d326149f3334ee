import Accounts
import ArgumentParser
import City
import Exchange
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Store
import Synchronization
import Vocabulary

extension BenchCommand {
    /// `onewindow bench exchange`: events to a receiver in the same process.
    struct Exchange: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Events of so many lives to a receiver on this machine; bare posts of the same stand beside.")

        @OptionGroup var sizes: Sizes

        func run() async throws {
            LoggingSystem.bootstrap { LineLog(label: $0, time: Wiring.time) }
            guard let key = AccountKey(Array(repeating: 7, count: 32)) else {
                throw Fault.misconfigured("no account key")
            }
            let postman = Postman(time: Wiring.time)
            let counter = EventCounter()
            try await sizes.run(
                prepare: { hall in (hall.postman, hall.deliversHere) = (postman, true) },
                { setting in
                    try await serving(counter.router) { port in
                        let receiver = ExchangeBench.Receiver(port: port) { counter.taken($0) }
                        return try await ExchangeBench(setting, key: key).run(receiver)
                    }
                })
            await postman.close()
        }

        /// Serves a router on a free port while the body runs.
        private func serving<Value: Sendable>(
            _ router: Router<BasicRequestContext>, _ body: @escaping @Sendable (Int) async throws -> Value
        ) async throws -> Value {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            var application = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) })
            application.logger.logLevel = .critical
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [application] in try await application.run() }
                guard let port = await ports.first(where: { _ in true }) else { throw Fault.busy("no port") }
                let value = try await body(port)
                group.cancelAll()
                return value
            }
        }
    }
}

/// A receiver that counts what comes to each path, each event once.
private final class EventCounter: Sendable {
    private let seen = Mutex<[String: Set<String>]>([:])

    func taken(_ path: String) -> Int { seen.withLock { $0[path]?.count ?? 0 } }

    var router: Router<BasicRequestContext> {
        let (router, name) = (Router(), HTTPField.Name("webhook-id"))
        router.post("/{path}") { [self] request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            let id = name.flatMap { request.headers[$0] } ?? ""
            seen.withLock { seen in _ = seen[request.uri.path, default: []].insert(id) }
            return HTTPResponse.Status.ok
        }
        return router
    }
}
