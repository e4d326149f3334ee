import Accounts
import Foundation
import Hall
import Signing
import Store
import Vocabulary

/// The only place that reads the machine's clock and the environment.
enum Wiring {
    static let time = TimeSource {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Writes a line to standard error at once, where progress goes.
    @Sendable static func say(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// Everything a command needs to work on a data directory.
    struct House: Sendable {
        let folder: String
        let store: any Store
        let hall: Hall
        let keys: KeyRing
        let accountKey: AccountKey
        let passwords = PasswordWorkers()
        let log: NoteSigner

        /// The name of the log, as its checkpoints carry it.
        static let origin = "onewindow.example/journal"

        func sealer() -> Sealer {
            let log = log
            return Sealer(store: store, holder: Wiring.processName, origin: Self.origin) { text in
                try Note.signed(text, by: [log])
            }
        }
    }

    /// Names this process among those that share a store.
    static let processName = "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"

    /// Opens (or makes) the data directory, brings the database up to date and puts the rooms together.
    static func open(_ options: DataOptions, forDemonstration: Bool = false) async throws -> House {
        let folder = try options.folder()
        let store = try await options.open(in: folder)
        let now = time.now()
        for id in try await store.migrate(Hall.migrations, now: now) { say("migrated \(id)") }
        let masterKey = ProcessInfo.processInfo.environment["ONEWINDOW_MASTER_KEY"]
        let keys = try KeyRing(
            folder: folder + "/keys", masterKey: masterKey, forDemonstration: forDemonstration, now: now)
        let hall = Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: time, dice: .system),
            signers: RingSigners(keys: keys, time: time), files: try BlobFiles(directory: folder + "/blobs"), threads: 2
        )
        return House(
            folder: folder, store: store, hall: hall, keys: keys, accountKey: try accountKey(in: folder),
            log: try NoteSigner(name: House.origin, key: try keys.logKey(now: now)))
    }

    /// The secret of the accounts: `ONEWINDOW_ACCOUNT_KEY` (64 hexadecimal digits or more text), or a file of the data
    /// directory that is made on first use and that nobody else may read.
    private static func accountKey(in folder: String) throws -> AccountKey {
        if let text = ProcessInfo.processInfo.environment["ONEWINDOW_ACCOUNT_KEY"] {
            guard let key = AccountKey(Array(text.utf8)) else {
                throw Fault.misconfigured("ONEWINDOW_ACCOUNT_KEY is shorter than 32 bytes")
            }
            return key
        }
        let path = folder + "/keys/account.secret"
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) {
            let made = manager.createFile(
                atPath: path, contents: Data(Dice.system.bytes(32)), attributes: [.posixPermissions: 0o600])
            guard made else { throw Fault.unavailable("cannot write \(path)") }
        }
        guard let bytes = manager.contents(atPath: path), let key = AccountKey([UInt8](bytes)) else {
            throw Fault.corrupt("\(path) is torn")
        }
        return key
    }
}

extension Wiring {
    /// Does a round of a loop; a fault that may pass is said and the loop goes on.
    static func surviving(_ name: String, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let fault as Fault where fault.isRetryable {
            say("\(name): \(fault)")
        }
    }

    /// Every body's key in the ring, as verifiers trust it.
    static func trustedKeys(_ keys: KeyRing) throws -> TrustedKeys {
        try TrustedKeys(
            try keys.descriptions().compactMap { description -> TrustedKey? in
                guard case .body(let owner) = description.role else { return nil }
                return TrustedKey(
                    try description.verificationKey(), owner: owner,
                    valid: (from: description.createdAt, until: Instant(milliseconds: .max)),
                    isDemonstration: description.isDemonstration)
            })
    }
}

/// The ring's keys as the hall asks for them.
struct RingSigners: SignerSource {
    let keys: KeyRing
    let time: TimeSource

    func signer(for body: CreditCode) throws -> any Signer {
        try keys.signer(for: body, now: time.now())
    }
}
