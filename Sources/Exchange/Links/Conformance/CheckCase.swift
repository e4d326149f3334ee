import Store
package import Vocabulary

/// A case that there is not, for a conformance report: its records fit their families, say of themselves that they are
/// a check, and stand under a number that no house gives.
package struct CheckCase: Sendable {
    /// A body of a division that there is not; its credit code has the right check characters.
    private static let body = "1100000000CHECK04D"
    /// Without its last three digits.
    private static let item = body + "3000000000"
    /// The first of the days under which checks are filed: before there was a house, so that no comparison of real
    /// cases meets them.
    private static let firstDay = CivilDate(daysSinceEpoch: 10_957)
    /// LIMIT: numbers of one day, and days; each second has numbers of its own for more than a year, and each of its
    /// milliseconds an item of its own. A check that comes right behind another one must not have the other's number:
    /// what is offered of that one lies there already.
    private static let serials: Int64 = 10_000, days: Int64 = 3650
    private static let name = "OneWindow check, no real case"

    /// 43 characters.
    package let number: String
    /// In the number.
    package let day: CivilDate
    /// 31 digits and letters, of no catalogue.
    private let item: String
    private let run: String
    private let moment: String
    private let families: RecordFamilies

    /// A case of an instant; its keys bear the name of the run, so that nothing of it was ever sent. Nil for a number
    /// in which no day stands.
    package init?(at now: Instant, run: String, number wanted: String? = nil, families: RecordFamilies) {
        let seconds = now.milliseconds / 1000
        let (day, serial) = (
            seconds / Self.serials % Self.days, "\(seconds % Self.serials + Self.serials)".dropFirst()
        )
        let own = CivilDate(daysSinceEpoch: Self.firstDay.daysSinceEpoch + Int(day))
        item = Self.item + "\(now.milliseconds % 1000 + 1000)".dropFirst()
        number = wanted ?? item + own.compact + serial
        guard number.utf8.count == 43, let filed = CivilDate(number.dropFirst(31).prefix(8)) else { return nil }
        (self.day, self.run, self.families) = (filed, String(run.prefix(20)), families)
        moment = RecordMoment.text(now)
    }

    /// A name of this run.
    package func name(_ part: String) -> String { "check-\(run)-\(part)" }

    /// A file of the case, its digest, and another file.
    var file: [UInt8] { Array("OneWindow check \(run), a file\n".utf8) }
    var digest: String { BlobRef(of: file).digest }
    var otherFile: [UInt8] { Array("OneWindow check \(run), another file\n".utf8) }
    /// What comes in the place of the other one.
    var wrongFile: [UInt8] { Array("OneWindow check \(run), none of the two\n".utf8) }

    var acceptance: LinkRecord {
        get throws {
            try record(
                "up_pro_accept", "a",
                [
                    "catalog_code": .text(String(item.suffix(12))), "task_code": .text(item),
                    "task_name": .text(Self.name), "task_version": .number(1), "applyer_name": .text(Self.name),
                    "applyer_type": .text("2"), "applyer_page_type": .text("001"),
                    "applyer_page_code": .text(Self.body),
                    "apply_date": .text(moment), "apply_type": .text("1"), "org_name": .text(Self.name),
                    "org_code": .text(Self.body), "accept_date": .text(moment), "project_type": .text("2"),
                ])
        }
    }

    var material: LinkRecord {
        get throws {
            try record("up_pro_material", "m", ["material_name": .text(Self.name), "get_type": .text("2")])
        }
    }

    func file(_ part: String, of bytes: [UInt8]) throws -> LinkRecord {
        try record(
            "ow_file", part,
            [
                "material_guid": .text(name("m")), "file_name": .text("\(name(part)).txt"),
                "file_digest": .text(BlobRef(of: bytes).digest),
            ])
    }

    func step(_ part: String) throws -> LinkRecord {
        try record(
            "up_pro_process", part,
            [
                "event_name": .text("3"), "process_name": .text("check"), "handle_user_name": .text("OneWindow"),
                "handle_explain": .text(Self.name), "event_start_time": .text(moment), "event_end_time": .text(moment),
            ])
    }

    /// That it is over: whoever works on it works no more.
    var end: LinkRecord {
        get throws {
            try record(
                "up_pro_result", "e",
                ["result_date": .text(moment), "result_type": .text("2"), "is_delivery_results": .text("0")])
        }
    }

    private func record(_ family: String, _ part: String, _ more: [String: JSONValue]) throws -> LinkRecord {
        let own: [String: JSONValue] = [
            "row_guid": .text(name(part)), "project_no": .text(number), "cd_operation": .text("I"),
            "cd_time": .text(moment), "cd_batch": .text(name("b")), "data_source": .text("000"),
        ]
        return try LinkRecord(family, number: number, own.merging(more) { $1 }, in: families)
    }
}
