import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A hall with staff who have grants: an office of reviewers, a decider, a head, and somebody of another department.
struct DeskHouse: Sendable {
    enum Who: UInt64, CaseIterable, Sendable {
        case clerk = 1
        case reviewer, second, third, decider, head, stranger, administrator, assistant
    }

    static let ownNumber = 1
    /// Monday, 19 November 2018, and two days later.
    static let today = CivilDate(daysSinceEpoch: 17_854)
    static let until = CivilDate(daysSinceEpoch: 17_856)
    let story: HallStory
    private static let key = AccountKey(Array(repeating: 7, count: 32))

    subscript(_ who: Who) -> StaffID { Self.id(who) }

    private static func id(_ who: Who) -> StaffID { StaffID(Subject(high: 2, low: who.rawValue)) }

    static func number(_ who: Who) -> EmployeeNumber {
        guard let number = EmployeeNumber("FZ-\(who.rawValue)") else { preconditionFailure("a valid number") }
        return number
    }

    static func citizenID(_ serial: Int) throws -> CitizenID {
        let digits = "3501021885010100\(serial)"
        let check = try #require(CitizenID.checkCharacter(for: digits))
        return try #require(CitizenID(digits + String(check)))
    }

    static func open(_ place: StoreUnderTest, _ body: (DeskHouse) async throws -> Void) async throws {
        try await place.use(HallStory.migrations) { store in
            let house = DeskHouse(story: try HallStory(store: store))
            try await house.fill()
            try await body(house)
        }
    }

    private var deed: Deed {
        Deed(by: .platform, now: story.hall.time.now(), entropy: Entropy(story.hall.dice))
    }

    private func fill() async throws {
        let today = story.hall.time.now().day
        let body = try HallStory.terms().body
        let other = try #require(CreditCode("91350100MADEM0054D"))
        let roles: [Who: (Role, CreditCode?)] = [
            .clerk: (.clerk, nil), .reviewer: (.reviewer, body), .second: (.reviewer, body), .third: (.reviewer, body),
            .decider: (.decider, body), .head: (.head, body), .stranger: (.reviewer, other),
            .administrator: (.administrator, nil), .assistant: (.assistant, nil),
        ]
        let deed = deed
        for who in Who.allCases {
            let (role, department) = try #require(roles[who])
            let staff = Staff(
                self[who], name: try #require(FullName("周平")), employeeNumber: Self.number(who), region: .fuzhou,
                citizenID: who == .reviewer ? try Self.citizenID(Self.ownNumber) : nil)
            let grant = Grant(
                GrantID(story.hall.ids.next()), staff: staff.id, role: role,
                extent: Grant.Extent(department: department, region: role == .administrator ? nil : .fuzhou),
                term: try Term(from: today, until: nil))
            try await story.hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                try GrantTable.give(grant, by: deed, in: tx)
            }
        }
    }

    /// Somebody, signed in.
    func guest(_ who: Who) async throws -> Hall.Guest {
        let (token, now, holder) = (SessionToken(.system), story.hall.time.now(), Holder.staff(self[who]))
        _ = try await story.hall.store.write { tx in try SessionTable.start(token, of: holder, now: now, in: tx) }
        return try #require(try await story.hall.guest(token))
    }

    func perform(_ command: DossierCommand, on id: DossierID, by who: Who) async throws {
        let performer = try await guest(who).performer(today: story.hall.time.now().day)
        try await story.perform(command, on: id, by: performer)
    }

    func expect(
        refusal: some Refusal & Equatable, _ command: DossierCommand, _ id: DossierID, by who: Who = .reviewer,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        await #expect(throws: refusal, sourceLocation: location) { try await perform(command, on: id, by: who) }
    }

    func away(_ who: Who, deputy: Who) async throws {
        let today = story.hall.time.now().day
        _ = try await story.hall.enterAbsence(
            of: Self.number(who), deputy: Self.number(deputy), days: (today, today.advanced(byDays: 5)),
            by: try await guest(.administrator))
    }

    func lines(_ view: DeskView, _ who: Who) async throws -> [DossierID] {
        try await story.hall.desk(view, of: try await guest(who), DeskFilter()).map(\.dossier.id)
    }

    /// A dossier that is examined.
    func examined(
        applicant: PersonID = HallStory.applicant, agent: PersonID? = nil
    ) async throws -> DossierID {
        let sound = try await story.submission()
        let submission = Submission(
            terms: sound.terms, way: Submission.Way(mode: sound.mode, delivery: sound.delivery),
            parties: Submission.Parties(applicant: applicant, agent: agent),
            numbers: sound.numbers, contents: Submission.Contents(materials: sound.materials, personal: sound.personal))
        let id = try await story.hall.submit(
            submission, by: .person(applicant), attempt: story.token()
        ).dossier
        try await story.perform(.accept, on: id, by: HallStory.performer(40, .receive))
        return id
    }

    /// The citizen with the number; registered once.
    func citizen(_ serial: Int) async throws -> PersonID {
        let id = PersonID(Subject(high: 1, low: UInt64(100 + serial)))
        let citizen = Citizen(
            id, name: try #require(FullName("林小满")), number: try Self.citizenID(serial), mobile: nil)
        let (deed, key) = (deed, try #require(Self.key))
        try await story.hall.store.write { tx in
            guard try PersonTable.person(id, in: tx) == nil else { return }
            try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
        }
        return id
    }

    /// A firm whose legal representative has the number.
    func person(representedBy serial: Int) async throws -> PersonID {
        let id = PersonID(Subject(high: 1, low: 200))
        let firm = LegalPerson(
            id, name: try #require(FullName("示例企业一")), code: try #require(CreditCode("91350100MADEM0054D")),
            kind: .enterprise,
            representative: LegalPerson.Representative(
                name: try #require(FullName("林小满")), number: try Self.citizenID(serial)))
        let (deed, key) = (deed, try #require(Self.key))
        try await story.hall.store.write { tx in
            try PersonTable.register(.legalPerson(firm), key: key, by: deed, in: tx)
        }
        return id
    }
}
