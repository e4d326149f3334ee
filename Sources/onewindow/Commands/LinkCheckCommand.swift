import ArgumentParser
import Exchange
import Hall
import Vocabulary

/// `onewindow links check`: the house's half of a conformance report.
struct LinkCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks whether the other side of a link keeps to the protocol, and says so point by point.",
        discussion: """
            Sends a case that there is not, under a number that no house gives, and looks at what is answered; what \
            lies there of real cases is read and not answered. With a link of this house, or, on any machine, with \
            --way and --at. Ends with 1 where a point fails.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The link, as `list` names it; none with --way and --at.") var link: String?
    @ArgumentParser.Option(help: "Without a house: web, tables or folder.") var way: LinkWay?
    @ArgumentParser.Option(help: "Without a house: https://…, postgresql://USER@HOST/DATABASE, or an absolute path.")
    var at: String?
    @ArgumentParser.Option(help: "Without a house: the secret of the way web, whsec_…") var secret: String?
    @ArgumentParser.Option(help: "The number of the case, 43 characters; else one of a body that there is not.")
    var number: String?
    @ArgumentParser.Option(help: "For how many seconds an answer is waited for that does not come at once.")
    var seconds = 15
    @Flag(help: "Answer in JSON, to be attached to a report.") var json = false

    func validate() throws {
        guard (link == nil) != (way == nil), (way == nil) == (at == nil) else {
            throw ValidationError("a link, or --way and --at")
        }
        guard way != .webhook, (way == .web) == (secret != nil) else {
            throw ValidationError("--secret belongs to the way web, which needs one")
        }
        guard (1...600).contains(seconds) else { throw ValidationError("--seconds is 1 to 600") }
    }

    func run() async throws {
        if let link {
            try await Wiring.using(options) { house in try await check(link, of: house) }
        } else {
            do { try await checkThere() } catch let refusal as any Refusal {
                Wiring.say("\(refusal.code): \(try CatalogueCommand.sentence(refusal))")
                throw ExitCode.failure
            }
        }
    }

    private func check(_ text: String, of house: Wiring.House) async throws {
        let (hall, id) = (house.sending, try LinksCommand.id(text))
        guard let report = try await hall.links().first(where: { $0.link.id == id }) else {
            throw ExchangeRefusal.notFound
        }
        let carrier = try hall.carrier(of: report.link, key: house.accountKey)
        try await check(carrier, at: report.link.address.description) { await hall.postman?.close() }
    }

    private func checkThere() async throws {
        guard let way, let at else { return }
        let (address, families) = (try ReceiverAddress(at, way: way, mayBeHere: true), try RecordFamilies.shipped())
        let (postman, ids) = (Postman(time: Wiring.time), SubjectSource(time: Wiring.time, dice: .system))
        let carrier: any LinkCarrier
        switch way {
        case .webhook: throw LinkRefusal.addressUnfit
        case .web:
            guard let key = secret.flatMap(WebhookSignature.secret) else {
                throw ValidationError("--secret is whsec_ and Base64, as `onewindow links add` prints it")
            }
            carrier = WebCarrier(
                to: address, by: postman, families: families, world: (Wiring.time, { "\(ids.next())" })
            ) { [key] }
        case .tables: carrier = try TablesCarrier(at: at, families: families)
        case .folder: carrier = try FolderCarrier(at: at, families: families, time: Wiring.time)
        }
        try await check(carrier, at: at) { await postman.close() }
    }

    /// Asks, prints the report and lets go of everything; ends with 1 where a point fails.
    private func check(_ carrier: any LinkCarrier, at address: String, then close: () async -> Void) async throws {
        var carrier = carrier
        // What went wrong once is to be seen.
        if var web = carrier as? WebCarrier {
            web.isPatient = false
            carrier = web
        }
        let (now, run) = (Wiring.time.now(), SubjectSource(time: Wiring.time, dice: .system).next())
        let dossier = CheckCase(
            at: now, run: String("\(run)".suffix(12)), number: number, families: try RecordFamilies.shipped())
        guard let dossier else { throw ValidationError("--number has 43 characters, and a day at its 32nd") }
        guard let checked = carrier as? any CheckedCarrier else { throw LinkRefusal.addressUnfit }
        let findings = try await LinkInspection.findings(of: checked, dossier, patience: .seconds(seconds))
        let report = LinkCheckReport(
            findings, way: checked.way, at: address, number: dossier.number, time: now)
        print(json ? String(decoding: CanonicalJSON.bytes(writing: report.json), as: UTF8.self) : report.text)
        await checked.close()
        await close()
        if !report.isGood { throw ExitCode.failure }
    }
}
