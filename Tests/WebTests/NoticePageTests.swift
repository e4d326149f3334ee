import Accounts
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import HummingbirdTesting
import Notices
import Store
import Testing
import Vocabulary

@testable import Web

@Suite struct NoticePageTests {
    private static func visit(
        _ visitor: Visitor, _ body: @escaping @Sendable (Caller, CaseMaker) async throws -> Void
    ) async throws {
        try await DoorHouse.open { house in
            let cast = try await Cast(house)
            let maker = try await CaseMaker(cast)
            try await house.app.test(.router) { client in
                let session = try await cast.session(of: visitor)
                try await body(Caller(client: client, session: session, house: house), maker)
            }
        }
    }

    @Test func `what somebody is told stands on her page until she has read it, and leads to the case`() async throws {
        try await Self.visit(.applicant) { caller, maker in
            #expect(try await caller.get("/notices").text.contains("No messages yet"))
            let id = try await maker.dossier(.correctionRequested)
            let page = try await caller.get("/notices").text
            #expect(
                page.contains("Messages (2)") && page.contains("Please correct your application")
                    && page.contains("Your application is received"))
            #expect(page.contains("class=\"unread\"") && page.contains("Mark all as read"))
            let told = try await caller.house.hall.told(about: id)
            let path = "/notices/\(told[0].notice.addressee)/\(told[0].notice.id)"
            let answer = try await caller.post(path, [])
            #expect(answer.headers[.location] == "/dossiers/\(id)")
            #expect(try await caller.get("/notices").text.contains("Messages (1)"))
            _ = try await caller.post("/notices/reading", [])
            let read = try await caller.get("/notices").text
            #expect(
                !read.contains("Messages (") && !read.contains("Mark all as read")
                    && read.contains("Please correct your application"))
            let dossier = try await caller.get("/dossiers/\(id)").text
            #expect(dossier.contains("What was told") && dossier.contains("Portal"))
        }
    }

    @Test func `an English reader reads English, with the item's English name`() async throws {
        try await Self.visit(.applicant) { caller, maker in
            _ = try await maker.dossier(.received)
            let notices = try await caller.house.hall.notices(for: .person(maker.cast.lin))
            let words = try WordTables.shipped().words(.portal, .en)
            let line = try await caller.house.site.line(try #require(notices.first), words)
            #expect(line.title == "Your application is received")
            #expect(!ChineseText.isIn(line.text), "\(line.text)")
        }
    }

    @Test func `preferences are kept, and an address that is none is asked for again`() async throws {
        try await Self.visit(.applicant) { caller, maker in
            let wrong = try await caller.post(
                "/notices/preferences", [("sms", "false"), ("mail", "lin@"), ("language", "zh")])
            #expect(wrong.status == .unprocessableContent)
            #expect(
                wrong.text.contains("This is no address of electronic mail") && wrong.text.contains("value=\"lin@\""))
            #expect(throws: NoticeRefusal.malformedMail) { try NoticePreferences.mail(in: "lin@") }
            _ = try await caller.post(
                "/notices/preferences", [("sms", "false"), ("mail", "lin@example.com"), ("language", "en")])
            let kept = try await caller.house.hall.noticePreference(of: .person(maker.cast.lin))
            #expect(kept == NoticePreference(wantsSMS: false, mail: MailAddress("lin@example.com"), language: .en))
            let page = try await caller.get("/notices/preferences?saved=1").text
            #expect(page.contains("Saved") && page.contains("lin@example.com"))
            // What the page itself would send is what is taken.
            let choices = page.matches(of: /name="sms" value="(\w+)"/).map { String($0.1) }
            #expect(choices == ["true", "false"])
            let torn = try await caller.post("/notices/preferences", [("sms", "maybe"), ("language", "zh")])
            torn.expect(refusal: DoorRefusal.malformedForm)
        }
    }

    @Test func `what a gateway refuses waits on the screen, masked, until somebody settles it`() async throws {
        try await Self.visit(.supervisor) { caller, maker in
            #expect(try await caller.get("/office/undelivered").text.contains("Nothing is undelivered"))
            let id = try await maker.dossier(.received)
            let hall = caller.house.hall
            let (opened, stamp) = (try await hall.open(id).dossier, hall.stamp(of: .platform))
            let mobile = try #require(MobileNumber("13800000001"))
            let day = NoticeValue.day(stamp.now.day)
            try await hall.store.write { tx in
                let about: [String: NoticeValue] = [
                    "item": .text("示例"), "number": .text(opened.submitted.numbers.short), "day": day,
                ]
                let notice = try Notice(
                    .made(for: "test", stamp: stamp), .accepted, to: .person(maker.cast.lin),
                    about: NoticeMatter(id, catalogCode: opened.submitted.terms.catalogCode), values: about,
                    now: stamp.now)
                try NoticeTable.create(notice, to: [.mobile(mobile)], stamp: stamp, in: tx)
                for lease in try Outbox.lease(limit: 9, holder: "a", lane: .world, now: stamp.now, in: tx) {
                    _ = try Outbox.setAside(lease, failure: "rejected", now: stamp.now, in: tx)
                }
            }
            let page = try await caller.get("/office/undelivered").text
            #expect(page.contains("138****0001") && !page.contains("13800000001"))
            #expect(page.contains("Your application is accepted") && page.contains("The gateway refuses it"))
            #expect(page.contains(opened.submitted.numbers.short))
            let task = try #require(try await hall.undelivered().first)
            _ = try await caller.post("/office/undelivered/\(task.id)/redelivery", [])
            #expect(try await hall.undelivered().isEmpty)
            let again = try await caller.post("/office/undelivered/\(task.id)/settlement", [])
            again.expect(refusal: NoticeRefusal.notFound)
            let wrong = try await caller.post("/office/undelivered/nothing/settlement", [])
            wrong.expect(refusal: DoorRefusal.noSuchPage)
        }
    }
}
