import Accounts
import ArgumentParser
import Certificates
import Exchange
import Foundation
import Hall
import Signing
import Store
import Synchronization
import Vocabulary
import Web

/// The only place that reads the machine's clock and the environment.
enum Wiring {
    static let time = TimeSource { machineTime().advanced(bySeconds: demonstrationOffset) }

    /// The world's time, whatever a demonstration's clock says: what others made carries it.
    static let machine = TimeSource { machineTime() }

    private static func machineTime() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Seconds by which a demonstration's clock is ahead of the machine's; nought without `ONEWINDOW_DEMO_CLOCK`.
    private static let demonstrationOffset: Int64 = {
        let start = Settings.demonstrationClock
        return start.map { ($0.milliseconds - machineTime().milliseconds) / 1000 } ?? 0
    }()

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
        /// The key of the journal's log, and the same under the name of the public log of certificates.
        let log: NoteSigner
        let certificateLog: NoteSigner

        /// The name of the log, as its checkpoints carry it.
        static let origin = "onewindow.example/journal"
        /// The name of the public log of certificates.
        static let certificateLogOrigin = "onewindow.example/log/certificates"

        func sealer() -> Sealer {
            let log = log
            return Sealer(store: store, holder: Wiring.processName, origin: Self.origin) { text in
                try Note.signed(text, by: [log])
            }
        }

        /// Seals what waits and makes a checkpoint of it, unless another process does.
        func sealNow() async throws {
            let sealer = sealer()
            while try await sealer.seal(now: Wiring.time.now()) > 0 {}
            _ = try await sealer.checkpoint(now: Wiring.time.now())
        }

        func logKeeper() -> CertificateLogKeeper {
            let log = certificateLog
            return CertificateLogKeeper(store: store, sealer: sealer(), origin: Self.certificateLogOrigin) { text in
                try Note.signed(text, by: [log])
            }
        }
    }

    /// Names this process among those that share a store.
    static let processName = "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"

    /// Opens (or makes) the data directory, brings the database up to date and puts the rooms together.
    static func open(
        _ options: DataOptions, for work: SQLiteStore.Work = .service, forDemonstration: Bool = false,
        port: Int = ServeCommand.portUsual, isServing: Bool = false
    ) async throws -> House {
        let folder = try options.folder()
        let store = try await options.open(in: folder, for: work)
        let now = time.now()
        for id in try await store.migrate(Hall.migrations, now: now) { say("migrated \(id)") }
        let keys = try keyRing(in: folder, forDemonstration: forDemonstration)
        try Settings.checkDemonstrationClock(isDemonstration: keys.isDemonstration)
        var hall = try Hall(
            store: store, calendar: try .shipped(), world: Hall.World(time: time, dice: .system),
            signers: RingSigners(keys: keys, time: time), files: try BlobFiles(directory: folder + "/blobs"), threads: 2
        )
        try await hall.refreshCalendar()
        hall.post = try Settings.post(port: port, time: time)
        hall.courier = try Settings.courier(time: time)
        hall.deliversHere = keys.isDemonstration
        if isServing { hall.postman = Postman(time: time) }
        hall.shelfTerms = try Settings.shelfTerms()
        hall.demands = try Settings.levelDemands()
        hall.sealWorkshop = SealWorkshop(
            keys: try sealKeys(RingSealKeys(ring: keys, time: time)), typeface: { try Settings.paperTypeface() })
        hall.press = try CertificatePress(
            typeface: try Settings.certificateTypeface(), address: try Settings.address(port: port).origin,
            isDemonstration: keys.isDemonstration)
        let accountKey = try accountKey(in: folder)
        try await store.write { tx in try AccountKeyTable.confirm(accountKey, in: tx) }
        hall.nameKey = accountKey
        let logKey = try keys.logKey(now: now)
        return House(
            folder: folder, store: store, hall: hall, keys: keys, accountKey: accountKey,
            log: try NoteSigner(name: House.origin, key: logKey),
            certificateLog: try NoteSigner(name: House.certificateLogOrigin, key: logKey))
    }

    /// Does the work on an opened house and closes it; a refusal is said in its sentence and exits 1.
    static func using(_ options: DataOptions, _ work: (House) async throws -> Void) async throws {
        let house = try await open(options)
        do {
            try await work(house)
        } catch let refusal as any Refusal {
            await house.store.close()
            say("\(refusal.code): \(try CatalogueCommand.sentence(refusal))")
            throw ExitCode.failure
        } catch {
            await house.store.close()
            throw error
        }
        await house.store.close()
    }

    /// The ring's keys, and those in hardware where the settings name a module.
    private static func sealKeys(_ ring: RingSealKeys) throws -> any SealKeys {
        guard let hardware = try Settings.hardware() else { return ring }
        let token = try HardwareToken(module: hardware.module, label: hardware.token, pin: hardware.pin)
        return HardwareSealKeys(ring: ring, token: token, roles: hardware.roles)
    }

    /// The ring of the data directory, under the setting's master key if there is one.
    static func keyRing(in folder: String, forDemonstration: Bool = false) throws -> KeyRing {
        try KeyRing(
            folder: folder + "/keys", masterKey: Settings.masterKey, forDemonstration: forDemonstration,
            now: time.now())
    }

    /// The secret of the accounts: `ONEWINDOW_ACCOUNT_KEY` (64 hexadecimal digits or more text), or a file of the data
    /// directory that is made on first use and that nobody else may read.
    private static func accountKey(in folder: String) throws -> AccountKey {
        if let text = Settings.accountKey {
            guard let key = AccountKey(Array(text.utf8)) else {
                throw Fault.misconfigured("ONEWINDOW_ACCOUNT_KEY is shorter than 32 bytes")
            }
            return key
        }
        let secret = try accountSecret(in: folder) ?? keep(accountSecret: Dice.system.bytes(32), in: folder)
        guard let key = AccountKey(secret) else { throw Fault.corrupt("\(accountSecretPath(folder)) is torn") }
        return key
    }

    private static func accountSecretPath(_ folder: String) -> String { folder + "/keys/account.secret" }

    /// The file with the accounts' secret; nil when there is none.
    static func accountSecret(in folder: String) throws -> [UInt8]? {
        let path = accountSecretPath(folder)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Fault.unavailable("cannot read \(path)")
        }
        return [UInt8](bytes)
    }

    /// Writes that file, for nobody else to read.
    @discardableResult
    static func keep(accountSecret secret: [UInt8], in folder: String) throws -> [UInt8] {
        let path = accountSecretPath(folder)
        let made = FileManager.default.createFile(
            atPath: path, contents: Data(secret), attributes: [.posixPermissions: 0o600])
        guard made else { throw Fault.unavailable("cannot write \(path)") }
        return secret
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

    /// Every body's key that counts here, as verifiers trust it.
    static func trustedKeys(_ keys: KeyRing) throws -> TrustedKeys {
        try TrustedKeys(
            try keys.trusted().compactMap { description -> TrustedKey? in
                let owner: CreditCode
                switch description.role {
                case .body(let body), .bodyP256(let body): owner = body
                default: return nil
                }
                return TrustedKey(
                    try description.verificationKey(), owner: owner,
                    valid: (from: description.createdAt, until: Instant(milliseconds: .max)),
                    revokedFrom: description.countsUntil, isDemonstration: description.isDemonstration)
            })
    }

    /// The keys whose checkpoints count here: this log's and those of the house it was restored from.
    static func trustedLogKeys(_ keys: KeyRing, of origin: String = House.origin) throws -> [NoteVerifierKey] {
        try keys.trusted().compactMap { description in
            guard case .ed25519(let key) = try description.verificationKey() else { return nil }
            return try NoteVerifierKey(name: origin, publicKey: key)
        }
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

/// The keys that count, read again from the ring every second: a key that was taken back counts no longer than that,
/// and a thousand questions a second do not open a thousand files.
final class KeptKeys: Sendable {
    private static let longest = Duration.seconds(1)
    private let ring: KeyRing
    private let kept = Mutex<(keys: TrustedKeys, at: ContinuousClock.Instant)?>(nil)

    init(_ ring: KeyRing) {
        self.ring = ring
    }

    func keys() throws -> TrustedKeys {
        try kept.withLock { kept in
            let now = ContinuousClock.now
            if let kept, now - kept.at < Self.longest { return kept.keys }
            let keys = try Wiring.trustedKeys(ring)
            kept = (keys, now)
            return keys
        }
    }
}
