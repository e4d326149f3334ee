import Testing

@testable import Catalogue
@testable import Web

@Suite struct StepPictureTests {
    private static let catalogue = Result { try DemonstrationCatalogue.shipped() }

    private static func words(_ language: Language) throws -> Words {
        try WordTables.shipped().words(.portal, language)
    }

    private static func pictures(_ language: Language) throws -> [(guide: Guide, picture: StepPicture)] {
        let catalogue = try catalogue.get()
        let words = try words(language)
        return catalogue.guides.map { ($0, $0.picture(catalogue.tables, words)) }
    }

    @Test(arguments: Language.allCases)
    func `every step of every guide stands in its picture, and every line within its box`(language: Language) throws {
        for (guide, picture) in try Self.pictures(language) {
            #expect(picture.steps.count == guide.standard.procedureSteps.count)
            for (width, most) in [(272.0, 1), (720.0, 5)] {
                let plan = StepPlan(picture, width: width, perRow: most)
                #expect(plan.boxes.filter { !$0.isDashed }.count == picture.steps.count)
                #expect((picture.aside == nil) == !plan.boxes.contains(where: \.isDashed))
                for line in plan.lines where line.kind != .number {
                    let end = line.x + LetterWidth.of(line.text) * line.kind.size
                    let isHeld = plan.boxes.contains { box in
                        line.x >= box.x && end <= box.x + box.width && line.y - line.kind.size >= box.y
                            && line.y + 3 <= box.y + box.height
                    }
                    #expect(isHeld, "\(guide.standard.slug) \(width): \(line.text)")
                }
                for box in plan.boxes {
                    #expect(box.x >= 1 && box.x + box.width <= width - 1 + 0.001 && box.y + box.height < plan.height)
                    let others = plan.boxes.filter { $0.x != box.x || $0.y != box.y }
                    let isClear = others.allSatisfy {
                        $0.x >= box.x + box.width || $0.x + $0.width <= box.x || $0.y >= box.y + box.height
                            || $0.y + $0.height <= box.y
                    }
                    #expect(isClear, "\(guide.standard.slug): boxes lie on one another")
                }
            }
        }
    }

    @Test func `a step that is marked stands out in its box and in its last line, and no other does`() throws {
        let steps = ["甲", "乙", "丙"].map { StepPicture.Step($0, who: "窗口", limit: "一趟", isMarked: $0 == "乙") }
        for (width, most) in [(272.0, 1), (720.0, 5)] {
            let plan = StepPlan(StepPicture("办法", steps), width: width, perRow: most)
            #expect(plan.boxes.map(\.isMarked) == [false, true, false])
            #expect(plan.lines.filter { $0.kind == .marked }.map(\.text) == ["一趟"])
            #expect(plan.lines.count { $0.kind == .limit } == 2)
        }
        var html = HTML(words: try Self.words(.zh))
        html.steps(StepPicture("办法", steps))
        #expect(String(decoding: html.bytes, as: UTF8.self).contains("<rect class=\"marked\""))
    }

    @Test func `what stops the clock is a branch of the step before the decision`() throws {
        let stopped = try Self.pictures(.zh).filter { !$0.guide.standard.specialProcedures.isEmpty }
        #expect(Set(stopped.map(\.guide.standard.slug)).count == 3)
        for (guide, picture) in stopped {
            let aside = try #require(picture.aside)
            #expect(guide.standard.procedureSteps[aside.after + 1].kind == .decide)
            #expect(aside.lines.count == guide.standard.specialProcedures.count + 1)
            #expect(aside.lines[0] == "依法可能暂停计时")
            #expect(picture.description(try Self.words(.zh)).contains("不计入办理时限"))
        }
    }

    @Test func `the picture says in words what it shows, and needs no style of its own`() throws {
        let words = try Self.words(.zh)
        let (_, picture) = try #require(
            try Self.pictures(.zh).first { $0.guide.standard.slug == "special-working-hours" })
        var html = HTML(words: words)
        html.steps(picture)
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(text.matches(of: /<svg [^>]*role="img" aria-labelledby="[^"]+"/).count == 2)
        #expect(text.contains("1. 受理，综合窗口人员，即办；2. 审核，审查人员，2 个工作日"))
        #expect(!text.contains("style="))
        #expect(try Markup(text).problems == [])
    }

    @Test func `long names are parted at words, and a word too long for any line is cut`() {
        #expect(LetterWidth.lines(of: "inspectors (two or more)", width: 6) == ["inspectors", "(two or", "more)"])
        #expect(LetterWidth.lines(of: "综合窗口（一层），人员", width: 5) == ["综合窗口", "（一层），", "人员"])
        #expect(LetterWidth.lines(of: "", width: 5) == [""])
        #expect(LetterWidth.lines(of: "abcdefghij", width: 2).allSatisfy { LetterWidth.of($0) <= 2 })
        let one = StepPicture("x", [StepPicture.Step("y", who: "", limit: "")])
        #expect(StepPlan(one, width: 720, perRow: 5).boxes.count == 1)
        #expect(StepPlan(StepPicture("x", []), width: 720, perRow: 5).boxes.isEmpty)
    }
}
