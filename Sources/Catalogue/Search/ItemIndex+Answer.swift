import Vocabulary

extension ItemIndex {
    /// The page of items that fit, best first. The order is total: the reason why an item fits, then the order of the
    /// places, then shorter names, then codes. Cancelled items are left out.
    package func answer(_ query: ItemQuery) throws -> ItemAnswer {
        let runs = PlainText.runs(query.words, keeping: Question.scalarsMax)
        var answer = ItemAnswer()
        let isAsking = !query.words.isEmpty
        if isAsking, runs.isEmpty { return answer }
        var named = tools.place(in: runs)
        if let place = named?.place.region, !query.regions.contains(place) { named = nil }
        let whole = isAsking ? relevances(Question(runs, tools.synonyms)) : nil
        let rest = named.map { $0.rest.isEmpty ? nil : relevances(Question($0.rest, tools.synonyms)) }
        answer.namedPlace = named?.naming == .initials ? nil : named?.place.region
        var pages = AnswerKeys(query, named: named?.place.region)
        for entry in entries.indices {
            let own = whole.map { $0.all[entry] } ?? Relevance(.exact)
            let inPlace = named.flatMap { self.relevance(of: $0, entry, rest) }
            guard own != nil || inPlace != nil else { continue }
            let misses = query.misses(entries[entry])
            guard misses.count < 2 else { continue }
            add(entry, own, inPlace, misses, &pages, &answer.counts)
        }
        let keys = pages.keys.sorted()
        answer.total = keys.count
        answer.found = try keys.dropFirst(min(max(query.offset, 0), ItemQuery.offsetMax)).prefix(max(query.limit, 0))
            .map { key in
                let place = AnswerKeys.place(of: key)
                let entry = entryOfPlace[place]
                let others = placesOfEntry[entry].count { pages.order[places[$0].region] != nil }
                return ItemAnswer.Found(
                    line: try places[place].shown(), name: entries[entry].name, places: others)
            }
        return answer
    }

    /// How an entry fits a question in the place that the question names.
    private func relevance(of named: PlaceInQuestion, _ entry: Int, _ rest: Relevances??) -> Relevance? {
        if case .some(.some(let rest)) = rest { return rest.all[entry] }
        switch named.naming {
        case .chinese: return Relevance(.named, 4 + entries[entry].order)
        case .letters: return Relevance(.pinyin, PinyinText.Fit.beginning.detail + 16 + entries[entry].order)
        case .begunLetters: return Relevance(.pinyin, PinyinText.Fit.inside.detail + 16 + entries[entry].order)
        case .initials:
            return Relevance(.pinyin, PinyinText.Fit.initialsBeginning.detail + 16 + entries[entry].order)
        }
    }

    private func add(
        _ entry: Int, _ own: Relevance?, _ inPlace: Relevance?, _ misses: [ItemQuery.Filter], _ pages: inout AnswerKeys,
        _ counts: inout ItemCounts
    ) {
        var best: UInt64?
        for place in placesOfEntry[entry] {
            guard let order = pages.order[places[place].region] else { continue }
            var relevance = own
            if let inPlace, pages.containing.contains(places[place].region), relevance.map({ inPlace < $0 }) ?? true {
                relevance = inPlace
            }
            guard let relevance else { continue }
            let key = pages.key(relevance, order, length: entries[entry].length, place)
            best = min(best ?? key, key)
            if misses.isEmpty, !pages.isOncePerItem { pages.keys.append(key) }
        }
        guard let best else { return }
        if misses.isEmpty, pages.isOncePerItem { pages.keys.append(best) }
        counts.add(entries[entry], misses)
    }
}

/// The items of an answer as numbers that sort like the answer.
struct AnswerKeys {
    /// The places asked for, in the order in which their items come.
    let order: [Region: UInt64]
    /// The place that the question names, and those in which it lies.
    let containing: Set<Region>
    let isOncePerItem: Bool
    private let isByName: Bool
    var keys: [UInt64] = []

    init(_ query: ItemQuery, named: Region?) {
        let containing = named.map { named in query.regions.filter { $0.contains(named) } } ?? []
        let nearest = containing.sorted { $1.contains($0) }
        let regions = nearest + query.regions.filter { !containing.contains($0) }
        order = Dictionary(regions.enumerated().map { ($1, UInt64(min($0, 255))) }) { first, _ in first }
        self.containing = Set(containing)
        (isOncePerItem, isByName) = (query.isOncePerItem, !query.words.isEmpty)
    }

    /// 24 bits why it fits, 8 for the place, 10 for the length of the name, 22 for the code.
    func key(_ relevance: Relevance, _ order: UInt64, length: Int, _ place: Int) -> UInt64 {
        let name = isByName ? UInt64(min(length, 1023)) : 0
        return UInt64(relevance.value) << 40 | order << 32 | name << 22 | UInt64(place)
    }

    static func place(of key: UInt64) -> Int { Int(key & (1 << 22 - 1)) }
}

extension ItemQuery {
    enum Filter { case holder, department, theme, trips, slug }

    /// The filters that an entry does not pass.
    func misses(_ entry: ItemEntry) -> [Filter] {
        var misses: [Filter] = []
        if let holder, !entry.holders.contains(holder) { misses.append(.holder) }
        if let department, entry.department != department { misses.append(.department) }
        if let theme, !entry.themes.contains(where: { $0.zh == theme }) { misses.append(.theme) }
        if let tripsMax, entry.trips.map({ $0 > tripsMax }) ?? true { misses.append(.trips) }
        if let slug, entry.slug != slug { misses.append(.slug) }
        return misses
    }
}

extension ItemCounts {
    /// Counts an entry under every value of the filters that it would pass, were the one it misses set so.
    mutating func add(_ entry: ItemEntry, _ misses: [ItemQuery.Filter]) {
        let passes = { (filter: ItemQuery.Filter) in misses.allSatisfy { $0 == filter } }
        if passes(.holder) { for holder in entry.holders { holders[holder, default: 0] += 1 } }
        if passes(.department) { departments[entry.department, default: 0] += 1 }
        if passes(.theme) {
            for theme in entry.themes {
                themes[theme.zh, default: 0] += 1
                if themeNames[theme.zh] == nil { themeNames[theme.zh] = theme }
            }
        }
        if passes(.trips), let least = entry.trips {
            for most in 0...1 where least <= most { trips[most, default: 0] += 1 }
        }
    }
}
