import ArgumentParser
import Exchange
import Hummingbird
import Sandboxes
import ServiceLifecycle
import Store
import Vocabulary

/// What the sandboxes of links have in common.
struct FarOptions: ParsableArguments {
    @ArgumentParser.Option(help: "The secret of the link, as `onewindow links add` printed it: whsec_…")
    var secret: String?

    @OptionGroup var switches: SandboxSwitchOptions
    @OptionGroup var clocks: SandboxClockOptions
}

/// A far side of a link, put together.
struct FarSide: Sendable {
    let families: RecordFamilies
    let report = FarReport()
    let switches: FarSwitches
    let ledger: FarLedger
    let clock: SandboxClock

    init(_ options: FarOptions) throws {
        families = try RecordFamilies.shipped()
        switches = FarSwitches(try options.switches.faults())
        clock = options.clocks.clock()
        ledger = FarLedger(families: families, report: report, switches: switches, time: clock.time)
    }

    /// The desk of people and tests, and, with a secret, the addresses of the way `web`.
    func router(
        secret: String?, dossiers: (@Sendable () async -> JSONValue)?
    ) throws -> Router<FarContext> {
        let router = Router(context: FarContext.self)
        var desk = try FarDesk(ledger: ledger, report: report, switches: switches, time: clock.time)
        clock.serve(router)
        if let dossiers { desk.dossiers = dossiers }
        desk.serve(router)
        guard let secret else { return router }
        guard
            let counter = FarCounter(
                ledger: ledger, report: report, switches: switches, secret: secret, time: clock.time)
        else { throw ValidationError("--secret is whsec_ and Base64, as `onewindow links add` prints it") }
        counter.serve(router)
        return router
    }

    /// Serves until it is told to end, and says what was noticed. Whoever has no records says what it did.
    func run(
        port: Int, secret: String?, _ services: [any Service], dossiers: (@Sendable () async -> JSONValue)? = nil
    ) async throws {
        try await SandboxProcess.serve(
            try router(secret: secret, dossiers: dossiers), port: port, services: services)
        Wiring.say(report.text)
    }
}

/// `onewindow sandbox province`: the province's house, as a process of its own.
struct ProvinceSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "province",
        abstract: "The province: takes records over a link of the way web, offers applications, and reports.")

    @ArgumentParser.Option(help: "The port of the link, of the page and of the switches.")
    var port = 8093

    @OptionGroup var far: FarOptions

    func run() async throws {
        guard let secret = far.secret else { throw ValidationError("--secret is missing") }
        let side = try FarSide(far)
        Wiring.say("sandbox of the province: a link of the way web at http://127.0.0.1:\(port)")
        try await side.run(port: port, secret: secret, [])
    }
}

/// `onewindow sandbox department`: a department's own approval system, as a process of its own.
struct DepartmentSandbox: AsyncParsableCommand {
    enum Way: String, ExpressibleByArgument, CaseIterable {
        case web, tables, folder, api
    }

    static let configuration = CommandConfiguration(
        commandName: "department",
        abstract: "A department's approval system: examines and decides by itself what was accepted, and reports.")

    @ArgumentParser.Option(help: "How it speaks to the house.")
    var way = Way.web

    @ArgumentParser.Option(
        help: "Where it meets the house: a folder, postgresql://…, or http://127.0.0.1:PORT of the house for api.")
    var at: String?

    @ArgumentParser.Option(help: "For api: the client id of the partner; its secret is --secret.")
    var client = "department"

    @ArgumentParser.Flag(help: "For folder: writes CSV and not XML.")
    var csv = false

    @ArgumentParser.Option(help: "The port of the page and of the switches; of the link, too, where its way is web.")
    var port = 8094

    @ArgumentParser.Option(help: "Who examines: a name that the partner has given to the house.")
    var officer: String?

    @ArgumentParser.Option(help: "Who decides.")
    var secondOfficer: String?

    @ArgumentParser.Option(help: "Seconds before each deed.")
    var delay = 1

    @ArgumentParser.Option(help: "Each so many-th dossier is refused; 0 for none.")
    var refuse = 0

    @ArgumentParser.Flag(help: "A test goes before the examination; not for api.")
    var special = false

    @OptionGroup var far: FarOptions

    private var terms: DepartmentTerms {
        DepartmentTerms(
            examiner: officer, decider: secondOfficer, delaySeconds: delay, refuseEvery: refuse, hasSpecial: special)
    }

    func run() async throws {
        let side = try FarSide(far)
        if way == .api { return try await runClient(side) }
        let department = Department(
            ledger: side.ledger, switches: side.switches, terms: terms, families: side.families, time: side.clock.time)
        let work = Loop("department") { try await department.run() }
        switch way {
        case .folder:
            let folder = try FarFolder(
                at: try place(), ledger: side.ledger, report: side.report, switches: side.switches, writesCSV: csv,
                now: side.clock.time.now())
            try await side.run(port: port, secret: nil, [work, Loop("folder") { try await folder.run() }])
        case .tables:
            let store = try await PostgresStore(address: try place(), connections: 2)
            let tables = FarTables(store, ledger: side.ledger, report: side.report, switches: side.switches)
            try await side.run(port: port, secret: nil, [work, Loop("tables") { try await tables.run() }])
            await store.close()
        case .web, .api:
            guard let secret = far.secret else { throw ValidationError("--secret is missing") }
            Wiring.say("sandbox of a department: a link of the way web at http://127.0.0.1:\(port)")
            try await side.run(port: port, secret: secret, [work])
        }
    }

    private func place() throws -> String {
        guard let at else { throw ValidationError("--at is missing") }
        return at
    }

    private func runClient(_ side: FarSide) async throws {
        guard let secret = far.secret else { throw ValidationError("--secret is missing") }
        guard !special else { throw ValidationError("--special: whoever tests has a number of the house's own staff") }
        let client = FarClient(
            house: try place(), account: FarClient.Account(name: client, secret: secret), terms: terms,
            report: side.report, switches: side.switches, time: side.clock.time)
        guard let client else { throw ValidationError("--at is http://HOST:PORT of the house") }
        try await side.run(
            port: port, secret: nil, [Loop("client") { try await client.run() }], dossiers: { await client.dossiers })
    }
}
