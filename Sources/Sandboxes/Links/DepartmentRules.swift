import Exchange
import Vocabulary

/// What a department's deeds say as records of the exchange.
struct DepartmentRules: Sendable {
    let terms: DepartmentTerms
    let families: RecordFamilies

    /// Whether a dossier will be refused.
    func isRefused(_ dossier: DepartmentCase) -> Bool {
        terms.refuseEvery > 0 && dossier.place.isMultiple(of: terms.refuseEvery)
    }

    /// Whether the next deed is due.
    func isDue(_ dossier: DepartmentCase, now: Instant) -> Bool {
        !dossier.left.isEmpty && dossier.lastAt.advanced(bySeconds: Int64(terms.delaySeconds)) <= now
    }

    /// The records of a deed, each checked against its family.
    func records(_ deed: DepartmentDeed, of dossier: DepartmentCase, now: Instant) throws(RecordUnfit) -> [LinkRecord] {
        let isRefused = isRefused(dossier)
        switch deed {
        case .testBegun:
            return [try step("检验开始", "3", "送检", dossier, key: "t1", now)]
        case .testEnded:
            return [
                try step("检验结束", "1", "检验合格", dossier, key: "t2", now), try test(of: dossier, now: now),
            ]
        case .examined:
            let words = isRefused ? "不符合条件，建议不予许可" : "符合条件，建议准予许可"
            return [try step("审核", isRefused ? "2" : "1", words, dossier, key: "s1", now)]
        case .decided:
            return [try result(of: dossier, isRefused, now: now)]
        }
    }

    private func step(
        _ name: String, _ action: String, _ words: String, _ dossier: DepartmentCase, key: String, _ now: Instant
    ) throws(RecordUnfit) -> LinkRecord {
        try record(
            "up_pro_process", dossier, key: key,
            [
                "event_name": action, "process_name": name, "handle_user_name": terms.examiner,
                "handle_explain": words, "event_start_time": RecordMoment.text(dossier.lastAt),
                "event_end_time": RecordMoment.text(now),
            ], now)
    }

    private func test(of dossier: DepartmentCase, now: Instant) throws(RecordUnfit) -> LinkRecord {
        try record(
            "up_pro_special_procedure", dossier, key: "p1",
            [
                "special_type": "2", "special_name": "检验",
                "special_time": RecordMoment.text(dossier.testBegunAt ?? dossier.lastAt),
                "special_reason": "依法需要检验", "end_time": RecordMoment.text(now), "result": "合格",
                "special_explain": "检验合格", "handle_user": terms.examiner,
            ], now)
    }

    private func result(
        of dossier: DepartmentCase, _ isRefused: Bool, now: Instant
    ) throws(RecordUnfit) -> LinkRecord {
        try record(
            "up_pro_result", dossier, key: "r1",
            [
                "handle_user_name": terms.decider, "result_date": RecordMoment.text(now),
                "result_type": isRefused ? "1" : "0", "result_explain": isRefused ? "不符合法定条件" : "符合法定条件",
                "is_delivery_results": "0",
            ], now)
    }

    private func record(
        _ family: String, _ dossier: DepartmentCase, key: String, _ values: [String: String], _ now: Instant
    ) throws(RecordUnfit) -> LinkRecord {
        var all = values
        all["row_guid"] = "\(dossier.number.prefix(43))-\(key)"
        all["project_no"] = dossier.number
        (all["cd_operation"], all["cd_time"], all["data_source"]) = ("I", RecordMoment.text(now), dossier.source)
        all["cd_batch"] = "sandbox-\(now.milliseconds)-\(key)"
        return try LinkRecord(family, number: dossier.number, all.mapValues(JSONValue.text), in: families)
    }
}
