import ArgumentParser
import Certificates
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// `onewindow seals ceremony|list|show|make|renew|suspend|resume|revoke|trust-list`.
struct SealsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seals",
        abstract: "Electronic seals: the key ceremony, the register, the list for verifiers.",
        subcommands: [
            Ceremony.self, List.self, Show.self, Make.self, Renew.self, Suspend.self, Resume.self, Revoke.self,
            ReplaceMaker.self, TrustListFile.self,
        ])

    struct Ceremony: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the keys and certificates of the seal authority and the seal maker, once.",
            discussion: "docs/operations.md describes who must be present, and what is kept in the safe afterwards.")
        @OptionGroup var options: DataOptions
        @Option(help: "The organisation that stands behind the seals, as certificates name it.") var organisation:
            String
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                let record = try await hall.holdCeremony(organisation: organisation)
                for certificate in [record.authority, record.maker, record.documentAuthority] {
                    try SealsCommand.print(CertificateLine(certificate), json: json)
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every seal, in the order in which they were made.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Answer in JSON, one line each.") var json = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                var last: SealID?
                repeat {
                    let page = try await hall.seals(after: last)
                    for seal in page { try SealsCommand.print(SealLine(seal), json: json) }
                    last = page.count == Limits.pageRowsMax ? page.last?.id : nil
                } while last != nil
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A body's seal; with --out also its files: Seal.esl and the certificates.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The body's unified social credit code.") var body: CreditCode
        @Option(help: "A folder, which must not exist, for the files.") var out: String?
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                let seal = try await hall.registeredSeal(of: body)
                try SealsCommand.print(SealLine(seal), json: json)
                let current = seal.current
                let certificates = [
                    ("sealer", current.certificate), ("document", current.documentCertificate),
                    ("maker", current.maker),
                ]
                if !json {
                    for (_, certificate) in certificates {
                        try SealsCommand.print(CertificateLine(certificate), json: false)
                    }
                }
                guard let out else { return }
                try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
                try Data(current.bytes.bytes).write(to: URL(filePath: out + "/Seal.esl"))
                for (name, certificate) in certificates {
                    try Data(certificate.pem.utf8).write(to: URL(filePath: "\(out)/\(name).pem"))
                }
            }
        }
    }

    struct TrustListFile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trust-list",
            abstract: "Writes the signed list of authorities, revocations and seals, for verifiers that cannot ask.")
        @OptionGroup var options: DataOptions
        @Option(help: "The file to write; standard output when left out.") var out: String?
        @Option(help: "Days after which the list is too old to be relied on.") var days = Hall.trustListDays

        func validate() throws {
            guard (1...366).contains(days) else { throw ValidationError("--days is between 1 and 366") }
        }

        func run() async throws {
            try await Wiring.using(options) { house in
                let hall = house.hall
                let bytes = try await hall.trustList(days: days)
                guard let out else { return FileHandle.standardOutput.write(Data(bytes)) }
                try Data(bytes).write(to: URL(filePath: out), options: .atomic)
                let list = try TrustList(reading: bytes)
                Swift.print(
                    "\(out): \(list.content.authorities.count) authorities, \(list.content.seals.count) seals, "
                        + "\(list.content.revokedCertificates.count) revoked certificates, until "
                        + "\(list.content.nextUpdate)")
            }
        }
    }

    static func print(_ line: some Encodable & CustomStringConvertible, json: Bool) throws {
        Swift.print(json ? String(decoding: try CanonicalJSON.bytes(of: line), as: UTF8.self) : line.description)
    }

    /// A seal on one line.
    struct SealLine: Encodable, CustomStringConvertible {
        let number: String
        let body: CreditCode
        let name: String
        let state: String
        let validFrom: String
        let validUntil: String
        let editions: Int
        let certificate: String

        init(_ seal: Seal) {
            (number, body, name) = (seal.number, seal.body, seal.current.name)
            state = seal.state(at: Wiring.time.now()).rawValue
            (validFrom, validUntil) = ("\(seal.current.validFrom)", "\(seal.current.validUntil)")
            (editions, certificate) = (seal.editions.count, seal.current.certificate.fingerprint)
        }

        var description: String { "\(number) \(body) \(name): \(state), \(validFrom) to \(validUntil)" }
    }

    /// A certificate on one line.
    struct CertificateLine: Encodable, CustomStringConvertible {
        let subject: String
        let serialNumber: String
        let fingerprint: String
        let algorithm: String
        let validUntil: String

        init(_ certificate: X509Certificate) {
            (subject, serialNumber, fingerprint) = (
                certificate.subject, certificate.serialNumber, certificate.fingerprint
            )
            algorithm = certificate.publicKey?.algorithm.rawValue ?? "other"
            validUntil = "\(certificate.validUntil)"
        }

        var description: String { "\(algorithm) \(subject), until \(validUntil), SHA-256 \(fingerprint)" }
    }
}

extension CreditCode: ArgumentParser.ExpressibleByArgument {
    /// From a command line; nil for what is no code.
    package init?(argument: String) { self.init(argument) }
}
