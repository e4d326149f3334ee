import ArgumentParser
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// Where the passphrase of private keys stands; it never stands on a command line, which others can see.
struct PassphraseOptions: ParsableArguments {
    @Option(help: "A file whose first line is the passphrase of the private keys (12 characters at least).")
    var passphraseFile: String?

    /// The passphrase; nil when no file was named.
    func passphrase() throws -> String? {
        guard let passphraseFile else { return nil }
        guard let bytes = FileManager.default.contents(atPath: passphraseFile) else {
            throw ValidationError("cannot read \(passphraseFile)")
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }
}

/// `onewindow backup FILE`: the whole house in one file, while it serves.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes one file with everything: database, large files, public keys. The server may go on serving.")

    @Argument(help: "The file to write; it must not exist.")
    var file: String

    @OptionGroup var options: DataOptions

    @Flag(help: "Put the private keys and the accounts' secret in, encrypted under the passphrase.")
    var privateKeys = false

    @OptionGroup var passphrases: PassphraseOptions

    func validate() throws {
        guard privateKeys == (passphrases.passphraseFile != nil) else {
            throw ValidationError("--private-keys and --passphrase-file FILE go together")
        }
    }

    func run() async throws {
        let folder = try options.existingFolder()
        let store = try await options.open(in: folder)
        let keys = try Wiring.keyRing(in: folder)
        Wiring.say("copying the database")
        let backup = try await BackupFile.begin(
            at: file, from: store, migrations: Hall.migrations, now: Wiring.time.now())
        do {
            Wiring.say("copying large files")
            let damaged = try backup.add(try BlobFiles(directory: folder + "/blobs"))
            try put(keys, folder, in: backup)
            let counts = try backup.counts()
            try backup.finish()
            await store.close()
            print("\(file): \(counts.reduce(0) { $0 + $1.count }) rows of \(counts.count) tables")
            for digest in damaged { print("missing or torn, not in the backup: file \(digest)") }
            if !damaged.isEmpty { throw ExitCode.failure }
        } catch let error where !(error is ExitCode) {
            try backup.abandon()
            throw error
        }
    }

    private func put(_ keys: KeyRing, _ folder: String, in backup: BackupFile) throws {
        try backup.note("demonstration", keys.isDemonstration ? "yes" : "no")
        for key in try keys.trusted() {
            let line = String(decoding: try JSONEncoder().encode(key), as: UTF8.self)
            try backup.note("key/\(key.role)/\(key.keyID)", line)
        }
        guard let passphrase = try passphrases.passphrase() else { return }
        if let secret = try Wiring.accountSecret(in: folder) {
            try backup.note("secret/account", try KeyBackup.seal(secret, named: "account", passphrase: passphrase))
        }
        for key in try keys.descriptions() {
            Wiring.say("sealing the private key of \(key.role)")
            if let sealed = try keys.exportPrivate(key.role, passphrase: passphrase) {
                try backup.note("private/\(key.role)", sealed)
            }
        }
    }
}

/// `onewindow restore FILE`: brings a backup back, here or elsewhere, on either database.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Brings a backup back into an empty place, on either database.")

    @Argument(help: "The backup.")
    var file: String

    @OptionGroup var options: DataOptions

    @OptionGroup var passphrases: PassphraseOptions

    func run() async throws {
        let folder = try options.folder()
        let backup = try BackupFile(reading: file)
        guard try Self.isEmpty(folder) else { throw BackupRefusal.placeNotEmpty }
        let store = try await options.open(in: folder)
        Wiring.say("restoring the database")
        let counts = try await backup.restore(into: store, migrations: Hall.migrations, now: Wiring.time.now())
        Wiring.say("restoring large files")
        let damaged = try backup.extract(to: try BlobFiles(directory: folder + "/blobs"))
        let remarks = try restoreKeys(from: backup, to: folder)
        await store.close()
        print("\(folder): \(counts.reduce(0) { $0 + $1.count }) rows of \(counts.count) tables, as many as were saved")
        for remark in remarks { print(remark) }
        for digest in damaged { print("not in the backup: file \(digest)") }
        if !damaged.isEmpty { throw ExitCode.failure }
    }

    private func restoreKeys(from backup: BackupFile, to folder: String) throws -> [String] {
        let isDemonstration = try backup.notes("demonstration").first?.text == "yes"
        let keys = try Wiring.keyRing(in: folder, forDemonstration: isDemonstration)
        var sealed = try backup.notes("private/").map(\.text)
        let secret = try backup.notes("secret/account").first?.text
        var remarks: [String] = []
        var isSecretBack = false
        let passphrase = try passphrases.passphrase()
        if let passphrase {
            if let secret {
                let bytes = try KeyBackup.open(secret, named: "account", passphrase: passphrase)
                try Wiring.keep(accountSecret: bytes, in: folder)
                isSecretBack = true
            }
            for key in sealed {
                let description = try keys.importPrivate(key, passphrase: passphrase)
                Wiring.say("the private key of \(description.role) is back")
            }
        } else {
            sealed = []
        }
        for note in try backup.notes("key/") {
            try keys.trust(try JSONDecoder().decode(KeyDescription.self, from: Data(note.text.utf8)))
        }
        if sealed.isEmpty { remarks.append("private keys were not restored: bodies get new ones when they next sign") }
        if !isSecretBack, Settings.accountKey == nil {
            remarks.append(
                "the accounts' secret was not restored: set ONEWINDOW_ACCOUNT_KEY or bring back keys/account.secret")
        }
        return remarks
    }

    private static func isEmpty(_ folder: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: folder) else { return true }
        return try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
    }
}
