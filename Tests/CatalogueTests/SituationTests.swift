import Testing
import Vocabulary

@testable import Catalogue

@Suite struct SituationTests {
    private let conditions = [
        SituationCondition(situation: "kind", choices: ["first", "late"]),
        SituationCondition(situation: "filedBy", choices: ["agent"]),
    ]

    @Test func `while questions are open, what no answer speaks against can still be asked for`() {
        #expect(conditions.open(in: [:]) == conditions)
        #expect(conditions.open(in: ["kind": "late"]) == [conditions[1]])
        #expect(conditions.open(in: ["kind": "late", "filedBy": "agent"]) == [])
        #expect(conditions.open(in: ["filedBy": "self"]) == nil)
        #expect(conditions.open(in: ["kind": "first", "filedBy": "self"]) == nil)
        #expect([SituationCondition]().open(in: [:]) == [])
    }

    /// Every way to answer all questions of a guide.
    private static func situations(_ guide: Guide) -> [[String: String]] {
        guide.situations.reduce([[:]]) { soFar, question in
            soFar.flatMap { answers in question.choices.map { answers.merging([question.id: $0.id]) { $1 } } }
        }
    }

    @Test func `once all is answered, what may be asked for is what is asked for, in every situation of every guide`()
        throws
    {
        var checked = 0
        for guide in try DemonstrationCatalogue.shipped().guides {
            for situation in Self.situations(guide) {
                #expect(guide.narrowed(to: situation).materials == guide.materials(for: situation))
                #expect(guide.form.pages(stillOpenIn: situation) == guide.form.pages(for: situation))
                checked += 1
            }
            #expect(guide.narrowed(to: [:]) == guide)
            #expect(guide.form.pages(stillOpenIn: [:]) == guide.form.pages)
        }
        #expect(checked > 1000)
    }

    @Test func `an answer never adds to what may be asked for`() throws {
        for guide in try DemonstrationCatalogue.shipped().guides {
            for situation in Self.situations(guide) {
                var (answered, before) = ([String: String](), Set(guide.materials.map(\.id)))
                for question in guide.situations {
                    answered[question.id] = situation[question.id]
                    let now = Set(guide.narrowed(to: answered).materials.map(\.id))
                    #expect(now.isSubset(of: before))
                    before = now
                }
            }
        }
    }
}
