import Catalogue
import Accounts
import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@Suite struct NoticeTests {
    private static let holder = Holder.person(HallStory.applicant)

    @Test(arguments: StoreUnderTest.all)
    func `a life tells the applicant of every step that concerns her, in the transaction of the step`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            let id = try await post.story.granted(.nearestWindow, delivery: .counter)
            try await post.story.settle()
            #expect(try await post.kinds(id) == ["received", "accepted", "granted", "ready"])
            #expect(try await post.states(id) == [.sent, .sent, .sent, .sent])
            let accepted = try #require(post.sms.texts.first { $0.contains("已受理") })
            #expect(accepted.hasPrefix("【福州政务服务】您申请的“特殊工时审批”") && accepted.contains("最迟11月23日"))
            guard case .issued(_, _, .some(let code)) = try await post.story.dossier(id).stage else {
                Issue.record("not ready")
                return
            }
            #expect(post.sms.texts.contains { $0.contains("取件码\(code)") })
            let unread = try await post.hall.notices(for: Self.holder)
            #expect(unread.count == 4 && unread.allSatisfy { $0.readAt == nil })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what ends otherwise is told as it ended`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            let (story, clerk) = (post.story, HallStory.clerk)
            let declined = try await story.filed()
            try await story.perform(
                .decline(.otherAuthority, authority: "福州市教育局", note: "不属于本机关"), on: declined, by: clerk)
            #expect(try await post.kinds(declined) == ["received", "declined"])
            let withdrawn = try await story.filed()
            try await story.perform(.withdraw(note: ""), on: withdrawn, by: .person(HallStory.applicant))
            #expect(try await post.kinds(withdrawn) == ["received", "withdrawn"])
            let refused = try await story.filed()
            try await story.perform(.accept, on: refused, by: clerk)
            try await story.perform(.passReview(.refuse, opinion: "不符合"), on: refused, by: HallStory.reviewer)
            try await story.perform(.refuse(grounds: "不符合", standard: ""), on: refused, by: HallStory.decider)
            #expect(try await post.kinds(refused) == ["received", "accepted", "refused"])
            let corrected = try await story.filed()
            let defects = [MaterialDefect("form", .incomplete, .overlooked)]
            try await story.perform(.requestCorrection(defects, note: ""), on: corrected, by: clerk)
            story.clock.move(days: 40)
            _ = try await Pulse(hall: post.hall).beat()
            #expect(try await post.kinds(corrected) == ["received", "correction-asked", "lapsed"])
            let day = try #require(try await post.told(corrected)[1].notice.values?["day"])
            #expect(day == .day(try #require(CivilDate("2018-12-10"))), "fifteen working days")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `without a gateway everything stands in the portal and nothing waits`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let story = try HallStory(store: store)
            let id = try await story.granted()
            try await story.settle()
            let told = try await story.hall.told(about: id)
            #expect(told.count == 5 && told.allSatisfy(\.deliveries.isEmpty))
            let counts = try await store.read { tx in try Outbox.counts(in: tx) }
            #expect(counts == (0, 0))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `somebody who wants mail in English and no text messages gets that`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            let wanted = NoticePreference(wantsSMS: false, mail: MailAddress("lin@example.com"), language: .en)
            try await post.hall.keep(wanted, of: Self.holder)
            #expect(try await post.hall.noticePreference(of: Self.holder) == wanted)
            _ = try await post.story.filed()
            try await post.story.settle()
            #expect(post.sms.texts.isEmpty)
            let mail = try #require(post.mail.state.withLock { $0.taken.values.first })
            #expect(mail.subject == "Your application is received" && mail.address.text == "lin@example.com")
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a notice is read by whose it is, and by nobody else`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            _ = try await post.story.granted()
            let notice = try #require(try await post.hall.notices(for: Self.holder).last)
            let stranger = Holder.person(PersonID(Subject(high: 9, low: 9)))
            #expect(try await post.hall.notices(for: stranger).isEmpty)
            await #expect(throws: NoticeRefusal.notFound) {
                _ = try await post.hall.read(notice.id, of: notice.addressee, by: stranger)
            }
            _ = try await post.hall.read(notice.id, of: notice.addressee, by: Self.holder)
            #expect(try await post.hall.notices(for: Self.holder).last?.readAt == post.clock.source.now())
            try await post.hall.readAll(for: Self.holder)
            #expect(try await post.hall.notices(for: Self.holder).allSatisfy { $0.readAt != nil })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a member of staff is told in the house only`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            let id = try await post.story.filed()
            let dossier = try await post.story.dossier(id)
            let officer = StaffID(Subject(high: 2, low: 2))
            let stamp = post.hall.stamp(of: .platform)
            try await store.write { tx in
                for sequence in 1...2 {
                    try post.hall.tell(
                        .overdue, to: .staff(officer), about: dossier, ["day": .day(stamp.now.day)],
                        because: (id.subject, sequence),
                        stamp: stamp, in: tx)
                }
            }
            try await post.story.settle()
            #expect(try await post.hall.notices(for: .staff(officer)).map(\.kind) == [.overdue, .overdue])
            #expect(try await post.kinds(id) == ["received"], "what the staff are told is not for the applicant")
            #expect(post.sms.texts.count == 1)
        }
    }
}
