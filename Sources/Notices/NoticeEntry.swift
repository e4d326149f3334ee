import Store
import Vocabulary

/// What this room writes into the journal, under the notice's id. Kinds are never renamed.
enum NoticeEntry {
    case created(Notice, channels: [NoticeChannel], addresses: [NoticeAddress])
    case sent(NoticeChannel, message: String)
    /// Somebody must look: a partner refused it, or all tries failed.
    case failed(NoticeChannel, failure: String)
    /// Somebody told the person otherwise; the channel stays unused.
    case settled(NoticeChannel)
    /// Somebody said how she wants to be told; the entry is hers, not a notice's.
    case preferenceChanged(NoticePreference)
}

extension NoticeEntry: JournalEvent {
    static let version = 1

    static let preferenceKind = "notice.preference-changed"

    var kind: String {
        switch self {
        case .created: "notice.created"
        case .sent: "notice.sent"
        case .failed: "notice.failed"
        case .settled: "notice.settled"
        case .preferenceChanged: Self.preferenceKind
        }
    }

    var isByLaw: Bool {
        switch self {
        case .created, .settled, .preferenceChanged: false
        case .sent, .failed: true
        }
    }

    private struct Created: Codable {
        let kind: String
        let edition: Int
        let addressee: Subject
        let dossier: DossierID
        let channels: [NoticeChannel]
    }

    private struct CreatedPersonal: Codable {
        let values: [String: NoticeValue]
        let addresses: [String]
    }

    private struct Sent: Codable { let channel: NoticeChannel; let message: String }
    private struct Failed: Codable { let channel: NoticeChannel; let failure: String }
    private struct Settled: Codable { let channel: NoticeChannel }
    private struct Preference: Codable { let language: NoticeLanguage; let hasMail: Bool; let wantsSMS: Bool }
    private struct PreferencePersonal: Codable { let mail: String }

    func publicPart() throws -> [UInt8] {
        switch self {
        case .created(let notice, let channels, _):
            try CanonicalJSON.bytes(
                of: Created(
                    kind: notice.kind.id, edition: notice.edition, addressee: notice.addressee,
                    dossier: notice.matter.dossier, channels: channels))
        case .sent(let channel, let message): try CanonicalJSON.bytes(of: Sent(channel: channel, message: message))
        case .failed(let channel, let failure): try CanonicalJSON.bytes(of: Failed(channel: channel, failure: failure))
        case .settled(let channel): try CanonicalJSON.bytes(of: Settled(channel: channel))
        case .preferenceChanged(let preference):
            try CanonicalJSON.bytes(
                of: Preference(
                    language: preference.language, hasMail: preference.mail != nil, wantsSMS: preference.wantsSMS))
        }
    }

    func personalPart() throws -> [UInt8]? {
        switch self {
        case .created(let notice, _, let addresses):
            try CanonicalJSON.bytes(
                of: CreatedPersonal(values: notice.values ?? [:], addresses: addresses.map(\.text)))
        case .preferenceChanged(let preference):
            try preference.mail.map { try CanonicalJSON.bytes(of: PreferencePersonal(mail: $0.text)) }
        case .sent, .failed, .settled: nil
        }
    }

    /// Writes the entry as the subject's next one.
    func write(of subject: Subject, stamp: Stamp, in tx: Transaction) throws {
        let last: Int
        if case .created = self { last = 0 } else { last = try Journal.lastSequence(of: subject, in: tx) }
        try Journal.append([self], to: subject, after: last, stamp: stamp, in: tx)
    }

    /// Erases the personal parts of what this room wrote under somebody's own id.
    static func forget(_ subject: Subject, in tx: Transaction) throws {
        for entry in try Journal.entries(of: subject, in: tx) where entry.kind == preferenceKind {
            try Journal.forget(subject, sequence: entry.sequence, in: tx)
        }
    }
}
