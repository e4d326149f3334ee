package import Certificates
import Vocabulary

/// Types of certificates made up from a seed, as many as a province has, for measuring: every one has a code of its
/// own, a name that no other has, and a face of its pattern. Nobody defined them.
package struct GeneratedKinds: Sendable {
    /// How many types a province's library has.
    package static let provinceCount = 4567

    private static let domains = [
        ("食品", "Food"), ("药品", "Medicine"), ("建筑", "Construction"), ("道路运输", "Road transport"),
        ("水路运输", "Water transport"), ("林业", "Forestry"), ("渔业", "Fisheries"), ("种子", "Seeds"),
        ("兽药", "Veterinary drugs"), ("气象", "Meteorology"), ("测绘", "Surveying"), ("广播电视", "Broadcasting"),
        ("出版", "Publishing"), ("印刷", "Printing"), ("电影", "Film"), ("文物", "Cultural relics"),
        ("体育", "Sport"), ("旅游", "Tourism"), ("电力", "Power"), ("燃气", "Gas"), ("供水", "Water supply"),
        ("排水", "Drainage"), ("人防", "Civil defence"), ("消防", "Fire safety"), ("地震", "Earthquakes"),
        ("矿产", "Minerals"), ("土地", "Land"), ("海域", "Sea areas"), ("粮食", "Grain"), ("盐业", "Salt"),
        ("民用爆炸物品", "Explosives"), ("计量", "Metrology"), ("认证", "Certification"), ("劳务", "Labour"),
        ("职业培训", "Training"), ("医疗", "Medicine and care"), ("母婴保健", "Maternal care"), ("血液", "Blood"),
        ("放射", "Radiation"), ("殡葬", "Funerals"),
    ]

    private static let subjects = [
        ("经营", "trading"), ("生产", "production"), ("检验", "inspection"), ("设计", "design"), ("施工", "works"),
        ("监理", "supervision"), ("储存", "storage"), ("运输", "carriage"), ("进口", "import"), ("出口", "export"),
        ("维修", "repair"), ("培训", "training"), ("鉴定", "appraisal"), ("评估", "assessment"),
        ("代理", "agency"), ("租赁", "letting"), ("试验", "testing"), ("回收", "recovery"),
    ]

    private struct Pattern {
        let names: (zh: String, en: String)
        let template: CertificateKind.Template
        let group: CertificateKind.Group
        let holder: CertificateKind.HolderKind
    }

    private static let patterns = [
        Pattern(names: ("许可证", "licence"), template: .permit, group: .licence, holder: .organisation),
        Pattern(names: ("资格证书", "qualification"), template: .register, group: .licence, holder: .person),
        Pattern(names: ("上岗证", "worker's card"), template: .card, group: .licence, holder: .person),
        Pattern(names: ("证明", "proof"), template: .proof, group: .proof, holder: .either),
        Pattern(names: ("批复", "approval"), template: .approval, group: .approval, holder: .organisation),
        Pattern(names: ("检验报告", "report"), template: .proof, group: .report, holder: .either),
        Pattern(names: ("备案回执", "filing receipt"), template: .proof, group: .result, holder: .organisation),
    ]

    /// LIMIT: types that one body defines, because a code has three digits for them.
    private static let perBody = 900

    /// So many types, the same for the same seed. At most as many as there are names: 5,040.
    package static func kinds(_ count: Int, seed: UInt64) throws -> [CertificateKind] {
        let all = domains.count * subjects.count * patterns.count
        guard (0...all).contains(count) else { throw Fault.misconfigured("there are names for \(all) types") }
        let dice = Dice.seeded(seed)
        return try (0..<count).map { number in
            let domain = domains[number % domains.count]
            let rest = number / domains.count
            let (subject, pattern) = (subjects[rest % subjects.count], patterns[rest / subjects.count])
            let body = try body(number / perBody)
            let serial = String("00\(number % perBody + 1)".suffix(3))
            return CertificateKind(
                code: body.code.code + serial,
                names: (domain.0 + subject.0 + pattern.names.zh, "\(domain.1) \(subject.1) \(pattern.names.en)"),
                definingBody: body, holderKind: pattern.holder, validity: validity(dice.roll()),
                faceFields: face(pattern, dice.roll()),
                handling: CertificateKind.Handling(
                    template: pattern.template, sharing: dice.roll() % 8 == 0 ? .city : .permitted,
                    group: pattern.group, trust: .b, annualCheck: dice.roll() % 10 == 0))
        }
    }

    private static func body(_ number: Int) throws -> CertificateKind.DefiningBody {
        guard let region = Region("100000"),
            let code = CreditCode(authority: "11", region: region, organisation: "MADEM9\(number / 10)\(number % 10)")
        else { throw Fault.corrupt("a made up body without a code") }
        return CertificateKind.DefiningBody(
            code: code, name: "定义机构\(number + 1)(示例)", nameEnglish: "Defining body \(number + 1) (demonstration)")
    }

    private static func validity(_ roll: UInt64) -> CertificateValidity {
        let months = [0, 12, 24, 36, 48, 60, 72, 0][Int(roll % 8)]
        return months == 0 ? .longTerm : .months(months)
    }

    private static func face(_ pattern: Pattern, _ roll: UInt64) -> [FaceField] {
        let isPerson = pattern.holder == .person
        let own = [
            FaceField(id: "name", label: isPerson ? "姓名" : "名称", labelEnglish: "Name"),
            FaceField(
                id: isPerson ? "citizenID" : "creditCode", label: isPerson ? "公民身份号码" : "统一社会信用代码",
                labelEnglish: "Number", type: .code),
        ]
        let more = [
            FaceField(id: "scope", label: "许可范围", labelEnglish: "Scope", type: .lines),
            FaceField(id: "address", label: "地址", labelEnglish: "Address"),
            FaceField(
                id: "grade", label: "等级", labelEnglish: "Grade", type: .choice, choices: ["一级", "二级", "三级"]),
            FaceField(id: "area", label: "面积（平方米）", labelEnglish: "Area (m²)", type: .number),
            FaceField(id: "amount", label: "金额（元）", labelEnglish: "Amount (yuan)", type: .money),
            FaceField(id: "validUntil", label: "有效期至", labelEnglish: "Valid until", type: .date),
        ]
        return own + more.enumerated().filter { roll >> UInt64($0.offset) & 1 == 1 }.map(\.element)
    }
}
