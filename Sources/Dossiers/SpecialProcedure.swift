package import Vocabulary

/// 特别程序: what may take time that does not count for the authority (行政许可法 art. 45). A hearing is one too, with
/// steps of its own: see `Hearing`.
package enum SpecialProcedure: String, Sendable, Codable, CaseIterable {
    case tender, auction, inspection, testing, quarantine, appraisal, expertReview

    /// Its name in Chinese, as notices and papers write it.
    package var label: String {
        switch self {
        case .tender: "招标"
        case .auction: "拍卖"
        case .inspection: "现场勘验"
        case .testing: "检验检测"
        case .quarantine: "检疫"
        case .appraisal: "鉴定"
        case .expertReview: "专家评审"
        }
    }

    /// Its name in English.
    package var labelEnglish: String {
        switch self {
        case .tender: "a tender"
        case .auction: "an auction"
        case .inspection: "an on-site inspection"
        case .testing: "testing"
        case .quarantine: "quarantine"
        case .appraisal: "an appraisal"
        case .expertReview: "an expert review"
        }
    }

    /// How many members of staff must carry it out: two where a place or a thing is looked at (arts 34(3), 55).
    package var staffMin: Int {
        switch self {
        case .inspection, .testing, .quarantine: 2
        case .tender, .auction, .appraisal, .expertReview: 0
        }
    }

    /// Working days after acceptance within which it must begin; nil where the law sets none (art. 55).
    package var startsWithin: WorkingDays? {
        switch self {
        case .inspection, .testing, .quarantine: WorkingDays(5)
        case .tender, .auction, .appraisal, .expertReview: nil
        }
    }
}

/// One special procedure of a dossier, from the written notice that told its time to its result.
package struct SpecialRecord: Hashable, Sendable {
    package let procedure: SpecialProcedure
    package let begunAt: Instant
    /// The event that began it, by its number in the dossier.
    package let event: Int
    /// The time that was told in writing, prolongations included; what it takes beyond counts for the authority.
    package fileprivate(set) var told: WorkingDays
    package fileprivate(set) var endedAt: Instant?
    package fileprivate(set) var finding: Finding?

    /// What came out of it.
    package struct Finding: Hashable, Sendable, Codable {
        package let isFavourable: Bool
        /// Who carried it out.
        package let staff: [StaffID]
        /// Officials of partners who did; nil where none had a hand in it.
        package let officers: [Actor]?
        /// The technical standard that was applied; a refusal that rests on it must name it (art. 55).
        package let standard: String?

        package init(
            isFavourable: Bool, staff: [StaffID] = [], standard: String? = nil, officers: [Actor] = []
        ) {
            self.isFavourable = isFavourable
            self.staff = staff
            self.standard = standard
            self.officers = officers.isEmpty ? nil : officers
        }

        /// How many carried it out.
        var hands: Int { Set(staff).count + Set(officers ?? []).count }
    }

    /// LIMIT: working days that one notice may tell.
    package static let toldDaysMax = 250
}

/// What is wanted of a special procedure.
package enum SpecialCommand: Hashable, Sendable, Codable {
    /// Begins it and tells the applicant in writing how many working days it needs.
    case begin(SpecialProcedure, days: Int, note: String)
    /// Tells in writing that it needs so many working days more.
    case prolong(SpecialProcedure, days: Int, note: String)
    case end(SpecialProcedure, SpecialRecord.Finding, note: String)
}

/// What happened in a special procedure.
package enum SpecialEvent: Hashable, Sendable {
    case begun(SpecialProcedure, told: WorkingDays, DossierEvent.Note?)
    case prolonged(SpecialProcedure, by: WorkingDays, DossierEvent.Note?)
    case ended(SpecialProcedure, SpecialRecord.Finding, DossierEvent.Note?)
}

extension [SpecialRecord] {
    /// Those that have no result yet.
    package var running: [SpecialRecord] { filter { $0.endedAt == nil } }

    mutating func apply(_ event: SpecialEvent, number: Int, at: Instant) throws {
        switch event {
        case .begun(let procedure, let told, _):
            append(SpecialRecord(procedure: procedure, begunAt: at, event: number, told: told))
        case .prolonged(let procedure, let days, _):
            let index = try index(of: procedure)
            self[index].told = self[index].told + days
        case .ended(let procedure, let finding, _):
            let index = try index(of: procedure)
            self[index].endedAt = at
            self[index].finding = finding
        }
    }

    private func index(of procedure: SpecialProcedure) throws -> Int {
        guard let index = lastIndex(where: { $0.procedure == procedure && $0.endedAt == nil }) else {
            throw Fault.corrupt("\(procedure) does not run")
        }
        return index
    }
}

extension SpecialEvent: DossierEventPart {
    private struct Told: Codable { let days: Int; let procedure: SpecialProcedure }
    private struct Found: Codable { let finding: SpecialRecord.Finding; let procedure: SpecialProcedure }

    static let kinds = ["dossier.special-begun", "dossier.special-prolonged", "dossier.special-ended"]

    var kind: String {
        switch self {
        case .begun: Self.kinds[0]
        case .prolonged: Self.kinds[1]
        case .ended: Self.kinds[2]
        }
    }

    var open: any Encodable {
        switch self {
        case .begun(let procedure, let days, _), .prolonged(let procedure, let days, _):
            Told(days: days.count, procedure: procedure)
        case .ended(let procedure, let finding, _): Found(finding: finding, procedure: procedure)
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .begun(_, _, let note), .prolonged(_, _, let note), .ended(_, _, let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        switch kind {
        case Self.kinds[0]:
            let told: Told = try parts.open()
            self = .begun(told.procedure, told: try parts.workingDays(told.days), try parts.personal())
        case Self.kinds[1]:
            let told: Told = try parts.open()
            self = .prolonged(told.procedure, by: try parts.workingDays(told.days), try parts.personal())
        case Self.kinds[2]:
            let found: Found = try parts.open()
            self = .ended(found.procedure, found.finding, try parts.personal())
        default: return nil
        }
    }
}
