import Accounts
import ArgumentParser
import City
import Foundation
import Hall
import Store
import Vocabulary

/// What the benches of a served house have in common: a house that stands, filled by `bench fill` or `simulate`.
struct HouseBench: ParsableArguments {
    @OptionGroup var options: DataOptions

    @ArgumentParser.Option(help: "Connections.")
    var clients = 64

    @ArgumentParser.Option(help: "Seconds for each kind of question.")
    var seconds = 10

    @ArgumentParser.Option(help: "The port on which the house serves meanwhile.")
    var port = 8190

    @Flag(help: "One JSON object on one line of standard output.")
    var json = false

    /// Seconds in which each answer is looked at before it is timed.
    private static let checkSeconds = 1
    /// LIMIT: dossiers that are read by their ids for the plain limit.
    private static let idsMax = 5000

    func validate() throws {
        guard (1...1024).contains(clients), (1...600).contains(seconds), (1...65_535).contains(port) else {
            throw ValidationError("--clients is 1 to 1024, --seconds 1 to 600")
        }
    }

    /// One JSON object on standard output.
    struct Result: Encodable {
        let bench: String
        let store: String
        /// How many there were when it began.
        let dossiers: Int
        let clients: Int
        let asked: [String: AskedRate]
        /// A bare answer of the same server, asked alike.
        let limit_answers: AskedRate
        /// Rows of dossiers by their ids a second, or rows written one by one: what the store does at most.
        let limit_store_per_second: Double
        /// Each kind's rate over the bare answers' rate.
        let ratio_to_answers: [String: Double]
        let ratio_to_store: [String: Double]
        /// Seconds of the processors that the house used for each answer, in milliseconds.
        let processor_milliseconds: [String: Double]
    }

    /// A house before it serves.
    struct Standing {
        let house: Wiring.House
        /// The morning of the last day on which somebody filed.
        let now: Instant
        let dossiers: Int

        /// Rows of a statement.
        func rows(_ sql: SQL) async throws -> [Row] { try await house.store.read { tx in try tx.rows(sql) } }

        /// Signs somebody in; answers the cookie.
        func session(of holder: Holder) async throws -> String {
            let (token, now) = (SessionToken(house.hall.dice), now)
            _ = try await house.store.write { tx in try SessionTable.start(token, of: holder, now: now, in: tx) }
            return token.cookie
        }

        /// Somebody of the staff with a role, of a body or of a place where those are named, as a cookie.
        func staff(_ role: Role, body: String? = nil, region: String? = nil) async throws -> String {
            let found = try await rows(
                """
                SELECT staff FROM staff_grant WHERE role = \(role.rawValue) AND revoked_at IS NULL
                    AND (\(body ?? "") = '' OR department = \(body ?? ""))
                    AND (\(region ?? "") = '' OR region = \(region ?? "")) ORDER BY id LIMIT 1
                """)
            guard let row = found.first else { throw Fault.misconfigured("nobody has the role \(role.rawValue)") }
            return "session=\(try await session(of: .staff(StaffID(try row.subject(0)))))"
        }
    }

    /// Opens the house, prepares what is asked, serves and measures. `after` looks at the house again when its doors
    /// are closed, and answers what the store does at most.
    func run(
        _ bench: String, _ prepare: (Standing) async throws -> [AskedKind],
        then follow: (ServedHouse) async throws -> [AskedKind] = { _ in [] },
        after: (Standing, [String: AskedRate]) async throws -> Double = HouseBench.reads
    ) async throws {
        let (standing, clock) = try await opened()
        let first = try await prepare(standing)
        await standing.house.store.close()
        let served = try await ServedHouse(options, port: port, clock: clock)
        let wrk = WrkRun(port: port, clients: clients)
        var (rates, processor) = ([String: AskedRate](), [String: Double]())
        let bare: AskedRate
        do {
            for kind in try await first + follow(served) {
                Wiring.say("\(kind.name): \(clients) connections, \(seconds) seconds")
                let isWritten = kind.script != nil
                if !isWritten {
                    _ = try WrkRun(port: port, clients: 1).ask(kind, seconds: Self.checkSeconds, isChecked: true)
                }
                let before = served.processorSeconds()
                let rate = try wrk.ask(kind, seconds: seconds, isChecked: isWritten)
                guard rate.requests > 0 else { throw Fault.busy("nobody answered in \(seconds) seconds") }
                processor[kind.name] = (served.processorSeconds() - before) * 1000 / Double(rate.requests)
                rates[kind.name] = rate
            }
            bare = try wrk.ask(
                AskedKind(name: "bare", paths: ["/health/live"]), seconds: min(seconds, 5), isChecked: false)
        } catch {
            served.close()
            throw error
        }
        served.close()
        let (again, _) = try await opened()
        let limit = try await after(
            Standing(house: again.house, now: again.now, dossiers: standing.dossiers), rates)
        await again.house.store.close()
        let rounded = { (value: Double) in (value * 10_000).rounded() / 10_000 }
        try print(
            Result(
                bench: bench, store: standing.house.store.dialect.rawValue, dossiers: standing.dossiers,
                clients: clients, asked: rates, limit_answers: bare, limit_store_per_second: limit.rounded(),
                ratio_to_answers: rates.mapValues { rounded($0.per_second / max(bare.per_second, 1)) },
                ratio_to_store: rates.mapValues { rounded($0.per_second / max(limit, 1)) },
                processor_milliseconds: processor.mapValues(rounded)))
    }

    private func opened() async throws -> (Standing, clock: String) {
        guard options.data != nil else { throw ValidationError("--data says where a filled house lies") }
        let house = try await Wiring.open(options, forDemonstration: true)
        let row = try await house.store.read { tx in
            try tx.row("SELECT COUNT(*), MAX(submitted_at) FROM dossier")
        }
        guard let row, let last = try row.optionalInteger(1) else {
            throw ValidationError("the house has no dossiers: onewindow bench fill")
        }
        let day = Instant(milliseconds: Int64(last)).day
        let standing = Standing(house: house, now: Instant(day, hour: 9), dossiers: try row.integer(0))
        return (standing, "\(day)T09:00")
    }

    /// Rows of dossiers by their ids, so many readers at once, a second.
    static func reads(_ standing: Standing, _ rates: [String: AskedRate]) async throws -> Double {
        let ids = try await standing.rows("SELECT id FROM dossier ORDER BY id LIMIT \(idsMax)").map {
            try $0.id(0) as DossierID
        }
        return try await PlainReads(store: standing.house.store).perSecond(of: ids, readers: 64)
    }

    private func print(_ result: Result) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            Swift.print(String(decoding: try encoder.encode(result), as: UTF8.self))
            return
        }
        Swift.print("\(result.bench), \(result.store), \(result.dossiers) dossiers, \(result.clients) connections")
        let lines = result.asked.sorted { $0.key < $1.key } + [("a bare answer", result.limit_answers)]
        for (name, rate) in lines {
            let cells = [rate.per_second, rate.p50, rate.p99, rate.max].map { String(format: "%10.1f", $0) }
            Swift.print(name.padding(toLength: 28, withPad: " ", startingAt: 0) + cells.joined())
        }
        Swift.print("columns: answers a second; milliseconds in the middle, of 99 in 100, at most")
        Swift.print("the store by itself, one row at a time: \(Int(result.limit_store_per_second)) a second")
    }
}
