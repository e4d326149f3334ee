import Accounts
import Exchange
import Foundation
import Hall
import Hummingbird
import HummingbirdTesting
import Store
import StoreTestSupport
import Testing
import Vocabulary

@testable import Web

@Suite struct EventsAPITests {
    @Test(arguments: StoreUnderTest.all)
    func `a partner reads what happened to the dossiers within its grants, page by page, and nobody else's`(
        _ place: StoreUnderTest
    ) async throws {
        try await DoorHouse.open(on: place) { house in
            try await house.seal()
            let before = try await house.hall.events.sealed()
            let dossier = try await house.filed(for: try await house.chen())
            try await house.seal()
            let near = try await house.partner("near", Grant.Extent(region: Region("350000")))
            let far = try await house.partner("far", Grant.Extent(region: Region("350211")))
            try await house.app.test(.router) { client in
                func feed(_ query: String, _ token: String) async throws -> FeedReply {
                    let answer = try await client.api(.get, "/events?\(query)", token: token)
                    #expect(answer.status == .ok, "\(query): \(String(buffer: answer.body))")
                    return try answer.value()
                }
                let all = try await feed("after=\(before)", near)
                #expect(all.events.map(\.kind) == ["dossier.submitted", "dossier.received"])
                #expect(Set(all.events.map(\.dossier)) == ["\(dossier)"] && all.events.map(\.sequence) == [1, 2])
                #expect(all.events.first?.data == .record(["delivery": .text("eCertificate"), "mode": .text("O1")]))
                #expect(!all.hasMore)
                #expect(try await feed("after=\(all.next)", near).events.isEmpty)
                // One at a time it is the same.
                let first = try await feed("after=\(before)&limit=1", near)
                #expect(first.events == [all.events[0]] && first.hasMore && first.next == first.events[0].cursor)
                #expect(try await feed("after=\(first.next)&limit=1", near).events == [all.events[1]])
                let received = try await feed("after=\(before)&kinds=parcel.*,dossier.received", near)
                #expect(received.events == [all.events[1]])
                let none = try await feed("after=\(before)", far)
                #expect(none.events.isEmpty && none.next == all.next, "the cursor goes on where nothing is for one")
            }
        }
    }

    @Test func `a feed that finds nothing moves on by a bounded number of pages`() async throws {
        try await DoorHouse.open { house in
            let entries = (0..<20_000).map { number in
                JournalEntry(
                    JournalEntry.Place(
                        Subject(high: 9, low: UInt64(number)), sequence: 1, at: house.hall.time.now(),
                        actor: .platform), kind: "accounts.granted", version: 1, body: Array("{}".utf8), personal: nil)
            }
            try await house.hall.store.write { tx in try Journal.append(entries, in: tx) }
            try await house.seal()
            let token = try await house.partner("patient")
            try await house.app.test(.router) { client in
                let size = try await house.hall.events.sealed()
                var (next, answers) = (size - 20_000, 0)
                while next < size {
                    let feed: FeedReply = try await client.api(.get, "/events?after=\(next)", token: token).value()
                    #expect(feed.events.isEmpty && feed.hasMore == (feed.next != "\(size)"))
                    let more = try #require(Int(feed.next))
                    #expect((1...EventPages.positionsMax * Hall.eventPagesMax).contains(more - next), "\(next)")
                    (next, answers) = (more, answers + 1)
                }
                #expect(answers == 3)
            }
        }
    }

    @Test func `whoever may follow nothing, and what is no cursor, is refused`() async throws {
        try await DoorHouse.open { house in
            let filer = try await house.partner("filer", scope: .file)
            let token = try await house.partner("reader")
            try await house.app.test(.router) { client in
                try await client.api(.get, "/events", token: filer).problem()
                    .expect(refusal: PartnerRefusal.scopeMissing)
                try await client.api(.get, "/events").problem().expect(refusal: DoorRefusal.notSignedIn)
                let clerk = try await client.token("window-city", staff: true)
                try await client.api(.get, "/events", token: clerk).problem().expect(refusal: DoorRefusal.wrongDoor)
                try await client.api(.get, "/events?after=x", token: token)
                    .problem().expect(refusal: ExchangeRefusal.cursorUnfit)
                try await client.api(.get, "/events?after=99999999", token: token)
                    .problem().expect(refusal: ExchangeRefusal.cursorAhead)
                try await client.api(.get, "/events?kinds=accounts.*", token: token)
                    .problem().expect(refusal: ExchangeRefusal.kindsUnfit)
                for limit in ["0", "501", "x"] {
                    try await client.api(.get, "/events?limit=\(limit)", token: token)
                        .problem().expect(refusal: APIRefusal.malformed)
                }
            }
        }
    }

    @Test func `a partner subscribes, sees its own subscriptions alone, and learns each secret once`() async throws {
        try await DoorHouse.open { house in
            let (token, other) = (try await house.partner("one"), try await house.partner("two"))
            try await house.app.test(.router) { client in
                let wish = #"{"url": "https://example.org/hook", "kinds": ["dossier.*"]}"#
                let made = try await client.api(.post, "/subscriptions", wish, token: token)
                #expect(made.status == .created)
                let subscription: SubscriptionReply = try made.value()
                #expect(subscription.secret?.hasPrefix("whsec_") == true && subscription.state == "active")
                let path = "/subscriptions/\(subscription.id)"
                let read: SubscriptionReply = try await client.api(.get, path, token: token).value()
                #expect(read.secret == nil && read.cursor == subscription.cursor)
                for (method, path) in [
                    (HTTPRequest.Method.get, path), (.delete, path), (.post, "\(path)/secret-renewals"),
                    (.post, "\(path)/pings"), (.get, "/subscriptions/x"),
                ] {
                    try await client.api(method, path, method == .post ? "{}" : nil, token: other)
                        .problem().expect(refusal: ExchangeRefusal.notFound)
                }
                try await client.api(.post, "/subscriptions", wish, token: token)
                    .problem().expect(refusal: ExchangeRefusal.addressTaken)
                try await client.api(.post, "/subscriptions", #"{"url": "http://127.0.0.1/"}"#, token: token)
                    .problem().expect(refusal: ExchangeRefusal.addressUnfit)
                try await client.api(
                    .post, "/subscriptions", #"{"url": "https://example.org/b", "after": "99999999"}"#, token: token
                ).problem().expect(refusal: ExchangeRefusal.cursorAhead)
                try await client.api(
                    .post, "/subscriptions", #"{"url": "https://example.org/b", "after": "x"}"#, token: token
                ).problem().expect(refusal: ExchangeRefusal.cursorUnfit)
                let renewed: SubscriptionReply = try await client.api(
                    .post, "\(path)/secret-renewals", "{}", token: token
                ).value()
                #expect(renewed.secret != nil && renewed.secret != subscription.secret)
                try await client.api(.post, "\(path)/pings", "{}", token: token)
                    .problem().expect(refusal: ExchangeRefusal.noPost)
                #expect(try await client.api(.delete, path, token: token).status == .noContent)
                try await client.api(.get, path, token: token).problem().expect(refusal: ExchangeRefusal.notFound)
            }
        }
    }
}
