import Vocabulary

extension CatalogueRules {
    static func fees(_ guide: Guide) -> [GuideDefect] {
        let standard = guide.standard
        return check(
            standard.isCharged == !standard.feeItems.isEmpty, "fee-items", "feeItems",
            Bilingual("收费的应当列明项目、标准和依据，不收费的不列", "A charged item lists its fees, any other none"),
            mend: Bilingual("请补充或者删除收费项目", "Add or remove fees"))
            + check(
                standard.isCharged || !standard.onlinePaymentSupported, "payment-without-fee", "onlinePaymentSupported",
                Bilingual("不收费的事项没有网上支付", "Nothing is paid online where there is no fee"),
                mend: Bilingual("请改为不支持网上支付", "Set it to no"))
    }

    static func result(_ guide: Guide, _ types: [String: [String]]) -> [GuideDefect] {
        let standard = guide.standard
        let wanted = standard.resultName.map { closing(of: $0.zh) } ?? .other
        return check(
            (standard.resultType == .none) == (standard.resultName == nil), "result-name", "resultName",
            Bilingual("有结果的应当写明结果名称", "A result has a name"), mend: Bilingual("请补充结果名称", "Add the name"))
            + check(
                (standard.resultName == nil) == (standard.resultSample == nil), "result-sample", "resultSample",
                Bilingual("有结果名称的应当有样本", "A named result has a sample"), mend: Bilingual("请补充样本", "Add a sample"))
            + check(
                standard.closing == wanted, "closing", "resultName",
                Bilingual("结果名称与办结方式（出证、审批、出文）不一致", "The name of the result and the way of closing disagree"),
                mend: Bilingual("请核对结果名称和办结方式", "Check both"))
            + check(
                standard.resultType != .certificate || standard.certificateTypeCode != nil, "result-type-code",
                "resultType",
                Bilingual("结果为证照的应当有证照类型代码", "A certificate has a type code"),
                mend: Bilingual("请补充证照类型代码", "Add the code"))
            + check(
                standard.certificateTypeCode.map { types[$0] != nil } ?? true, "unknown-certificate-type", "resultType",
                Bilingual("没有这个证照类型", "There is no such certificate type"),
                mend: Bilingual("请核对证照类型代码", "Check the code"))
            + check(
                !standard.resultDelivery.isEmpty, "no-delivery", "resultDelivery",
                Bilingual("至少有一种送达方式", "There is at least one way of delivery"), mend: Bilingual("请补充送达方式", "Add one"))
    }

    /// 出证办结, 审批办结 or 出文办结, from the last characters of the result's name (rule 2).
    static func closing(of name: String) -> Closing {
        if name.hasSuffix("证") { return .certificate }
        if name.hasSuffix("批复") || name.hasSuffix("批文") { return .approval }
        return name.hasSuffix("文") ? .document : .other
    }

    static func channels(_ guide: Guide) -> [GuideDefect] {
        let standard = guide.standard
        let visits = standard.onSiteVisits
        let forms = standard.handlingForms
        let isOnline = forms.contains(.computer) || forms.contains(.mobile)
        return trips(standard) + promise(standard)
            + check(
                (visits.headline > 0) == (standard.onSiteReason != nil), "on-site-reason", "onSiteReason",
                Bilingual("需要到场的应当写明原因，不需要的不写", "A visit has a reason, no visit has none"),
                mend: Bilingual("请补充或者删除原因", "Add or remove the reason"))
            + check(
                visits.headline > 0 || isOnline || forms.contains(.courier), "no-way-without-visit", "handlingForms",
                Bilingual("不用到场又不能网上办的，应当支持快递申请", "With no visit and nothing online, the courier must be a way"),
                mend: Bilingual("请补充办理形式", "Add the way of handling"))
            + check(
                !standard.onlineDepth.steps.contains(.handling) || visits.headline == 0, "full-online-visits",
                "onlineDepth",
                Bilingual("能全程网上办理的，到现场次数应当为0", "What is handled online from end to end takes no visit"),
                mend: Bilingual("请修改网办深度或者到场次数", "Change the depth or the visits"))
            + phones(guide)
    }

    private static func trips(_ standard: GuideStandard) -> [GuideDefect] {
        let modes = standard.serviceModes
        let online = modes.filter { $0.submission == .online }.map(\.trips).min()
        let window = modes.filter { $0.submission == .counter }.map(\.trips).min()
        let visits = standard.onSiteVisits
        let delivery = standard.resultDelivery
        let express = standard.express
        return check(
            visits.online == online && visits.window == window && visits.headline == modes.map(\.trips).min(),
            "visits-differ-from-modes", "onSiteVisits",
            Bilingual("到现场次数与服务模式不一致", "The visits are not those of the service modes"),
            mend: Bilingual("到现场次数取各模式中最少的一种", "Take the least of the modes"))
            + check(
                modes.allSatisfy { isDeliverable($0, by: delivery) }, "mode-without-delivery", "resultDelivery",
                Bilingual("有的服务模式没有对应的送达方式", "A service mode has no way of delivery"),
                mend: Bilingual("请补充送达方式", "Add the way of delivery"))
            + check(
                express.resultByExpress == delivery.contains(.courier)
                    && express.materialsByExpress == modes.contains { $0.originals == .courier }
                    && express.supported == (express.resultByExpress || express.materialsByExpress),
                "express-differs", "expressSupported",
                Bilingual("物流快递与服务模式、送达方式不一致", "The courier is not that of the modes and ways of delivery"),
                mend: Bilingual("请核对物流快递", "Check the courier"))
            + check(
                star(of: modes) == standard.onlineDepth.star, "star", "onlineDepth",
                Bilingual("星级与服务模式不一致", "The stars are not those of the modes"),
                mend: Bilingual("请按服务模式确定星级", "Take the stars of the modes"))
            + check(
                (standard.crossRegionScope == .counties) == modes.contains(.nearestWindow)
                    || standard.crossRegionScope.map { [.nation, .provinces, .cities].contains($0) } ?? false,
                "cross-region", "crossRegionScope",
                Bilingual("全城通办与就近通办模式不一致", "City-wide handling and the mode of the nearest window disagree"),
                mend: Bilingual("请核对通办范围", "Check the scope"))
    }

    /// A mode promises its trips by the best way in which its result can travel: the guide must have such a way.
    private static func promise(_ standard: GuideStandard) -> [GuideDefect] {
        let isImmediate = standard.promisedLimit.value == 0
        let isKept = standard.serviceModes.allSatisfy { mode in
            let ways = standard.resultDelivery.filter(mode.allows)
            let least = ways.map { mode.trips(by: $0, isImmediate: isImmediate) }.min()
            return least.map { $0 <= mode.trips } ?? true
        }
        return check(
            isKept, "trips-without-delivery", "resultDelivery",
            Bilingual("按现有送达方式，跑动次数多于公布的次数", "With these ways of delivery a mode takes more trips than promised"),
            mend: Bilingual("请补充电子证照或者快递送达", "Add the electronic certificate or the courier"))
    }

    private static func isDeliverable(_ mode: ServiceMode, by delivery: [DeliveryMode]) -> Bool {
        switch mode.result {
        case .eCertificate: delivery.contains(.eCertificate)
        case .courier: delivery.contains(.courier)
        case .courierOrECertificate: delivery.contains(.courier) || delivery.contains(.eCertificate)
        case .counter: delivery.contains(.counter)
        case .any: !delivery.isEmpty
        }
    }

    /// Fujian's stars by the best online mode: 5 without paper, 4 with paper at completion, 3 with paper before
    /// acceptance, 1 without any (domain section 3.3).
    static func star(of modes: [ServiceMode]) -> Int {
        modes.filter { $0.submission == .online }.map { mode in
            switch mode.originals {
            case .none: 5
            case .verifiedAtPickUp: 4
            case .courier, .counter: 3
            }
        }.max() ?? 1
    }

    private static func phones(_ guide: Guide) -> [GuideDefect] {
        let (ask, complain) = (guide.consultationPhone, guide.supervisionPhone)
        return check(
            isLandline(ask) && isLandline(complain) && ask != complain, "phones", "consultation",
            Bilingual("咨询电话和监督电话都要带区号，并且不同", "Both telephone numbers have the area code and are different"),
            mend: Bilingual("请核对电话，如0591-00000000", "Check them; the form is 0591-00000000"))
    }

    private static func isLandline(_ text: String) -> Bool {
        let digits = text.dropFirst(5)
        return text.hasPrefix("0591-") && digits.utf8.count == 8
            && digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }
}
