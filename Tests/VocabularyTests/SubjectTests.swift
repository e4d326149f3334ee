import Foundation
import Synchronization
import Testing
import Vocabulary

@Suite struct SubjectTests {
    private static func subjects(_ seed: UInt64, _ count: Int) -> [Subject] {
        let dice = Dice.seeded(seed)
        let edges: [UInt64] = [0, 1, .max, 1 << 63, 31, 1 << 59]
        return (0..<count).map { _ in Subject(high: dice.roll(), low: dice.roll()) }
            + edges.flatMap { high in edges.map { Subject(high: high, low: $0) } }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `text and bytes give the id back, and both sort as the id does`(_ seed: UInt64) throws {
        let subjects = Self.subjects(seed, 200)
        for subject in subjects {
            #expect(subject.description.utf8.count == 26)
            #expect(Subject(subject.description) == subject)
            #expect(Subject(bytes: subject.bytes) == subject)
        }
        let sorted = subjects.sorted()
        #expect(subjects.map(\.description).sorted() == sorted.map(\.description))
        #expect(subjects.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) } == sorted.map(\.bytes))
        #expect(try JSONDecoder().decode([Subject].self, from: JSONEncoder().encode(subjects)) == subjects)
    }

    @Test func `what is no id is refused`() {
        let good = Subject(high: .max, low: .max).description
        #expect(good == "7zzzzzzzzzzzzzzzzzzzzzzzzz")
        for text in [
            "", String(good.dropLast()), good + "0", "8" + good.dropFirst(), good.uppercased(),
            good.dropLast() + "u", good.dropLast() + "i", good.dropLast() + " ", good.dropLast() + "é",
        ] as [String] {
            #expect(Subject(text) == nil, "\(text)")
        }
        for count in [0, 15, 17] { #expect(Subject(bytes: [UInt8](repeating: 0, count: count)) == nil) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([DossierID].self, from: Data(#"["x"]"#.utf8)) }
    }

    @Test func `an actor is a line of text, and nothing else is an actor`() throws {
        let subject = Subject(high: 1, low: 2)
        let actors = [Actor.platform, .person(PersonID(subject)), .staff(StaffID(subject))]
        for actor in actors { #expect(Actor(actor.description) == actor) }
        #expect(try JSONDecoder().decode([Actor].self, from: JSONEncoder().encode(actors)) == actors)
        for text in ["", "Platform", "person:", "person:x", "clerk:\(subject)", " platform", "staff:\(subject)0"] {
            #expect(Actor(text) == nil, "\(text)")
        }
    }
}

@Suite struct SubjectSourceTests {
    /// A clock that shows what it is told to.
    private final class Clock: Sendable {
        private let milliseconds: Mutex<Int64>
        init(_ start: Int64) { milliseconds = Mutex(start) }
        func set(_ value: Int64) { milliseconds.withLock { $0 = value } }
        var source: TimeSource { TimeSource { [self] in Instant(milliseconds: milliseconds.withLock { $0 }) } }
    }

    private static func isRising(_ subjects: [Subject]) -> Bool {
        zip(subjects, subjects.dropFirst()).allSatisfy { $0 < $1 }
    }

    @Test func `ids rise within a millisecond, beyond its 4,096, and when the clock steps back`() {
        let clock = Clock(1_790_000_000_000)
        let source = SubjectSource(time: clock.source, dice: .seeded(1))
        var made = (0..<10_000).map { _ in source.next() }
        #expect(made[0].madeAt == Instant(milliseconds: 1_790_000_000_000))
        #expect(made[4095].madeAt == made[0].madeAt)
        #expect(made[4096].madeAt == Instant(milliseconds: 1_790_000_000_001))
        clock.set(1_700_000_000_000)
        made += (0..<5000).map { _ in source.next() }
        clock.set(1_790_000_000_050)
        made.append(source.next())
        #expect(made.last?.madeAt == Instant(milliseconds: 1_790_000_000_050))
        #expect(Self.isRising(made))
    }

    @Test func `an id has the version and variant of UUID 7`() {
        let source = SubjectSource(time: Clock(1_790_000_000_000).source, dice: .system)
        for _ in 0..<100 {
            let bytes = source.next().bytes
            #expect(bytes[6] >> 4 == 7)
            #expect(bytes[8] >> 6 == 2)
        }
    }

    @Test func `many threads never get the same id, and each sees its own rise`() async {
        let clock = Clock(1_790_000_000_000)
        let source = SubjectSource(time: clock.source, dice: .seeded(3))
        let made = await withTaskGroup(of: [Subject].self) { group in
            for _ in 0..<8 { group.addTask { (0..<2000).map { _ in source.next() } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(made.allSatisfy(Self.isRising))
        #expect(Set(made.flatMap { $0 }).count == 16_000)
    }

    @Test func `equal seeds roll equal dice, others do not`() {
        let (first, same, other) = (Dice.seeded(7), Dice.seeded(7), Dice.seeded(8))
        #expect((0..<100).map { _ in first.roll() } == (0..<100).map { _ in same.roll() })
        #expect(Dice.seeded(7).bytes(33) == Dice.seeded(7).bytes(33))
        #expect(Dice.seeded(7).bytes(33) != other.bytes(33))
        for count in [0, 1, 7, 8, 9, 100] { #expect(first.bytes(count).count == count) }
        // The first numbers of SplitMix64 from the seed 1234567, as its author's program prints them.
        let known = Dice.seeded(1_234_567)
        #expect(
            (0..<3).map { _ in known.roll() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
