package import Vocabulary

/// Why something that a file says of an item is not taken in. The item is refused with all its reasons, the others go
/// in.
package enum SheetRowRefusal: Refusal, Equatable {
    /// The row has more or fewer columns than the head.
    case columns(Int, head: Int)
    /// No item is named, or by what is no name in addresses.
    case itemName(String)
    /// There is no such place in a sheet.
    case unknownPath
    /// Two rows say the same place, or two parts of a file the same item.
    case twice
    /// The items of a list are numbered from 0 without a gap.
    case indexGap
    /// What stands there does not have the shape of the element.
    case wrongValue(Bilingual)
    /// A code that its table does not list.
    case unknownCode(String)
    /// A new item has a name, a type and a department at least, and every item a power.
    case incomplete(String)
    /// No body is of this department.
    case unknownDepartment(String)
    /// A basic code that is none.
    case codeMalformed(String)
    /// A basic code of another type or department.
    case codeMisfit(String)
    /// A basic code that another item has.
    case codeTaken(String)
    /// There is a sheet for an item of this name and type.
    case sheetExists(String)
    /// The sheet waits for review or is reviewed: it cannot be changed now.
    case notInThisState
    /// A basis is cited that the sheet does not list.
    case unknownBasis(String)
    /// A situation, or an answer, that the sheet does not ask.
    case unknownSituation(String)
    /// There is no such type of certificate.
    case unknownCertificateType(String)
    /// No body has this credit code.
    case unknownBody(String)
    /// A basis that is said to be checked, and has no article.
    case basisWithoutArticle(String)
    /// The item's main items lead back to itself.
    case cycle(String)

    package var code: String {
        switch self {
        case .columns: "sheets.columns"
        case .itemName: "sheets.item-name"
        case .unknownPath: "sheets.unknown-path"
        case .twice: "sheets.twice"
        case .indexGap: "sheets.index-gap"
        case .wrongValue: "sheets.wrong-value"
        case .unknownCode: "sheets.unknown-code"
        case .incomplete: "sheets.incomplete"
        case .unknownDepartment: "sheets.unknown-department"
        case .codeMalformed: "sheets.code-malformed"
        case .codeMisfit: "sheets.code-misfit"
        case .codeTaken: "sheets.code-taken"
        case .sheetExists: "sheets.sheet-exists"
        case .notInThisState: "sheets.not-in-this-state"
        case .unknownBasis: "sheets.unknown-basis"
        case .unknownSituation: "sheets.unknown-situation"
        case .unknownCertificateType: "sheets.unknown-certificate-type"
        case .unknownBody: "sheets.unknown-body"
        case .basisWithoutArticle: "sheets.basis-without-article"
        case .cycle: "sheets.cycle"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .columns: .malformed
        case .codeTaken, .sheetExists, .notInThisState: .conflict
        default: .invalid
        }
    }

    package static let codes = [
        "sheets.columns", "sheets.item-name", "sheets.unknown-path", "sheets.twice", "sheets.index-gap",
        "sheets.wrong-value", "sheets.unknown-code", "sheets.incomplete", "sheets.unknown-department",
        "sheets.code-malformed", "sheets.code-misfit", "sheets.code-taken", "sheets.sheet-exists",
        "sheets.not-in-this-state", "sheets.unknown-basis", "sheets.unknown-situation",
        "sheets.unknown-certificate-type", "sheets.unknown-body", "sheets.basis-without-article", "sheets.cycle",
    ]
}

extension SheetRowRefusal {
    /// What is wrong, with the value that is.
    package var reason: Bilingual {
        switch self {
        case .columns(let count, let head):
            Bilingual("这一行有\(count)列，表头有\(head)列", "The row has \(count) columns, the head \(head)")
        case .itemName(let name):
            Bilingual("“\(name)”不是事项在网址中的名称", "\"\(name)\" is no item's name in addresses")
        case .unknownPath: Bilingual("没有这个路径", "There is no such path")
        case .twice: Bilingual("重复", "It is said twice")
        case .indexGap: Bilingual("序号应当从0起连续", "The places of a list go on from 0 without a gap")
        case .wrongValue(let why): why
        case .unknownCode(let code): Bilingual("没有代码“\(code)”", "There is no code \"\(code)\"")
        case .incomplete(let what):
            Bilingual("缺少“\(what)”：新事项至少要有名称、类型和部门", "\(what) is missing: an item has a name, a type and a department")
        case .unknownDepartment(let key): Bilingual("没有部门“\(key)”", "There is no department \"\(key)\"")
        case .codeMalformed(let code): Bilingual("“\(code)”不是基本编码", "\"\(code)\" is no catalogue code")
        case .codeMisfit(let code):
            Bilingual("基本编码\(code)与事项类型或者部门不符", "Catalogue code \(code) is of another type or department")
        case .codeTaken(let code): Bilingual("基本编码\(code)属于另一事项", "Catalogue code \(code) is another item's")
        case .sheetExists(let slug):
            Bilingual("同名同类型的事项已有底稿\(slug)", "An item of this name and type has the sheet \(slug)")
        case .notInThisState: Bilingual("底稿待审核或者已审核，现在不能修改", "The sheet is under review or reviewed")
        case .unknownBasis(let id): Bilingual("引用了没有列出的依据“\(id)”", "Basis \"\(id)\" is cited and not listed")
        case .unknownSituation(let id):
            Bilingual("引用了没有列出的情形或者选项“\(id)”", "Situation or answer \"\(id)\" does not exist")
        case .unknownCertificateType(let code):
            Bilingual("没有证照类型“\(code)”", "There is no certificate type \"\(code)\"")
        case .unknownBody(let code): Bilingual("没有实施主体“\(code)”", "No body has the code \"\(code)\"")
        case .basisWithoutArticle(let id):
            Bilingual("依据“\(id)”写明已核对，却没有条款", "Basis \"\(id)\" is marked as checked and has no article")
        case .cycle(let name): Bilingual("“\(name)”经主项又回到自身", "The main items lead back to the item itself")
        }
    }
}
