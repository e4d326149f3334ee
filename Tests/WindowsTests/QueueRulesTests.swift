import StoreTestSupport
import Testing
import Vocabulary

@testable import Windows

@Suite("Who is next")
struct QueueRulesTests {
    private typealias Story = QueueStory
    private let ten = QueueStory.at(10)

    private func order(_ tickets: [Ticket], run: Int = 0) -> [Int] {
        Story.numbers(QueueRules.order(tickets, favouredRun: run, at: ten))
    }

    @Test func `whoever came first is called first, whatever the order of the list`() {
        #expect(order([Story.ticket(3), Story.ticket(1), Story.ticket(2)]) == [1, 2, 3])
        #expect(order([]).isEmpty)
    }

    @Test func `whom the law favours goes first, at most three in a row while others wait`() {
        let favoured = (4...9).map { Story.ticket($0, priority: .disabled) }
        let others = (1...3).map { Story.ticket($0) }
        #expect(order(others + favoured) == [4, 5, 6, 1, 7, 8, 9, 2, 3])
        #expect(order(others + favoured, run: 3) == [1, 4, 5, 6, 2, 7, 8, 9, 3])
        #expect(order(others + favoured, run: 2) == [4, 1, 5, 6, 7, 2, 8, 9, 3])
        #expect(order(favoured, run: 3) == [4, 5, 6, 7, 8, 9], "nobody is kept waiting for nobody")
    }

    @Test func `a booking counts from the beginning of its half hour`() {
        let booked = { Story.ticket(5, begins: $0) }
        #expect(order([Story.ticket(1), booked(ten)]) == [5, 1])
        #expect(order([Story.ticket(1), booked(ten.advanced(bySeconds: 1))]) == [1, 5])
    }

    @Test func `a window calls whoever was sent to it before everybody else, and nobody sent elsewhere`() throws {
        let tickets = [Story.ticket(1), Story.ticket(2, priority: .military), Story.ticket(3, reservedFor: 7)]
        let next = { QueueRules.next(for: $0, waiting: tickets, favouredRun: 0, at: ten)?.serial }
        #expect(next(try Story.window(7)) == 3)
        #expect(next(try Story.window(8)) == 2)
        #expect(QueueRules.next(for: try Story.window(8), waiting: [tickets[2]], favouredRun: 0, at: ten) == nil)
    }

    @Test func `a window that does two things calls whoever came first for either`() throws {
        let tickets = [Story.ticket(2), Story.ticket(1, .issuing), Story.ticket(3, .special)]
        let both = try Story.window(1, [.comprehensive, .issuing])
        #expect(QueueRules.next(for: both, waiting: tickets, favouredRun: 0, at: ten)?.serial == 1)
        let one = try Story.window(2, [.special])
        #expect(QueueRules.next(for: one, waiting: tickets, favouredRun: 0, at: ten)?.serial == 3)
    }

    @Test(arguments: 0...12)
    func `a passed number joins behind three others, or at the end`(_ waiting: Int) throws {
        let others = (0..<waiting).map { Story.ticket($0 + 2, priority: $0 % 4 == 3 ? .elderly : nil) }
        var passed = Story.ticket(1, priority: .veteran)
        passed.state = .passed
        let place = QueueRules.place(of: passed, behind: others, favouredRun: 0, at: ten)
        let again = try TicketRules.apply(.rejoin(at: place), to: passed, by: nil, at: ten)
        let position = try #require(order(others + [again]).firstIndex(of: 1))
        #expect(position == min(waiting, 3), "\(order(others + [again]))")
        #expect(!again.isFavoured(at: ten), "her turn was before")
    }

    @Test(arguments: UInt64(1)...40)
    func `in a day by chance nobody is lost, called twice, or overtaken by somebody like her`(_ seed: UInt64) throws {
        let dice = Dice.seeded(seed)
        let chance = { (sides: UInt64) in Int(dice.roll() % sides) }
        let windows = [
            try Story.window(1), try Story.window(2, [.comprehensive, .issuing]), try Story.window(3, [.issuing]),
        ]
        var waiting: [Ticket] = []
        var called: [Ticket] = []
        var runs: [Capability: Int] = [:]
        var taken = 0
        while called.count < 120 {
            if taken < 120, chance(2) == 0 {
                taken += 1
                let need: Capability = chance(3) == 0 ? .issuing : .comprehensive
                waiting.append(Story.ticket(taken, need, priority: chance(3) == 0 ? .disabled : nil))
                continue
            }
            let window = windows[chance(3)]
            let run = window.capabilities.map { runs[$0] ?? 0 }.max() ?? 0
            guard let next = QueueRules.next(for: window, waiting: waiting, favouredRun: run, at: ten) else { continue }
            let pool = waiting.filter { window.capabilities.contains($0.need) }
            let isFavoured = next.isFavoured(at: ten)
            let like = pool.filter { $0.isFavoured(at: ten) == isFavoured }
            #expect(like.allSatisfy { $0.place >= next.place }, "nobody like her came before")
            if isFavoured, run >= 3 { #expect(pool.allSatisfy { $0.isFavoured(at: ten) }) }
            runs[next.need] = isFavoured ? run + 1 : 0
            waiting.removeAll { $0.id == next.id }
            called.append(next)
        }
        #expect(Set(called.map(\.id)).count == 120)
    }

    @Test func `the wait is what was measured, and the usual time while nothing was`() {
        #expect(WaitRules.mean(of: []) == 600)
        #expect(WaitRules.mean(of: [300, 300, 300]) == 450)
        #expect(WaitRules.mean(of: Array(repeating: 60, count: 27)) == (3 * 600 + 27 * 60) / 30)
        #expect(WaitRules.estimate(ahead: [], windows: 1, mean: 600) == 600)
        #expect(WaitRules.estimate(ahead: [600, 600, 600, 600, 600], windows: 3, mean: 600) == 1200)
        #expect(WaitRules.estimate(ahead: [600], windows: 0, mean: 600) == nil)
        #expect(WaitRules.estimate(ahead: [60, 1200], windows: 2, mean: 600) == 930)
    }

    @Test func `numbers are read aloud by a letter and three digits at least`() {
        #expect(Story.ticket(7).number == "A007" && Story.ticket(7, .issuing).number == "B007")
        #expect(Story.ticket(1234, .special).number == "C1234")
    }
}
