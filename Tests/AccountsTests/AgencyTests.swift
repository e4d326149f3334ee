import Accounts
import Testing
import Vocabulary

@Suite struct AgencyTests {
    static let term = Result { try Term(from: Cast.today, until: Cast.today.advanced(byDays: 30)) }

    static func agency(_ items: Agency.Items = .all, principal: UInt64 = 1, agent: UInt64 = 2) throws -> Agency {
        try Agency(Cast.id(50), principal: Cast.id(principal), agent: Cast.id(agent), items: items, term: term.get())
    }

    @Test func `a letter names somebody else, items and an end`() throws {
        #expect(throws: AccountRefusal.agentIsPrincipal) { try Self.agency(agent: 1) }
        #expect(throws: AccountRefusal.agencyWithoutItems) { try Self.agency(.listed([])) }
        let code = try ItemCodePrefix(Cast.specialHours)
        #expect(throws: AccountRefusal.agencyTooManyItems) {
            try Self.agency(.listed(Array(repeating: code, count: Agency.itemsMax + 1)))
        }
        _ = try Self.agency(.listed(Array(repeating: code, count: Agency.itemsMax)))
        #expect(throws: AccountRefusal.agencyWithoutEnd) {
            let endless = try Term(from: Cast.today, until: nil)
            _ = try Agency(Cast.id(50), principal: Cast.id(1), agent: Cast.id(2), items: .all, term: endless)
        }
    }

    @Test func `a letter covers its items on its days until it is taken back`() throws {
        let all = try Self.agency()
        let one = try Self.agency(.listed([ItemCodePrefix(Cast.specialHours)]))
        #expect(all.covers("350114111004", on: Cast.today))
        #expect(one.covers(Cast.specialHours, on: Cast.today))
        #expect(!one.covers("000114111005", on: Cast.today))
        #expect(!one.covers("0001141110041", on: Cast.today))
        #expect(!all.covers(Cast.specialHours, on: Cast.today.advanced(byDays: -1)))
        #expect(all.covers(Cast.specialHours, on: Cast.today.advanced(byDays: 30)))
        #expect(!all.covers(Cast.specialHours, on: Cast.today.advanced(byDays: 31)))
        #expect(!all.revoked(at: Cast.now).covers(Cast.specialHours, on: Cast.today))
    }

    @Test func `one acts for oneself, for the firm one represents, and with a letter`() throws {
        let (principal, agent) = (try Cast.citizen(1), try Cast.citizen(2))
        let firm = try Cast.firm(3, representative: 4)
        func act(_ citizen: Citizen, _ person: Person, _ agencies: [Agency]) throws {
            try Permits.checkActing(
                citizen, for: person, itemCode: Cast.specialHours, agencies: agencies, today: Cast.today)
        }
        try act(principal, .citizen(principal), [])
        try act(try Cast.citizen(4), .legalPerson(firm), [])
        try act(agent, .citizen(principal), [Self.agency()])
        try act(agent, .legalPerson(firm), [Self.agency(principal: 3)])
        let refused: [(Citizen, Person, [Agency])] = [
            (agent, .citizen(principal), []),
            (agent, .legalPerson(firm), []),
            (agent, .legalPerson(firm), [try Self.agency()]),
            (principal, .citizen(agent), [try Self.agency()]),
            (try Cast.citizen(5), .citizen(principal), [try Self.agency()]),
            (agent, .citizen(principal), [try Self.agency().revoked(at: Cast.now)]),
        ]
        for (citizen, person, agencies) in refused {
            #expect(throws: PermitRefusal.notAnAgent) { try act(citizen, person, agencies) }
        }
    }
}
