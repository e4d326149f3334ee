import Synchronization

/// Keeps the figures of the catalogue as it was last asked for; a change reads again only what it changed.
package final class FigureKeeper: Sendable {
    private let last = Mutex<CatalogueFigures?>(nil)

    /// A keeper that knows nothing yet.
    package init() {}

    /// The figures of an index.
    package func figures(of index: ItemIndex) throws -> CatalogueFigures {
        let known = last.withLock { $0 }
        if let known, known.generation == index.generation { return known }
        let figures = try CatalogueFigures(index, before: known)
        last.withLock { last in
            if last.map({ $0.generation < figures.generation }) ?? true { last = figures }
        }
        return figures
    }
}
