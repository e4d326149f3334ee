import Crypto
import Foundation
import Synchronization
package import Vocabulary

/// The private keys of one data directory, made when they are first asked for and encrypted at rest.
///
/// `KEYS/ring` says what ring it is, `KEYS/ROLE.key` is a sealed key, `KEYS/ROLE.pub` its public half in PEM,
/// `KEYS/ROLE-ID.trusted` a public key of another ring that counts here too.
/// Everything is synchronous, blocks on the disk when a key is first asked for, and may be called from any number of
/// threads.
package final class KeyRing: Sendable {
    /// LIMIT: keys of one ring.
    package static let keysMax = 10_000
    private static let ringFile = "ring"
    private static let ringFormat = "onewindow-key-ring-1"
    private static let keyFormat = "onewindow-key-1"
    private static let trustedFormat = "onewindow-trusted-key-1"
    private static let trustedSuffix = ".trusted"

    private struct RingHeader: Codable {
        let createdAt: Instant
        let isDemonstration: Bool
        let remark: String?
    }

    /// What was read, and the file from which: another process may have put another one in its place.
    private struct Kept {
        let holding: Holding
        let file: KeyFolder.Mark
    }

    struct Holding: Sendable {
        let key: RingKey
        let description: KeyDescription
    }

    /// Whether the ring was made by the demonstration; then all its keys are marked as without legal force.
    package let isDemonstration: Bool
    private let folder: KeyFolder
    private let master: MasterKey
    private let holdings = Mutex<[KeyRole: Kept]>([:])
    /// The trusted keys that are not the ring's own, by the names of their files, which never change.
    private let foreign = Mutex<(names: [String], keys: [KeyDescription])>(([], []))

    /// Opens the ring in the folder (`DATA/keys`), or makes it when the folder holds no key.
    ///
    /// `masterKey` is the setting's value, 64 hexadecimal digits; when it is nil the folder's `master.key` is used, and
    /// made on first use. Refuses a wrong master key at once, before any key could be made under it; a folder or file
    /// that others may use; and a demonstration in a ring of real keys.
    package init(folder path: String, masterKey: String?, forDemonstration: Bool, now: Instant) throws {
        folder = try KeyFolder(path: path)
        let hasRing = try folder.read(Self.ringFile) != nil
        let isEmpty = try !hasRing && folder.names(endingWith: ".key").allSatisfy { $0 == MasterKey.fileName }
        guard hasRing || isEmpty else { throw KeyRingRefusal.incompleteRing }
        if let masterKey {
            master = try MasterKey(text: masterKey)
        } else {
            master = try MasterKey(in: folder, mayMake: isEmpty)
        }
        if isEmpty {
            let remark = forDemonstration ? KeyDescription.demonstrationRemark : nil
            let header = RingHeader(createdAt: now, isDemonstration: forDemonstration, remark: remark)
            let envelope = try Envelope(
                format: Self.ringFormat, header: try HeaderJSON.bytes(header), secret: [], under: master.key)
            _ = try folder.create(Self.ringFile, envelope.bytes)
        }
        guard let bytes = try folder.read(Self.ringFile),
            let envelope = Envelope(format: Self.ringFormat, bytes),
            let header = HeaderJSON.value(envelope.header, as: RingHeader.self)
        else { throw KeyRingRefusal.tornFile(Self.ringFile) }
        guard envelope.secret(under: master.key) != nil else { throw KeyRingRefusal.wrongMasterKey }
        guard header.isDemonstration || !forDemonstration else { throw KeyRingRefusal.demonstrationMixed }
        isDemonstration = header.isDemonstration
    }

    /// What there is in the ring, by role in the order of file names; every key is opened and checked.
    package func descriptions() throws -> [KeyDescription] {
        let roles = try keyFiles().map(Self.role(ofFile:))
        return try roles.map { role in
            guard let holding = try existing(role) else { throw KeyRingRefusal.tornFile("\(role.fileName).key") }
            return holding.description
        }
    }

    /// Takes in a public key of another ring whose signatures go on counting here, as after a house was restored
    /// without its private keys. Refuses a demonstration's key in a ring of real ones or the reverse.
    package func trust(_ description: KeyDescription) throws {
        guard description.isDemonstration == isDemonstration else { throw KeyRingRefusal.demonstrationMixed }
        guard try description.verificationKey().keyID == description.keyID else {
            throw KeyRingRefusal.malformedBackup
        }
        guard try trustedFiles().count < Self.keysMax else { throw KeyRefusal.tooManyKeys }
        let envelope = try Envelope(
            format: Self.trustedFormat, header: try HeaderJSON.bytes(description), secret: [], under: master.key)
        let name = "\(description.role.fileName)-\(description.keyID)\(Self.trustedSuffix)"
        _ = try folder.create(name, envelope.bytes)
    }

    /// The public keys whose signatures count here: the ring's own and those it was told to trust, each once.
    package func trusted() throws -> [KeyDescription] {
        let own = try descriptions()
        let ids = Set(own.map(\.keyID))
        let names = try trustedFiles()
        let others = try foreign.withLock { kept in
            if kept.names != names { kept = (names, try names.map(trusted(inFile:))) }
            return kept.keys
        }
        return own + others.filter { !ids.contains($0.keyID) }
    }

    private func trustedFiles() throws -> [String] { try folder.names(endingWith: Self.trustedSuffix) }

    private func trusted(inFile name: String) throws -> KeyDescription {
        guard let bytes = try folder.read(name), let envelope = Envelope(format: Self.trustedFormat, bytes),
            let description = HeaderJSON.value(envelope.header, as: KeyDescription.self)
        else { throw KeyRingRefusal.tornFile(name) }
        guard envelope.secret(under: master.key) != nil else { throw KeyRingRefusal.wrongMasterKey }
        return description
    }

    /// The key of this role, opened and checked; nil when there is none.
    func existing(_ role: KeyRole) throws -> Holding? {
        try holdings.withLock { holdings in
            let file = try folder.mark("\(role.fileName).key")
            if let kept = holdings[role], kept.file == file { return kept.holding }
            holdings[role] = nil
            guard let file, let holding = try load(role) else { return nil }
            holdings[role] = Kept(holding: holding, file: file)
            return holding
        }
    }

    /// Takes a key into a role that has none. Refuses more than `keysMax` keys. Answers what is there afterwards,
    /// which another process may have put in.
    func adopt(_ holding: Holding, as role: KeyRole) throws -> Holding {
        guard try keyFiles().count < Self.keysMax else { throw KeyRefusal.tooManyKeys }
        let envelope = try Envelope(
            format: Self.keyFormat, header: try HeaderJSON.bytes(holding.description), secret: try holding.key.secret,
            under: master.key)
        // Of a key that was retired while somebody read it, the public half may have come back.
        if try folder.mark("\(role.fileName).key") == nil { try folder.remove("\(role.fileName).pub") }
        _ = try folder.create("\(role.fileName).key", envelope.bytes)
        guard let kept = try existing(role) else { throw KeyRingRefusal.tornFile("\(role.fileName).key") }
        return kept
    }

    /// Takes the files of a role's key away, the private half last: without it the other one is made again.
    func remove(_ role: KeyRole) throws {
        for suffix in ["pub", "key"] { try folder.remove("\(role.fileName).\(suffix)") }
    }

    func holding(_ role: KeyRole, now: Instant) throws -> Holding {
        if let holding = try existing(role) { return holding }
        let key = try RingKey(role.algorithm)
        let description = KeyDescription(of: key, role: role, createdAt: now, isDemonstration: isDemonstration)
        return try adopt(Holding(key: key, description: description), as: role)
    }

    private func keyFiles() throws -> [String] {
        try folder.names(endingWith: ".key").filter { $0 != MasterKey.fileName }
    }

    private func load(_ role: KeyRole) throws -> Holding? {
        let (keyFile, publicFile) = ("\(role.fileName).key", "\(role.fileName).pub")
        guard let bytes = try folder.read(keyFile) else { return nil }
        guard let envelope = Envelope(format: Self.keyFormat, bytes),
            let description = HeaderJSON.value(envelope.header, as: KeyDescription.self)
        else { throw KeyRingRefusal.tornFile(keyFile) }
        guard let secret = envelope.secret(under: master.key) else { throw KeyRingRefusal.wrongMasterKey }
        let key = try RingKey(role.algorithm, secret: secret)
        guard description.fits(key, role), description.isDemonstration == isDemonstration else {
            throw KeyRingRefusal.tornFile(keyFile)
        }
        // The public half follows from the private one: made again after a crash, never taken from a changed file.
        let pem = Array(key.publicKey.pem.utf8)
        if try folder.read(publicFile) == nil { _ = try folder.create(publicFile, pem) }
        guard try folder.read(publicFile) == pem else { throw KeyRingRefusal.tornFile(publicFile) }
        return Holding(key: key, description: description)
    }

    private static func role(ofFile name: String) throws -> KeyRole {
        guard let role = KeyRole(fileName: String(name.dropLast(4))) else { throw KeyRingRefusal.tornFile(name) }
        return role
    }
}
