import Accounts
import Certificates
import Dossiers
import Papers
import Store
import Vocabulary

/// What a copied case has that is its own: ids, numbers, people. Read from a city that has just been simulated.
struct BulkNames: Sendable {
    /// Whose journals are copied.
    private(set) var subjects: [Subject] = []
    private(set) var renames: Renames
    /// The serial of a paper's copy, by the paper's id.
    private(set) var papers: [Subject: @Sendable (Int) -> Int] = [:]
    /// By how much the serials of one copy are above those of the one before.
    private let strides: (daily: Int, certificates: Int)

    /// Kinds of entries whose subjects belong to a case or to somebody who applies, and those whose do not.
    private static let copied = [
        "dossier.", "notice.", "paper.", "certificate.", "parcel.", "shelf.", "finding.", "order.",
        "accounts.citizen-registered", "accounts.legal-person-registered",
    ]
    private static let shared = [
        "accounts.", "catalogue.", "certificate-type.", "windows.", "calendar.", "seals.", "seal.",
    ]

    /// LIMIT: rows that are read at once.
    private static let rowsMax = 10_000_000

    init(copies: Int, people: BulkPeople, dice: Dice, in tx: Transaction) throws {
        let series = try Serials.all(in: tx)
        let top = { (isCertificate: Bool) in
            series.filter { $0.name.hasPrefix("certificate:") == isCertificate }.map { $0.next - 1 }.max() ?? 1
        }
        strides = (top(false), top(true))
        renames = Renames(copies: copies, dice: dice)
        // The clerk who took it in is the same one.
        renames.keep(after: "\"clerk\":{\"text\":")
        try addSubjects(tx)
        try addDossiers(tx)
        try addPapers(tx)
        try addCertificates(tx)
        try add(people, tx)
    }

    /// By how much a series goes on when so many copies have taken their numbers.
    func advance(of series: Serials.Series) -> Int {
        renames.copies * (series.name.hasPrefix("certificate:") ? strides.certificates : strides.daily)
    }

    private mutating func addSubjects(_ tx: Transaction) throws {
        let accounts = Set(
            try tx.rows("SELECT holder FROM account ORDER BY login LIMIT \(Self.rowsMax)").map { try $0.text(0) })
        // What the demonstration's people had before the city began.
        let earlier = Set(
            try tx.rows("SELECT id FROM certificate WHERE dossier IS NULL ORDER BY id LIMIT \(Self.rowsMax)")
                .map { try $0.subject(0) })
        let rows = try tx.rows(
            "SELECT subject, MIN(kind) FROM journal GROUP BY subject ORDER BY subject LIMIT \(Self.rowsMax)")
        for row in rows {
            let (subject, kind) = (try row.subject(0), try row.text(1))
            if earlier.contains(subject) { continue }
            if Self.copied.contains(where: kind.hasPrefix), !accounts.contains("person:\(subject)") {
                subjects.append(subject)
                renames.add(subject)
            } else if !Self.shared.contains(where: kind.hasPrefix), !Self.copied.contains(where: kind.hasPrefix) {
                throw Fault.corrupt("nobody has said whether \(kind) belongs to a case")
            }
        }
    }

    private mutating func addDossiers(_ tx: Transaction) throws {
        let stride = strides.daily
        var orders: [String: [String]] = [:]
        for row in try tx.rows(
            "SELECT number, order_number FROM supervision_order ORDER BY id LIMIT \(Self.rowsMax)")
        {
            orders[try row.text(0), default: []].append(try row.text(1))
        }
        for row in try tx.rows("SELECT number, short FROM dossier ORDER BY id LIMIT \(Self.rowsMax)") {
            let (number, short) = (try row.text(0), try row.text(1))
            let long = Self.following(number, 39, stride), brief = Self.following(short, 8, stride)
            renames.add(number, long)
            renames.add(short, brief)
            for order in orders[short] ?? [] {
                let rest = String(order.dropFirst(short.count))
                renames.add(order) { brief($0) + rest }
            }
        }
    }

    /// A number whose last digits, after so many characters, go on by a stride with each copy.
    private static func following(_ number: String, _ start: Int, _ stride: Int) -> Renames.Renamed {
        let (head, tail) = (String(number.prefix(start)), String(number.dropFirst(start)))
        let (width, serial) = (tail.count, Int(tail) ?? 0)
        return { copy in
            let digits = "\(serial + copy * stride)"
            return head + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }

    private mutating func addPapers(_ tx: Transaction) throws {
        let rows = try tx.rows(
            """
            SELECT p.paper, n.serial, c.last, p.number FROM paper_by_dossier p
            JOIN paper_number n ON n.paper = p.paper
            JOIN paper_counter c ON c.body = n.body AND c.kind = n.kind AND c.year = n.year
            ORDER BY p.paper LIMIT \(Self.rowsMax)
            """)
        for row in rows {
            let (serial, last, text) = (try row.integer(1), try row.integer(2), try row.text(3))
            papers[try row.subject(0)] = { serial + $0 * last }
            guard let start = text.lastIndex(of: "第") else { continue }
            let head = String(text[...start])
            let next = Self.following(String(text[text.index(after: start)...].dropLast()), 0, last)
            renames.add(text) { head + next($0) + "号" }
        }
    }

    private mutating func addCertificates(_ tx: Transaction) throws {
        let rows = try tx.rows(
            """
            SELECT c.serial, k.code, i.code, c.version FROM certificate c
            JOIN certificate_code k ON k.number = c.kind JOIN certificate_code i ON i.number = c.issuer
            WHERE c.dossier IS NOT NULL ORDER BY c.id LIMIT \(Self.rowsMax)
            """)
        for row in rows {
            let (serial, version) = (try row.text(0), try row.integer(3))
            let next = Self.following(serial, 10, strides.certificates)
            renames.add(serial, next)
            let (type, issuer) = (try row.text(1), try row.value(2, CreditCode.init))
            let identifier = { @Sendable (serial: String) -> String in
                CertificateIdentifier(type: type, issuer: issuer, serial: serial, version: version)?.description ?? ""
            }
            renames.add(identifier(serial)) { identifier(next($0)) }
        }
        for row in try tx.rows("SELECT waybill FROM parcel_by_waybill ORDER BY waybill LIMIT \(Self.rowsMax)") {
            let waybill = try row.text(0)
            renames.add(waybill, Self.following(waybill, 3, 1_000_003))
        }
    }

    private mutating func add(_ people: BulkPeople, _ tx: Transaction) throws {
        for row in try tx.rows("SELECT name, number FROM person ORDER BY id LIMIT \(Self.rowsMax)") {
            let (name, text) = (try row.text(0), try row.text(1))
            guard let number = people.number(text), let other = people.name(name, of: text) else { continue }
            guard people.reaches(copies: renames.copies) else {
                throw Fault.misconfigured("there are not so many people")
            }
            renames.add(text) { Self.made(number, $0) }
            renames.add(name) { Self.made(other, $0) }
        }
    }

    /// Whoever is within reach has a number: that was asked before.
    private static func made(_ text: @Sendable (Int) throws -> String, _ copy: Int) -> String {
        do {
            return try text(copy)
        } catch {
            preconditionFailure("copy \(copy) of somebody has no number")
        }
    }
}
