import Dossiers
import Hall
import Notices
import Store
import StoreTestSupport
import Synchronization
import Testing
import Vocabulary

@Suite struct NoticeRoundTests {
    @Test(arguments: StoreUnderTest.all)
    func `a gateway that is away for an hour loses no notice and sends none twice`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            post.sms.state.withLock { $0.isAway = true }
            var ids: [DossierID] = []
            for _ in 0..<5 { ids.append(try await post.story.filed()) }
            try await post.story.settle()
            try await post.wait(seconds: 3600, step: 60)
            #expect(post.sms.texts.isEmpty)
            post.sms.state.withLock { $0.isAway = false }
            try await post.wait(seconds: 3600)
            for id in ids { #expect(try await post.states(id) == [.sent]) }
            #expect(post.sms.texts.count == 5)
            #expect(try await post.hall.undelivered().isEmpty)
            let counts = try await store.read { tx in try Outbox.counts(in: tx) }
            #expect(counts == (0, 0))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `after a lost answer the gateway is asked first, and the message is not handed over again`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            post.sms.state.withLock { $0.answersLost = 1 }
            let id = try await post.story.filed()
            try await post.story.settle()
            let told = try #require(try await post.told(id).first)
            #expect(told.deliveries.map(\.failure) == ["unanswered"] && told.deliveries.map(\.state) == [.failed])
            try await post.wait(seconds: 300)
            #expect(try await post.states(id) == [.sent])
            let (sends, asks) = post.sms.state.withLock { ($0.sends, $0.asks) }
            #expect(sends == 1 && asks == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a process that died with a message in its hands leaves a row that says so, and the next one asks`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            let id = try await post.story.filed()
            // What a process has done that died after the gateway took the message.
            let (told, now) = (try #require(try await post.told(id).first), post.clock.source.now())
            let delivery = try #require(told.deliveries.first)
            let leases = try await store.write { tx in
                try DeliveryTable.begin(delivery, now: now, in: tx)
                return try Outbox.lease(limit: 9, holder: "dead", lane: .world, now: now, in: tx)
            }
            #expect(leases.count == 1)
            let message = try #require(try post.hall.post.message(told.notice, delivery, .zh))
            _ = try await post.sms.send(message)
            #expect(try await post.states(id) == [.sending])
            try await post.wait(seconds: 300)
            #expect(try await post.states(id) == [.sent])
            #expect(post.sms.state.withLock { $0.sends } == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `at night nothing goes out but what is urgent; in the morning it does, with all its tries`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            post.clock.move(seconds: 14 * 3600)
            let id = try await post.story.filed()
            let dossier = try await post.story.dossier(id)
            let stamp = post.hall.stamp(of: .platform)
            try await store.write { tx in
                try post.hall.tell(
                    .commitmentCheck, to: .person(HallStory.applicant), about: dossier,
                    ["day": .day(stamp.now.day)], because: (id.subject, 7), stamp: stamp, in: tx)
            }
            try await post.wait(seconds: 3600)
            #expect(post.sms.texts.count == 1 && post.sms.texts[0].contains("核查"))
            try await post.wait(seconds: 7 * 3600)
            #expect(post.sms.texts.count == 1, "it is seven o'clock")
            try await post.wait(seconds: 3600)
            #expect(post.sms.texts.count == 2)
            #expect(try await post.told(id).flatMap(\.deliveries).allSatisfy { $0.attempts <= 1 })
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a try that would fall into the night is put off`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            post.clock.move(seconds: 12 * 3600 - 60)
            post.sms.state.withLock { $0.isAway = true }
            let id = try await post.story.filed()
            try await post.story.settle()
            try await post.wait(seconds: 36_000)
            let sends = post.sms.state.withLock { state in
                state.isAway = false
                return state.sends
            }
            #expect(sends == 1, "the night was quiet")
            try await post.wait(seconds: 3600 + 300)
            #expect(try await post.states(id) == [.sent])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what nobody takes is a task for a person, who sends it again or settles it`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            post.sms.state.withLock { $0.rejected = ["13800000000"] }
            let ids = [try await post.story.filed(), try await post.story.filed()]
            try await post.story.settle()
            let tasks = try await post.hall.undelivered()
            #expect(tasks.count == 2 && tasks.allSatisfy { $0.spent.failure == "rejected" && $0.spent.attempts == 1 })
            #expect(Set(tasks.compactMap { $0.notice?.matter.dossier }) == Set(ids))
            #expect(
                tasks.allSatisfy {
                    $0.delivery?.state == .givenUp && "\($0.delivery?.address as Any)".contains("138****0000")
                })
            post.sms.state.withLock { $0.rejected = [] }
            try await post.hall.redeliver(tasks[0].spent.id)
            try await post.hall.redeliver(tasks[0].spent.id)
            try await post.story.settle()
            try await post.hall.settle(tasks[1].spent.id, by: .staff(StaffID(Subject(high: 2, low: 1))))
            await #expect(throws: NoticeRefusal.notFound) {
                try await post.hall.settle(tasks[1].spent.id, by: .platform)
            }
            #expect(try await post.hall.undelivered().isEmpty)
            var states: Set<NoticeDelivery.State> = []
            for id in ids { states.formUnion(try await post.states(id)) }
            #expect(states == [.sent, .settled] && post.sms.texts.count == 1)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a gateway that stays away spends the tries, and the notice waits on the screen`(
        _ place: StoreUnderTest
    ) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store, quiet: .none)
            post.sms.state.withLock { $0.isAway = true }
            let id = try await post.story.filed()
            try await post.wait(seconds: 3 * 3600)
            #expect(try await post.states(id) == [.givenUp])
            #expect(try await post.hall.undelivered().map(\.spent.attempts) == [Outbox.attemptsMax])
            let entries = try await post.told(id).first.map { $0.notice.id }
            let kinds = try await store.read { tx in
                try entries.map { try Journal.entries(of: $0.subject, in: tx).map(\.kind) }
            }
            #expect(kinds == ["notice.created", "notice.failed"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a way that was closed since leaves a task, not a silence`(_ place: StoreUnderTest) async throws {
        try await place.use(HallStory.migrations) { store in
            let post = try NoticeStory(store: store)
            _ = try await post.story.filed()
            var closed = post.story
            closed.hall.post = .portalOnly
            try await closed.settle()
            #expect(try await post.hall.undelivered().map(\.spent.failure) == ["no-gateway"])
        }
    }
}
