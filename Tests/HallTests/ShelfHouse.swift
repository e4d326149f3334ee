import Accounts
import Delivery
import Dossiers
import Hall
import Papers
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// A hall with results on paper, people of an issuing window, and a firm with those who act for it.
struct ShelfHouse: Sendable {
    static let address = "192.0.2.7"
    /// Draws nothing of a paper: what the bytes are is the matter of other tests.
    static let printer: Hall.PaperPrinter = { _ in [1, 2, 3] }
    static let drawn = "10,100 60,40 110,150 160,60;200,90 240,100 280,90 320,110;400,20 420,180"

    let story: HallStory
    let key: AccountKey
    var hall: Hall { story.hall }

    /// The legal representative of the firm; who holds a letter for everything; who holds one for another item.
    static let (representative, agent, otherAgent, stranger) = (1, 2, 3, 4)
    static let (issuer, farIssuer) = (UInt64(1), UInt64(2))

    static func open(
        _ place: StoreUnderTest, courier: CourierAccount? = nil, _ body: (ShelfHouse) async throws -> Void
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            var story = try HallStory(store: store)
            story.hall.courier = courier
            let house = ShelfHouse(
                story: story, key: try #require(AccountKey(Array(repeating: 7, count: 32))))
            try await house.fill()
            try await body(house)
        }
    }

    private var deed: Deed { Deed(by: .platform, now: hall.time.now(), entropy: Entropy(hall.dice)) }

    private func fill() async throws {
        let today = hall.time.now().day
        let deed = deed
        let names = ["林小满", "吴越", "陈一鸣", "周平"]
        let citizens = try names.enumerated().map { index, name in
            Citizen(
                PersonID(Subject(high: 6, low: UInt64(index + 1))), name: try #require(FullName(name)),
                number: try DeskHouse.citizenID(index + 1), mobile: nil)
        }
        let firm = LegalPerson(
            HallStory.applicant, name: try #require(FullName("示例企业一")),
            code: try #require(CreditCode("91350100MADEM0054D")), kind: .enterprise,
            representative: LegalPerson.Representative(name: citizens[0].name, number: citizens[0].number))
        let term = try Term(from: today, until: today.advanced(byMonths: 12))
        let letters = [
            try Agency(
                AgencyID(hall.ids.next()), principal: firm.id, agent: citizens[1].id, items: .all, term: term),
            try Agency(
                AgencyID(hall.ids.next()), principal: firm.id, agent: citizens[2].id,
                items: .listed([try ItemCodePrefix("000131901000")]), term: term),
        ]
        let key = key
        try await hall.store.write { tx in
            try PersonTable.register(.legalPerson(firm), key: key, by: deed, in: tx)
            for citizen in citizens { try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx) }
            for letter in letters { try AgencyTable.give(letter, by: deed, in: tx) }
        }
        for (number, region) in [(Self.issuer, Region.fuzhou), (Self.farIssuer, try #require(Region("350200")))] {
            let staff = Staff(
                Self.id(number), name: try #require(FullName("何静")),
                employeeNumber: try #require(EmployeeNumber("FZ-\(number)")), region: region)
            let grant = Grant(
                GrantID(hall.ids.next()), staff: staff.id, role: .issuingClerk, extent: Grant.Extent(region: region),
                term: try Term(from: today, until: nil))
            try await hall.store.write { tx in
                try StaffTable.register(staff, by: deed, in: tx)
                try GrantTable.give(grant, by: deed, in: tx)
            }
        }
    }

    private static func id(_ number: UInt64) -> StaffID { StaffID(Subject(high: 3, low: number)) }

    func guest(_ number: UInt64 = issuer) async throws -> Hall.Guest {
        let (token, now) = (SessionToken(.system), hall.time.now())
        _ = try await hall.store.write { tx in
            try SessionTable.start(token, of: .staff(Self.id(number)), now: now, in: tx)
        }
        return try #require(try await hall.guest(token))
    }

    /// The identity card of one of the citizens.
    func card(_ who: Int) throws -> String { try DeskHouse.citizenID(who).number }

    /// A case whose result lies ready at the window, with its pick-up code.
    func ready() async throws -> (id: DossierID, code: String) {
        let id = try await story.granted(.nearestWindow, delivery: .counter)
        try await story.settle()
        guard case .issued(_, _, let code?) = try await story.dossier(id).stage else {
            throw Fault.corrupt("no result under a code")
        }
        return (id, code)
    }

    @discardableResult
    func shelve(_ id: DossierID, _ position: String, by number: UInt64 = issuer) async throws -> KeptResult {
        try await hall.shelve(id, at: position, by: try await guest(number), attempt: story.token())
    }

    func find(_ words: String, by number: UInt64 = issuer) async throws -> [DossierID] {
        try await hall.findResults(words, by: try await guest(number), key: key).map(\.dossier)
    }

    /// By the card where there is one, else by the code.
    @discardableResult
    func handOver(
        _ id: DossierID, code: String = "", card: String = "", signature: String = "", recipient: String = "",
        by number: UInt64 = issuer, attempt: Attempt? = nil
    ) async throws -> PaperID? {
        var asked = Hall.HandingOver(by: card.isEmpty ? .pickUpCode : .identityCard)
        (asked.code, asked.number, asked.signature, asked.recipient) = (code, card, signature, recipient)
        return try await hall.handOver(
            id, asked, by: try await guest(number), from: Self.address, key: key, attempt: attempt ?? story.token(),
            printer: Self.printer)
    }

    /// The proof of service of a case.
    func proof(of id: DossierID) async throws -> Paper {
        let line = try #require(try await hall.papers(of: id).last { $0.kind == .serviceRecord })
        return try await hall.paper(line.id, of: id).paper
    }
}
