import ArgumentParser
import Signing
import Store
import Vocabulary

/// `onewindow journal seal|verify`.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The journal: seals what waits, verifies everything.",
        subcommands: [Seal.self, Verify.self])

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seals every entry that waits and signs a checkpoint.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            let house = try await Wiring.open(options)
            let sealer = house.sealer()
            var count = 0
            while true {
                let sealed = try await sealer.seal(now: Wiring.time.now())
                count += sealed
                if sealed == 0 { break }
            }
            let checkpoint = try await sealer.checkpoint(now: Wiring.time.now())
            try await sealer.release()
            let waiting = try await house.store.read { tx in
                try tx.row("SELECT COUNT(*) FROM journal_pending")?.integer(0) ?? 0
            }
            print("sealed \(count) entries; \(checkpoint.map { "checkpoint at \($0.size)" } ?? "no new checkpoint")")
            if waiting > 0 { print("\(waiting) wait: another process has been sealing within the last 30 seconds") }
            await house.store.close()
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recomputes every entry and every checkpoint; exits 1 when anything does not hold.")
        @OptionGroup var options: DataOptions

        func run() async throws {
            // Neither the accounts' secret nor a private key is needed to verify.
            let folder = try options.existingFolder()
            let keys = try Wiring.trustedLogKeys(try Wiring.keyRing(in: folder))
            let store = try await options.open(in: folder)
            let audit = JournalAudit(store: store, origin: Wiring.House.origin) { note, text in
                do {
                    let opened = try Note.open(note, trusting: keys)
                    return opened.text == text && !opened.verified.isEmpty
                } catch {
                    return false
                }
            }
            let report = try await audit.run()
            await store.close()
            print(
                """
                \(report.sealed) sealed, \(report.pending) waiting, \(report.checkpoints) checkpoints, \
                \(report.erased) personal parts erased
                """)
            for finding in report.findings { print("does not hold: \(finding)") }
            if !report.holds { throw ExitCode.failure }
        }
    }
}
