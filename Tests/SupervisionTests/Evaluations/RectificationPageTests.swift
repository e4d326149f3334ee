import Testing
import Vocabulary

@testable import Supervision

/// Pages of lists in which not every row is for whoever reads.
@Suite struct RectificationPageTests {
    private static func line(_ number: Int) -> RectificationLine {
        let day = Judged.now.day
        return RectificationLine(
            id: RectificationID(Subject(high: 1, low: UInt64(number))), evaluation: Judged.id(), grade: .bad,
            owner: "hall:350100", region: .fuzhou, stage: .open, isAppealed: false, contactDue: day, rectifyDue: day)
    }

    private static func number(_ id: RectificationID) -> Int {
        id.subject.bytes.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The numbers of a page, and after which one the next begins.
    private static func numbers(_ page: RectificationPage) -> (lines: [Int], next: Int?) {
        (page.lines.map { number($0.id) }, page.next.map(number))
    }

    /// A page of a list of so many rows, of which some are shown.
    private static func page(
        of count: Int, after last: Int? = nil, _ isShown: (Int) -> Bool = { _ in true }
    ) -> RectificationPage {
        RectificationPage.read(after: last.map { line($0).id }) { after in
            let first = (after.map(number) ?? 0) + 1
            return (first..<first + Limits.pageRowsMax).filter { $0 <= count }.map(line)
        } showing: {
            isShown(number($0.id))
        }
    }

    @Test func `a page is full where there is enough, and the next begins after its last line`() {
        #expect(Self.numbers(Self.page(of: 30)) == (Array(1...30), nil))
        #expect(Self.numbers(Self.page(of: 0)) == ([], nil))
        #expect(Self.numbers(Self.page(of: 250)) == (Array(1...100), 100))
        #expect(Self.numbers(Self.page(of: 250, after: 200)) == (Array(201...250), nil))
    }

    @Test func `rows that are not for the reader leave no page empty while there are others behind them`() {
        let far = Self.page(of: 450) { $0 > 420 }
        #expect(Self.numbers(far) == (Array(421...450), nil))
        let some = Self.page(of: 900) { $0 % 3 == 0 }
        #expect(Self.numbers(some) == (Array(stride(from: 3, through: 300, by: 3)), 300))
        // So many rows are looked at for one page, and the next goes on behind them.
        let none = Self.page(of: 5000) { $0 > 3000 }
        #expect(Self.numbers(none) == ([], RectificationPage.rowsMax))
        let next = Self.page(of: 5000, after: 2000) { $0 > 2990 }
        #expect(Self.numbers(next) == (Array(2991...3000), 3000))
    }

    @Test func `several lists are one, each line once, and none is lost between two pages`() {
        let lists = [Self.page(of: 5), Self.page(of: 9) { $0 > 3 }]
        #expect(Self.numbers(RectificationPage.merged(lists)) == (Array(1...9), nil))
        #expect(Self.numbers(RectificationPage.merged([])) == ([], nil))
        var (seen, last): ([Int], Int?) = ([], nil)
        repeat {
            let odd = Self.page(of: 2500, after: last) { $0 % 2 == 1 }
            let few = Self.page(of: 2500, after: last) { $0 % 1000 == 0 }
            let page = Self.numbers(RectificationPage.merged([odd, few]))
            #expect(page.lines.count <= Limits.pageRowsMax)
            seen += page.lines
            last = page.next
        } while last != nil
        #expect(seen == (1...2500).filter { $0 % 2 == 1 || $0 % 1000 == 0 })
    }
}
