import ArgumentParser
import Certificates
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// `onewindow log proof|checkpoint|verify|check`: the public log of certificates.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The public log of certificates.",
        subcommands: [Proof.self, NewCheckpoint.self, Verify.self, Check.self])

    struct Proof: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the proofs of a certificate, one file for each line that the log has of it.",
            discussion: "They name the certificate: they are for its holder, and for whom the holder gives them.")
        @OptionGroup var options: DataOptions
        @Argument(help: "The certificate's identifier, 1.2.156.3005.2.….") var identifier: String
        @ArgumentParser.Option(help: "The folder for the files; without it the newest proof is printed.")
        var out: String?

        func run() async throws {
            let house = try await Wiring.open(options)
            do {
                let id = try await house.hall.certificateID(identifier)
                let proofs = try await house.hall.logProofs(of: id)
                await house.store.close()
                guard let out else {
                    print(proofs.last?.proof.text ?? "", terminator: "")
                    return
                }
                try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
                for (position, proof) in proofs {
                    try Data(proof.text.utf8).write(to: URL(filePath: "\(out)/\(position).tlog-proof"))
                }
                print("\(proofs.count) proofs written to \(out)")
            } catch let refusal as any Refusal {
                await house.store.close()
                Wiring.say("\(identifier): \(refusal.code)")
                throw ExitCode.failure
            }
        }
    }

    struct NewCheckpoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint", abstract: "Follows the journal, signs a checkpoint and prints the newest one.")
        @OptionGroup var options: DataOptions
        @Flag(help: "Print the key that verifies it in its place.") var key = false

        func run() async throws {
            let house = try await Wiring.open(options)
            let (sealer, keeper) = (house.sealer(), house.logKeeper())
            while try await sealer.seal(now: Wiring.time.now()) > 0 {}
            try await keeper.followAll { Wiring.time.now() }
            _ = try await keeper.checkpoint(now: Wiring.time.now())
            try await sealer.release()
            let newest = try await house.hall.logCheckpoint()
            await house.store.close()
            if key { return print(house.certificateLog.verifierKey.text) }
            guard let newest else {
                Wiring.say("the log is empty")
                throw ExitCode.failure
            }
            print(newest.note, terminator: "")
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recomputes every line, tile and checkpoint; exits 1 when anything does not hold.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            // No private key is needed to verify.
            let folder = try options.existingFolder()
            let origin = Wiring.House.certificateLogOrigin
            let keys = try Wiring.trustedLogKeys(try Wiring.keyRing(in: folder), of: origin)
            let store = try await options.open(in: folder)
            let audit = CertificateLogAudit(store: store, origin: origin) { note, text in
                do {
                    return try Note.open(note, trusting: keys).text == text
                } catch {
                    return false
                }
            }
            let report = try await audit.run()
            await store.close()
            print("\(report.lines) lines, \(report.checkpoints) checkpoints")
            for finding in report.findings { print("does not hold: \(finding)") }
            if !report.holds { throw ExitCode.failure }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a proof against a log's key, without a database; exits 1 when it does not hold.")
        @Argument(help: "A .tlog-proof file.") var file: String
        @ArgumentParser.Option(help: "The log's verification key, NAME+HASH+BASE64.") var key: String

        func run() async throws {
            do {
                let key = try NoteVerifierKey(key)
                let proof = try LogProof(String(decoding: Data(contentsOf: URL(filePath: file)), as: UTF8.self))
                let checked = try CertificateLogProof(checking: proof, origin: key.name, trusting: [key])
                print(String(decoding: checked.entry.bytes, as: UTF8.self))
                if let opening = checked.opening { print("certificate \(opening.identifier)") }
            } catch let refusal as any Refusal {
                Wiring.say("\(file): \(refusal.code)")
                throw ExitCode.failure
            }
        }
    }
}
