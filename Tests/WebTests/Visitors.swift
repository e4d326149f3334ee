import Accounts
import Catalogue
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import Testing
import Vocabulary

@testable import Web

/// Every kind of visitor.
enum Visitor: String, CaseIterable, Sendable {
    case nobody
    /// A citizen who has nothing to do with the case.
    case stranger
    /// A citizen with a letter of the same firm, for another item.
    case otherAgent
    /// The citizen who filed, with a letter for everything of the firm.
    case applicant
    case clerk
    /// A clerk of a county that lies in another city.
    case farClerk
    /// A clerk whose grant is over.
    case pastClerk
    /// A clerk who left while a session of hers was open.
    case goneClerk
    case reviewer
    /// A reviewer of another department.
    case otherReviewer
    case decider
    case otherDecider
    /// The head of the department.
    case head
    case issuer
    case farIssuer
    case editor
    case supervisor
    case administrator
    /// Who files and follows for others (帮办代办).
    case assistant

    /// The demonstration's account, for those who have one.
    fileprivate var login: String? {
        switch self {
        case .stranger: "chen"
        case .applicant: "lin"
        case .clerk: "window-jinan"
        case .reviewer: "review-hrss"
        case .otherReviewer: "review-housing"
        case .decider: "decide-hrss"
        case .otherDecider: "decide-housing"
        case .head: "head-hrss"
        case .issuer: "issue-city"
        case .editor: "editor"
        case .supervisor: "supervisor"
        case .administrator: "admin"
        case .assistant: "assist-city"
        default: nil
        }
    }

    /// Whether the house has no session for her, whatever cookie she brings.
    var isNobody: Bool { self == .nobody || self == .goneClerk }
}

/// Who everybody is, in one house.
struct Cast: Sendable {
    let house: DoorHouse
    let holders: [Visitor: Holder]
    let firm: PersonID

    static let firmCode = "91350100MADEM0054D"

    init(_ house: DoorHouse) async throws {
        self.house = house
        let hall = house.hall
        let firm = try await house.person(Self.firmCode)
        self.firm = firm.id
        var holders: [Visitor: Holder] = [:]
        for visitor in Visitor.allCases {
            guard let login = visitor.login.flatMap(LoginName.init) else { continue }
            holders[visitor] = try await hall.store.read { tx in try AccountTable.account(login, in: tx)?.holder }
        }
        holders[.otherAgent] = .person(try await Self.otherAgent(of: firm.id, in: house))
        let today = hall.time.now().day
        let over = try Term(from: today.advanced(byDays: -30), until: today.advanced(byDays: -1))
        let open = try Term(from: today, until: nil)
        let added: [(visitor: Visitor, number: String, role: Role, region: String, term: Term)] = [
            (.farClerk, "XM-1", .clerk, "350203", open), (.farIssuer, "XM-2", .issuingClerk, "350200", open),
            (.pastClerk, "FZ-3", .clerk, "350111", over), (.goneClerk, "FZ-4", .clerk, "350111", open),
        ]
        for one in added {
            let staff = Staff(
                StaffID(hall.ids.next()), name: try #require(FullName("周平")),
                employeeNumber: try #require(EmployeeNumber(one.number)), region: try #require(Region(one.region)))
            let grant = Grant(
                GrantID(hall.ids.next()), staff: staff.id, role: one.role,
                extent: Grant.Extent(region: staff.region), term: one.term)
            let deed = house.deed
            try await hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                try GrantTable.give(grant, by: deed, in: tx)
                if one.visitor == .goneClerk { try StaffTable.leave(staff.id, by: deed, in: tx) }
            }
            holders[one.visitor] = .staff(staff.id)
        }
        self.holders = holders
    }

    private static func otherAgent(of firm: PersonID, in house: DoorHouse) async throws -> PersonID {
        let agent = Citizen(
            PersonID(house.hall.ids.next()), name: try #require(FullName("吴越")),
            number: try #require(CitizenID("350102188501010035")), mobile: nil)
        let today = house.hall.time.now().day
        let letter = try Agency(
            AgencyID(house.hall.ids.next()), principal: firm, agent: agent.id,
            items: .listed([try ItemCodePrefix("000131901000")]),
            term: try Term(from: today, until: today.advanced(byMonths: 12)))
        let (key, deed) = (house.site.accountKey, house.deed)
        try await house.hall.store.write { tx in
            try PersonTable.register(.citizen(agent), key: key, by: deed, in: tx)
            try AgencyTable.give(letter, by: deed, in: tx)
        }
        return agent.id
    }

    var lin: PersonID {
        guard case .person(let id)? = holders[.applicant] else { preconditionFailure("lin is a citizen") }
        return id
    }

    /// A new session of the visitor's; nil for nobody.
    func session(of visitor: Visitor) async throws -> SessionToken? {
        guard let holder = holders[visitor] else { return nil }
        let (token, now) = (SessionToken(.system), house.hall.time.now())
        _ = try await house.hall.store.write { tx in try SessionTable.start(token, of: holder, now: now, in: tx) }
        return token
    }
}

extension DoorHouse {
    var deed: Deed { Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice)) }

    /// What must stay as it is when something is refused: every row of the journal but the looks and what was found to
    /// have been tried, of the outbox, of the dossiers, drafts, certificates, persons and kept files.
    func state() async throws -> [String] {
        try await hall.store.read { tx in
            let statements: [SQL] = [
                "SELECT COUNT(*) FROM journal WHERE kind <> 'look.taken' AND kind NOT LIKE 'finding.%'",
                "SELECT COUNT(*) FROM outbox",
                "SELECT COUNT(*) FROM certificate", "SELECT COUNT(*) FROM person",
                "SELECT COUNT(*) FROM notice WHERE is_read = 1", "SELECT COUNT(*) FROM outbox_spent",
                "SELECT COUNT(*) FROM command_token", "SELECT COUNT(*) FROM blob",
            ]
            let counts = try statements.map { "\(try tx.row($0)?.integer(0) ?? -1)" }
            let dossiers = try tx.rows("SELECT id, stage, sequence FROM dossier ORDER BY id LIMIT 1000").map { row in
                "\(try row.subject(0)) \(try row.text(1)) \(try row.integer(2))"
            }
            let drafts = try tx.rows("SELECT id, contents FROM draft ORDER BY id LIMIT 1000").map { row in
                "\(try row.subject(0)) \(String(decoding: try row.bytes(1), as: UTF8.self))"
            }
            return counts + dossiers + drafts
        }
    }
}

/// One visitor at the door: her cookie, the token of her forms, a new token for each command.
struct Caller: Sendable {
    let client: any TestClientProtocol
    let session: SessionToken?
    let house: DoorHouse

    static let form = "application/x-www-form-urlencoded"

    var csrf: String { session.map { CSRF.token(for: PostedForm.purpose, session: $0) } ?? "" }

    func get(_ path: String) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: headers)
    }

    /// Posts these fields with the tokens of a genuine form; `token` nil leaves the command token new.
    func post(_ path: String, _ fields: [(String, String)] = [], token: String? = nil) async throws -> TestResponse {
        let all = [("csrf", csrf), ("token", token ?? house.hall.newToken())] + fields
        return try await send(path, all.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&"))
    }

    /// Posts a body as it is.
    func send(
        _ path: String, _ body: String, type: String = form, headers more: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await send(path, bytes: Array(body.utf8), type: type, headers: more)
    }

    func send(
        _ path: String, bytes: [UInt8], type: String = form, headers more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var fields = headers
        fields[.contentType] = type
        for field in more { fields[field.name] = field.value }
        return try await client.execute(uri: path, method: .post, headers: fields, body: ByteBuffer(bytes: bytes))
    }

    /// Posts files with the tokens of a genuine form: the material, the file's name, its bytes.
    func upload(_ path: String, _ files: [(String, String, [UInt8])], fields: [(String, String)] = [])
        async throws -> TestResponse
    {
        var body: [UInt8] = []
        for (name, value) in [("csrf", csrf), ("token", house.hall.newToken())] + fields {
            body += Array("--line\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, file, bytes) in files {
            let head = "--line\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(file)\"\r\n\r\n"
            body += Array(head.utf8) + bytes + [13, 10]
        }
        body += Array("--line--\r\n".utf8)
        return try await send(path, bytes: body, type: "multipart/form-data; boundary=line")
    }

    private var headers: HTTPFields {
        var fields: HTTPFields = [:]
        if let session { fields[.cookie] = "session=\(session.cookie); look=en" }
        return fields
    }

    static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: CharacterSet(charactersIn: "a"..."z")) ?? ""
    }
}

/// The smallest file that is taken in.
let smallPDF = Array("%PDF-1.4\nsample\n%%EOF\n".utf8)
