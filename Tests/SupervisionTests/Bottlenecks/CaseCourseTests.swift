import StoreTestSupport
import Testing
import Vocabulary

@testable import Supervision

/// The way of a dossier from step to step.
@Suite struct CaseCourseTests {
    private typealias Stand = (day: Int, step: CaseStep, isHeld: Bool)

    /// Follows stands, each from a working day on; three calendar days are two working days here.
    private func course(_ stands: [Stand], ended: Int, _ how: String = "closed", limit: Int? = nil) -> CaseCourse {
        let time = { (day: Int) in StepTime(parts: DayParts.of(workingDays: day), minutes: day * 2160) }
        return CaseCourse(
            DossierID(Sample.subject(1)), CountedSamples.dossier(1, Dice.seeded(1), sequence: 1).place,
            stands.map { stand in
                CaseCourse.Moment(
                    time(stand.day), stand.step, isHeld: stand.isHeld,
                    limit: stand.step.kind == .examination ? limit : nil)
            }, ended: (CivilDate(daysSinceEpoch: 17_600), time(ended), how))
    }

    private func part(_ kind: CaseStep.Kind, _ detail: String = "", of course: CaseCourse) throws -> CaseCourse.Part {
        try #require(course.parts.first { $0.step == CaseStep(kind, detail) })
    }

    private func days(_ time: StepTime) -> Int {
        #expect(time.minutes * DayParts.aDay == time.parts * 2160)
        return time.parts / DayParts.aDay
    }

    @Test func `waiting ends when somebody takes it`() throws {
        let course = course(
            [
                (0, CaseStep(.acceptance), false), (2, CaseStep(.examination), false),
                (5, CaseStep(.examination), true), (6, CaseStep(.decision), false), (10, CaseStep(.handOver), true),
            ], ended: 15)
        #expect(course.variant == "acceptance>examination>decision>hand-over>closed")
        let examined = try part(.examination, of: course)
        #expect(days(examined.waiting) == 3 && days(examined.working) == 1 && examined.rounds == 1)
        #expect(days(try part(.acceptance, of: course).waiting) == 2)
        #expect(days(try part(.handOver, of: course).waiting) == 5, "what waits for the applicant is not worked on")
        #expect(days(course.whole) == 15)
    }

    @Test func `what comes back to a step is another round`() throws {
        let course = course(
            [
                (0, CaseStep(.acceptance), false), (1, CaseStep(.correction), false), (4, CaseStep(.acceptance), false),
                (6, CaseStep(.examination), true), (8, CaseStep(.decision), true), (9, CaseStep(.examination), false),
                (12, CaseStep(.examination), true), (13, CaseStep(.decision), true),
            ], ended: 14, "withdrawn")
        #expect(
            course.variant
                == "acceptance>correction>acceptance>examination>decision>examination>decision>withdrawn")
        let (accepted, examined) = (try part(.acceptance, of: course), try part(.examination, of: course))
        #expect(accepted.rounds == 2 && days(accepted.waiting) == 1 && days(accepted.again) == 2)
        #expect(examined.rounds == 2 && days(examined.working) == 2 && days(examined.again) == 4)
        #expect(try part(.correction, of: course).rounds == 1)
        #expect(course.parts.map { days($0.whole) }.reduce(0, +) == 14)
    }

    @Test func `a procedure interrupts a step and does not end its round`() throws {
        let course = course(
            [
                (0, CaseStep(.examination), true), (3, CaseStep(.procedure, "inspection"), true),
                (10, CaseStep(.examination), true),
            ], ended: 15, limit: DayParts.of(workingDays: 5))
        #expect(course.variant == "examination>procedure:inspection>examination>closed")
        let examined = try part(.examination, of: course)
        #expect(examined.rounds == 1 && days(examined.working) == 8 && examined.again == .none)
        #expect(examined.over == DayParts.of(workingDays: 3), "the days of the procedure do not count")
        #expect(days(try part(.procedure, "inspection", of: course).working) == 7)
    }

    @Test func `the sums of its parts are the whole, whatever way it went`() {
        let dice = Dice.seeded(17)
        for _ in 0..<200 {
            let course = CourseSamples.course(Int(dice.roll() % 500), dice)
            #expect(course.parts.map(\.whole).reduce(StepTime.none, +) == course.whole)
            #expect(course.parts.allSatisfy { $0.rounds > 0 && $0.over >= 0 })
            #expect(course.parts.map(\.step) == course.parts.map(\.step).sorted())
        }
    }

    @Test func `a way of many steps is named in part`() {
        let stands = (0..<90).map { (day: $0, step: CaseStep($0 % 2 == 0 ? .examination : .decision), isHeld: false) }
        let way = course(stands, ended: 90).variant.split(separator: ">")
        #expect(way.count == CaseCourse.variantStepsMax + 2 && way.suffix(2) == ["…", "closed"])
    }

    @Test func `a step's code says the step`() {
        for kind in CaseStep.Kind.allCases {
            for detail in ["", "second", "a:b"] {
                let step = CaseStep(kind, detail)
                #expect(CaseStep(code: step.code) == step)
            }
        }
        #expect(CaseStep(code: "unknown") == nil && CaseStep(code: "") == nil)
    }
}

/// Ways by chance.
enum CourseSamples {
    static func course(_ number: Int, _ dice: Dice) -> CaseCourse {
        func roll(_ sides: Int) -> Int { Int(dice.roll() % UInt64(sides)) }
        var clock = StepTime.none
        let moments = (0...roll(9)).map { _ in
            defer { clock = clock + StepTime(parts: roll(50_000), minutes: roll(9000)) }
            let kind = CaseStep.Kind.allCases[roll(CaseStep.Kind.allCases.count)]
            return CaseCourse.Moment(
                clock, CaseStep(kind, kind == .procedure ? "inspection" : ""), isHeld: roll(2) == 0,
                limit: kind == .examination ? 20_160 : nil)
        }
        return CaseCourse(
            DossierID(Sample.subject(number)), CountedSamples.dossier(number, dice, sequence: 1).place, moments,
            ended: (CivilDate(daysSinceEpoch: 17_532 + number % 330), clock, roll(3) == 0 ? "withdrawn" : "closed"))
    }
}
