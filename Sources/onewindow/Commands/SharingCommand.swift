import ArgumentParser
import Certificates
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// `onewindow sharing callers add|list|permit|renew|revoke`.
struct SharingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sharing", abstract: "The sharing service: who may ask for certificates.",
        subcommands: [Callers.self])

    struct Callers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The programs of other organisations that may ask for certificates.",
            subcommands: [Add.self, List.self, Permit.self, Renew.self, Revoke.self])
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a caller in and prints its secret, once.",
            discussion: "The secret follows from the house's account key: it stands in no table and can be renewed.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The access id: 3 to 32 small letters, digits or hyphens.") var accessID: String
        @ArgumentParser.Option(help: "The organisation's name, as holders of certificates see it.") var name: String
        @ArgumentParser.Option(help: "local, or outside: answers are then encrypted.") var network:
            SharingCaller.Network
        @ArgumentParser.Option(help: "A PEM file with the caller's public SM2 key.") var publicKey: String?
        @ArgumentParser.Option(help: "The unified social credit code, for a body of the state.") var body: CreditCode?
        @ArgumentParser.Option(help: "Calls in a minute.") var perMinute = 600

        func run() async throws {
            let key = try publicKey.map { path in
                try SM2PublicKey(pem: String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self))
            }
            let id = try SharingCommand.accessID(accessID)
            try await Wiring.using(options) { house in
                let caller = try await house.hall.add(
                    Hall.CallerTerms(
                        id, name: name, body: body, network: network, publicKey: key, perMinute: perMinute))
                print(house.hall.secret(of: caller, key: house.accountKey))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every caller with the types that it may ask for; no secrets.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Answer in JSON, one line each.") var json = false

        private struct Line: Encodable {
            let accessID: String
            let name: String
            let body: CreditCode?
            let network: String
            let hasPublicKey: Bool
            let perMinute: Int
            let isRevoked: Bool
            let types: [String]
        }

        func run() async throws {
            try await Wiring.using(options) { house in
                var last = ""
                while true {
                    let page = try await house.hall.sharingCallers(after: last)
                    for caller in page { try await say(caller, house.hall) }
                    guard page.count == Limits.pageRowsMax, let end = page.last else { return }
                    last = end.accessID.description
                }
            }
        }

        private func say(_ caller: SharingCaller, _ hall: Hall) async throws {
            var types: [String] = []
            while true {
                let page = try await hall.sharedTypes(with: caller, after: types.last ?? "")
                types += page
                guard page.count == Limits.pageRowsMax else { break }
            }
            let line = Line(
                accessID: caller.accessID.description, name: caller.name, body: caller.body,
                network: caller.network.rawValue, hasPublicKey: caller.publicKey != nil,
                perMinute: caller.perMinute, isRevoked: caller.revokedAt != nil, types: types)
            if json { return print(String(decoding: try CanonicalJSON.bytes(of: line), as: UTF8.self)) }
            print(
                "\(line.accessID) \(line.name), \(line.network)\(line.isRevoked ? ", revoked" : ""), "
                    + "\(line.perMinute) a minute, \(types.count) types: \(types.joined(separator: " "))")
        }
    }

    struct Permit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Permits types to a caller.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The access id.") var accessID: String
        @Argument(help: "Codes of types, 21 characters each.") var types: [String]

        func run() async throws {
            let id = try SharingCommand.accessID(accessID)
            try await Wiring.using(options) { house in try await house.hall.permit(types, to: id) }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a caller the next secret and prints it, once; the one before counts no more.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The access id.") var accessID: String

        func run() async throws {
            let id = try SharingCommand.accessID(accessID)
            try await Wiring.using(options) { house in
                let caller = try await house.hall.renewSecret(of: id)
                print(house.hall.secret(of: caller, key: house.accountKey))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shuts a caller out for good; with types, takes only these permissions back.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The access id.") var accessID: String
        @Argument(help: "Codes of types; none for everything.") var types: [String] = []

        func run() async throws {
            let id = try SharingCommand.accessID(accessID)
            try await Wiring.using(options) { house in
                if types.isEmpty { return try await house.hall.revokeCaller(id) }
                try await house.hall.permit(types, to: id, isTakenBack: true)
            }
        }
    }

    private static func accessID(_ text: String) throws -> AccessID {
        guard let id = AccessID(text) else {
            throw ValidationError("an access id is 3 to 32 small letters, digits or hyphens")
        }
        return id
    }
}

extension SharingCaller.Network: ArgumentParser.ExpressibleByArgument {}
