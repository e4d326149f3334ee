import Accounts
import Vocabulary

/// Who lives and works in the demonstration city. All are fictitious; their numbers have valid check characters and
/// belong to nobody (birthdays of 1885).
enum DemonstrationPeople {
    struct DemonstrationCitizen: Sendable {
        let login: String
        let name: String
        let digits: String
        let mobile: String
        let who: String
        let whoEnglish: String
        let firms: [Firm]
        /// The speciality of a second-class constructor, if she is one.
        let qualification: String?

        func citizen(_ id: PersonID) throws -> Citizen {
            guard let name = FullName(name), let check = CitizenID.checkCharacter(for: digits),
                let number = CitizenID(digits + String(check))
            else { throw Fault.corrupt("a demonstration citizen without a valid number") }
            return Citizen(id, name: name, number: number, mobile: MobileNumber(mobile))
        }
    }

    struct Firm: Sendable {
        let name: String
        let code: String
        let kind: LegalPersonKind
        let address: String

        func legalPerson(_ id: PersonID, representative: Citizen) throws -> LegalPerson {
            guard let name = FullName(name), let code = CreditCode(code) else {
                throw Fault.corrupt("a demonstration firm without a valid code")
            }
            return LegalPerson(
                id, name: name, code: code, kind: kind,
                representative: LegalPerson.Representative(name: representative.name, number: representative.number))
        }
    }

    struct DemonstrationStaff: Sendable {
        let login: String
        let name: String
        let region: String
        let department: String?
        let roles: [Role]
        let who: String
        let whoEnglish: String

        var bodyRegion: Region? { Region(region) }

        func staff(_ id: StaffID, number: Int) throws -> Staff {
            guard let name = FullName(name), let employee = EmployeeNumber("YC-\(1000 + number)"),
                let region = bodyRegion
            else { throw Fault.corrupt("a demonstration member of staff without a valid number") }
            return Staff(id, name: name, employeeNumber: employee, region: region)
        }
    }

    /// A certificate that somebody holds from the beginning.
    struct Held: Sendable {
        let type: String
        let serial: String
        let holder: (name: String, number: String, numberType: String)
        let face: [String: String]
    }

    static let citizens = [
        DemonstrationCitizen(
            login: "lin", name: "林晓榕", digits: "35010218850101001", mobile: "13800000001",
            who: "林晓榕，示例企业一的法定代表人", whoEnglish: "Lin Xiaorong, legal representative of Sample Firm One",
            firms: [
                Firm(
                    name: "福州示例企业一有限公司", code: "91350100MADEM0054D", kind: .enterprise,
                    address: "福州市晋安区示例路1号")
            ], qualification: nil),
        DemonstrationCitizen(
            login: "chen", name: "陈一鸣", digits: "35011118850202003", mobile: "13800000002",
            who: "陈一鸣，申请二级建造师注册", whoEnglish: "Chen Yiming, applies for a constructor registration", firms: [],
            qualification: "建筑工程"),
    ]

    static let staff = [
        DemonstrationStaff(
            login: "window-jinan", name: "王清荷", region: "350111", department: nil, roles: [.clerk],
            who: "晋安区综合窗口", whoEnglish: "comprehensive window, Jin'an District"),
        DemonstrationStaff(
            login: "window-city", name: "郑远", region: "350100", department: nil, roles: [.clerk],
            who: "市行政服务中心综合窗口", whoEnglish: "comprehensive window, city service centre"),
        DemonstrationStaff(
            login: "review-hrss", name: "黄知行", region: "350100", department: "hrss", roles: [.reviewer],
            who: "市人社局审查人员", whoEnglish: "reviewer, city human resources bureau"),
        DemonstrationStaff(
            login: "decide-hrss", name: "吴敏", region: "350100", department: "hrss", roles: [.decider],
            who: "市人社局决定人员", whoEnglish: "decider, city human resources bureau"),
        DemonstrationStaff(
            login: "review-housing", name: "刘川", region: "350000", department: "housing", roles: [.reviewer],
            who: "省住建厅审查人员", whoEnglish: "reviewer, provincial housing department"),
        DemonstrationStaff(
            login: "decide-housing", name: "许澜", region: "350000", department: "housing", roles: [.decider],
            who: "省住建厅决定人员", whoEnglish: "decider, provincial housing department"),
        DemonstrationStaff(
            login: "head-hrss", name: "蔡恒", region: "350100", department: "hrss", roles: [.head],
            who: "市人社局负责人", whoEnglish: "head, city human resources bureau"),
        DemonstrationStaff(
            login: "head-housing", name: "江岚", region: "350000", department: "housing", roles: [.head],
            who: "省住建厅负责人", whoEnglish: "head, provincial housing department"),
        DemonstrationStaff(
            login: "head-city", name: "沈明远", region: "350100", department: nil, roles: [.governmentHead],
            who: "市人民政府负责人", whoEnglish: "head of the city government"),
        DemonstrationStaff(
            login: "issue-city", name: "何静", region: "350100", department: nil, roles: [.issuingClerk],
            who: "市行政服务中心出件窗口", whoEnglish: "issuing window, city service centre"),
        DemonstrationStaff(
            login: "editor", name: "谢文", region: "350100", department: nil, roles: [.catalogueEditor],
            who: "事项管理员", whoEnglish: "catalogue editor"),
        DemonstrationStaff(
            login: "editor-review", name: "唐宁", region: "350100", department: nil, roles: [.catalogueEditor],
            who: "事项审核员", whoEnglish: "reviewer of the catalogue"),
        DemonstrationStaff(
            login: "supervisor", name: "高岩", region: "350100", department: nil, roles: [.supervisor],
            who: "效能监察", whoEnglish: "supervisor"),
        DemonstrationStaff(
            login: "admin", name: "罗宁", region: "350100", department: nil, roles: [.administrator],
            who: "系统管理员", whoEnglish: "administrator"),
        DemonstrationStaff(
            login: "review-hrss-two", name: "陈思远", region: "350100", department: "hrss", roles: [.reviewer],
            who: "市人社局审查人员（第二位）", whoEnglish: "second reviewer, city human resources bureau"),
        DemonstrationStaff(
            login: "decide-market", name: "方砚", region: "350100", department: "market", roles: [.decider],
            who: "市市场监管局决定人员", whoEnglish: "decider, city market regulation bureau"),
        DemonstrationStaff(
            login: "window-city-two", name: "林舒", region: "350100", department: nil, roles: [.clerk],
            who: "市行政服务中心综合窗口（第二位）", whoEnglish: "second comprehensive window, city service centre"),
        DemonstrationStaff(
            login: "window-jinan-two", name: "潘越", region: "350111", department: nil, roles: [.clerk, .issuingClerk],
            who: "晋安区综合、出件窗口", whoEnglish: "comprehensive and issuing window, Jin'an District"),
        DemonstrationStaff(
            login: "assist-city", name: "苏暖", region: "350100", department: nil, roles: [.assistant],
            who: "市行政服务中心帮办代办人员", whoEnglish: "assistant who files for others, city service centre"),
        DemonstrationStaff(
            login: "review-health", name: "郭宁", region: "350100", department: "health", roles: [.reviewer],
            who: "市卫健委审查人员", whoEnglish: "reviewer, city health commission"),
        DemonstrationStaff(
            login: "decide-health", name: "邱澄", region: "350100", department: "health", roles: [.decider],
            who: "市卫健委决定人员", whoEnglish: "decider, city health commission"),
        DemonstrationStaff(
            login: "review-urban", name: "魏然", region: "350100", department: "urban", roles: [.reviewer],
            who: "市城管局审查人员", whoEnglish: "reviewer, city urban management bureau"),
        DemonstrationStaff(
            login: "decide-urban", name: "卢青", region: "350100", department: "urban", roles: [.decider],
            who: "市城管局决定人员", whoEnglish: "decider, city urban management bureau"),
    ]

    /// The identity card, and the qualification of somebody who has one.
    static func papers(of citizen: Citizen, qualification: String?) -> [Held] {
        let holder = (citizen.name.text, citizen.number.number, "111")
        let card = Held(
            type: "11100000MADEM40121001", serial: "ID\(citizen.number.number.suffix(8))", holder: holder,
            face: [
                "name": citizen.name.text, "citizenID": citizen.number.number, "address": "福州市鼓楼区示例巷2号",
                "validUntil": "2038-05-01",
            ])
        guard let qualification else { return [card] }
        let constructor = Held(
            type: "11100000MADEM4020U004", serial: "ZG\(citizen.number.number.suffix(8))", holder: holder,
            face: [
                "name": citizen.name.text, "speciality": qualification, "approvedOn": "2018-06-30", "number": "示例0001",
            ])
        return [card, constructor]
    }

    static func businessLicence(_ firm: LegalPerson) -> Held {
        Held(
            type: "11100000MADEM40046001", serial: firm.code.code, holder: (firm.name.text, firm.code.code, "001"),
            face: [
                "name": firm.name.text, "creditCode": firm.code.code,
                "legalRepresentative": firm.representative.name.text, "address": "福州市晋安区示例路1号",
            ])
    }
}
