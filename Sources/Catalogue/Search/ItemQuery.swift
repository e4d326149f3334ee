package import Vocabulary

/// What somebody looks for in the catalogue.
package struct ItemQuery: Hashable, Sendable {
    /// LIMIT: items that are passed over to reach a page.
    package static let offsetMax = 20_000

    /// Chinese, pinyin, English, or all of them; empty for everything.
    package var words = ""
    /// The places whose items are meant, the reader's own first.
    package var regions: [Region]
    package var holder: Topic.Holder?
    package var department: String?
    /// A theme by its Chinese name.
    package var theme: String?
    /// The most trips that an item may take.
    package var tripsMax: Int?
    /// One item by its name on the web.
    package var slug: String?
    /// Whether an item stands once, at the first of the places, or once for each of them.
    package var isOncePerItem = false
    /// How many are passed over, at most `offsetMax`.
    package var offset = 0
    package var limit: Int

    /// The items of some places that fit the words, best first.
    package init(_ words: String = "", in regions: [Region], limit: Int = Limits.pageRowsMax) {
        self.words = words
        self.regions = regions
        self.limit = limit
    }
}

/// A page of items that fit, best first.
package struct ItemAnswer: Sendable {
    /// One that fits.
    package struct Found: Sendable {
        package let line: ItemLine
        /// The item's name, without what is particular to the level of one place.
        package let name: Bilingual
        /// In how many of the places it is done.
        package let places: Int
    }

    package var found: [Found] = []
    /// How many fit in all.
    package var total = 0
    package var counts = ItemCounts()
    /// The place that the words name; nil when they name none.
    package var namedPlace: Region?
}

/// How many items there would be, were one filter set to another value and the rest left as they are.
package struct ItemCounts: Sendable {
    package var holders: [Topic.Holder: Int] = [:]
    package var departments: [String: Int] = [:]
    /// By their Chinese names.
    package var themes: [String: Int] = [:]
    package var themeNames: [String: Bilingual] = [:]
    /// Items that take no trip, and at most one.
    package var trips: [Int: Int] = [:]
}
