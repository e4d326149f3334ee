import Hall
import Hummingbird
import Vocabulary

/// Pages that say the same to everybody who is not signed in, as bytes: made once, and right until the catalogue
/// changes. Every reader asks for the catalogue's number first, so that nobody sees what was published replaced.
final class KeptPages: Sendable {
    /// LIMIT: pages that are kept; beyond them all are forgotten and made anew when they are asked for.
    static let pagesMax = 1000
    /// LIMIT: bytes of a page that is kept.
    static let bytesMax = 128 << 10

    /// What such a page depends on, the catalogue apart.
    private struct Key: Hashable {
        /// With everything behind its question mark.
        let path: String
        let preferences: Preferences
    }

    private struct Kept {
        let generation: Int
        let page: TaggedBytes
    }

    private let pages = Remembered<Key, Kept>(limit: pagesMax)

    /// The page of this address as this reader wants it, at least as new as a generation of the catalogue.
    func page(
        _ context: SiteContext, at generation: Int, making: () async throws -> HTML
    ) async throws -> TaggedBytes {
        let key = Key(path: context.path, preferences: context.preferences)
        if let kept = pages.known(key), kept.generation >= generation { return kept.page }
        let page = TaggedBytes(try await making().bytes)
        if page.bytes.readableBytes <= Self.bytesMax {
            pages.keep(Kept(generation: generation, page: page), for: key)
        }
        return page
    }
}

extension Site {
    /// A page about the catalogue that shows nothing of its reader unless she is signed in: then it is made for her,
    /// and otherwise once for all. A browser that has it already is told so.
    func kept(
        _ request: Request, _ context: SiteContext, making: () async throws -> HTML
    ) async throws -> Response {
        guard context.guest == nil else { return .page(try await making()) }
        let page = try await keptPages.page(
            context, at: try await hall.catalogueGeneration(), making: making)
        // What stands between here and her must not show it to whoever is signed in.
        return .tagged(page, [.contentType: "text/html; charset=utf-8", .vary: "Cookie"], for: request)
    }
}
