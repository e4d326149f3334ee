/// A piece of a paper that no page break cuts: a line, or a gap.
struct Strip {
    let height: Double
    /// What is drawn, from the strip's upper left corner.
    var marks: [Mark] = []
    /// What is drawn besides where a page begins with this strip.
    var marksAtTop: [Mark] = []
    /// What is drawn besides where a page ends with this strip and the paper goes on.
    var marksAtBottom: [Mark] = []
    /// Whether the next strip stands on the same page.
    var keepsNext = false
    /// Whether it is left out where a page begins.
    var isGap = false

    static func gap(_ height: Double, keepsNext: Bool = false) -> Strip {
        Strip(height: height, keepsNext: keepsNext, isGap: true)
    }
}

/// Distributes strips over pages.
enum Pagination {
    /// The marks of each page, from the upper left corner of its text. Strips that hold together go to the next page
    /// together, unless one page would not hold them. There is always a page.
    static func pages(_ strips: [Strip], height: Double) -> [[Mark]] {
        self.pages(strips, first: [], rest: height)
    }

    /// The same where the first pages have heights of their own.
    static func pages(_ strips: [Strip], first: [Double], rest: Double) -> [[Mark]] {
        var pages: [[Mark]] = [[]]
        var height: Double { pages.count <= first.count ? first[pages.count - 1] : rest }
        var (y, lastY) = (0.0, 0.0)
        var last: Strip?
        var index = 0
        func turn() {
            pages[pages.count - 1] += (last?.marksAtBottom ?? []).map { $0.moved(by: Point(0, lastY)) }
            pages.append([])
            y = 0
        }
        while index < strips.count {
            let end = strips[index...].firstIndex { !$0.keepsNext } ?? strips.count - 1
            let group = strips[index...end]
            let groupHeight = group.reduce(0) { $0 + $1.height }
            if y > 0, y + groupHeight > height, groupHeight <= height {
                turn()
            }
            for strip in group {
                if y > 0, y + strip.height > height {
                    turn()
                }
                if y == 0, strip.isGap { continue }
                let marks = strip.marks + (y == 0 ? strip.marksAtTop : [])
                pages[pages.count - 1] += marks.map { $0.moved(by: Point(0, y)) }
                (last, lastY) = (strip, y)
                y += strip.height
            }
            index = end + 1
        }
        return pages
    }
}
