import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct TokenTests {
    private static let actor = Actor.person(PersonID(Sample.subject(1)))
    private static let other = Actor.staff(StaffID(Sample.subject(1)))

    private static func token(_ text: String) throws -> CommandToken {
        try #require(CommandToken(text))
    }

    @Test(arguments: StoreUnderTest.all)
    func `the same token gets the same answer, for its actor and its command only`(
        _ place: StoreUnderTest
    ) async throws {
        let token = try Self.token("0123456789abcdef")
        let command: [UInt8] = [1, 2, 3]
        try await place.use { store in
            let answers = try await store.write { tx in
                let before = try Tokens.answer(to: token, by: Self.actor, command: command, in: tx)
                try Tokens.keep([9], for: token, by: Self.actor, command: command, now: Sample.now, in: tx)
                return [
                    before, try Tokens.answer(to: token, by: Self.actor, command: command, in: tx),
                    try Tokens.answer(to: token, by: Self.other, command: [7], in: tx),
                    try Tokens.answer(to: try Self.token("0123456789abcdeF"), by: Self.actor, command: command, in: tx),
                ]
            }
            #expect(answers == [nil, [9], nil, nil])
            await #expect(throws: TokenRefusal.usedForAnotherCommand) {
                try await store.read { tx in try Tokens.answer(to: token, by: Self.actor, command: [1, 2], in: tx) }
            }
            try await store.write { tx in
                try Tokens.keep([8], for: token, by: Self.other, command: [7], now: Sample.now, in: tx)
            }
            let others = try await store.read { tx in try Tokens.answer(to: token, by: Self.other, command: [7], in: tx)
            }
            #expect(others == [8])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a command sent ten times at once is done once, and all get its answer`(_ place: StoreUnderTest) async throws {
        let token = try Self.token("ten-times-at-once-0001")
        try await place.use([Notes.migration]) { store in
            let answers = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 0..<10 {
                    group.addTask {
                        try await store.write { tx in
                            if let known = try Tokens.answer(to: token, by: Self.actor, command: [1], in: tx) {
                                return known
                            }
                            try Notes.add(number, in: tx)
                            let answer = [UInt8(number)]
                            try Tokens.keep(answer, for: token, by: Self.actor, command: [1], now: Sample.now, in: tx)
                            return answer
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 10)
            #expect(Set(answers).count == 1)
            try await Notes.expect(1, in: store)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `tokens are forgotten after seven days, at most two thousand at once`(_ place: StoreUnderTest) async throws {
        let count = Tokens.pruneMax + 10
        try await place.use { store in
            try await store.write { tx in
                for number in 0..<count {
                    let token = try Self.token("token-number-\(number + 10_000)")
                    try Tokens.keep([], for: token, by: .platform, command: [], now: Sample.now, in: tx)
                }
            }
            var pruned: [Int] = []
            for seconds in [Tokens.keptSeconds, Tokens.keptSeconds + 1, Tokens.keptSeconds + 1, Tokens.keptSeconds + 1]
            {
                pruned.append(
                    try await store.write { tx in try Tokens.prune(now: Sample.now.advanced(bySeconds: seconds), in: tx)
                    })
            }
            #expect(pruned == [0, Tokens.pruneMax, 10, 0])
        }
    }

    @Test func `a token is sixteen to sixty-four letters, digits, dashes and underscores`() {
        for text in ["0123456789abcdef", String(repeating: "Z", count: 64), "a-b_c-d_e-f_g-h_"] {
            #expect(CommandToken(text)?.text == text)
        }
        for text in [
            "", "0123456789abcde", String(repeating: "Z", count: 65), "0123456789abcde ", "0123456789abcde'",
            "0123456789abcdé", "0123456789abc/ef", "0123456789abcde\n",
        ] {
            #expect(CommandToken(text) == nil)
        }
    }

    @Test func `tokens of the platform's own are tokens, too`() throws {
        let effect = EffectID(subject: Sample.subject(1), sequence: 12, ordinal: 3)
        let token = CommandToken.of(effect)
        #expect(token.text == "\(Sample.subject(1))-12-3")
        #expect(CommandToken(token.text) == token)
        let dice = Dice.seeded(1)
        let random = CommandToken.random(dice)
        #expect(CommandToken(random.text) == random)
        #expect(random != CommandToken.random(dice))
    }
}
