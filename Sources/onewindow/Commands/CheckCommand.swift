import ArgumentParser
import Foundation
import Hall
import Identity
import Signing
import Store
import Vocabulary

/// `onewindow check`: what is in force, and whether everything that lies in the data directory holds together.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prints the settings in force, secrets masked, and looks for damage; exits 1 when there is some.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let folder = try options.existingFolder()
        print("data directory: \(folder)")
        print("store: \(try options.masked(in: folder))")
        print("ONEWINDOW_MASTER_KEY: \(Self.masked(Settings.masterKey, file: "keys/master.key"))")
        print("ONEWINDOW_ACCOUNT_KEY: \(Self.masked(Settings.accountKey, file: "keys/account.secret"))")
        print("ONEWINDOW_ADDRESS: \(Settings.addressText ?? "not set, http://127.0.0.1:PORT is used")")
        print("ONEWINDOW_DEMO_CLOCK: \(Settings.demonstrationClock.map { "\($0)" } ?? "not set, the machine's time")")
        print("ONEWINDOW_FONT: \(Settings.fontPath)")
        print("ONEWINDOW_PAPER_FONT: \(Settings.paperFontPath)")
        print("WeChat: \(try Settings.weChat().map { "\($0)" } ?? "no token, no such channel")")
        for line in try Settings.postLines() + [Settings.courierLine(), Settings.shelfLine()] { print(line) }
        for line in try Settings.identityLines() { print(line) }
        if let hardware = try Settings.hardware() {
            print("PKCS#11: \(hardware.module), token \(hardware.token), PIN ***, \(hardware.roles.count) roles")
        }
        let store = try await options.open(in: folder)
        var findings: [String] = []
        for id in try await store.pendingMigrations(Hall.migrations) { findings.append("migration \(id) waits") }
        if findings.isEmpty {
            findings += try await effects(store)
            findings += try await FileCheck(store: store, files: try BlobFiles(directory: folder + "/blobs")).run()
        }
        await store.close()
        findings += keys(folder) + papers()
        findings += try await identity()
        if let free = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int {
            print("free on this disk: \(free >> 20) MiB")
            if free < Self.freeBytesMin { findings.append("less than \(Self.freeBytesMin >> 20) MiB are free") }
        }
        for finding in findings { print("finding: \(finding)") }
        print(findings.isEmpty ? "everything holds" : "\(findings.count) findings")
        if !findings.isEmpty { throw ExitCode.failure }
    }

    /// LIMIT: bytes that should be free.
    private static let freeBytesMin = 1 << 30

    private static func masked(_ value: String?, file: String) -> String {
        value == nil ? "not set, \(file) is used" : "set (***)"
    }

    private func effects(_ store: any Store) async throws -> [String] {
        let (waiting, spent) = try await store.read { tx in try Outbox.counts(in: tx) }
        print("effects: \(waiting) waiting, \(spent) spent")
        return spent == 0 ? [] : ["\(spent) effects were tried \(Outbox.attemptsMax) times without success"]
    }

    /// Asks the provider of identities who it is; that it does not answer is a finding.
    private func identity() async throws -> [String] {
        guard let account = try Settings.identity() else { return [] }
        do {
            let found = try await IdentityProvider(account, time: Wiring.machine).look()
            let ending = found.endSession ? "signs out there, too" : "has no place to sign out"
            print("identity provider: found, \(found.keys) keys, \(ending); answers to \(account.answerAddress)")
            return found.keys > 0 ? [] : ["the identity provider has no key that is taken here"]
        } catch let refusal as ProviderRefusal {
            return ["the identity provider cannot be used: \(refusal.code)"]
        }
    }

    private func papers() -> [String] {
        do {
            (_, _) = (try Settings.typeface(), try Settings.address(port: ServeCommand.portUsual))
            return []
        } catch {
            return ["\(error)"]
        }
    }

    private func keys(_ folder: String) -> [String] {
        do {
            let keys = try Wiring.keyRing(in: folder)
            let (own, trusted) = (try keys.descriptions(), try keys.trusted())
            let mark = keys.isDemonstration ? ", for demonstration only" : ""
            print("keys: \(own.count) own, \(trusted.count - own.count) trusted\(mark)")
            return []
        } catch let refusal as any Refusal {
            return ["the key ring does not open: \(refusal.code)"]
        } catch {
            return ["the key ring does not open: \(error)"]
        }
    }
}
