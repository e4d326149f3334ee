import ArgumentParser
import Certificates
import Hall
import Vocabulary

extension SealReason: ArgumentParser.ExpressibleByArgument {
    /// `key-compromised` for `keyCompromised`.
    private var word: String {
        rawValue.reduce(into: "") { text, character in
            text += character.isUppercase ? "-\(character.lowercased())" : String(character)
        }
    }

    /// From a command line; nil for what is no reason.
    package init?(argument: String) {
        guard let reason = Self.allCases.first(where: { $0.word == argument }) else { return nil }
        self = reason
    }

    /// What a command line may say.
    package static var allValueStrings: [String] { allCases.map(\.word) }
}

extension SealsCommand {
    /// Whose seal, and why.
    struct Deed: ParsableArguments {
        @OptionGroup var options: DataOptions
        @Argument(help: "The body's unified social credit code.") var body: CreditCode
        @Option(help: "Why.") var reason: SealReason
        @Option(help: "Words for the file, 200 characters at most.") var remark: String?
        @Flag(help: "Answer in JSON.") var json = false

        func run(_ work: (Hall) async throws -> Seal) async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                try SealsCommand.print(SealLine(try await work(hall)), json: json)
            }
        }
    }

    struct ReplaceMaker: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives the seal maker a new certificate, and a new key when the reason is the key's.")
        @OptionGroup var options: DataOptions
        @Option(help: "Why.") var reason: SealReason
        @Option(help: "Words for the file, 200 characters at most.") var remark: String?
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                let certificate = try await hall.replaceSealMaker(reason, remark: remark)
                try SealsCommand.print(CertificateLine(certificate), json: json)
            }
        }
    }

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a body's seal and its certificates.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The body's unified social credit code.") var body: CreditCode
        @Option(help: "What the seal reads: the body's whole name.") var name: String
        @Option(help: "Days for which it is valid.") var days = SealWorkshop.sealDays
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                let seal = try await hall.makeSeal(for: body, named: name, days: days)
                try SealsCommand.print(SealLine(seal), json: json)
            }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a seal another period and new certificates; its number stays.")
        @OptionGroup var deed: Deed
        @Option(help: "The body's new name; the old one when left out.") var name: String?
        @Option(help: "Days for which it is valid from now.") var days = SealWorkshop.sealDays

        func run() async throws {
            try await deed.run { try await $0.renewSeal(of: deed.body, named: name, days: days, deed.reason) }
        }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a seal rest; what it sealed before stands.")
        @OptionGroup var deed: Deed

        func run() async throws {
            try await deed.run { try await $0.suspendSeal(of: deed.body, deed.reason, remark: deed.remark) }
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a suspended seal work again.")
        @OptionGroup var deed: Deed

        func run() async throws {
            try await deed.run { try await $0.resumeSeal(of: deed.body, deed.reason, remark: deed.remark) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a seal back for ever, and its certificates when the reason is the key's.")
        @OptionGroup var deed: Deed
        @Option(help: "The day from whose beginning it counts no more, such as 2026-11-04; now when left out.")
        var since: String?

        func run() async throws {
            let from = try since.map { text in
                guard let day = CivilDate(text) else { throw ValidationError("--since is a day like 2026-11-04") }
                return Instant(day)
            }
            try await deed.run {
                try await $0.revokeSeal(of: deed.body, from: from, deed.reason, remark: deed.remark)
            }
        }
    }
}
