import ArgumentParser
import Documents
import Foundation
import Store
import Vocabulary
import struct Web.SiteAddress
import struct Web.WeChatAccount

/// Where the data lies; every command takes these.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory: blobs, keys and, unless told otherwise, the database.")
    var data: String?

    @Option(help: "The store: sqlite:PATH or postgres://…")
    var store: String?

    /// The SQLite file, or nil for a server. Throws for a store that is neither.
    func path(in folder: String) throws -> String? {
        guard let store else { return folder + "/onewindow.sqlite" }
        if store.hasPrefix("sqlite:") { return String(store.dropFirst(7)) }
        if store.hasPrefix("postgres://") || store.hasPrefix("postgresql://") { return nil }
        throw ValidationError("--store is sqlite:PATH or postgres://…, not \(store)")
    }

    /// Opens the store in the data directory.
    func open(
        in folder: String, for work: SQLiteStore.Work = .service, faults: FaultPlan? = nil
    ) async throws -> any Store {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let path = try path(in: folder) else {
            return try await PostgresStore(
                address: store ?? "", waitsForDisk: work.waitsForDisk, faults: faults)
        }
        return try SQLiteStore(path: path, for: work, faults: faults)
    }

    /// The store's address without a password.
    func masked(in folder: String) throws -> String {
        if let path = try path(in: folder) { return "sqlite:\(path)" }
        return (store ?? "").replacing(/\/\/([^:@\/]+):[^@]*@/) { "//\($0.1):***@" }
    }

    /// A data directory that is there already, for commands that must not make one.
    func existingFolder() throws -> String {
        let folder = try folder()
        let database = try path(in: folder)
        guard [folder, database].compactMap({ $0 }).allSatisfy(FileManager.default.fileExists(atPath:)) else {
            throw ValidationError("there is no house in \(folder)")
        }
        return folder
    }

    /// The data directory; commands that need one refuse to guess.
    func folder() throws -> String {
        guard let data else { throw ValidationError("say where the data lies: --data DIR") }
        return data
    }
}

/// What the environment says, read here and nowhere else.
enum Settings {
    static func value(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    /// `ONEWINDOW_MASTER_KEY`: 64 hexadecimal digits under which private keys are encrypted at rest.
    static var masterKey: String? { value("ONEWINDOW_MASTER_KEY") }
    /// `ONEWINDOW_ACCOUNT_KEY`: the accounts' secret, 32 bytes at least.
    static var accountKey: String? { value("ONEWINDOW_ACCOUNT_KEY") }
    /// `ONEWINDOW_ADDRESS`: the address at which the public finds the house; codes on paper lead there.
    static var addressText: String? { value("ONEWINDOW_ADDRESS") }
    static func address(port: Int) throws -> SiteAddress {
        try SiteAddress(addressText ?? "http://127.0.0.1:\(port)")
    }
    /// `ONEWINDOW_DEMO_CLOCK`: the time in Fuzhou at which a demonstration begins, `2026-11-30T09:00`; its clock goes
    /// on from there, so that a hall can be shown open at any hour. Nil for the machine's own time, and for a text
    /// that says no time.
    static var demonstrationClock: Instant? {
        let parts = (value("ONEWINDOW_DEMO_CLOCK") ?? "").split(separator: "T")
        guard parts.count == 2, let day = CivilDate(parts[0]) else { return nil }
        let time = parts[1].split(separator: ":").map { Int($0) }
        guard time.count == 2, let hour = time[0], let minute = time[1], (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return Instant(day, hour: hour, minute: minute)
    }

    /// Refuses a clock that says no time, and one for a house that is no demonstration: where the law counts days only
    /// the machine's time counts.
    static func checkDemonstrationClock(isDemonstration: Bool) throws {
        guard value("ONEWINDOW_DEMO_CLOCK") != nil else { return }
        guard demonstrationClock != nil else {
            throw Fault.misconfigured("ONEWINDOW_DEMO_CLOCK is a time such as 2026-11-30T09:00")
        }
        guard isDemonstration else {
            throw Fault.misconfigured("ONEWINDOW_DEMO_CLOCK is for demonstrations only")
        }
    }

    /// `ONEWINDOW_FONT`: the TrueType file in which papers are set.
    static var fontPath: String { value("ONEWINDOW_FONT") ?? Typeface.standardPath }

    /// `ONEWINDOW_PAPER_FONT`: the TrueType file of the Song face in which the papers of the law are set.
    static var paperFontPath: String { value("ONEWINDOW_PAPER_FONT") ?? Typeface.songPath }
    static func typeface() throws -> Typeface { try Typeface(path: fontPath) }

    static func certificateTypeface() throws -> Typeface { try Typeface.song(path: paperFontPath) }
    static func paperTypeface() throws -> Typeface { try Typeface(path: paperFontPath) }

    /// `ONEWINDOW_WECHAT_TOKEN`: the token of the official account at WeChat; without it there is no such channel.
    static var weChatToken: String? { value("ONEWINDOW_WECHAT_TOKEN") }
    /// `ONEWINDOW_WECHAT_AES_KEY`: its EncodingAESKey, 43 characters; without it messages come in plain text.
    static var weChatKey: String? { value("ONEWINDOW_WECHAT_AES_KEY") }

    /// The official account; nil without a token. `ONEWINDOW_WECHAT_APPID` names it. Refuses what cannot be one, as
    /// `Fault.misconfigured`, without repeating it.
    static func weChat() throws -> WeChatAccount? {
        guard let token = weChatToken else { return nil }
        let appID = value("ONEWINDOW_WECHAT_APPID") ?? ""
        guard let account = WeChatAccount(appID: appID, token: token, aesKey: weChatKey) else {
            throw Fault.misconfigured(
                "ONEWINDOW_WECHAT_TOKEN is 3 to 32 letters and digits, ONEWINDOW_WECHAT_AES_KEY 43, and goes with "
                    + "ONEWINDOW_WECHAT_APPID")
        }
        return account
    }
}
