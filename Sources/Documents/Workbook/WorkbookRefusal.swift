package import Vocabulary

/// Why a workbook (.xlsx) is not read, or a row of it. Cells are named as a spreadsheet names them: `E5`.
package enum WorkbookRefusal: Refusal, Equatable {
    /// An archive, and no workbook within it.
    case notAWorkbook
    /// Encrypted with a password, or an old `.xls`: both are OLE files, and look alike.
    case encrypted
    /// It carries macros.
    case macros
    /// A part is missing or is no well-formed XML.
    case damaged(part: String)
    /// A part declares a document type, and with it entities of its own.
    case documentType(part: String)
    /// Cells of the table are merged: which row would the value belong to?
    case mergedCells(String)
    /// A cell of the table is computed; what it last showed may be out of date.
    case formula(String)
    /// More bytes in one cell than `WorkbookReader.cellBytesMax`, or more characters than a workbook holds.
    case cellTooLarge(String)
    /// More rows or columns than the limits.
    case tooManyCells
    /// A cell that shows an error (`#REF!`); its row is not read.
    case cellError(String)
    /// A number of which a spreadsheet keeps no more than 15 digits; its row is not read.
    case cellNumber(String)
    /// A point in time where a day is expected; its row is not read.
    case cellTime(String)

    package var code: String {
        switch self {
        case .notAWorkbook: "workbook.not-a-workbook"
        case .encrypted: "workbook.encrypted"
        case .macros: "workbook.macros"
        case .damaged: "workbook.damaged"
        case .documentType: "workbook.document-type"
        case .mergedCells: "workbook.merged-cells"
        case .formula: "workbook.formula"
        case .cellTooLarge: "workbook.cell-too-large"
        case .tooManyCells: "workbook.too-many-cells"
        case .cellError: "workbook.cell-error"
        case .cellNumber: "workbook.cell-number"
        case .cellTime: "workbook.cell-time"
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .cellTooLarge, .tooManyCells: .tooLarge
        case .mergedCells, .formula, .macros, .cellError, .cellNumber, .cellTime: .invalid
        case .notAWorkbook, .encrypted, .damaged, .documentType: .malformed
        }
    }

    package static let codes = [
        "workbook.not-a-workbook", "workbook.encrypted", "workbook.macros", "workbook.damaged",
        "workbook.document-type", "workbook.merged-cells", "workbook.formula", "workbook.cell-too-large",
        "workbook.too-many-cells", "workbook.cell-error", "workbook.cell-number", "workbook.cell-time",
    ]
}

extension WorkbookRefusal: CustomStringConvertible {
    /// The code and, where there is one, the cell or the part.
    package var description: String {
        switch self {
        case .damaged(let place), .documentType(let place), .mergedCells(let place), .formula(let place),
            .cellTooLarge(let place), .cellError(let place), .cellNumber(let place), .cellTime(let place):
            "\(code): \(place)"
        case .notAWorkbook, .encrypted, .macros, .tooManyCells: code
        }
    }
}
