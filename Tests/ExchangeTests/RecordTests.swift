import Exchange
import Foundation
import Testing
import Vocabulary

@Suite struct RecordTests {
    private let families: RecordFamilies

    init() throws { families = try .shipped() }

    /// A step, whole.
    private var step: [String: JSONValue] {
        [
            "row_guid": .text("a-3"), "project_no": .text("11350100MADEM002X03000114111003201811190001"),
            "event_name": .text("1"), "process_name": .text("受理"), "handle_user_name": .text("陈一"),
            "handle_explain": .text("受理"), "event_start_time": .text("2018-11-19 09:00:00"),
            "event_end_time": .text("2018-11-19 09:30:00"), "cd_operation": .text("I"),
            "cd_time": .text("2018-11-19 09:30:01"), "cd_batch": .text("b1"), "data_source": .text("350"),
        ]
    }

    private func record(_ changes: [String: JSONValue] = [:]) throws -> ExchangeRecord {
        try ExchangeRecord(families.family("up_pro_process"), step.merging(changes) { $1 })
    }

    private func code(_ changes: [String: JSONValue]) -> (code: String, place: String)? {
        do {
            _ = try record(changes)
            return nil
        } catch let unfit as RecordUnfit {
            return (unfit.code, unfit.place)
        } catch {
            return ("\(error)", "")
        }
    }

    @Test func `the families of the national exchange are there, and four that it lacks, each with its envelope`() {
        let national = families.all.filter { !$0.name.hasPrefix("ow_") }
        #expect(national.count == 12 && families.all.count == 16)
        for family in families.all {
            #expect(family[field: family.key]?.isRequired == true, "\(family.name)")
            #expect(RecordFamily.envelope.allSatisfy { family[field: $0] != nil }, "\(family.name)")
        }
        #expect(national.map(\.fields.count).reduce(0, +) == 248)
    }

    @Test func `a record is taken as its columns allow and keeps what it was given`() throws {
        let record = try record()
        #expect(record.family == "up_pro_process" && record.key == "a-3" && record.values == step)
        #expect(try self.record(["remark": .null]).values["remark"] == nil, "null is missing")
    }

    @Test func `what a family does not have, lacks or cannot hold is refused with its place`() throws {
        let unknown = #expect(throws: RecordUnfit.self) { try families.family("up_pro_nothing") }
        let nothing = try #require(unknown)
        #expect(nothing.code == "record.family-unknown" && nothing.place == "up_pro_nothing")
        let strange = try #require(code(["fee": .text("1")]))
        #expect(strange.code == "record.field-unknown" && strange.place == "up_pro_process.fee")
        for missing in [JSONValue.null, .text("")] {
            let found = try #require(code(["process_name": missing]))
            #expect(found.code == "record.field-missing" && found.place == "up_pro_process.process_name")
        }
        let unfit: [(String, JSONValue)] = [
            ("event_name", .text("123")), ("event_name", .number(1)), ("handle_explain", .text("a\u{7}b")),
            ("process_name", .text(String(repeating: "环", count: 1001))), ("event_end_time", .text("2018-11-19")),
            ("event_end_time", .text("2018-02-30 09:00:00")), ("event_end_time", .text("2018-11-19 24:00:00")),
            ("event_end_time", .text("2018-11-19T09:00:00")), ("event_end_time", .text("2018-11-19 0９:00:00")),
            ("row_guid", .list([])), ("remark", .flag(true)),
        ]
        for (field, value) in unfit {
            let found = try #require(code([field: value]), "\(field): \(value)")
            #expect(found.code == "record.value-unfit" && found.place == "up_pro_process.\(field)")
        }
        #expect(code(["process_name": .text(String(repeating: "环", count: 1000))]) == nil, "a character counts one")
        let version = try families.family("up_pro_accept")[field: "task_version"]
        #expect(version?.kind == .whole(digits: 10))
    }

    @Test func `two records of one key are the same when they say the same, whenever they were sent`() throws {
        let one = try record()
        let later = try record([
            "cd_time": .text("2018-11-20 08:00:00"), "cd_batch": .text("b2"), "cd_operation": .text("U"),
        ])
        #expect(one.digest == later.digest && one.digest.count == 64)
        #expect(try record(["handle_explain": .text("同意受理")]).digest != one.digest)
    }

    @Test func `whoever looks at the exchange reads nobody's name and nobody's words`() throws {
        let family = try families.family("up_pro_process")
        let record = try ExchangeRecord(family, step.merging(["handle_explain": .text("林一的材料齐全")]) { $1 })
        let text = String(decoding: CanonicalJSON.bytes(writing: record.masked), as: UTF8.self)
        #expect(!text.contains("林一") && text.contains("林***") && text.contains("受理"))
        #expect(!RecordFamily.envelope.contains("handle_explain"))
    }

    @Test func `moments are written in China's time and read back to the second`() throws {
        let instant = Instant(try #require(CivilDate("2018-11-19")), hour: 9, minute: 5).advanced(bySeconds: 7)
        #expect(RecordMoment.text(instant) == "2018-11-19 09:05:07")
        #expect(RecordMoment.instant("2018-11-19 09:05:07") == instant)
        #expect(RecordMoment.instant("2018-11-19 09:05:60") == nil && RecordMoment.instant("") == nil)
    }
}
