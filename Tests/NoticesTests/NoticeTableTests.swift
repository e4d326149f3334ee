import Notices
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct NoticeTableTests {
    private static let address = [
        MobileNumber("13800000001").map(NoticeAddress.mobile), MailAddress("lin@example.com").map(NoticeAddress.mail),
    ].compactMap { $0 }
    private static let box = NoticeBox(SampleNotice.person.subject)

    private static func create(_ kinds: [NoticeKind], to addresses: [NoticeAddress] = address, in store: any Store)
        async throws -> [Notice]
    {
        var notices: [Notice] = []
        for (number, kind) in kinds.enumerated() {
            let now = SampleNotice.morning.advanced(bySeconds: Int64(number))
            let notice = try SampleNotice.notice(kind, now: now)
            try await store.write { tx in
                try NoticeTable.create(notice, to: addresses, stamp: SampleNotice.stamp(now), in: tx)
            }
            notices.append(notice)
        }
        return notices
    }

    @Test(arguments: StoreUnderTest.all)
    func `a notice is read back as it was made, with an errand for each address`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let notice = try #require(try await Self.create([.ready], in: store).first)
            let (read, deliveries, leases, entries) = try await store.write { tx in
                (
                    try NoticeTable.notice(notice.id, of: notice.addressee, in: tx),
                    try DeliveryTable.deliveries(of: notice.id, to: notice.addressee, in: tx),
                    try Outbox.lease(limit: 9, holder: "a", lane: .world, now: SampleNotice.morning, in: tx),
                    try Journal.entries(of: notice.id.subject, in: tx)
                )
            }
            #expect(read == notice)
            #expect(deliveries.map(\.channel) == [.mail, .sms] && deliveries.allSatisfy { $0.state == .waiting })
            #expect(Set(deliveries.compactMap(\.address)) == Set(Self.address))
            #expect(try leases.map { try NoticeErrand($0.effect).channel } == [.sms, .mail])
            #expect(entries.map(\.kind) == ["notice.created"])
            let open = String(decoding: entries[0].body, as: UTF8.self)
            #expect(!open.contains("138") && !open.contains("lin@") && !open.contains("123456"), "\(open)")
            #expect(entries[0].personal != nil)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an errand waits as long as it is told`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let notice = try SampleNotice.notice(.accepted)
            let morning = SampleNotice.morning.advanced(bySeconds: 36_000)
            let counts = try await store.write { tx in
                try NoticeTable.create(
                    notice, to: Self.address, notBefore: morning, stamp: SampleNotice.stamp(), in: tx)
                return try [SampleNotice.morning.advanced(bySeconds: 35_999), morning].map {
                    try Outbox.lease(limit: 9, holder: "a", lane: .world, now: $0, in: tx).count
                }
            }
            #expect(counts == [0, 2])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a box shows its newest first, page by page, and only what it may hold`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let notices = try await Self.create([.received, .accepted, .granted, .ready], in: store)
            let staff = try SampleNotice.notice(.overdue)
            try await store.write { tx in try NoticeTable.create(staff, stamp: SampleNotice.stamp(), in: tx) }
            try await store.read { tx in
                let first = try NoticeTable.page(of: Self.box, limit: 3, in: tx)
                #expect(first.map(\.kind) == [.ready, .granted, .accepted])
                let rest = try NoticeTable.page(of: Self.box, before: first.last?.id, limit: 3, in: tx)
                #expect(rest.map(\.kind) == [.received])
                let mine = NoticeBox(SampleNotice.person.subject, items: ["x", SampleNotice.matter.catalogCode])
                let none = NoticeBox(SampleNotice.person.subject, items: ["x"])
                #expect(try NoticeTable.page(of: mine, in: tx).count == 4)
                #expect(try NoticeTable.page(of: none, in: tx).isEmpty)
                #expect(try NoticeTable.unread(in: none, in: tx) == 0)
                #expect(try NoticeTable.about(SampleNotice.matter.dossier, in: tx).count == 5)
            }
            #expect(notices.count == 4)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a notice is read once, by whose it is`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let notices = try await Self.create([.received, .accepted], in: store)
            let marks = try await store.write { tx in
                let now = SampleNotice.morning.advanced(bySeconds: 60)
                return [
                    try NoticeTable.markRead(notices[0].id, of: SampleNotice.staff.subject, now: now, in: tx),
                    try NoticeTable.markRead(notices[0].id, of: notices[0].addressee, now: now, in: tx),
                    try NoticeTable.markRead(
                        notices[0].id, of: notices[0].addressee, now: now.advanced(bySeconds: 60), in: tx),
                ]
            }
            #expect(marks == [false, true, false])
            try await store.read { tx in
                #expect(try NoticeTable.unread(in: Self.box, in: tx) == 1)
                let read = try NoticeTable.notice(notices[0].id, of: notices[0].addressee, in: tx)
                #expect(read?.readAt == SampleNotice.morning.advanced(bySeconds: 60))
            }
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a delivery goes its way, and its ends are entries of the journal`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let notice = try #require(try await Self.create([.ready], in: store).first)
            func delivery(_ channel: NoticeChannel) async throws -> NoticeDelivery {
                try #require(
                    try await store.read { tx in
                        try DeliveryTable.delivery(of: notice.id, channel, to: notice.addressee, in: tx)
                    })
            }
            let (sms, mail) = (try await delivery(.sms), try await delivery(.mail))
            #expect(sms.key == "\(notice.id)-sms")
            let stamp = SampleNotice.stamp(SampleNotice.morning.advanced(bySeconds: 5))
            try await store.write { tx in
                try DeliveryTable.begin(sms, now: stamp.now, in: tx)
                try DeliveryTable.begin(mail, now: stamp.now, in: tx)
                try DeliveryTable.failed(mail, .unanswered, isGivenUp: false, stamp: stamp, in: tx)
            }
            let (begun, failed) = (try await delivery(.sms), try await delivery(.mail))
            #expect(begun.state == .sending && begun.attempts == 1)
            #expect(failed.state == .failed && failed.failure == "unanswered")
            try await store.write { tx in
                try DeliveryTable.sent(sms, as: "G-1", stamp: stamp, in: tx)
                try DeliveryTable.failed(mail, .rejected, isGivenUp: true, stamp: stamp, in: tx)
            }
            let sent = try await delivery(.sms)
            #expect(sent.state == .sent && sent.message == "G-1")
            #expect(try await delivery(.mail).state == .givenUp)
            try await store.write { tx in
                try DeliveryTable.again(mail, now: stamp.now, in: tx)
                try DeliveryTable.settle(mail, stamp: stamp, in: tx)
            }
            #expect(try await delivery(.mail).state == .settled)
            let kinds = try await store.read { tx in try Journal.entries(of: notice.id.subject, in: tx).map(\.kind) }
            #expect(kinds == ["notice.created", "notice.sent", "notice.failed", "notice.settled"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `what somebody wants stays, and goes with everything that she was told`(_ place: StoreUnderTest) async throws {
        try await place.use(NoticeTable.migrations) { store in
            let person = SampleNotice.person.subject
            let usual = try await store.read { tx in try PreferenceTable.preference(of: person, in: tx) }
            #expect(usual == NoticePreference(wantsSMS: true, mail: nil, language: .zh))
            let wanted = NoticePreference(wantsSMS: false, mail: MailAddress("lin@example.com"), language: .en)
            for preference in [NoticePreference(language: .en), wanted] {
                try await store.write { tx in
                    try PreferenceTable.keep(preference, of: person, stamp: SampleNotice.stamp(), in: tx)
                }
            }
            #expect(try await store.read { tx in try PreferenceTable.preference(of: person, in: tx) } == wanted)
            let notices = try await Self.create([.received, .accepted, .ready], in: store)
            let counts = try await store.write { tx in
                try (1...3).map { _ in try NoticeTable.erase(person, limit: 2, in: tx) }
            }
            #expect(counts == [2, 1, 0])
            try await store.read { tx in
                #expect(try PreferenceTable.preference(of: person, in: tx) == usual)
                for notice in notices {
                    #expect(try NoticeTable.notice(notice.id, of: person, in: tx)?.values == nil)
                    let deliveries = try DeliveryTable.deliveries(of: notice.id, to: person, in: tx)
                    #expect(deliveries.allSatisfy { $0.address == nil })
                    #expect(try Journal.entries(of: notice.id.subject, in: tx).allSatisfy { $0.personal == nil })
                }
                #expect(try Journal.entries(of: person, in: tx).allSatisfy { $0.personal == nil })
            }
        }
    }
}
