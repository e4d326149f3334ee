import Accounts
import Foundation
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct PersonTableTests {
    static func register(_ people: Person..., in store: any Store) async throws {
        let key = try Cast.key()
        try await store.write { tx in
            for person in people { try PersonTable.register(person, key: key, by: Cast.deed(), in: tx) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `people come back as they went in, by id and by number`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let key = try Cast.key()
            let citizen = try Cast.citizen(1)
            let silent = Citizen(Cast.id(3), name: citizen.name, number: try Cast.number(3), mobile: nil)
            let people = [Person.citizen(citizen), .legalPerson(try Cast.firm(2)), .citizen(silent)]
            for person in people { try await Self.register(person, in: store) }
            for person in people {
                let (byID, byNumber) = try await store.read { tx in
                    (try PersonTable.person(person.id, in: tx), try PersonTable.find(person.number, key: key, in: tx))
                }
                #expect(byID == person)
                #expect(byNumber == person.id)
            }
            let nobody = PersonNumber.citizen(try Cast.number(77))
            let found = try await store.read { tx in
                (try PersonTable.find(nobody, key: key, in: tx), try PersonTable.person(Cast.id(77), in: tx))
            }
            #expect(found == (nil, nil))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a number is registered once`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let first = try Cast.citizen(1)
            try await Self.register(.citizen(first), in: store)
            let twin = Citizen(Cast.id(2), name: try #require(FullName("王大寒")), number: first.number, mobile: nil)
            await #expect(throws: AccountRefusal.numberKnown) { try await Self.register(.citizen(twin), in: store) }
            let second = try await store.read { tx in try PersonTable.person(twin.id, in: tx) }
            #expect(second == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `twenty who register one number at once are one`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let number = try Cast.citizen(1).number
            let name = try #require(FullName("林小满"))
            let registered = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 1...20 as ClosedRange<UInt64> {
                    group.addTask {
                        do {
                            let one = Citizen(Cast.id(index), name: name, number: number, mobile: nil)
                            try await Self.register(.citizen(one), in: store)
                            return 1
                        } catch AccountRefusal.numberKnown {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(registered == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `the second way holds no number, and another key finds nothing`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let citizen = try Cast.citizen(1)
            try await Self.register(.citizen(citizen), in: store)
            let other = try Cast.key(8)
            let (row, found) = try await store.read { tx in
                (
                    try tx.row("SELECT kind, number_digest FROM person_by_number"),
                    try PersonTable.find(.citizen(citizen.number), key: other, in: tx)
                )
            }
            #expect(try row?.text(0) == "111")
            #expect(try row?.bytes(1).count == 32)
            #expect(found == nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `name, mobile and representative change, the number does not`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (before, firm) = (try Cast.citizen(1), try Cast.firm(2))
            try await Self.register(.citizen(before), .legalPerson(firm), in: store)
            let after = Citizen(before.id, name: try #require(FullName("林芒种")), number: before.number, mobile: nil)
            let next = try Cast.firm(2, representative: 901)
            try await store.write { tx in
                try PersonTable.change(.citizen(after), by: Cast.deed(), in: tx)
                try PersonTable.change(.legalPerson(next), by: Cast.deed(), in: tx)
            }
            let now = try await store.read { tx in
                (try PersonTable.person(before.id, in: tx), try PersonTable.person(firm.id, in: tx))
            }
            #expect(now == (.citizen(after), .legalPerson(next)))
            let other = Citizen(before.id, name: before.name, number: try Cast.number(5), mobile: nil)
            await #expect(throws: AccountRefusal.numberStays) {
                try await store.write { tx in try PersonTable.change(.citizen(other), by: Cast.deed(), in: tx) }
            }
            let stranger = try Cast.citizen(8)
            await #expect(throws: AccountRefusal.personNotFound) {
                try await store.write { tx in try PersonTable.change(.citizen(stranger), by: Cast.deed(), in: tx) }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an erased person leaves an id and a log that still adds up`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            let (key, citizen, other) = (try Cast.key(), try Cast.citizen(1), try Cast.citizen(2, name: "王大寒"))
            try await Self.register(.citizen(citizen), .citizen(other), in: store)
            let account = Account(
                login: try #require(LoginName("lin.xiaoman")), password: try Cast.hash(), holder: .person(citizen.id))
            let leaves = try await store.write { tx in
                try AccountTable.open(account, by: Cast.deed(), in: tx)
                return try Journal.entries(of: citizen.id.subject, in: tx).map(\.leaf)
            }
            try await store.write { tx in try PersonTable.erase(citizen.id, key: key, by: Cast.deed(), in: tx) }
            let entries = try await store.read { tx in try Journal.entries(of: citizen.id.subject, in: tx) }
            #expect(entries.prefix(2).map(\.leaf) == leaves)
            #expect(entries.allSatisfy { $0.personal == nil })
            #expect(
                entries.map(\.kind) == [
                    "accounts.citizen-registered", "accounts.account-opened", "accounts.account-closed",
                    "accounts.person-erased",
                ])
            await #expect(throws: AccountRefusal.personErased) {
                try await store.read { tx in try PersonTable.person(citizen.id, in: tx) }
            }
            let rest = try await store.read { tx in
                (
                    try PersonTable.find(.citizen(citizen.number), key: key, in: tx),
                    try AccountTable.account(account.login, in: tx), try PersonTable.person(other.id, in: tx)
                )
            }
            #expect(rest == (nil, nil, .citizen(other)))
            await #expect(throws: AccountRefusal.personNotFound) {
                try await store.write { tx in try PersonTable.erase(Cast.id(9), key: key, by: Cast.deed(), in: tx) }
            }
        }
    }
}
