import Accounts
import Dossiers
import Hall
import Store
import StoreTestSupport
import Supervision
import Testing
import Vocabulary

/// Whoever did the first thing does not do the second, and nobody does it in her place (decision 0012).
@Suite struct FourEyesTests {
    private typealias Who = SupervisionHouse.Who

    @Test(arguments: StoreUnderTest.all)
    func `whoever stands in for the issuer of an order does not rule on the appeal where somebody else can`(
        _ place: StoreUnderTest
    ) async throws {
        func appealed(_ house: SupervisionHouse) async throws -> OrderID {
            let order = try await house.issue(nil, on: try await house.examined())
            try await house.perform(.appeal(reasons: "期限计算有误"), on: order, by: .decider)
            try await house.away(.supervisor, deputy: .governor)
            return order
        }
        let ruling = OrderCommand.rule(isUpheld: true, text: "期限无误")
        try await SupervisionHouse.open(place) { house in
            let order = try await appealed(house)
            await #expect(throws: OrderRefusal.issuerMayNotRule) {
                try await house.perform(ruling, on: order, by: .governor)
            }
            let seen = try await house.hall.order(order, for: try await house.guest(.governor))
            #expect(seen.isRulingOfOthers)
            try await house.perform(ruling, on: order, by: .colleague)
            // What is not a second thing she does in the issuer's place.
            try await house.perform(.withdraw(text: "误发"), on: order, by: .governor)
        }
        try await SupervisionHouse.open(place, Who.allCases.filter { $0 != .colleague }) { house in
            let order = try await appealed(house)
            let seen = try await house.hall.order(order, for: try await house.guest(.governor))
            #expect(!seen.isRulingOfOthers, "there is nobody else")
            try await house.perform(ruling, on: order, by: .governor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever stands in for the one who looked neither answers nor decides a question about it`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let body = try HallStory.terms().body
            try await house.grant(.head, to: .decider, Grant.Extent(department: body, region: .fuzhou))
            let lookers: [(Who, Power, Who)] = [(.head, .lead, .stranger), (.supervisor, .supervise, .governor)]
            for (looker, power, deputy) in lookers {
                let dossier = try await house.examined()
                _ = try await house.hall.open(
                    dossier, by: try await house.guest(looker), with: [power], purpose: .supervision)
                let citizen = Citizen(
                    HallStory.applicant, name: try #require(FullName("林晓榕")),
                    number: try #require(CitizenID("350102188501010019")), mobile: nil)
                let look = try #require(try await house.hall.looks(of: [citizen.id]).first { $0.matter == dossier })
                let id = try await house.hall.ask(
                    about: look.id, saying: "为什么查阅", by: citizen, for: [citizen.id], attempt: house.story.token())
                try await house.away(looker, deputy: deputy)
                func say(_ command: LookInquiryCommand, _ who: Who) async throws {
                    try await house.hall.perform(
                        command, on: id, by: try await house.guest(who), attempt: house.story.token())
                }
                if looker == .head {
                    await #expect(throws: LookInquiryRefusal.lookerMayNot) {
                        try await say(.answer(.justified, "工作需要"), .stranger)
                    }
                    try await say(.answer(.justified, "工作需要"), .decider)
                } else {
                    // She governs there herself: the answer is hers, the ruling would be of the one who looked.
                    try await say(.answer(.justified, "工作需要"), .governor)
                    try await house.hall.perform(
                        .contest("没有必要"), on: look.id, by: citizen, for: [citizen.id], attempt: house.story.token())
                    await #expect(throws: LookInquiryRefusal.lookerMayNot) {
                        try await say(.rule(.justified, "有必要"), .governor)
                    }
                    try await say(.rule(.unjustified, "没有必要"), .colleague)
                }
            }
        }
    }

    /// A bad review of a case that the reviewer, the decider and the head had a hand in.
    private func bad(_ house: SupervisionHouse) async throws -> RectificationID {
        let id = try await house.story.granted()
        try await house.story.settle()
        var draft = EvaluationDraft(.bad, by: .mobile)
        draft.person = HallStory.applicant
        return .of(
            try await house.hall.evaluate(
                .matter(id), draft, by: .herself(.person(HallStory.applicant)), attempt: house.story.token()))
    }

    private func perform(
        _ command: RectificationCommand, _ id: RectificationID, _ house: SupervisionHouse, by who: Who
    ) async throws {
        try await house.hall.perform(
            command, on: id, by: try await house.guest(who), attempt: house.story.token())
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever stands in for one who was judged, or who mended, neither calls nor verifies`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await bad(house)
            let body = Grant.Extent(department: try HallStory.terms().body, region: .fuzhou)
            for who in [Who.colleague, .governor] { try await house.grant(.reviewer, to: who, body) }
            try await house.away(.head, deputy: .stranger)
            await #expect(throws: RectificationRefusal.judgedMayNot) {
                try await perform(.contact(.reached, "已致电"), id, house, by: .stranger)
            }
            await #expect(throws: RectificationRefusal.judgedMayNot) {
                try await house.hall.contact(of: id, by: try await house.guest(.stranger))
            }
            let seen = try await house.hall.badReview(id, for: try await house.guest(.stranger))
            #expect(seen.mayHandle && seen.isJudged)
            try await perform(.contact(.reached, "已致电"), id, house, by: .colleague)
            try await perform(.rectify(.mended, "已改"), id, house, by: .colleague)
            try await house.away(.colleague, deputy: .supervisor)
            await #expect(throws: RectificationRefusal.sameHand) {
                try await perform(.verify(isEnough: true, ""), id, house, by: .supervisor)
            }
            try await perform(.verify(isEnough: false, "不够"), id, house, by: .governor)
            try await perform(.rectify(.mended, "再改"), id, house, by: .governor)
            // Now it was somebody else who mended it.
            try await perform(.verify(isEnough: true, ""), id, house, by: .supervisor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `an appeal is ruled on by nobody who was judged or who appealed, nor in their place`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let (id, ruling) = (try await bad(house), RectificationCommand.rule(isUpheld: false, "评价属实"))
            let body = Grant.Extent(department: try HallStory.terms().body, region: .fuzhou)
            try await house.grant(.reviewer, to: .colleague, body)
            try await house.grant(.supervisor, to: .reviewer, Grant.Extent(region: .fuzhou))
            try await perform(.appeal(.mistaken, "办错了"), id, house, by: .colleague)
            try await house.away(.colleague, deputy: .governor)
            for who in [Who.colleague, .governor] {
                await #expect(throws: RectificationRefusal.appellantMayNotRule) {
                    try await perform(ruling, id, house, by: who)
                }
                let seen = try await house.hall.badReview(id, for: try await house.guest(who))
                #expect(seen.maySupervise && !seen.mayRule)
            }
            await #expect(throws: RectificationRefusal.judgedMayNot) {
                try await perform(ruling, id, house, by: .reviewer)
            }
            #expect(try await house.hall.badReview(id, for: try await house.guest(.supervisor)).mayRule)
            try await perform(ruling, id, house, by: .supervisor)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever supervises one body or some items rules on what is said of these alone, and sees no other`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let id = try await bad(house)
            let (body, other) = (try HallStory.terms().body, try #require(CreditCode("91350100MADEM0054D")))
            let items = try ["0001141", "0002"].map { try ItemCodePrefix($0) }
            let extents: [(Who, Grant.Extent, Bool)] = [
                (.stranger, Grant.Extent(department: other, region: .fuzhou), false),
                (.governor, Grant.Extent(items: items[1], region: .fuzhou), false),
                (.decider, Grant.Extent(department: body, region: .fuzhou), true),
                (.head, Grant.Extent(items: items[0], region: .fuzhou), true),
            ]
            try await house.grant(.reviewer, to: .colleague, Grant.Extent(department: body, region: .fuzhou))
            try await perform(.appeal(.mistaken, "办错了"), id, house, by: .colleague)
            for (who, extent, isHers) in extents {
                try await house.grant(.supervisor, to: who, extent)
                let guest = try await house.guest(who)
                let page = try await house.hall.supervisedReviews(at: nil, for: guest)
                #expect(page.lines.map(\.id) == (isHers ? [id] : []) && page.next == nil, "\(who)")
                let count = try await house.hall.supervisedReviewCounts(for: guest)[Rectification.Stage?.none]
                #expect(extent.items == nil ? count == (isHers ? 1 : 0) : count == nil, "\(who)")
                if isHers {
                    // She was judged herself: the grant reaches it, and the rules refuse.
                    await #expect(throws: RectificationRefusal.judgedMayNot) {
                        try await perform(.rule(isUpheld: false, "评价属实"), id, house, by: who)
                    }
                } else {
                    await #expect(throws: PerformerRefusal.notAllowed) {
                        try await perform(.rule(isUpheld: false, "评价属实"), id, house, by: who)
                    }
                }
            }
        }
    }

    private func seal(_ house: SupervisionHouse) async throws {
        let sealer = Sealer(store: house.hall.store, holder: "test", origin: "test") { $0 }
        while try await sealer.seal(now: house.hall.time.now()) > 0 {}
        _ = try await sealer.checkpoint(now: house.hall.time.now())
        try await FigureFollower(hall: house.hall).follow()
    }

    @Test(arguments: StoreUnderTest.all)
    func `whoever stands in for the reviewer of a closed file does not rule on the objection to it`(
        _ place: StoreUnderTest
    ) async throws {
        try await SupervisionHouse.open(place) { house in
            let (hall, token) = (house.hall, { house.story.token() })
            _ = try await house.story.granted()
            try await house.story.settle()
            try await seal(house)
            var manner = FileReviewTerms.Manner()
            manner.reviewers = 1
            let now = hall.time.now()
            let terms = FileReviewTerms(
                closed: now.day...now.day, within: FileReviewTerms.Extent(), sample: FileDraw.Sample(100, .percent),
                drawAt: now.advanced(bySeconds: 600), manner: manner)
            let supervisor = try await house.guest(.supervisor)
            let review = try await hall.openFileReview(terms, by: supervisor, attempt: token())
            house.story.clock.move(seconds: 601)
            try await house.beat()
            try await seal(house)
            try await hall.drawFiles(of: review, by: supervisor, attempt: token())
            await #expect(throws: FileReviewRefusal.assignedBefore, "one person, one sheet of a file") {
                try await hall.dealFiles(
                    of: review, to: [house[.colleague], house[.colleague]], by: supervisor, attempt: token())
            }
            try await hall.dealFiles(of: review, to: [house[.colleague]], by: supervisor, attempt: token())
            let file = try #require(try await hall.fileReviewBoard(review, for: supervisor).files.first).id
            func perform(_ command: ReviewedFileCommand, by who: Who) async throws {
                try await hall.perform(command, on: file, by: try await house.guest(who), attempt: token())
            }
            for point in hall.checklist.points {
                try await perform(
                    .mark(ReviewedFileCommand.Draft(point.id, .met, words: "已核对案卷")), by: .colleague)
            }
            try await perform(.submit, by: .colleague)
            try await perform(.objection("回执在卷"), by: .head)
            try await house.away(.colleague, deputy: .governor)
            let ruling = ReviewedFileCommand.rule(isUpheld: false, marks: nil, "不属实")
            await #expect(throws: FileReviewRefusal.reviewerMayNotRule) {
                try await perform(ruling, by: .governor)
            }
            let seen = try await hall.reviewedFile(file, for: try await house.guest(.governor))
            #expect(seen.reader == .supervisor && seen.hasReviewed)
            try await perform(ruling, by: .supervisor)
        }
    }
}
