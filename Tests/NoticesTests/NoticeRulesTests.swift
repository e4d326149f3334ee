import Notices
import Testing
import Vocabulary

@Suite struct NoticeRulesTests {
    private static let mobile = MobileNumber("13800000001")
    private static let mail = MailAddress("lin@example.com")

    private static func channels(
        _ kind: NoticeKind = .accepted, _ preference: NoticePreference = NoticePreference(mail: mail),
        mobile: MobileNumber? = mobile, _ means: Set<NoticeChannel> = [.sms, .mail]
    ) -> [NoticeChannel] {
        NoticeRules.addresses(
            for: kind, mobile: mobile, preference, NoticeRules.Means(channels: means, quiet: .usual)
        ).map(\.channel)
    }

    @Test func `a person is told by every way that she wants and the house has; staff are told in the house`() {
        #expect(Self.channels() == [.sms, .mail])
        #expect(Self.channels(.accepted, NoticePreference()) == [.sms])
        #expect(Self.channels(.accepted, NoticePreference(wantsSMS: false, mail: Self.mail)) == [.mail])
        #expect(Self.channels(mobile: nil) == [.mail])
        #expect(Self.channels(.accepted, NoticePreference(mail: Self.mail), [.mail]) == [.mail])
        #expect(Self.channels(.accepted, NoticePreference(mail: Self.mail), []) == [])
        #expect(Self.channels(.overdue) == [])
    }

    @Test func `what is not urgent waits until the morning`() throws {
        let means = NoticeRules.Means(channels: [.sms], quiet: .usual)
        let night = Instant(SampleNotice.morning.day, hour: 23)
        let morning = Instant(SampleNotice.morning.day.advanced(byDays: 1), hour: 8)
        #expect(NoticeRules.waits(.accepted, at: night, means) == morning)
        #expect(NoticeRules.waits(.accepted, at: SampleNotice.morning, means) == nil)
        #expect(NoticeRules.waits(.hearingScheduled, at: night, means) == nil)
        #expect(
            NoticeKind.all.filter(\.isUrgent).map(\.id) == [
                "hearing-scheduled", "commitment-check", "overdue", "urged", "order-issued", "order-escalated",
                "bad-review-late", "look-raised",
            ])
    }

    @Test func `quiet hours go over midnight and end to the minute`() throws {
        let day = SampleNotice.morning.day
        let quiet = try #require(QuietHours("21:00-08:00"))
        #expect(quiet == .usual && "\(quiet)" == "21:00-08:00")
        let cases: [(Instant, Instant?)] = [
            (Instant(day, hour: 20, minute: 59), nil),
            (Instant(day, hour: 21), Instant(day.advanced(byDays: 1), hour: 8)),
            (Instant(day, hour: 0), Instant(day, hour: 8)), (Instant(day, hour: 7, minute: 59), Instant(day, hour: 8)),
            (Instant(day, hour: 8), nil),
        ]
        for (now, end) in cases { #expect(quiet.end(at: now) == end, "\(now)") }
        let noon = try #require(QuietHours("12:30-14:00"))
        #expect(noon.end(at: Instant(day, hour: 13)) == Instant(day, hour: 14))
        #expect(noon.end(at: Instant(day, hour: 14)) == nil && noon.end(at: Instant(day, hour: 12)) == nil)
        #expect(QuietHours("none") == QuietHours.none && QuietHours.none.end(at: Instant(day, hour: 3)) == nil)
        for text in ["", "21-8", "25:00-08:00", "21:00-21:00", "21:60-08:00", "21:00", "21:00-08:00-09:00"] {
            #expect(QuietHours(text) == nil, "\(text)")
        }
    }

    @Test func `an address of mail has one shape and is described masked`() throws {
        let address = try #require(MailAddress("lin.xiao+zwfw@mail.example.com"))
        #expect("\(address)" == "l***@mail.example.com" && address.domain == "mail.example.com")
        var dumped = ""
        dump(NoticeAddress.mail(address), to: &dumped)
        #expect(!dumped.contains("xiao"))
        let wrong = [
            "", "lin", "@example.com", "lin@", "lin@localhost", "a b@example.com",
            "lin@example.com\r\nBcc: x@example.com",
            "lin@@example.com", ".lin@example.com", "lin@-example.com", "林@example.com", "\"lin\"@example.com",
            String(repeating: "a", count: 65) + "@example.com",
        ]
        for text in wrong { #expect(MailAddress(text) == nil, "\(text)") }
    }
}
