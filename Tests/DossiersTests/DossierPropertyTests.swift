import Dossiers
import Store
import Testing
import Vocabulary

/// What holds for every life, whatever people do and in whatever order.
@Suite struct DossierPropertyTests {
    private static let modes: [(ServiceMode, DeliveryMode)] = [
        (.fullyOnline, .eCertificate), (.preReviewThenCounter, .eCertificate), (.onlineThenCollect, .counter),
        (.nearestWindow, .counter), (.ordinary, .counter),
    ]

    private static func below(_ limit: Int, _ dice: Dice) -> Int { Int(dice.roll() % UInt64(limit)) }

    /// One life of chance: at each step any command of the table by any of its actors or somebody else.
    private static func live(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let (mode, delivery) = modes[below(modes.count, dice)]
        var story = try Story(mode, delivery: delivery, makesCertificate: below(4, dice) > 0)
        var day = Story.day("11-19")
        let isComplete = below(3, dice) > 0
        let materials = isComplete ? nil : [HandedIn("form", .paper)]
        story = try story.submit(day.description, materials: materials)
        let all = StateCommandTableTests.commands(delivery)
        let people = all.map(\.actor)
        for _ in 0..<40 {
            day = day.advanced(byDays: below(4, dice))
            let (_, command, actor) = all[below(all.count, dice)]
            let whoever = below(5, dice) == 0 ? people[below(people.count, dice)] : actor
            let before = try #require(story.dossier)
            do {
                story = try story.perform(command, day.description, by: whoever)
            } catch is DossierRefusal {
                #expect(story.dossier == before, "a refusal changes nothing; seed \(seed)")
                continue
            }
            try check(story, before, seed)
        }
    }

    private static func check(_ story: Story, _ before: Dossier, _ seed: UInt64) throws {
        let after = try #require(story.dossier)
        #expect(!before.hasEnded || after == before, "an ended dossier stays as it is; seed \(seed)")
        if before.decision != nil { #expect(after.decision == before.decision, "decided once; seed \(seed)") }
        if let received = before.receivedAt {
            #expect(after.receivedAt.map { $0 >= received } ?? false, "a receipt is not taken back; seed \(seed)")
        }
        let rules = story.rules
        if before.stage.name == .inReview, after.stage.name == .inReview,
            let (old, new) = rules.due(of: before).flatMap({ old in rules.due(of: after).map { (old, $0) } })
        {
            #expect(new.day >= old.day, "an end never moves earlier; seed \(seed)")
        }
        if let promised = rules.due(of: after)?.day, let statutory = rules.statutoryDue(of: after)?.day,
            [.inReview, .reviewed].contains(after.stage.name)
        {
            #expect(promised <= statutory, "the promise is within the law; seed \(seed)")
        }
    }

    @Test func `no order of deeds breaks a dossier`() throws {
        for seed in 1...UInt64(400) { try Self.live(seed) }
    }

    @Test func `the fold of what was written is the dossier`() throws {
        for seed in 1...UInt64(100) {
            let dice = Dice.seeded(seed)
            var story = try Story(.preReviewThenCounter).submit("11-19")
            for _ in 0..<25 {
                let (_, command, actor) = StateCommandTableTests.commands(story.delivery)[Self.below(19, dice)]
                do { story = try story.perform(command, "11-20", by: actor) } catch is DossierRefusal {}
            }
            let stamp = Stamp(
                now: Story.at("11-20"), actor: .platform, entropy: Entropy(seed: Array(repeating: 1, count: 32)))
            let written = try story.events.enumerated().map { number, event in
                try EventGoldenTests.entry(event, sequence: number + 1, stamp)
            }
            #expect(try written.map(DossierEvent.init) == story.events, "seed \(seed)")
            let folded = try #require(try Dossier.folded(Story.id, written))
            #expect(folded.stage.name == story.stage && folded.sequence == story.events.count, "seed \(seed)")
        }
    }
}
