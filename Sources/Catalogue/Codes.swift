/// A value of one of the code tables of guides; the raw value is the code that the exchange uses.
package protocol CodedValue: RawRepresentable, CaseIterable, Codable, Hashable, Sendable where RawValue == String {
    /// The name of the table in `code_tables.json`.
    static var table: String { get }
}

/// 事项类型 (GB/T 39046-2020 table A.1).
package enum ItemType: String, CodedValue {
    case licence = "01"
    case penalty = "02"
    case compulsion = "03"
    case levy = "04"
    case benefit = "05"
    case inspection = "06"
    case confirmation = "07"
    case reward = "08"
    case adjudication = "09"
    case otherPower = "10"
    case publicService = "20"
    package static let table = "itemType"
}

/// 行使层级 (table A.2).
package enum ExerciseLevel: String, CodedValue {
    case nation = "1"
    case province = "2"
    case city = "3"
    case county = "4"
    case town = "5"
    case village = "6"
    case divided = "7"
    package static let table = "exerciseLevel"
}

/// 实施主体性质 (table A.3).
package enum BodyNature: String, CodedValue {
    case statutory = "1"
    case authorised = "2"
    case entrusted = "3"
    case other = "9"
    package static let table = "bodyNature"
}

/// 服务对象, in the order of the deployed standard; GB/T 39046 A.4 numbers the last two otherwise and is mapped on export.
package enum ServiceObject: String, CodedValue {
    case person = "1"
    case enterprise = "2"
    case institution = "3"
    case socialOrganisation = "4"
    case unincorporated = "5"
    case organ = "6"
    case other = "9"
    package static let table = "serviceObject"
}

/// 权力来源.
package enum PowerSource: String, CodedValue {
    case own = "1"
    case delegated = "2"
    case authorisedFromAbove = "3"
    case authorisedBeside = "4"
    case entrustedFromAbove = "5"
    case entrustedBeside = "6"
    package static let table = "powerSource"

    /// Whether somebody entrusted the power, so that the guide names who (element E14).
    var isEntrusted: Bool { self == .entrustedFromAbove || self == .entrustedBeside }
}

/// 办件类型 (table A.6).
package enum CaseType: String, CodedValue {
    case immediate = "1"
    case promised = "2"
    case other = "9"
    package static let table = "caseType"
}

/// 办理形式 (table A.5).
package enum HandlingForm: String, CodedValue {
    case window = "1"
    case computer = "2"
    case mobile = "3"
    case courier = "4"
    case other = "9"
    package static let table = "handlingForm"
}

/// 特别程序 (行政许可法 art. 45).
package enum SpecialProcedureKind: String, CodedValue {
    case hearing = "01"
    case tender = "02"
    case auction = "03"
    case inspection = "04"
    case testing = "05"
    case quarantine = "06"
    case appraisal = "07"
    case expertReview = "08"
    case other = "90"
    package static let table = "specialProcedureKind"
}

/// 时限单位.
package enum TimeUnit: String, CodedValue {
    case workingDays = "1"
    case calendarDays = "2"
    case hours = "3"
    case minutes = "4"
    case months = "5"
    package static let table = "timeUnit"
}

/// 通办范围.
package enum CrossRegionScope: String, CodedValue {
    case nation = "1"
    case provinces = "2"
    case cities = "3"
    case counties = "4"
    package static let table = "crossRegionScope"
}

/// 网上办理深度.
package enum OnlineDepth: String, CodedValue {
    case consultation = "1"
    case receipt = "2"
    case preReview = "3"
    case acceptance = "4"
    case handling = "5"
    case resultTold = "6"
    case certificate = "7"
    case other = "8"
    package static let table = "onlineDepth"
}

/// 运行系统层级.
package enum RunningSystemLevel: String, CodedValue {
    case nation = "1"
    case province = "2"
    case city = "3"
    case department = "4"
    package static let table = "runningSystemLevel"
}

/// 审批结果类型.
package enum ResultType: String, CodedValue {
    case certificate = "1"
    case approval = "2"
    case other = "3"
    case none = "4"
    package static let table = "resultType"
}

/// 材料类型.
package enum MaterialKind: String, CodedValue {
    case original = "1"
    case photocopy = "2"
    case both = "3"
    case either = "4"
    package static let table = "materialKind"
}

/// 材料形式.
package enum MaterialMedium: String, CodedValue {
    case paper = "1"
    case electronic = "2"
    case either = "3"
    package static let table = "materialMedium"
}

/// 材料必要性. A material that may follow later is what tolerant acceptance (容缺受理) may wait for.
package enum MaterialNecessity: String, CodedValue {
    case necessary = "1"
    case optional = "2"
    case mayFollow = "3"
    package static let table = "materialNecessity"
}

/// 来源渠道.
package enum SourceChannel: String, CodedValue {
    case applicant = "10"
    case government = "20"
    case other = "99"
    package static let table = "materialSource"
}

/// 原件收取或核验.
package enum OriginalHandling: String, CodedValue {
    case kept = "1"
    case checked = "2"
    package static let table = "originalHandling"
}

/// 事项状态.
package enum ItemState: String, CodedValue {
    case inUse = "1"
    case suspended = "2"
    case cancelled = "3"
    package static let table = "itemState"
}
