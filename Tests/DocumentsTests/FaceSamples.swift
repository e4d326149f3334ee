import Vocabulary

@testable import Documents

/// A face of each template with texts as certificates have them.
enum FaceSamples {
    static let code = "HTTPS://OW.EXAMPLE/V/" + String(repeating: "ABCDEFGHIJKLMNOP234567", count: 18)

    static let shared = Result { try Typeface.song() }

    static func typeface() throws -> Typeface { try shared.get() }

    static func text(_ name: FaceTemplate.Name) -> FaceText {
        var text =
            switch name {
            case .licence: licence
            case .permit: permit
            case .card: card
            case .register: register
            case .approval: approval
            case .proof: proof
            }
        text.validFrom = CivilDate("2026-11-24")
        text.validUntil = name == .licence || name == .proof ? nil : CivilDate("2031-11-23")
        text.code = code
        text.example = "演示，无法律效力"
        return text
    }

    private static func face(
        _ title: String, _ number: String, _ issuer: String, holder: String, _ fields: [(String, String)]
    ) -> FaceText {
        FaceText(
            title: title, number: number,
            identifier: "1.2.156.3005.2.11100000000013338W009.11350100003604583T.\(number.filter(\.isASCII)).001.K",
            holder: holder, fields: fields.map { FaceText.Field($0.0, $0.1) }, issuer: issuer,
            issuedOn: CivilDate("2026-11-24") ?? CivilDate(daysSinceEpoch: 0))
    }

    static var licence: FaceText {
        var text = face(
            "营业执照", "91350100MA2XN6X01A", "福州市市场监督管理局", holder: "福州榕荫餐饮管理有限公司",
            [
                ("名称", "福州榕荫餐饮管理有限公司"), ("类型", "有限责任公司（自然人投资或控股）"), ("法定代表人", "林晓榕"),
                (
                    "经营范围",
                    "许可项目：餐饮服务；食品销售；酒类经营。（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以相关部门批准文件或许可证件为准）"
                        + "一般项目：餐饮管理；企业管理咨询；会议及展览服务；食用农产品零售；日用百货销售；外卖递送服务。"
                ),
                ("注册资本", "人民币伍佰万元整"), ("成立日期", "2026年11月24日"),
                ("住所", "福建省福州市鼓楼区东街街道五四路128号恒力城写字楼第12层06单元"),
            ])
        text.english = "BUSINESS LICENSE"
        return text
    }

    static var permit: FaceText {
        face(
            "食品经营许可证", "JY23501020012345", "福州市鼓楼区市场监督管理局", holder: "福州榕荫餐饮管理有限公司",
            [
                ("经营者名称", "福州榕荫餐饮管理有限公司"), ("社会信用代码", "91350100MA2XN6X01A"), ("法定代表人", "林晓榕"),
                ("住所", "福建省福州市鼓楼区东街街道五四路128号恒力城写字楼第12层06单元"),
                ("经营场所", "福建省福州市鼓楼区东街街道五四路128号恒力城一层02店面"),
                ("主体业态", "餐饮服务经营者（中型餐饮）"), ("经营项目", "热食类食品制售；冷食类食品制售（不含裱花蛋糕）；自制饮品制售"),
                ("日常监管机构", "福州市鼓楼区市场监督管理局东街市场监督管理所"),
            ])
    }

    static var card: FaceText {
        face(
            "居民身份证电子镜像", "350102199003078515", "福州市公安局鼓楼分局", holder: "林晓榕",
            [
                ("姓名", "林晓榕"), ("性别", "女"), ("民族", "汉"), ("出生", "1990年3月7日"),
                ("住址", "福建省福州市鼓楼区东街街道军门社区杨桥东路17号3座502单元"),
            ])
    }

    static var register: FaceText {
        face(
            "居民户口簿", "350102001234", "福州市公安局鼓楼分局", holder: "林晓榕",
            [
                ("户别", "家庭户"), ("户主姓名", "林晓榕"), ("户号", "350102001234"),
                ("住址", "福建省福州市鼓楼区东街街道军门社区杨桥东路17号3座502单元"), ("姓名", "林晓榕"), ("户主或与户主关系", "户主"),
                ("曾用名", ""), ("性别", "女"), ("出生地", "福建省福州市"), ("民族", "汉族"), ("籍贯", "福建省闽侯县"),
                ("出生日期", "1990年3月7日"), ("公民身份号码", "350102199003078515"), ("文化程度", "大学本科"),
                ("婚姻状况", "已婚"), ("兵役状况", "未服兵役"), ("职业", "餐饮管理人员"),
                ("何时由何地迁来本址", "2015年6月1日由福建省福州市台江区上海街道迁来"),
            ])
    }

    static var approval: FaceText {
        face(
            "关于同意特殊工时制度的批复", "榕人社特工〔2026〕128号", "福州市人力资源和社会保障局", holder: "福州榕荫餐饮管理有限公司",
            [
                ("", "你单位《关于实行特殊工时制度的申请》及有关材料收悉。经审查，符合《中华人民共和国劳动法》第三十九条和《关于企业实行不定时工作制和综合计算工时工作制的审批办法》的规定，现批复如下："),
                ("", "一、同意你单位配送员岗位实行以月为周期的综合计算工时工作制，涉及职工36人；同意驾驶员岗位实行不定时工作制，涉及职工5人。"),
                ("", "二、实行期限自2026年11月24日起至2031年11月23日止。期满需继续实行的，应于期满前三十日重新申请。"),
                ("", "三、你单位应当保障职工的休息休假权利，依法支付劳动报酬，并将本批复在单位内公示。"),
            ])
    }

    static var proof: FaceText {
        face(
            "失业登记证明", "FZSY202611240017", "福州市劳动就业中心", holder: "林晓榕",
            [
                ("", "兹证明林晓榕（公民身份号码350102199003078515）已于2026年11月24日在我中心办理失业登记，登记编号FZSY202611240017。"),
                ("", "该人员可凭本证明按规定享受公共就业服务和有关就业扶持政策。登记事项发生变化的，应当及时办理变更。"), ("", "特此证明。"),
            ])
    }
}
