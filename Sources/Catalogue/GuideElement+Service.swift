extension GuideElement {
    /// G 渠道与便利, E36 to E42.
    static let channels: [GuideElement] = [
        GuideElement(
            "E36", "crossRegionScope", Bilingual("通办范围", "Where it can be handled"), .optional,
            tables: ["crossRegionScope"]
        ) { guide, tables in
            [guide.standard.crossRegionScope.map { tables.label($0) } ?? Bilingual("仅限本行政区域", "Own region only")]
        },
        GuideElement(
            "E37", "onlineDepth", Bilingual("网上办理深度", "Depth of online handling"),
            tables: ["onlineDepth", "fujianStar"]
        ) { guide, tables in
            let service = guide.standard.onlineDepth
            return [tables.labels(service.steps), tables.label("fujianStar", "\(service.star)")]
        },
        GuideElement("E38", "runningSystem", Bilingual("运行系统", "System"), tables: ["runningSystemLevel"]) {
            guide, tables in
            let system = guide.standard.runningSystem
            return [[tables.label(system.level), system.name, .same(system.url)].joined(Bilingual("，", ", "))]
        },
        GuideElement("E39", "onSiteVisits", Bilingual("到办事现场次数", "Visits needed")) { guide, _ in visitLines(guide) },
        GuideElement("E40", "onSiteReason", Bilingual("必须现场办理原因", "Why a visit is needed"), .conditional) { guide, _ in
            guide.standard.onSiteReason.map { [$0] } ?? []
        },
        GuideElement("E41", "appointmentSupported", Bilingual("是否支持预约办理", "Can it be booked?"), from: ["appointment"]) {
            guide, _ in
            let appointment = guide.standard.appointment
            let quota = appointment.dailyQuota.map { Bilingual("，每日可预约\($0)个", ", \($0) places a day") }
            return [yesNo(appointment.supported) + (quota ?? Bilingual("", ""))]
        },
        GuideElement("E42", "expressSupported", Bilingual("是否支持物流快递", "By courier?"), from: ["express"]) { guide, _ in
            let express = guide.standard.express
            guard express.supported else { return [yesNo(false)] }
            return [
                Bilingual("材料寄递：", "Materials: ") + yesNo(express.materialsByExpress),
                Bilingual("结果寄递：", "Result: ") + yesNo(express.resultByExpress),
            ]
        },
    ]

    /// H 服务与救济, E43 to E46.
    static let service: [GuideElement] = [
        GuideElement("E43", "handlingLocations", Bilingual("办理地点和时间", "Where and when"), from: []) { guide, _ in
            guide.handlingLocations.map { place in
                [place.hall + Bilingual("", " ") + place.window, place.address, place.hours, place.transport]
                    .joined(Bilingual("；", "; "))
            }
        },
        GuideElement("E44", "consultation", Bilingual("咨询方式", "Questions"), from: []) { guide, _ in
            [Bilingual("电话：", "Telephone: ") + .same(guide.consultationPhone)]
        },
        GuideElement("E45", "supervision", Bilingual("监督投诉方式", "Complaints"), from: []) { guide, _ in
            [Bilingual("电话：", "Telephone: ") + .same(guide.supervisionPhone)]
        },
        GuideElement("E46", "legalRemedies", Bilingual("法律救济途径", "Legal remedies"), from: []) { guide, _ in
            let remedies = guide.legalRemedies
            return [
                Bilingual(
                    "行政复议：自知道之日起\(remedies.reviewDays)日内，向\(remedies.reviewAuthority.zh)申请",
                    "Administrative reconsideration: within \(remedies.reviewDays) days of learning of it, to the "
                        + remedies.reviewAuthority.en),
                Bilingual(
                    "行政诉讼：自知道之日起\(remedies.litigationMonths)个月内，向\(remedies.court.zh)提起",
                    "Administrative litigation: within \(remedies.litigationMonths) months of learning of it, at the "
                        + remedies.court.en),
            ]
        },
    ]

    private static func visitLines(_ guide: Guide) -> [Bilingual] {
        let visits = guide.standard.onSiteVisits
        var lines = [
            visits.headline == 0
                ? Bilingual("一趟不用跑", "No visit")
                : Bilingual("最多跑\(visits.headline)趟", "At most \(times(visits.headline))")
        ]
        if let online = visits.online {
            lines.append(
                online == 0
                    ? Bilingual("网上申请一趟不用跑", "Filed online: no visit")
                    : Bilingual("网上申请最多跑\(online)趟", "Filed online: at most \(times(online))"))
        }
        if let window = visits.window {
            lines.append(Bilingual("窗口申请最多跑\(window)趟", "Filed at a window: at most \(times(window))"))
        }
        return lines
    }

    private static func times(_ count: Int) -> String { count == 1 ? "1 visit" : "\(count) visits" }
}
