import Accounts
import Exchange
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// A partner's program that showed its token: without one there is no such context.
struct PartnerContext: ChildRequestContext, DoorContext {
    var coreContext: CoreRequestContextStorage
    let site: SiteContext
    let partner: Hall.PartnerGuest

    init(context: SiteContext) throws {
        guard context.isAPI else { throw DoorRefusal.notSignedIn }
        guard let partner = context.partner else {
            _ = try context.signedIn()
            throw DoorRefusal.wrongDoor
        }
        (coreContext, site, self.partner) = (context.coreContext, context, partner)
    }
}

/// `GET /api/v1/events?after=&limit=&kinds=`: what happened, in the order of the sealed journal.
struct EventsAPI {
    /// How many events an answer holds where nobody says.
    static let limitUsual = 100
    let site: Site

    func list(_ request: Request, _ context: PartnerContext) async throws -> Response {
        let (after, limit) = (try request.strictlyAsked("after"), try request.strictlyAsked("limit"))
        guard let cursor = after.isEmpty ? EventCursor.start : EventCursor(after) else {
            throw ExchangeRefusal.cursorUnfit
        }
        guard let most = limit.isEmpty ? Self.limitUsual : Int(limit), (1...Hall.eventsMax).contains(most) else {
            throw APIRefusal.malformed
        }
        let feed = try await site.hall.events(
            after: cursor, limit: most, kinds: try EventKinds(try request.strictlyAsked("kinds")),
            by: context.partner)
        return Self.answer(feed)
    }

    /// The events stand in it byte for byte as webhooks carry them.
    private static func answer(_ feed: Hall.Feed) -> Response {
        var bytes = Array("{\"events\":[".utf8)
        bytes.reserveCapacity(feed.events.reduce(64) { $0 + $1.body.count + 1 })
        for (index, event) in feed.events.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += event.body
        }
        bytes += "],\"hasMore\":\(feed.hasMore),\"next\":\"\(feed.next)\"}".utf8
        return Response(
            status: .ok, headers: [.contentType: "application/json", .contentLength: "\(bytes.count)"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
