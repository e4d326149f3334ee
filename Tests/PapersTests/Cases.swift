import Papers
import Store
import Vocabulary

/// Papers, bodies and values of these tests.
enum Cases {
    static let dossier = DossierID(Subject(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0001))
    static let other = DossierID(Subject(high: 0x0199_0000_0000_7001, low: 0x8000_0000_0000_0001))
    static let now = Instant(CivilDate(daysSinceEpoch: 20_780), hour: 10, minute: 30)
    static let today = now.day

    static func id(_ number: UInt64) -> PaperID {
        PaperID(Subject(high: 0x0199_0000_0000_7000 + number, low: 0x8000_0000_0000_0000))
    }

    static func stamp(_ seed: UInt64 = 1, at: Instant = now) -> Stamp {
        Stamp(now: at, actor: .platform, entropy: Entropy(.seeded(seed)))
    }

    static func body(_ name: String = "福州市人力资源和社会保障局(示例)", isDemonstration: Bool = true) throws -> PaperBody {
        guard let code = CreditCode(authority: "11", region: .fuzhou, organisation: "MADEM002") else {
            throw Fault.corrupt("a code")
        }
        return PaperBody(code, name: name, mark: "榕人社", isDemonstration: isDemonstration)
    }

    /// Something for each particular of a kind, with its own name in it so that it is found again.
    static func values(_ kind: PaperKind) -> [String: PaperValue] {
        var values: [String: PaperValue] = [:]
        for (index, particular) in kind.particulars.enumerated() {
            switch particular.shape {
            case .text: values[particular.id] = .text(texts[particular.id] ?? "〔\(particular.id)〕")
            case .day: values[particular.id] = .day(today.advanced(byDays: index + 1))
            case .drawing:
                values[particular.id] = DrawnSignature("10,100 60,40 110,150 160,60 200,90 240,100 280,90 320,110")
                    .map(PaperValue.drawing)
            case .list: values[particular.id] = .list(lists[particular.id] ?? ["〔\(particular.id)〕其一", "其二"])
            case .table(let columns):
                values[particular.id] = .table(
                    (1...3).map { row in
                        (1...columns).map {
                            tables[particular.id]?[row - 1][$0 - 1] ?? "〔\(particular.id)〕\(row)之\($0)"
                        }
                    })
            }
        }
        return values
    }

    static func draft(_ kind: PaperKind, about dossier: DossierID = dossier) throws -> PaperDraft {
        PaperDraft(kind, by: try body(), about: dossier, values(kind))
    }

    private static let texts = [
        "applicant": "福建榕江智能科技有限公司", "item": "特殊工时制度审批", "itemEnglish": "Special working hours",
        "dossierNumber": "FZ20261124-0012", "itemCode": "11350100MADEM002X04350114001000", "law": "@under",
        "reconsideration": "福州市人民政府", "court": "福州市鼓楼区人民法院", "onlineChannel": "@onlineReconsideration",
        "contact": "0591-02000001", "query": "@query", "channel": "@channel", "limit": "4个工作日",
        "ground": "@otherAuthority",
        "rightAuthority": "福州市鼓楼区人力资源和社会保障局", "procedure": "@expertReview", "basis": "《福建省企业实行特殊工时制度管理办法》第九条",
        "needed": "10个工作日", "clerk": "陈晓", "content": "@grantLicence", "decision": "@refuseLicence",
        "clause": "@clause2", "validity": "2年",
        "certificateNumber": "3501002026000123",
        "applicantNumber": "91350100MA2XXXXX0X", "body": "福州市人力资源和社会保障局", "verification": "@verification",
        "consequence": "@consequence", "days": "10", "approver": "局长林平", "chair": "黄敏", "recorder": "吴倩",
        "place": "福州市行政服务中心三楼听证室", "heldAt": "2026年12月10日 9:30", "matter": "该事项直接涉及他人重大利益", "public": "@publicly",
        "mode": "@direct", "servedAt": "2026年11月27日 10:30", "recipient": "李明", "server": "陈晓", "article": "@art69",
        "effect": "@void", "certificateName": "特殊工时审批决定书", "party": "福建榕江智能科技有限公司工会", "method": "现场检查",
        "staff": "陈晓、黄敏",
    ]

    private static let lists = [
        "reasons": ["申请实行不定时工作制的岗位不属于规定的范围，生产经营特点不符合综合计算工时的条件。", "职工代表大会的意见未经半数以上职工代表通过。"],
        "facts": ["申请单位依法成立，劳动合同签订率为百分之百。", "实行综合计算工时工作制的岗位为设备运行岗位，共四十二人。"],
        "basis": ["《中华人民共和国劳动法》第三十九条", "《关于企业实行不定时工作制和综合计算工时工作制的审批办法》第七条"],
    ]

    private static let tables = [
        "materials": [["特殊工时制度申请表", "@form", "1"], ["营业执照", "@certificate", "1"], ["职工代表大会决议", "@copy", "2"]],
        "defects": [
            ["职工代表大会决议", "@incomplete", "由到会职工代表签名，并注明日期"], ["岗位说明", "@illegible", "重新提交清晰的扫描件"],
            ["考勤记录", "@missing", "提交最近三个月的考勤记录，加盖公章"],
        ],
    ]
}
