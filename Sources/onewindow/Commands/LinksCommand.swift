import Accounts
import ArgumentParser
import Exchange
import Hall
import Vocabulary

/// `onewindow links add|list|renew|remove|reconcile|send|check|tables`.
struct LinksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links", abstract: "Links over which records go to other houses and come from them.",
        subcommands: [
            Add.self, List.self, Renew.self, Remove.self, Reconcile.self, Send.self, LinkCheckCommand.self, Tables.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a link of a partner; prints its id, and the secret of the way web, once.",
            discussion: "What goes over it and what may come follows from the partner's grants.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id of the partner.") var clientID: AccessID
        @ArgumentParser.Option(help: "web, tables or folder.") var way: LinkWay
        @ArgumentParser.Option(help: "https://…, postgresql://USER@HOST/DATABASE, or an absolute path.") var at: String
        @ArgumentParser.Option(help: "From where on it is told: a cursor of the events, 0 for all; else from now.")
        var after: String?

        func run() async throws {
            let cursor = try after.map { text in
                guard let cursor = EventCursor(text) else { throw ExchangeRefusal.cursorUnfit }
                return cursor
            }
            try await Wiring.using(options) { house in
                let link = try await house.hall.link(clientID, by: way, to: at, from: cursor)
                print(link.id)
                if way == .web { print(LinksCommand.secret(of: link, house)) }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every link and how it stands; no secrets.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Answer in JSON, one line each.") var json = false

        private struct Line: Encodable {
            let id: SubscriptionID
            let clientID: String
            let way: String
            let at: String
            let state: String
            /// The outcome of the last sending; missing before the first.
            let last: String?
            let sent: [String: Int]
            let received: [String: Int]
            /// Why nothing came of the last reading; missing where something did.
            let trouble: String?
            let message: String?
        }

        func run() async throws {
            try await Wiring.using(options) { house in
                for report in try await house.hall.links() { try say(report) }
            }
        }

        private func say(_ report: Hall.LinkReport) throws {
            let (link, standing) = (report.link, report.standing)
            let line = Line(
                id: link.id, clientID: report.partner.clientID.description, way: link.way.rawValue,
                at: link.address.description, state: link.state.rawValue, last: link.last?.name,
                sent: Dictionary(uniqueKeysWithValues: report.sent.map { ($0.rawValue, $1) }),
                received: Dictionary(uniqueKeysWithValues: report.received.map { ($0.rawValue, $1) }),
                trouble: standing.trouble?.reason.code, message: standing.trouble?.message)
            if json { return print(String(decoding: try CanonicalJSON.bytes(of: line), as: UTF8.self)) }
            print("\(line.id) \(line.clientID) \(line.way) \(line.at) \(line.state)")
            for (name, counts) in [("sent", line.sent), ("received", line.received)] {
                print("  \(name): \(counts.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", "))")
            }
            if let trouble = line.trouble { print("  \(trouble) \(line.message ?? "")") }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a link its next secret and prints it; the one before counts too for a day.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The link, as `list` names it.") var link: String

        func run() async throws {
            try await Wiring.using(options) { house in
                print(LinksCommand.secret(of: try await house.hall.renewLink(try LinksCommand.id(link)), house))
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a link away with all that is known of it.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The link, as `list` names it.") var link: String

        func run() async throws {
            try await Wiring.using(options) { house in try await house.hall.unlink(try LinksCommand.id(link)) }
        }
    }

    struct Reconcile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compares what both sides of a link have of the cases that were filed on a day.",
            discussion: "Prints what differs, one a line; ends with 1 where anything does.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The link, as `list` names it.") var link: String
        @ArgumentParser.Option(help: "The day, 2026-11-24; today unless told otherwise.") var day: String?
        @Flag(help: "Mends what can be mended, and compares again.") var heal = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let (hall, key, id) = (house.sending, house.accountKey, try LinksCommand.id(link))
                guard let day = day.map({ CivilDate($0) }) ?? hall.time.now().day else {
                    throw ValidationError("--day is a day such as 2026-11-24")
                }
                var found = try await hall.reconcile(id, on: day, key: key)
                if heal {
                    for difference in found.differences where difference.kind.canBeHealed {
                        try await hall.heal(difference, of: id, key: key)
                    }
                    found = try await hall.reconcile(id, on: day, key: key)
                }
                for difference in found.differences {
                    let key = difference.key
                    print("\(difference.kind.rawValue) \(difference.number) \(key.family) \(key.key)")
                }
                print("\(found.compared) compared, \(found.differences.count) differences")
                await hall.postman?.close()
                if !found.differences.isEmpty { throw ExitCode.failure }
            }
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends all records of a case over a link once more.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The link, as `list` names it.") var link: String
        @Argument(help: "The number of the case, 43 characters.") var number: String

        func run() async throws {
            try await Wiring.using(options) { house in
                let (hall, id) = (house.sending, try LinksCommand.id(link))
                guard let report = try await hall.links().first(where: { $0.link.id == id }) else {
                    throw ExchangeRefusal.notFound
                }
                try await hall.sendAgain(number, over: report.link, key: house.accountKey)
                await hall.postman?.close()
            }
        }
    }

    struct Tables: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tables",
            abstract: "Prints the statements that make the tables of a department's front-end database.",
            discussion: """
                For psql, as the owner of the database: onewindow links tables | psql postgresql://…/front. What is
                there already stays as it is.
                """)

        func run() async throws {
            print(try FrontEndTables.script(.shipped()), terminator: "")
        }
    }

    static func id(_ text: String) throws -> SubscriptionID {
        guard let id = SubscriptionID(text) else { throw ExchangeRefusal.notFound }
        return id
    }

    /// The secret that both sides of the way `web` sign with, as Standard Webhooks writes it.
    private static func secret(of link: Subscription, _ house: Wiring.House) -> String {
        WebhookSignature.text(of: house.accountKey.subscriptionSecret(of: link.id.subject, edition: link.edition))
    }
}

extension LinkWay: ArgumentParser.ExpressibleByArgument {}

extension Wiring.House {
    /// The hall with a postman, for a command that speaks to the other side itself.
    var sending: Hall {
        var hall = hall
        hall.postman = Postman(time: Wiring.time)
        return hall
    }
}
