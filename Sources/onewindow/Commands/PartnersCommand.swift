import Accounts
import ArgumentParser
import Hall
import Store
import Vocabulary

/// `onewindow partners add|list|grant|take|renew|revoke`.
struct PartnersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partners", abstract: "Systems of other organisations that use the API.",
        subcommands: [Add.self, List.self, Give.self, Take.self, Renew.self, Revoke.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a partner in and prints its client secret, once.",
            discussion: "The secret follows from the house's account key: it stands in no table and can be renewed.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id: 3 to 32 small letters, digits or hyphens.") var clientID: AccessID
        @ArgumentParser.Option(help: "The organisation's name, as people see it who did what.") var name: String
        @ArgumentParser.Option(help: "The unified social credit code, for a body of the state.") var body: CreditCode?
        @ArgumentParser.Option(help: "Requests in a minute.") var perMinute = 600

        func run() async throws {
            try await Wiring.using(options) { house in
                let partner = try await house.hall.add(
                    partner: clientID, name: name, body: body, perMinute: perMinute)
                print(house.accountKey.secret(of: partner))
            }
        }
    }

    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant", abstract: "Gives a partner scopes, and prints the ids of the grants.",
            discussion: "Without department, items and region they hold everywhere.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id.") var clientID: AccessID
        @Argument(help: "Scopes: \(PartnerScope.allCases.map(\.rawValue).joined(separator: ", ")).") var scopes:
            [PartnerScope]
        @ArgumentParser.Option(help: "The credit code of the department that decides.") var department: CreditCode?
        @ArgumentParser.Option(help: "How the items' catalogue codes begin.") var items: String?
        @ArgumentParser.Option(help: "The place, with what lies in it: six digits.") var region: Region?

        func run() async throws {
            let extent = Grant.Extent(
                department: department, items: try items.map { try ItemCodePrefix($0) }, region: region)
            try await Wiring.using(options) { house in
                for scope in scopes {
                    let id = try await house.hall.give(scope, extent, to: clientID)
                    print("\(id) \(scope.rawValue)")
                }
            }
        }
    }

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a grant back, at once.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id.") var clientID: AccessID
        @Argument(help: "The grant, as `list` names it.") var grant: String

        func run() async throws {
            guard let id = PartnerGrantID(grant) else { throw ValidationError("no such grant") }
            try await Wiring.using(options) { house in try await house.hall.take(id, from: clientID) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every partner with its grants; no secrets.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Answer in JSON, one line each.") var json = false

        private struct Line: Encodable {
            struct Given: Encodable {
                let id: PartnerGrantID
                let scope: PartnerScope
                let department: CreditCode?
                let items: ItemCodePrefix?
                let region: Region?
            }

            let clientID: String
            let name: String
            let body: CreditCode?
            let perMinute: Int
            let isRevoked: Bool
            let grants: [Given]
        }

        func run() async throws {
            try await Wiring.using(options) { house in
                var last = ""
                while true {
                    let page = try await house.hall.partners(after: last)
                    for (partner, grants) in page { try say(partner, grants) }
                    guard page.count == Limits.pageRowsMax, let end = page.last else { return }
                    last = end.partner.clientID.description
                }
            }
        }

        private func say(_ partner: Partner, _ grants: [PartnerGrant]) throws {
            let line = Line(
                clientID: partner.clientID.description, name: partner.name, body: partner.body,
                perMinute: partner.perMinute, isRevoked: partner.revokedAt != nil,
                grants: grants.map {
                    Line.Given(
                        id: $0.id, scope: $0.scope, department: $0.extent.department, items: $0.extent.items,
                        region: $0.extent.region)
                })
            if json { return print(String(decoding: try CanonicalJSON.bytes(of: line), as: UTF8.self)) }
            print(
                "\(line.clientID) \(line.name)\(line.isRevoked ? ", revoked" : ""), \(line.perMinute) a minute")
            for grant in line.grants {
                let extent = [grant.department?.code, grant.items?.text, grant.region?.code].map { $0 ?? "*" }
                print("  \(grant.id) \(grant.scope.rawValue) \(extent.joined(separator: " "))")
            }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a partner the next secret and prints it, once; the one before counts no more.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id.") var clientID: AccessID

        func run() async throws {
            try await Wiring.using(options) { house in
                print(house.accountKey.secret(of: try await house.hall.renewPartner(clientID)))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shuts a partner out for good.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The client id.") var clientID: AccessID

        func run() async throws {
            try await Wiring.using(options) { house in try await house.hall.revokePartner(clientID) }
        }
    }
}

extension AccessID: ArgumentParser.ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension PartnerScope: ArgumentParser.ExpressibleByArgument {}

extension Region: ArgumentParser.ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
