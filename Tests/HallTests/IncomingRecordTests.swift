import Accounts
import Dossiers
import Exchange
import Hall
import Store
import StoreTestSupport
import Testing
import Vocabulary

@Suite struct IncomingRecordTests {
    private typealias Story = LinkStory

    @Test(arguments: StoreUnderTest.all)
    func `a department accepts, examines and grants by its records, and its officials answer by name`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place) { link in
            let (id, number) = try await link.filed()
            #expect(try await link.take(try link.step("受理", "1", number, by: Story.receiver)) == number)
            #expect(try await link.stage(id) == .inReview)
            #expect(try await link.take(try link.step("审核", "1", number, by: Story.examiner)) == number)
            #expect(try await link.take(try link.result("0", number)) == number)
            try await link.story.settle()
            let dossier = try await link.story.dossier(id)
            #expect(dossier.decision?.isGrant == true && dossier.certificate != nil)
            let history = try await link.story.hall.store.read { tx in try DossierTable.history(of: id, in: tx) }
            let by = history.compactMap { line -> String? in
                guard case .partner(_, let code?) = line.actor else { return nil }
                return code.description
            }
            #expect(by == ["ZJ-0", "ZJ-1", "ZJ-2"])
            // What came in is told as it was: the same steps, by the same people.
            let told = try await link.story.hall.records(of: id, in: link.families).map(\.record)
            let review = try #require(told.first { $0.values["process_name"] == .text("审核") })
            #expect(review.values["handle_user_name"] == .text(Story.examiner))
            #expect(review.values["handle_explain"] == .text("符合条件"))
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a record does nothing twice, also where the house died before it could say what came of it`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place) { link in
            let (id, number) = try await link.filed()
            let acceptance = try link.step("受理", "1", number, by: Story.receiver)
            try await link.take(acceptance, at: "7")
            let after = try await link.story.dossier(id).sequence
            // Another process, which remembers nothing.
            var reborn = link
            reborn.story = try HallStory(store: link.story.hall.store, clock: link.story.clock)
            link.story.clock.move(days: 1)
            #expect(try await reborn.take(acceptance, at: "7") == number)
            let later = try link.record(
                "up_pro_process", number,
                acceptance.record.values.compactMapValues(\.text).merging([
                    "cd_time": "2018-11-20 09:00:00", "cd_batch": "b-2",
                ]) { $1 })
            #expect(try await reborn.take(later, at: "7") == number, "another sending of the same")
            #expect(try await link.story.dossier(id).sequence == after)
            await #expect(throws: LinkRefusal.tooLate) { try await link.take(acceptance, at: "8") }
            let other = try await link.filed()
            let second = try link.step("受理", "1", other.number, by: Story.receiver)
            try await link.take(second, at: "9")
            try await reborn.shutOut()
            #expect(try await reborn.take(second, at: "9") == other.number, "it was done, whatever the partner may now")
        }
    }

    @Test func `a decision is taken once, under whatever mark it comes`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            try await link.take(try link.step("审核", "1", number, by: Story.examiner))
            let result = try link.result("0", number)
            for mark in ["1", "1", "2"] { #expect(try await link.take(result, at: mark) == number) }
            #expect(try await link.story.dossier(id).stage.name == .granted)
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `at once from two processes a record still acts once`(_ place: StoreUnderTest) async throws {
        try await LinkStory.open(place) { link in
            let (id, number) = try await link.filed()
            let acceptance = try link.step("受理", "1", number, by: Story.receiver)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 { group.addTask { try await link.take(acceptance) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: number, count: 8))
            let events = try await link.story.hall.store.read { tx in try DossierTable.history(of: id, in: tx) }
            #expect(events.filter { if case .accepted = $0.event { true } else { false } }.count == 1)
        }
    }

    @Test func `what comes before its time waits, and what comes after it is refused`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            let result = try link.result("1", number)
            try await link.expectEarly(result)
            try await link.expectEarly(try link.step("审核", "1", number, by: Story.examiner))
            try await link.expectEarly(try link.step("审批退回", "2", number, by: Story.decider))
            try await link.expectEarly(try link.certificate(number))
            try await link.reviewed(number, proposing: "2")
            #expect(try await link.take(result) == number, "tried again it is in time")
            #expect(try await link.stage(id) == .refused)
            let late = [
                try link.step("审核", "1", number, by: Story.examiner),
                try link.step("审批退回", "2", number, by: Story.decider), try link.result("0", number),
                try link.step("专家评审开始", "3", number, by: Story.examiner, ["remark": "5"]),
            ]
            for record in late {
                await #expect(throws: LinkRefusal.tooLate) { try await link.take(record) }
            }
            await #expect(throws: LinkRefusal.contradicts) { try await link.take(try link.certificate(number)) }
            let (withdrawn, other) = try await link.filed()
            try await link.story.perform(.withdraw(note: ""), on: withdrawn, by: .person(HallStory.applicant))
            for record in [try link.result("0", other), try link.certificate(other)] {
                await #expect(throws: LinkRefusal.tooLate) { try await link.take(record) }
            }
        }
    }

    @Test func `what silence has done counts before it was written down`() async throws {
        try await LinkStory.open { link in
            let (_, number) = try await link.filed()
            link.story.clock.move(days: 9)
            await #expect(throws: LinkRefusal.tooLate) {
                try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            }
            #expect(try await link.take(try link.step("审核", "1", number, by: Story.examiner)) == number)
        }
    }

    @Test func `a decider sends the examination back, and it is finished again`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            try await link.reviewed(number)
            try await link.take(try link.step("审批退回", "2", number, by: Story.decider, words: "请核实"))
            #expect(try await link.stage(id) == .inReview)
            try await link.take(try link.step("审核", "2", number, by: Story.examiner, words: "不符合"))
            #expect(try await link.stage(id) == .reviewed)
        }
    }

    @Test func `where grants are limited, the grant of whoever came later waits for the one before`() async throws {
        try await LinkStory.open { link in
            let limited = ProcedureTerms(isLimited: true)
            let first = try await link.filed(limited)
            try await link.reviewed(first.number)
            link.story.clock.move(seconds: 60)
            let second = try await link.filed(limited)
            try await link.reviewed(second.number)
            let result = try link.result("0", second.number)
            let early = await #expect(throws: RecordEarly.self) { try await link.take(result) }
            #expect(early?.because.code == "dossier.earlier-application-first")
            try await link.take(try link.result("0", first.number))
            #expect(try await link.take(result) == second.number)
        }
    }

    @Test func `a refusal that rests on a test names the standard, in the column for remarks`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            try await link.take(try link.step("现场勘验开始", "3", number, by: Story.examiner, ["remark": "3"]))
            let both = "郑立夏、周白露"
            try await link.take(try link.step("现场勘验结束", "2", number, by: both, ["remark": "GB 50016"]))
            try await link.take(try link.step("审核", "2", number, by: Story.examiner))
            await #expect(throws: DossierRefusal.standardMissing) {
                try await link.take(try link.result("1", number))
            }
            try await link.take(try link.result("1", number, ["remark": "GB 50016"]))
            #expect(try await link.stage(id) == .refused)
        }
    }

    @Test func `whose number it is not, learns nothing of it`() async throws {
        let elsewhere = Grant.Extent(region: Region("350200"))
        try await LinkStory.open(.sqlite, [.receive, .review, .decide], elsewhere) { link in
            let (_, number) = try await link.filed()
            for number in [number, String(number.dropLast()) + "9", "1", ""] {
                await #expect(throws: LinkRefusal.numberUnknown) {
                    try await link.take(try link.step("受理", "1", number.isEmpty ? "x" : number, by: Story.receiver))
                }
            }
        }
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            let short = try await link.story.dossier(id).submitted.numbers.short
            await #expect(throws: LinkRefusal.numberUnknown) {
                try await link.take(try link.step("受理", "1", short, by: Story.receiver))
            }
            let differs = try link.record(
                "up_pro_result", number,
                [
                    "handle_user_name": Story.decider, "result_date": "2018-11-19 08:59:00", "result_type": "0",
                    "is_delivery_results": "0",
                ], project: "another")
            await #expect(throws: LinkRefusal.contradicts) { try await link.take(differs) }
        }
    }

    @Test func `nobody acts whom the partner did not name, or of whom there are two`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            for name in ["陈生", "系统", "周白露、", "、、", "周白露、郑立夏、林小满、周白露、郑立夏"] {
                let record = try link.step("受理", "1", number, by: name)
                guard name == "周白露、" else {
                    await #expect(throws: LinkRefusal.officerUnknown, "\(name)") { try await link.take(record) }
                    continue
                }
            }
            try await link.name(Story.receiver, serial: 9)
            await #expect(throws: LinkRefusal.officerUnknown) {
                try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            }
            #expect(try await link.stage(id) == .received)
        }
    }

    @Test func `whoever accepted or examined decides nothing, over a link as elsewhere`() async throws {
        try await LinkStory.open { link in
            let (id, number) = try await link.filed()
            try await link.reviewed(number)
            await #expect(throws: DossierRefusal.reviewerMayNotDecide) {
                try await link.take(try link.result("0", number, by: Story.examiner))
            }
            await #expect(throws: DossierRefusal.receiverMayNotDecide) {
                try await link.take(try link.result("0", number, by: Story.receiver))
            }
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await link.take(try link.result("0", number, ["result_explain": " "]))
            }
            #expect(try await link.stage(id) == .reviewed)
        }
    }

    @Test func `nobody examines or decides over a link what is her own`() async throws {
        try await LinkStory.open { link in
            let own = PersonID(Subject(high: 1, low: 77))
            let citizen = Citizen(
                own, name: try #require(FullName(Story.examiner)), number: try DeskHouse.citizenID(1), mobile: nil)
            let key = try #require(AccountKey(Array(repeating: 7, count: 32)))
            let deed = Deed(by: .platform, now: link.story.hall.time.now(), entropy: Entropy(link.story.hall.dice))
            try await link.story.hall.store.write { tx in
                try PersonTable.register(.citizen(citizen), key: key, by: deed, in: tx)
            }
            let (_, number) = try await link.filed(by: own)
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            await #expect(throws: DossierRefusal.conflictOfInterest) {
                try await link.take(try link.step("审核", "1", number, by: Story.examiner))
            }
        }
    }

    @Test func `a partner brings what its grants say, and nothing once it was shut out`() async throws {
        try await LinkStory.open(.sqlite, [.receive]) { link in
            let (_, number) = try await link.filed()
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            for record in [
                try link.step("审核", "1", number, by: Story.examiner), try link.result("0", number),
                try link.certificate(number), try link.special("专家评审", number),
            ] {
                await #expect(throws: PartnerRefusal.scopeMissing) { try await link.take(record) }
            }
            try await link.shutOut()
            await #expect(throws: PartnerRefusal.shutOut) {
                try await link.take(try link.step("受理", "1", number, by: Story.receiver), at: "2")
            }
            await #expect(throws: PartnerRefusal.unknown) {
                _ = try await link.story.hall.take(
                    try link.result("0", number), from: PartnerID(Subject(high: 1, low: 1)), at: "1"
                ) { _ in [] }
            }
        }
    }

    @Test func `steps, results and families that are not taken are refused`() async throws {
        try await LinkStory.open { link in
            let (_, number) = try await link.filed()
            let unknown = [
                try link.step("受理", "2", number, by: Story.receiver),
                try link.step("受理", "9", number, by: Story.receiver),
                try link.step("审批", "1", number, by: Story.decider),
                try link.step("办结", "1", number, by: Story.decider),
                try link.result("2", number), try link.result("6", number),
                try link.special("听证", number), try link.special("延长审批", number, ["special_type": "1"]),
                try link.special("专家评审", number, ["result": "大概合格"]),
                try link.step("受理", "1", number, by: Story.receiver, ["cd_operation": "D"]),
            ]
            for record in unknown {
                await #expect(throws: LinkRefusal.stepUnknown) { try await link.take(record) }
            }
            let material = try link.record("up_pro_material", number, ["material_name": "申请表", "get_type": "2"])
            let application = try link.record(
                "ow_apply", "", ["task_code": "1", "apply_date": "2018-11-19 09:00:00", "form": "{}"])
            for record in [material, application] {
                await #expect(throws: LinkRefusal.familyUnfit) { try await link.take(record) }
            }
        }
    }

    @Test func `the item's own steps are passed and sent back by their names`() async throws {
        let steps = [
            ReviewStep("site", names: ("现场核查", "Site check")), ReviewStep("first", names: ("初审", "First look")),
            ReviewStep("audit", names: ("审核", "Audit")),
        ]
        try await LinkStory.open { link in
            let (id, number) = try await link.filed(ProcedureTerms(steps: steps))
            try await link.expectEarly(try link.step("现场核查", "1", number, by: Story.examiner))
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            try await link.expectEarly(try link.step("初审", "1", number, by: Story.examiner))
            try await link.expectEarly(try link.step("审核", "1", number, by: Story.examiner))
            try await link.take(try link.step("现场核查", "1", number, by: Story.examiner))
            await #expect(throws: LinkRefusal.tooLate) {
                try await link.take(try link.step("现场核查", "1", number, by: Story.examiner), at: "2")
            }
            try await link.take(try link.step("初审", "2", number, by: Story.examiner, words: "再看"))
            #expect(try await link.story.dossier(id).step?.id == "site")
            try await link.take(try link.step("site", "1", number, by: Story.examiner), at: "3")
            try await link.take(try link.step("初审", "1", number, by: Story.examiner))
            await #expect(throws: LinkRefusal.stepUnknown) {
                try await link.take(try link.step("现场核查", "2", number, by: Story.examiner))
            }
            try await link.take(try link.step("审核", "1", number, by: Story.examiner))
            #expect(try await link.stage(id) == .reviewed)
            let told = try await link.story.hall.records(of: id, in: link.families).map(\.record)
            let names = told.filter { $0.family == "up_pro_process" }.compactMap { $0.values["process_name"]?.text }
            #expect(names == ["收件", "受理", "现场核查", "初审", "现场核查", "初审", "审核"])
        }
    }

    @Test(arguments: StoreUnderTest.all)
    func `a special procedure begins and ends by records, and nothing rests on one that runs`(
        _ place: StoreUnderTest
    ) async throws {
        try await LinkStory.open(place) { link in
            let (id, number) = try await link.filed()
            let over = try link.special("检验检测", number, ["handle_user": "郑立夏、周白露"])
            try await link.expectEarly(over)
            try await link.take(try link.step("受理", "1", number, by: Story.receiver))
            try await link.expectEarly(over)
            await #expect(throws: DossierRefusal.timeNotTold) {
                try await link.take(try link.step("检验检测开始", "3", number, by: Story.examiner))
            }
            let begin = try link.step("检验检测开始", "3", number, by: Story.examiner, ["remark": "5"])
            try await link.take(begin)
            try await link.expectEarly(try link.step("审核", "1", number, by: Story.examiner))
            await #expect(throws: DossierRefusal.twoStaffNeeded) {
                try await link.take(try link.special("检验检测", number))
            }
            await #expect(throws: DossierRefusal.standardMissing) {
                try await link.take(
                    try link.special("检验检测", number, ["handle_user": "郑立夏、周白露", "result": "不合格"]))
            }
            try await link.take(over)
            #expect(try await link.take(try link.step("检验检测结束", "1", number, by: "郑立夏、周白露")) == number)
            await #expect(throws: LinkRefusal.contradicts) {
                try await link.take(try link.step("检验检测结束", "2", number, by: "郑立夏、周白露", ["remark": "GB 1"]))
            }
            let finding = try await link.story.dossier(id).proceedings.special.first?.finding
            #expect(finding?.isFavourable == true && finding?.officers?.count == 2 && finding?.staff == [])
            try await link.take(try link.step("审核", "1", number, by: Story.examiner))
            try await link.take(try link.result("0", number))
            #expect(try await link.take(over, at: "9") == number, "what is over is known for ever")
        }
    }

    @Test func `a certificate that was made elsewhere must be the one that was granted here`() async throws {
        try await LinkStory.open { link in
            let (_, number) = try await link.filed()
            try await link.expectEarly(try link.certificate(number))
            try await link.reviewed(number)
            try await link.take(try link.result("0", number))
            #expect(try await link.take(try link.certificate(number)) == number)
            try await link.story.settle()
            #expect(try await link.take(try link.certificate(number), at: "2") == number)
            for more in [
                ["certificate_type_code": "11350100MADEM002X0002"], ["certificate_holder_code": "91350100MADEM0054E"],
            ] {
                await #expect(throws: LinkRefusal.contradicts) {
                    try await link.take(try link.certificate(number, more))
                }
            }
        }
    }
}
