import Accounts
import Store
import StoreTestSupport
import Testing
import Vocabulary

/// 帮办代办: what a letter must have, what it covers, and how it is kept.
@Suite struct AssistanceTests {
    static let scan = BlobRef(of: Array("signed".utf8))

    static func letter(
        _ serial: UInt64, from principal: UInt64 = 1, staff: UInt64, items: [String] = [Cast.specialHours],
        days: Int = 30, scan: BlobRef? = scan
    ) throws -> Assistance {
        try Assistance(
            Cast.id(serial), principal: Cast.id(principal), staff: Cast.id(staff),
            scope: (
                try items.map(ItemCodePrefix.init), try Term(from: Cast.today, until: Cast.today.advanced(byDays: days))
            ), letter: scan)
    }

    @Test func `a letter names its items, ends within a year and is signed`() throws {
        #expect(throws: AssistanceRefusal.withoutItems) { try Self.letter(1, staff: 4, items: []) }
        let many = (0...Assistance.itemsMax).map { "0001\($0)" }
        #expect(throws: AssistanceRefusal.tooManyItems) { try Self.letter(1, staff: 4, items: many) }
        _ = try Self.letter(1, staff: 4, items: many.dropLast())
        #expect(throws: AssistanceRefusal.termTooLong) {
            try Self.letter(1, staff: 4, days: Assistance.daysMax)
        }
        _ = try Self.letter(1, staff: 4, days: Assistance.daysMax - 1)
        #expect(throws: AssistanceRefusal.termTooLong) {
            let endless = try Term(from: Cast.today, until: nil)
            _ = try Assistance(
                Cast.id(1), principal: Cast.id(1), staff: Cast.id(4),
                scope: ([try ItemCodePrefix(Cast.specialHours)], endless), letter: Self.scan)
        }
        #expect(throws: AssistanceRefusal.signatureMissing) { try Self.letter(1, staff: 4, scan: nil) }
        #expect(throws: AssistanceRefusal.signatureMissing) {
            try Self.letter(1, staff: 4, scan: BlobRef(of: []))
        }
    }

    @Test func `a letter covers the items it names, on its days, until it ends`() throws {
        let letter = try Self.letter(1, staff: 4)
        try letter.check(Cast.specialHours, on: Cast.today)
        try letter.check(Cast.specialHours, on: Cast.today.advanced(byDays: 30))
        #expect(throws: AssistanceRefusal.itemNotNamed) { try letter.check("000114111005", on: Cast.today) }
        #expect(throws: AssistanceRefusal.itemNotNamed) { try letter.check("0001141110041", on: Cast.today) }
        for days in [-1, 31] {
            #expect(throws: AssistanceRefusal.notInTerm) {
                try letter.check(Cast.specialHours, on: Cast.today.advanced(byDays: days))
            }
        }
        let ended = letter.ended(at: Cast.now)
        #expect(throws: AssistanceRefusal.ended) { try ended.check(Cast.specialHours, on: Cast.today) }
        #expect(letter.stands(on: Cast.today) && !ended.stands(on: Cast.today))
    }

    private static func assistant(_ serial: Int, own: Int?) throws -> Staff {
        let staff = try Cast.staff(serial)
        return Staff(
            staff.id, name: try #require(staff.name), employeeNumber: staff.employeeNumber, region: staff.region,
            citizenID: try own.map(Cast.number))
    }

    @Test func `nobody assists herself or the firm that she represents`() throws {
        let own = try Self.assistant(4, own: 1)
        #expect(throws: AssistanceRefusal.forOneself) {
            try Assistance.checkApart(own, from: .citizen(try Cast.citizen(1)))
        }
        #expect(throws: AssistanceRefusal.forOneself) {
            try Assistance.checkApart(own, from: .legalPerson(try Cast.firm(3, representative: 1)))
        }
        try Assistance.checkApart(own, from: .citizen(try Cast.citizen(2)))
        try Assistance.checkApart(try Self.assistant(4, own: nil), from: .citizen(try Cast.citizen(1)))
    }

    private static func cast(_ store: any Store) async throws {
        try await PersonTableTests.register(
            .citizen(Cast.citizen(1)), .citizen(Cast.citizen(2)), .legalPerson(Cast.firm(3)), in: store)
        let staff = [try assistant(4, own: 2), try assistant(5, own: nil)]
        try await store.write { tx in
            for one in staff { try StaffTable.register(one, by: Cast.deed(), in: tx) }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `letters come back by principal and by assistant, the latest first`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let letters = [
                try Self.letter(51, staff: 4), try Self.letter(52, from: 3, staff: 4),
                try Self.letter(53, staff: 5, items: [Cast.specialHours, "350114111004"]),
            ]
            try await store.write { tx in
                for letter in letters { try AssistanceTable.give(letter, by: Cast.deed(), in: tx) }
            }
            let (given, held, between, one) = try await store.read { tx in
                (
                    try AssistanceTable.given(by: Cast.id(1), in: tx),
                    try AssistanceTable.held(by: Cast.id(4), in: tx),
                    try AssistanceTable.given(by: Cast.id(1), to: Cast.id(4), in: tx),
                    try AssistanceTable.letter(Cast.id(52), of: Cast.id(1), in: tx)
                )
            }
            #expect(given == [letters[2], letters[0]])
            #expect(held == [letters[1], letters[0]])
            #expect(between == [letters[0]])
            #expect(one == nil, "another principal's letter is not hers")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a letter ends once, and stays as it was signed`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let letter = try Self.letter(51, staff: 4)
            try await store.write { tx in try AssistanceTable.give(letter, by: Cast.deed(), in: tx) }
            await #expect(throws: AssistanceRefusal.notFound) {
                try await store.write { tx in
                    try AssistanceTable.end(letter.id, of: Cast.id(2), by: Cast.deed(), in: tx)
                }
            }
            try await store.write { tx in try AssistanceTable.end(letter.id, of: Cast.id(1), by: Cast.deed(), in: tx) }
            let kept = try await store.read { tx in try AssistanceTable.given(by: Cast.id(1), in: tx) }
            #expect(kept == [letter.ended(at: Cast.now)])
            await #expect(throws: AssistanceRefusal.ended) {
                try await store.write { tx in
                    try AssistanceTable.end(letter.id, of: Cast.id(1), by: Cast.deed(), in: tx)
                }
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `both are known, the assistant serves, and she is somebody else`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let refused: [(Assistance, any Error)] = [
                (try Self.letter(51, from: 8, staff: 4), AccountRefusal.personNotFound),
                (try Self.letter(52, staff: 9), AccountRefusal.staffNotFound),
                (try Self.letter(53, from: 2, staff: 4), AssistanceRefusal.forOneself),
            ]
            for (letter, refusal) in refused {
                let met = await #expect(throws: (any Error).self) {
                    try await store.write { tx in try AssistanceTable.give(letter, by: Cast.deed(), in: tx) }
                }
                #expect((met as? any Refusal)?.code == (refusal as? any Refusal)?.code)
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a principal gives a thousand letters and no more`(_ place: StoreUnderTest) async throws {
        try await place.use(AccountShape.migrations) { store in
            try await Self.cast(store)
            let last = try Self.letter(5000, staff: 4)
            await #expect(throws: AssistanceRefusal.tooManyLetters) {
                try await store.write { tx in
                    for serial in 0..<UInt64(Assistance.lettersMax) {
                        try AssistanceTable.give(Self.letter(100 + serial, staff: 4), by: Cast.deed(), in: tx)
                    }
                    try AssistanceTable.give(last, by: Cast.deed(), in: tx)
                }
            }
        }
    }
}
